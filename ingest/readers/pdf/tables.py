"""Ruled tables of a page, each as one word that holds its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table

from ingest.readers.pdf.letters.hyphens import joined
from ingest.readers.pdf.letters.words import Character, words
from ingest.readers.pdf.lines import text_lines
from ingest.readers.pdf.types import Word

FEWEST_RULES, MOST_RULES = 4, 2_000  # With more, a page holds a drawing, and the search takes minutes.
MOST_WORDS = 12  # In a cell of a single row, which a page break left: longer texts are boxes side by side.
FILLED = 0.5  # Of its cells: an emptier grid frames something else.


@dataclass(frozen=True, slots=True)
class _RuledCell:
    text: str = ""
    bold: bool = False


def tables(page: PlumberPage, characters: Sequence[Character]) -> list[Word]:
    """Return the tables with at least two columns that are mostly filled, of these characters of a page."""
    if not FEWEST_RULES <= len(page.lines) + len(page.rects) <= MOST_RULES:
        return []
    found = [(table, _cells(table, page, characters)) for table in page.find_tables()]
    return [_as_word(table, cells) for table, cells in found if _is_table(cells)]


def _is_table(rows: Sequence[Sequence[_RuledCell]]) -> bool:
    cells = [cell.text for cells in rows for cell in cells]
    if not cells or max(map(len, rows)) < 2:
        return False
    if len(rows) == 1 and max(len(cell.split()) for cell in cells) > MOST_WORDS:
        return False
    return sum(bool(cell) for cell in cells) >= FILLED * len(cells)


def _as_word(table: Table, rows: Sequence[Sequence[_RuledCell]]) -> Word:
    x0, top, x1, bottom = table.bbox
    texts = tuple(tuple(cell.text for cell in row) for row in rows if any(cell.text for cell in row))
    return Word("", x0, x1, top, bottom, size=0.0, rows=texts, headers=bold_headers(rows))


def bold_headers(rows: Sequence[Sequence[_RuledCell]]) -> int | None:
    """Return 1 when only the first row is bold, else None: then its words say whether it is a header."""
    weights = [all(cell.bold for cell in row if cell.text) for row in rows[:2]]
    return 1 if weights == [True, False] else None


def _cells(table: Table, page: PlumberPage, characters: Sequence[Character]) -> list[list[_RuledCell]]:
    return [[_cell(cell, page, characters) for cell in line.cells] for line in table.rows]


def _cell(
    box: tuple[float, float, float, float] | None, page: PlumberPage, characters: Sequence[Character]
) -> _RuledCell:
    if box is None:
        return _RuledCell()
    x0, top, x1, bottom = box
    inside = [
        character
        for character in characters
        if x0 <= (character["x0"] + character["x1"]) / 2 <= x1
        and top <= (character["top"] + character["bottom"]) / 2 <= bottom
    ]
    found = words(inside, float(page.width), float(page.height))
    return _RuledCell(joined(text_lines(found)), bool(found) and all(word.bold for word in found))
