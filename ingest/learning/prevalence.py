"""How common a criterion is, among the situations where the practice fits that it speaks for."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.types import Criterion, Situation


def with_prevalence(criteria: Sequence[Criterion], situations: Sequence[Situation]) -> tuple[Criterion, ...]:
    """Return the criteria, each with the share of labelled situations that state it.

    Of the practices that it speaks for most, the one counts whose situations state it oftenest. Without
    labelled situations of such a practice the given prevalence stays.
    """
    labelled = [one for one in situations if one.features and one.practice]
    return tuple(_counted(criterion, labelled) for criterion in criteria)


def _counted(criterion: Criterion, labelled: Sequence[Situation]) -> Criterion:
    most = max(criterion.weights.values(), default=0.0)
    shares = [
        (sum(_states(one, criterion) for one in own) + 1) / (len(own) + 2)  # Laplace's rule of succession.
        for practice, weight in criterion.weights.items()
        if weight == most > 0 and (own := [one for one in labelled if one.practice == practice])
    ]
    return replace(criterion, prevalence=max(shares)) if shares else criterion


def _states(situation: Situation, criterion: Criterion) -> bool:
    return any(feature.criterion == criterion.id and feature.value == "yes" for feature in situation.features)
