"""The guided conversation: pure functions from answers to the next question or the end."""

from pathlib import Path
from statistics import median

import pytest

from assistant.advice.guide import MOST_QUESTIONS, Given, guide, to_json
from evals.compare.guided import Player, play, spread
from ingest.documents.practices import merged_practices
from ingest.documents.sidecars import situations
from ingest.learning.prevalence import with_prevalence
from tests.conftest import CORPUS

PRACTICES = merged_practices([CORPUS])
Answers = dict[str, Given]


def played(answer: Given) -> tuple[Answers, list[str]]:
    """Give one answer to everything; return the answers and the questions in order."""
    given: Answers = {}
    asked = []
    while (question := guide(PRACTICES.practices, PRACTICES.criteria, given).question) is not None:
        asked.append(question.text)
        given[question.criterion] = answer
    return given, asked


@pytest.mark.parametrize("answer", ["yes", "no", "unknown"])
def test_it_ends_within_seven_different_questions(answer: Given) -> None:
    given, asked = played(answer)
    assert len(given) == len(set(asked)) <= MOST_QUESTIONS


def test_it_starts_with_a_criterion_that_can_open_a_conversation() -> None:
    question = guide(PRACTICES.practices, PRACTICES.criteria, {}).question
    assert question is not None
    assert question.number == 1
    assert question.criterion in {one.id for one in PRACTICES.criteria if one.opening}


def test_the_order_of_the_answers_does_not_matter() -> None:
    given: Answers = {"gebruikers-maken": "yes", "echte-plek": "yes", "meetbaar-termijn": "no"}
    other: Answers = dict(reversed(given.items()))
    assert guide(PRACTICES.practices, PRACTICES.criteria, given) == guide(
        PRACTICES.practices, PRACTICES.criteria, other
    )


def test_the_end_gives_the_answers_that_speak_for_the_first_with_their_passage() -> None:
    given: Answers = {"gebruikers-maken": "yes", "oplossing-open": "yes", "echte-plek": "yes"}
    end = to_json(guide(PRACTICES.practices, PRACTICES.criteria, given))
    assert end["question"] is None
    assert end["ranking"][0]["practice"] == "living-lab"
    assert [reason["feature"] for reason in end["reasons"]] == [
        "oplossing-open",
        "gebruikers-maken",
        "echte-plek",
    ]
    assert end["reasons"][1] == {
        "feature": "gebruikers-maken",
        "answer": "Ja, zij bedenken en proberen mee.",
        "section_id": "02-living-lab/wanneer",
        "quote": "Gebruikers maken en testen mee. "
        "De mensen voor wie het is, bedenken het mee en proberen het uit.",
    }
    assert end["none_fits"] is None


def test_of_two_that_lie_level_both_get_the_answers_that_speak_for_them() -> None:
    given: Answers = {"gebruikers-maken": "yes", "werkwijze-bewezen": "yes"}
    while (question := guide(PRACTICES.practices, PRACTICES.criteria, given).question) is not None:
        given[question.criterion] = "unknown"
    end = guide(PRACTICES.practices, PRACTICES.criteria, given)
    assert end.tied
    assert [reason.criterion for reason in end.reasons] == ["werkwijze-bewezen"]
    assert [reason.criterion for reason in end.runner_up] == ["werkwijze-bewezen"]
    grounds = [reason.ground for reason in (*end.reasons, *end.runner_up)]
    assert all(grounds)
    assert grounds[0] != grounds[1]


def test_where_nothing_can_change_none_fits_at_once() -> None:
    state = guide(PRACTICES.practices, PRACTICES.criteria, {"geen-ruimte": "yes"})
    assert (state.question, state.none_fits) == (None, "geen-ruimte")


# All clear cases: a hundred of them differ by two points with each file of situations that is added. Of the
# files with rarer pairs of features, 4% hold none of the seven criteria that are asked when all are denied.
@pytest.mark.parametrize(("player", "most"), [("case", 4), ("text", 5)])
def test_cases_played_from_their_features_end_with_the_right_practice(player: Player, most: int) -> None:
    told = list(situations(Path(CORPUS), PRACTICES))
    criteria = with_prevalence(PRACTICES.criteria, told)
    cases = spread(told, criteria, 10_000)
    ended = [play(PRACTICES.practices, criteria, case, player) for case in cases]
    right = [practice == case.practice for (practice, _), case in zip(ended, cases, strict=True)]
    assert sum(right) / len(right) >= 0.94
    assert median(len(given) for _, given in ended) <= most
