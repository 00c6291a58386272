"""Whether advice is right, and whether the assistant asks back where it should."""

from collections.abc import Sequence

from assistant.types import Answer


def practices_first_two(answer: Answer) -> tuple[str, ...]:
    """Return the two practices that the answer names, best first; nothing when it gives no advice."""
    return tuple(ranked.practice for ranked in answer.advice.ranking[:2]) if answer.advice else ()


def score_advice(answer: Answer, expected: str) -> dict[str, float]:
    """Score advice where one practice is right; an answer without advice is wrong, and has no confidence."""
    named = practices_first_two(answer)
    scores = {
        "advice_first": float(named[:1] == (expected,)),
        "advice_first_two": float(expected in named),
        "advised": float(answer.advice is not None),
        "asked_back": float(answer.status == "clarify"),
    }
    if answer.advice:
        scores["confidence"] = answer.advice.ranking[0].probability
    if answer.status == "clarify":
        scores["asked_back_right"] = scores["advice_first_two"]
    return scores


def score_ambiguous(answer: Answer, expected: Sequence[str]) -> dict[str, float]:
    """Score a question where two practices are defensible: handled when asked back or when both are named."""
    asked_back = answer.status == "clarify"
    both = set(practices_first_two(answer)) == set(expected)
    return {
        "ambiguous_handled": float(asked_back or both),
        "ambiguous_asked_back": float(asked_back),
        "ambiguous_both": float(both),
    }
