"""Verdicts and negations: whether an answer says the opposite."""

import pytest

from assistant.types import Answer
from evals.scoring.metrics.polarity import score_polarity, verdict_said
from ingest.types import Aspect
from tests.evals.builders import answer, citation, question, section

SECTIONS = {f"02/{name}": section(f"02/{name}", aspect=name) for name in ("fits", "unfit", "time")}
ASPECTS = {
    "fits": Aspect("fits", "past", advice="for"),
    "unfit": Aspect("unfit", "past niet", advice="against"),
    "time": Aspect("time", "duur"),
}


def scores(given: Answer, **labels: object) -> dict[str, float]:
    """Return the scores of an answer."""
    one = question("knowledge", expect=[["x"]]).model_copy(update=labels)
    return score_polarity(one, given, SECTIONS, ASPECTS)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Nee, reken eerder op maanden.", "nee"),
        ("Ja. [1]", "ja"),
        ("Dat hangt af van de opgave.", "hangt"),
        ("Januari is te vroeg.", None),
        ("Een lab duurt drie jaar; nee is ook goed.", None),
    ],
)
def test_a_verdict_is_how_an_answer_opens(text: str, verdict: str | None) -> None:
    assert verdict_said(answer(text)) == verdict


def test_the_other_verdict_is_the_opposite_and_a_doubt_is_only_wrong() -> None:
    assert scores(answer("Nee."), verdict="ja") == {
        "verdict_given": 1,
        "verdict_right": 0,
        "polarity_error": 1,
    }
    assert scores(answer("Dat hangt ervan af."), verdict="ja") == {
        "verdict_given": 1,
        "verdict_right": 0,
        "polarity_error": 0,
    }
    assert scores(answer("Een lab duurt drie jaar."), verdict="ja") == {
        "verdict_given": 0,
        "polarity_error": 0,
    }


@pytest.mark.parametrize(("cited", "against", "error"), [("unfit", 1, 0), ("fits", 0, 1), ("time", 0, 0)])
def test_when_not_is_answered_first_from_a_section_that_argues_against(
    cited: str, against: float, error: float
) -> None:
    given = answer(citations=[citation(f"02/{cited}"), citation("02/unfit")])
    assert scores(given, negated=True, form="when") == {"against_first": against, "polarity_error": error}


def test_an_answer_without_quotes_is_not_the_opposite_of_when_not() -> None:
    refused = answer(status="refused")
    assert scores(refused, negated=True, form="when") == {"against_first": 0, "polarity_error": 0}


def test_what_only_a_wrong_answer_holds_is_the_opposite_of_a_negated_question() -> None:
    assert scores(answer("Kies een lab."), negated=True, forbid=("kies een",)) == {"polarity_error": 1}
    assert scores(answer("Kies een lab."), forbid=("kies een",)) == {}
