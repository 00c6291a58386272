"""One way to make a table or a chart: rows of cells, as lines and, by `table.html`, in a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

INDENT = "  "  # Before the name of a row; a heading above rows has none.


@dataclass(frozen=True, slots=True)
class Plotted:
    """A figure that a page draws too, from 0 to 1: a bar, or a dot in its interval; the tick is to be met."""

    text: str
    value: float
    interval: tuple[float, float] | None = None
    tick: float | None = None

    def __str__(self) -> str:
        """Return the figure as text."""
        return self.text


CellValue = str | Plotted


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its cells; one cell spans the columns, none makes it a heading above the rows after it.

    `mark` is the class of the row in a page, `lang` the language of its name.
    """

    name: str
    cells: Sequence[CellValue] = ()
    mark: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column but that of the names."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]


def as_text(table: Table) -> str:
    """Return a table as lines, its columns aligned under their headings."""
    whole = [row for row in table.rows if len(row.cells) == len(table.heads)]
    names = [table.caption, *(INDENT + row.name for row in table.rows)]
    first = max(map(len, names)) + len(INDENT)
    widths = [
        max(len(text) for text in (head, *(str(row.cells[place]) for row in whole))) + len(INDENT)
        for place, head in enumerate(table.heads)
    ]
    return "\n".join(line.rstrip() for line in _lines(table, first, widths))


def _lines(table: Table, first: int, widths: Sequence[int]) -> Iterator[str]:
    yield f"{table.caption:<{first}}{_aligned(table.heads, widths)}"
    for row in table.rows:
        if not row.cells:
            yield f"\n{row.name}"
        elif len(row.cells) == len(widths):
            yield f"{INDENT + row.name:<{first}}{_aligned(row.cells, widths)}"
        else:
            yield f"{INDENT + row.name:<{first}}{INDENT}{row.cells[0]}"


def _aligned(cells: Sequence[CellValue], widths: Sequence[int]) -> str:
    return "".join(f"{cell!s:>{width}}" for cell, width in zip(cells, widths, strict=True))
