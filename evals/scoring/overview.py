"""Scored questions → overviews: by kind, by practice, confusion, calibration, and the time of each step."""

from collections.abc import Iterable, Sequence

import numpy as np

from evals.questions import ADVICE_KINDS, KINDS, Kind
from evals.scoring.measures import figures
from evals.scoring.metrics import calibration_bins, practices_first_two
from evals.types import Bin, Group, Scored, Timing

MOST_WORST = 10
GROUP_FIGURES = ("right", "asked", "first_answers", "shown_answers")
NO_ADVICE = "none"  # What stands for the advised practice when an answer gives no advice.


def by_kind(scored: Sequence[Scored]) -> dict[Kind, Group]:
    """Return the figures of each kind of question that was asked."""
    groups = {kind: [one for one in scored if one.question.kind == kind] for kind in KINDS}
    return {kind: _group(members) for kind, members in groups.items() if members}


def by_practice(scored: Sequence[Scored], practices: Iterable[str]) -> dict[str, Group]:
    """Return the figures of the answerable questions about each one practice."""
    groups = {
        practice: [one for one in scored if one.question.answerable and one.question.practices == (practice,)]
        for practice in practices
    }
    return {practice: _group(members) for practice, members in groups.items() if members}


def confusion(scored: Iterable[Scored], practices: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count, for each expected practice, which one the advice put first."""
    counts = {expected: dict.fromkeys([*practices, NO_ADVICE], 0) for expected in practices}
    for one in scored:
        expected = one.question.practices[0] if one.question.kind in ADVICE_KINDS else None
        if expected in counts:
            counts[expected][next(iter(practices_first_two(one.answer)), NO_ADVICE)] += 1
    return counts


def calibration(scored: Iterable[Scored]) -> tuple[Bin, ...]:
    """Return the calibration of the advice on questions where one practice is right."""
    pairs = [
        (one.scores["confidence"], one.scores["advice_first"])
        for one in scored
        if one.question.kind in ADVICE_KINDS and "confidence" in one.scores
    ]
    return calibration_bins([confidence for confidence, _ in pairs], [right for _, right in pairs])


def timings(scored: Iterable[Scored]) -> dict[str, Timing]:
    """Return the median and the 95th percentile of each step, over the answers that took it."""
    steps: dict[str, list[float]] = {}
    for one in scored:
        for step, ms in one.answer.timings_ms.items():
            steps.setdefault(step, []).append(ms)
    return {step: timing(values) for step, values in steps.items()}


def timing(values: Sequence[float]) -> Timing:
    """Return the median and the 95th percentile."""
    return Timing(float(np.median(values)), float(np.percentile(values, 95)))


def worst_first(scored: Iterable[Scored]) -> list[Scored]:
    """Return the answers that are not wholly right, worst first: opposite ones, then by asked facts."""

    def badness(one: Scored) -> tuple[float, ...]:
        scores = one.scores
        return (
            -scores.get("polarity_error", 0.0),
            scores["right"],
            scores.get("facts", 0.0),
            scores.get("shown_answers", 0.0),
            scores.get("reciprocal_rank", 0.0),
        )

    return sorted((one for one in scored if one.scores["right"] < 1), key=badness)


def unmatched(scored: Iterable[Scored], section_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the section prefixes of the labels under which the index holds no section."""
    known = tuple(section_ids)
    prefixes = sorted({prefix for one in scored for prefix in one.question.sections})
    return tuple(prefix for prefix in prefixes if not any(id_.startswith(prefix) for id_ in known))


def _group(members: Sequence[Scored]) -> Group:
    return Group(len(members), **figures([one.scores for one in members], GROUP_FIGURES))
