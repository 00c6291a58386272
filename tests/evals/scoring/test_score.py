"""Answers become scores, scores become figures with intervals, and bars are held against those."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from errors import DocumentError
from evals.scoring.bars import BARS_FILE, Bar, load_bars, missed
from evals.scoring.measures import BY_ID, by_kind, summarise, written
from evals.scoring.resample import estimate, mean
from evals.scoring.score import Stored, score_all, worst_first
from evals.types import Answered, Estimate, Scored
from tests.evals.builders import advice, answer, asked, citation, passage, section

SECTIONS = {"02/time": section("02/time"), "02/who": section("02/who")}
KNOWING: dict[str, Any] = {
    "practices": ["lab"],
    "sections": ["02/time"],
    "facts": [["drie jaar"], ["vijf mensen"]],
}


def scored_one(one: Answered) -> dict[str, float]:
    """Return the scores of one answer."""
    [scored] = score_all([one], Stored(SECTIONS))
    return dict(scored.scores)


def some() -> list[Scored]:
    """Return a small evaluation: knowledge, advice, a noisy form of it, and a refusal."""
    informed = answer(citations=[citation("02/time")], passages=[passage("02/who"), passage("02/time")])
    return score_all(
        [
            asked("duration", informed, "k", **KNOWING),
            asked("advice_short", answer(advised=advice(("lab", 0.8), ("cop", 0.2))), "a", practices=["lab"]),
            asked("advice_short", answer(advised=advice(("cop", 0.6), ("lab", 0.4))), "b", practices=["lab"]),
            asked("noisy", answer(), "n", practices=["lab"], clean="a"),
            asked("far", answer(status="refused"), "f", answerable=False),
        ],
        Stored(SECTIONS),
    )


def test_a_knowledge_answer_is_scored_on_ranking_facts_and_citations() -> None:
    scores = {name: value for name, value in some()[0].scores.items() if not name.startswith("section_at_")}
    assert {
        name: scores[name] for name in ("reciprocal_rank", "facts", "asked", "right", "false_refusal")
    } == {
        "reciprocal_rank": 0.5,
        "facts": 0.5,
        "asked": 0.0,
        "right": 0.0,
        "false_refusal": 0.0,
    }
    assert scores["citation_validity"] == 1


def test_a_refused_answer_is_right_when_nothing_answers() -> None:
    refused = answer("Daar staat hier niets over.", status="refused")
    assert scored_one(asked("near", refused, answerable=False)) == {"refused": 1.0, "right": 1.0}
    wrongly = scored_one(asked("duration", refused, **KNOWING))
    assert (wrongly["false_refusal"], wrongly["facts"]) == (1, 0)


def test_measures_go_over_their_own_kinds() -> None:
    measures = summarise(some())
    assert measures["advice_first"].value == 0.5
    assert measures["advice_first"].n == 2
    assert measures["advice_calibration_error"].value == pytest.approx((0.2 + 0.6) / 2)
    assert measures["false_refusal"].n == 4
    assert measures["far_refused"].value == 1
    assert "near_refused" not in measures


def test_an_overview_gives_the_figures_of_each_kind() -> None:
    assert by_kind(some())["advice_short"] == {"right": 0.5, "n": 2}
    assert by_kind(some())["duration"] == {
        "right": 0.0,
        "asked": 0.0,
        "first_answers": 1.0,
        "shown_answers": 1.0,
        "n": 1,
    }


def test_the_worst_answer_comes_first_and_a_right_one_not_at_all() -> None:
    assert [one.question.id for one in worst_first(some())] == ["b", "n", "k"]


def test_an_interval_is_the_same_at_every_run_and_holds_the_figure() -> None:
    rows = np.asarray([[1.0]] * 80 + [[0.0]] * 20)
    first, second = estimate(rows, mean), estimate(rows, mean)
    assert first == second
    assert (first.value, first.n) == (0.8, 100)
    assert first.low == pytest.approx(0.72, abs=0.02)
    assert first.high == pytest.approx(0.88, abs=0.02)


def test_figures_are_written_with_their_unit() -> None:
    assert written(BY_ID["advice_first"], 0.905) == "90.5%"
    assert written(BY_ID["ndcg_at_5"], 0.8) == "0.800"
    assert written(BY_ID["outside_words"], 80) == "80.0"


def test_a_bar_that_is_missed_or_not_measured_is_named() -> None:
    bars = (Bar("advice_first", 0.9), Bar("asked", 0.9), Bar("false_refusal", 0.03, at_most=True))
    measures = {"advice_first": Estimate(0.9, 0.8, 1, 10), "false_refusal": Estimate(0.05, 0, 0.1, 10)}
    assert missed(bars, measures) == [
        "asked (Knowledge: asked facts in the answer): not measured, ≥ 90.0% is asked",
        "false_refusal (Refusal: answerable questions refused): MISSED: ≤ 3.0%",
    ]


def test_every_bar_of_the_project_names_its_origin() -> None:
    assert load_bars("dev")
    assert load_bars("test")
    lines = [line for line in BARS_FILE.read_text(encoding="utf-8").splitlines() if re.match(r"\w+ = ", line)]
    assert [line for line in lines if "#" not in line] == []


@pytest.mark.parametrize(
    "content",
    ["[test.at_least]\ncharm = 0.9", "[between]\nasked = 1", "[test.at_least", "[test.at_least]\nasked='a'"],
)
def test_bars_that_cannot_be_used_are_an_error(content: str, tmp_path: Path) -> None:
    file = tmp_path / "bars.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"bars\.toml"):
        load_bars("test", file)
