"""Whether a probability of 0.8 means right in eight cases of ten."""

from collections.abc import Sequence

import numpy as np

from evals.types import Bin

BINS = 10


def calibration_bins(confidence: Sequence[float], right: Sequence[float]) -> tuple[Bin, ...]:
    """Return the non-empty tenths of the confidence, lowest first."""
    values, hits = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    numbers = np.minimum((values * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            int((numbers == number).sum()),
            float(values[numbers == number].mean()),
            float(hits[numbers == number].mean()),
        )
        for number in sorted(set(numbers.tolist()))
    )


def calibration_error(confidence: Sequence[float], right: Sequence[float]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al., 2015); 0 without data."""
    bins = calibration_bins(confidence, right)
    total = sum(bin_.n for bin_ in bins)
    return sum(bin_.n * abs(bin_.confidence - bin_.right) for bin_ in bins) / total if total else 0.0
