"""Whether advice is right and as sure as it should be, and whether the assistant asks back in its place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.types import Answer

BINS = 10


def practices_first_two(answer: Answer) -> tuple[str, ...]:
    """Return the two practices that the answer names, best first; nothing when it gives no advice."""
    return tuple(ranked.practice for ranked in answer.advice.ranking[:2]) if answer.advice else ()


def score_advice(answer: Answer, expected: Sequence[str]) -> dict[str, float]:
    """Score advice where one of the expected practices is right.

    An answer without advice is wrong, and has no confidence.
    """
    named = practices_first_two(answer)
    scores = {
        "advice_first": float(bool({*named[:1]} & {*expected})),
        "advice_first_two": float(bool({*named} & {*expected})),
        "advised": float(answer.advice is not None),
        "asked_back": float(answer.status == "clarify"),
    }
    if answer.advice:
        scores["confidence"] = answer.advice.ranking[0].probability
    return scores


def score_ambiguous(answer: Answer, expected: Sequence[str]) -> dict[str, float]:
    """Score a question where several practices are defensible: asking back or naming two of them is right."""
    asked_back = answer.status == "clarify"
    named = set(practices_first_two(answer))
    both = len(named) == 2 and named <= set(expected)
    return {
        "ambiguous_handled": float(asked_back or both),
        "ambiguous_both": float(both),
    }


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al., 2015), of at least one."""
    numbers = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(np.abs(np.bincount(numbers, weights=confidence - right)).sum() / len(confidence))
