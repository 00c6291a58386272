"""Scored questions → overviews: how each kind is answered, and the worst answers."""

from collections.abc import Iterable, Sequence

from evals.questions import KINDS, Kind
from evals.scoring.measures import figures
from evals.types import Scored

MOST_WORST = 10
KIND_FIGURES = ("right", "asked", "first_answers", "shown_answers")


def by_kind(scored: Sequence[Scored]) -> dict[Kind, dict[str, float]]:
    """Return the figures of each kind of question that was asked, and how many there are."""
    groups = {kind: [one.scores for one in scored if one.question.kind == kind] for kind in KINDS}
    return {
        kind: {**figures(group, KIND_FIGURES), "n": len(group)} for kind, group in groups.items() if group
    }


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
