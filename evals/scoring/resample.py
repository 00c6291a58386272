"""Bootstrap intervals: how far a figure would move had other questions been asked."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evals.types import Estimate

One = TypeVar("One")
Rows = NDArray[np.float64]
Aggregate = Callable[[Rows], float]

RESAMPLES = 1_000  # Efron & Tibshirani (1993): enough for a percentile interval.
SEED = 20_260  # Any fixed number, so that two runs give the same interval.
TAIL = 2.5


def estimate(rows: Rows, aggregate: Aggregate) -> Estimate:
    """Return the aggregate of rows, shape (n, columns), with its 95% percentile interval; n is at least 1."""
    draws = np.random.default_rng(SEED).integers(0, len(rows), (RESAMPLES, len(rows)))
    figures = [aggregate(rows[draw]) for draw in draws]
    low, high = np.percentile(figures, [TAIL, 100 - TAIL])
    return Estimate(aggregate(rows), float(low), float(high), len(rows))


def spread(all_of_them: Sequence[One], most: int) -> list[One]:
    """Return at most so many of them, at even distances."""
    count = min(len(all_of_them), most)
    return [all_of_them[place * len(all_of_them) // count] for place in range(count)]


def mean(rows: Rows) -> float:
    """Return the mean of the first column."""
    return float(rows[:, 0].mean())


def median(rows: Rows) -> float:
    """Return the median of the first column."""
    return float(np.median(rows[:, 0]))
