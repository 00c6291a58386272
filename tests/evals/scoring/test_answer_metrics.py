"""Citations, advice and calibration, on cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.metrics.advice import calibration_error, score_advice, score_ambiguous
from evals.scoring.metrics.unlabelled import citation_validity
from tests.evals.builders import advice, answer, citation, section

SECTIONS = {"02/time": section("02/time")}


def test_a_quote_is_valid_only_when_it_stands_at_its_offsets() -> None:
    right = citation("02/time")
    assert citation_validity([right], SECTIONS) == 1
    wrong = [
        citation("02/time", quote="Een lab duurt vier jaar."),
        citation("02/time", 1, 24, quote="Een lab duurt drie jaar."),
        citation("03/gone"),
        citation("02/time", 5, 5),
        citation("02/time", -4, 43, quote=section("02/time").text[-4:43]),
    ]
    assert citation_validity([right, *wrong], SECTIONS) == pytest.approx(1 / 6)


def test_advice_is_scored_by_its_first_two_practices() -> None:
    advised = answer(advised=advice(("lab", 0.7), ("cop", 0.2), ("research", 0.1)))
    assert score_advice(advised, ["cop"]) == {
        "advice_first": 0.0,
        "advice_first_two": 1.0,
        "advised": 1.0,
        "asked_back": 0.0,
        "confidence": 0.7,
    }


def test_an_answer_without_advice_is_wrong_and_has_no_confidence() -> None:
    assert score_advice(answer(), ["lab"]) == {
        "advice_first": 0.0,
        "advice_first_two": 0.0,
        "advised": 0.0,
        "asked_back": 0.0,
    }


def test_an_ambiguous_question_is_handled_by_asking_back_or_by_naming_both() -> None:
    advised = advice(("lab", 0.5), ("cop", 0.3), ("research", 0.2))
    assert score_ambiguous(answer(advised=advised), ["cop", "lab"])["ambiguous_handled"] == 1
    assert score_ambiguous(answer(advised=advised), ["cop", "research"])["ambiguous_handled"] == 0
    back = score_ambiguous(answer(status="clarify", advised=advised), ["cop", "research"])
    assert back == {"ambiguous_handled": 1.0, "ambiguous_both": 0.0}


def test_calibration_by_hand() -> None:
    confidence = np.asarray([0.95, 0.95, 0.95, 0.95, 0.55, 0.65])
    right = np.asarray([1.0, 1, 1, 0, 1, 0])
    assert calibration_error(confidence, right) == pytest.approx((0.45 + 0.65 + 4 * 0.20) / 6)


def test_a_probability_of_one_falls_in_the_last_bin() -> None:
    assert calibration_error(np.asarray([1.0, 0.9]), np.asarray([1.0, 0.0])) == pytest.approx(0.9 / 2)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_lies_between_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    confidence, right = np.asarray(pairs, dtype=float).T
    assert 0 <= calibration_error(confidence, right) <= 1
