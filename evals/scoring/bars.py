"""Bars: the figures that must hold, and which of them a run misses."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from errors import DocumentError
from evals.questions import Split
from evals.scoring.measures import BY_ID, written
from evals.types import Estimate

BARS_FILE = Path(__file__).with_name("bars.toml")


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure with the value that it must reach, or must not pass."""

    measure: str
    value: float
    at_most: bool = False

    def holds(self, measured: Estimate | None) -> bool:
        """Return whether a figure meets the bar; one that was not measured does not."""
        if measured is None:
            return False
        return measured.value <= self.value if self.at_most else measured.value >= self.value


# For each split, by measure, the values that must be reached and those that must not be passed.
_FILE = TypeAdapter(dict[Split, dict[Literal["at_least", "at_most"], dict[str, float]]])


def load_bars(split: Split, file: Path = BARS_FILE) -> tuple[Bar, ...]:
    """Read the bars of a split; raise DocumentError when they cannot be used or name an unknown measure."""
    try:
        whole = _FILE.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise DocumentError(file, f"the bars cannot be read: {error}") from error
    bars = [
        Bar(name, value, side == "at_most")
        for side, values in whole.get(split, {}).items()
        for name, value in values.items()
    ]
    for bar in bars:
        if bar.measure not in BY_ID:
            raise DocumentError(file, f"no measure is called '{bar.measure}'. Known: {', '.join(BY_ID)}")
    return tuple(bars)


def missed(bars: tuple[Bar, ...], measures: Mapping[str, Estimate]) -> list[str]:
    """Return a line for each bar that is missed."""
    return [
        f"{bar.measure} ({BY_ID[bar.measure].topic}: {BY_ID[bar.measure].label}): {state(bar, found)}"
        for bar in bars
        if not bar.holds(found := measures.get(bar.measure))
    ]


def state(bar: Bar, found: Estimate | None) -> str:
    """Return whether a bar is met, as a person reads it: `met: ≥ 90.0%`."""
    measure = BY_ID[bar.measure]
    wanted = f"{'≤' if bar.at_most else '≥'} {written(measure, bar.value)}"
    if found is None:
        return f"not measured, {wanted} is asked"
    return f"{'met' if bar.holds(found) else 'MISSED'}: {wanted}"
