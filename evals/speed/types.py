"""What a measurement of speed found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evals.types import Figures

Tables = Mapping[str, Figures]  # The figures of a stage, by the caption of their table.


@dataclass(frozen=True, slots=True)
class SpeedResults:
    """All that one run measured; a stage that was not run is left out."""

    commit: str
    machine: str
    tables: Tables = field(default_factory=dict)


def timing(values: Sequence[float], unit: str = "ms") -> dict[str, float]:
    """Return the median and the 95th percentile, as figures of a table."""
    return {
        f"{unit} median": float(np.median(values)),
        f"{unit} p95": float(np.percentile(values, 95)),
    }
