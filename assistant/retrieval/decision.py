"""A yes or no that is learnt: a logistic regression over a few named signals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic regression over evidence by name; it says yes from the probability `threshold` on."""

    intercept: float
    coefficients: Mapping[str, float]
    threshold: float

    def probability(self, evidence: Mapping[str, float]) -> float:
        """Return how likely yes is; evidence that has no coefficient counts for nothing."""
        log_odds = self.intercept + sum(weight * evidence[name] for name, weight in self.coefficients.items())
        return 1 / (1 + math.exp(-log_odds))

    def holds(self, evidence: Mapping[str, float]) -> bool:
        """Return whether yes is likely enough."""
        return self.probability(evidence) >= self.threshold
