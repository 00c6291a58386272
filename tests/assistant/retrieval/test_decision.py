"""A learnt yes or no: the probability that it makes of evidence, and where it says yes."""

from math import exp

import pytest

from assistant.retrieval.decision import Decision


def test_a_decision_gives_a_probability() -> None:
    decision = Decision(-1.0, {"ahead": 2.0, "alone": -1.0}, 0.5)
    assert decision.probability({"ahead": 1.0, "alone": 0.0}) == pytest.approx(1 / (1 + exp(-1.0)))


def test_a_decision_says_yes_from_its_threshold_on() -> None:
    decision = Decision(0.0, {"ahead": 1.0}, 0.5)
    assert [decision.holds({"ahead": ahead}) for ahead in (-0.1, 0.0, 0.1)] == [False, True, True]
