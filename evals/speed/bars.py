"""What the measurements must show, and whether they do."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.report.table import Table, TableRow
from evals.speed.types import SpeedResults

BARS_FILE = Path(__file__).with_name("bars.toml")


class SpeedBar(BaseModel):
    """A figure of a table, or its ratio to that of the row `over`, with the value that it must reach."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    table: str
    row: str
    column: str
    over: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    def measured(self, results: SpeedResults) -> float | None:
        """Return the figure, or None when it was not measured."""
        rows = results.tables.get(self.table, {})
        found = rows.get(self.row, {}).get(self.column)
        if found is None or self.over is None:
            return found
        other = rows.get(self.over, {}).get(self.column)
        return found / other if other else None

    def met(self, found: float) -> bool:
        """Return whether a figure reaches the bar."""
        return not (
            (self.at_least is not None and found < self.at_least)
            or (self.at_most is not None and found > self.at_most)
        )


def load_bars() -> Sequence[SpeedBar]:
    """Read the bars."""
    return [SpeedBar(**one) for one in tomllib.loads(BARS_FILE.read_text(encoding="utf-8"))["bar"]]


def bars_table(results: SpeedResults) -> Table:
    """Return every bar that the stages of a run say something about."""
    return Table("What two cores that do nothing else must show", ["value", "bar", ""], [*_rows(results)])


def _rows(results: SpeedResults) -> Iterator[TableRow]:
    for bar in load_bars():
        if (found := bar.measured(results)) is not None:
            wanted = f"≤ {bar.at_most:g}" if bar.at_least is None else f"≥ {bar.at_least:g}"
            met = bar.met(found)
            yield TableRow(
                bar.what, [f"{found:,.2f}", wanted, "met" if met else "missed"], "" if met else "missed"
            )
