"""Ruled tables of a page, each as one word that holds its rows."""

from collections.abc import Sequence

from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table

from ingest.readers.blocks import row
from ingest.readers.pdf.hyphens import joined
from ingest.readers.pdf.lines import text_lines
from ingest.readers.pdf.types import Word
from ingest.readers.pdf.words import words

FEWEST_RULES, MOST_RULES = 4, 2_000  # With more, a page holds a drawing, and the search takes minutes.
MOST_WORDS = 12  # In a cell of a single row, which a page break left: longer texts are boxes side by side.
FILLED = 0.5  # Of its cells: an emptier grid frames something else.


def tables(page: PlumberPage) -> list[Word]:
    """Return the tables with at least two columns that are mostly filled."""
    if not FEWEST_RULES <= len(page.lines) + len(page.rects) <= MOST_RULES:
        return []
    found = [(table, _cells(table, page)) for table in page.find_tables()]
    return [_as_word(table, cells) for table, cells in found if _is_table(cells)]


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for cells in rows for cell in cells]
    if not cells or max(map(len, rows)) < 2:
        return False
    if len(rows) == 1 and max(len(cell.split()) for cell in cells) > MOST_WORDS:
        return False
    return sum(bool(cell) for cell in cells) >= FILLED * len(cells)


def _as_word(table: Table, rows: Sequence[Sequence[str]]) -> Word:
    x0, top, x1, bottom = table.bbox
    return Word("", x0, x1, top, bottom, size=0.0, rows=tuple(filter(None, map(row, rows))))


def _cells(table: Table, page: PlumberPage) -> list[list[str]]:
    return [[_text(cell, page) for cell in line.cells] for line in table.rows]


def _text(cell: tuple[float, float, float, float] | None, page: PlumberPage) -> str:
    if cell is None:
        return ""
    x0, top, x1, bottom = cell
    inside = [
        character
        for character in page.chars
        if x0 <= (character["x0"] + character["x1"]) / 2 <= x1
        and top <= (character["top"] + character["bottom"]) / 2 <= bottom
    ]
    return joined(text_lines(words(inside, float(page.width), float(page.height))))
