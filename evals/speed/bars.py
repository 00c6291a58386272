"""What the measurements must show on two cores that do nothing else, and whether they do."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.report.table import Row, Table
from evals.speed.answers import STEPS
from evals.speed.growth import GROWTH, SIZES, row_of
from evals.speed.peers import LANGCHAIN, PEERS, PRODUCT
from evals.speed.types import SpeedResults
from evals.speed.visitors import API, CHAT, CROWDS, SOAK, STARTS, crowd_of


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of a table, or its ratio to that of the row `over`, with the value that it must reach."""

    what: str
    table: str
    row: str
    column: str
    value: float
    unit: str
    over: str | None = None
    at_least: bool = False

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
        return found >= self.value if self.at_least else found <= self.value


_FIFTY = crowd_of(50, CHAT)
BARS = (
    Bar("complete answer in process, median", STEPS, "whole", "ms median", 12, "ms"),
    Bar("complete answer in process, p95", STEPS, "whole", "ms p95", 30, "ms"),
    Bar("LangChain's retrieval alone against a complete answer", PEERS, LANGCHAIN, "ms median", 3, "times",
        PRODUCT, at_least=True),
    Bar("recall@5 against LangChain's", PEERS, PRODUCT, "recall@5", 1, "times", LANGCHAIN, at_least=True),
    Bar("chunks read a second against LangChain's", PEERS, PRODUCT, "chunks/s", 2, "times", LANGCHAIN,
        at_least=True),
    Bar("ready after start", STARTS, "median", "ready s", 4, "s"),
    Bar("memory when ready", STARTS, "most", "MB", 350, "MB"),
    Bar("memory with 50 conversations", CROWDS, _FIFTY, "MB", 450, "MB"),
    Bar("50 at once: first text, p95", CROWDS, _FIFTY, "first text s p95", 0.5, "s"),
    Bar("50 at once: full answer, p95", CROWDS, _FIFTY, "full answer s p95", 1.5, "s"),
    Bar("/api/ask, 50 at once", CROWDS, crowd_of(50, API), "answers/s", 60, "answers/s", at_least=True),
    Bar(f"question at {SIZES[-1]:,} chunks against {SIZES[0]:,}", GROWTH, row_of(SIZES[-1]), "ms median", 3,
        "times", row_of(SIZES[0])),
    Bar("memory growth in a soak, after ten minutes", SOAK, "visitors", "growth %", 2, "%"),
)  # fmt: skip


def bars_table(results: SpeedResults) -> Table:
    """Return every bar that the stages of a run say something about."""
    return Table("What two cores that do nothing else must show", ["value", "bar", ""], [*_rows(results)])


def _rows(results: SpeedResults) -> Iterator[Row]:
    for bar in BARS:
        if (found := bar.measured(results)) is not None:
            met, sign = bar.met(found), "≥" if bar.at_least else "≤"
            cells = [f"{found:,.2f} {bar.unit}", f"{sign} {bar.value:g}", "met" if met else "missed"]
            yield Row(bar.what, cells, "" if met else "missed")
