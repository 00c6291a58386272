"""Whether advice is right, and whether the assistant asks back where it should."""

from collections.abc import Sequence

from assistant.types import Answer


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
    if answer.status == "clarify":
        scores["asked_back_right"] = scores["advice_first_two"]
    return scores


def score_ambiguous(answer: Answer, expected: Sequence[str]) -> dict[str, float]:
    """Score a question where several practices are defensible: asking back or naming two of them is right."""
    asked_back = answer.status == "clarify"
    named = set(practices_first_two(answer))
    both = len(named) == 2 and named <= set(expected)
    return {
        "ambiguous_handled": float(asked_back or both),
        "ambiguous_asked_back": float(asked_back),
        "ambiguous_both": float(both),
    }
