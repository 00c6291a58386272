"""One way to make a table: rows of cells, as lines and, by `table.html`, in a page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.types import Figures

INDENT = "  "  # Before the name of a row; a heading above rows has none.
ABSENT = "–"  # For a figure that a row has none of.


@dataclass(frozen=True, slots=True)
class TableRow:
    """A name and its cells, or none: a heading above the rows after it; `mark` is its class in a page."""

    name: str
    cells: Sequence[str] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column but that of the names."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[TableRow]


def plain(_name: str, value: float) -> str:
    """Return a figure with one decimal, a small one with two, a count as it is."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{2 if abs(value) < 10 else 1}f}"


def figures_table(caption: str, rows: Figures, write: Callable[[str, float], str] = plain) -> Table:
    """Return the figures of each row side by side, under their names."""
    names = list(dict.fromkeys(name for figures in rows.values() for name in figures))
    cells = {
        row: [write(name, figures[name]) if name in figures else ABSENT for name in names]
        for row, figures in rows.items()
    }
    return Table(caption, names, [TableRow(row, texts) for row, texts in cells.items()])


def as_text(table: Table) -> str:
    """Return a table as lines, its columns aligned under their headings."""
    whole = [row for row in table.rows if row.cells]
    names = [table.caption, *(INDENT + row.name for row in table.rows)]
    first = max(map(len, names)) + len(INDENT)
    widths = [
        max(len(text) for text in (head, *(row.cells[place] for row in whole))) + len(INDENT)
        for place, head in enumerate(table.heads)
    ]
    return "\n".join(line.rstrip() for line in _lines(table, first, widths))


def _lines(table: Table, first: int, widths: Sequence[int]) -> Iterator[str]:
    yield f"{table.caption:<{first}}{_aligned(table.heads, widths)}"
    for row in table.rows:
        line = f"{INDENT + row.name:<{first}}"
        yield line + _aligned(row.cells, widths) if row.cells else f"\n{row.name}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
