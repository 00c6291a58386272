"""Ranking: prefixes are the relevant items, and the field's library counts."""

from math import log2

import pytest

from evals.scoring.metrics.ranking import ranked_items, ranking_scores


def test_a_hand_worked_ranking() -> None:
    scores = ranking_scores(
        {"q": ["02/goal", "06/goal"]}, {"q": ["01/steps", "02/goal", "03/who", "06/goal"]}
    )["q"]
    assert scores["section_at_5"] == 1
    assert scores["recall_at_5"] == 1
    assert scores["reciprocal_rank"] == pytest.approx(1 / 2)
    found, ideal = 1 / log2(3) + 1 / log2(5), 1 / log2(2) + 1 / log2(3)
    assert scores["ndcg_at_5"] == pytest.approx(found / ideal)


def test_files_under_one_prefix_are_one_item() -> None:
    scores = ranking_scores({"q": ["02/steps", "02/time"]}, {"q": ["02/steps-2", "02/steps", "02/steps-3"]})[
        "q"
    ]
    assert scores["recall_at_5"] == pytest.approx(1 / 2)
    assert scores["ndcg_at_5"] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_a_later_file_under_the_prefix_keeps_its_place() -> None:
    assert ranked_items(["02/steps-2", "01/goal", "02/steps"], ["02/steps"]) == [
        "02/steps",
        "01/goal",
        "02/steps#2",
    ]


def test_a_section_beyond_the_tenth_is_not_found() -> None:
    ranked = [f"01/other-{number}" for number in range(10)] + ["02/goal"]
    scores = ranking_scores({"q": ["02/goal"]}, {"q": ranked})["q"]
    assert (scores["section_at_5"], scores["recall_at_10"], scores["reciprocal_rank"]) == (0, 0, 0)


def test_a_question_without_passages_scores_nothing() -> None:
    assert set(ranking_scores({"q": ["02/goal"]}, {})["q"].values()) == {0.0}


def test_each_question_is_scored_on_its_own() -> None:
    scores = ranking_scores({"a": ["1/x"], "b": ["2/x"]}, {"a": ["1/x", "2/x"], "b": ["1/x", "2/x"]})
    assert [scores[id_]["reciprocal_rank"] for id_ in "ab"] == [1, 0.5]
