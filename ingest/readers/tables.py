"""Rows of a table → a text for each, with the header above it: a row says nothing without it."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

BETWEEN = " | "
MOST_HEADER_WORDS = 8  # In a cell: a longer one is text.
MOST_GROUP_WORDS = 8  # Of a cell over all columns: a longer one is a remark, not the name of the rows below.
FIGURES = 0.5  # Of the cells of a column: with as many it is one of figures.
# What columns are called where all cells of a table are words; nothing else tells a header from a row then.
_COLUMN_NAMES = frozenset(
    "activiteit adres afkorting begrip betekenis categorie contact contactpersoon dag datum dienst "
    "doel doelgroep e-mail functie kosten locatie naam omschrijving onderdeel onderwerp organisatie "
    "periode plaats prijs product rol soort taak tarief telefoon termijn tijd toelichting type "
    "uitleg voorbeeld voorwaarde voorwaarden waar wanneer wat wie".split()
)
_AMOUNT = re.compile(r"[€$]?\s*\d[\d.,]*(?:\s*(?:,?[-–]+|%|euro))?|[-–]|gratis", re.IGNORECASE)
_YEAR = re.compile(r"\D*(?:19|20)\d\d\D*")
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.;!…]$")

Cells = Sequence[str]


def row_texts(rows: Sequence[Cells], headers: int | None = None) -> list[str]:
    """Return a text for each row: the header on a line of its own, the row below it.

    `headers` is the number of rows that are the header; without it, the cells tell. Empty cells keep their
    place. A row with one cell over all columns names the rows below it.
    """
    filled = _filled(rows)
    if not filled:
        return []
    count = header_rows(filled) if headers is None else min(headers, len(filled))
    if count == len(filled):
        return [line(row) for row in filled]
    return list(_with_header(filled[count:], header_line(filled[:count])))


def header_line(rows: Sequence[Cells]) -> str:
    """Return the line that one or more rows of a header make: the words of each column, each once."""
    columns = (
        [cell for cell in dict.fromkeys(column) if cell] for column in zip_longest(*rows, fillvalue="")
    )
    return line([" ".join(column) for column in columns]) if rows else ""


def header_rows(rows: Sequence[Cells]) -> int:
    """Return 1 when the first row reads as a header, else 0.

    That is words above a column of figures, '65+' above amounts, or the usual names of columns.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first, *others = zip_longest(*rows, fillvalue="")
    if not _names_column(first[0] or "x") or not all(_heads(*column) for column in others):
        return 0
    named = all(cell.lower() in _COLUMN_NAMES for cell in rows[0])
    return int(named or any(_is_figures(column[1:]) for column in others))


def line(row: Cells) -> str:
    """Return the cells of a row as one line; one cell over all columns is in it once."""
    if len(row) > 1 and len(set(row)) == 1:
        return row[0]
    return BETWEEN.join(row).replace("  ", " ").strip()


def _with_header(rows: Sequence[Cells], header: str) -> Iterator[str]:
    group = ""
    for place, row in enumerate(rows):
        text = line(row)
        if not _spans(row):
            yield "\n".join(filter(None, (header, group, text)))
        elif place + 1 < len(rows) and len(text.split()) <= MOST_GROUP_WORDS:
            group = text.strip(f"{BETWEEN} ")
        else:
            yield text.strip(f"{BETWEEN} ")


def _spans(row: Cells) -> bool:
    """Return whether one cell spans all columns, or alone in a row of several."""
    if len(row) > 1 and len(set(row)) == 1:
        return True
    return len(row) > 2 and bool(row[0]) and not any(row[1:])


def _filled(rows: Sequence[Cells]) -> list[Cells]:
    """Return the rows, of the same length, without rows and columns that are empty."""
    columns = [column for column in zip_longest(*rows, fillvalue="") if any(column)]
    return [row for row in zip(*columns, strict=True) if any(row)]


def _heads(cell: str, *below: str) -> bool:
    """Return whether a cell names the column below it; with a figure in it only a column of amounts."""
    if _names_column(cell):
        return True
    amounts = [bool(_AMOUNT.fullmatch(one)) for one in below if one]
    return bool(cell) and _is_short(cell) and not _AMOUNT.fullmatch(cell) and bool(amounts) and all(amounts)


def _is_short(cell: str) -> bool:
    return len(cell.split()) <= MOST_HEADER_WORDS and not _SENTENCE_END.search(cell)


def _names_column(cell: str) -> bool:
    if not cell or not _is_short(cell):
        return False
    return not _DIGIT.search(cell) or _YEAR.fullmatch(cell) is not None


def _is_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(bool(_DIGIT.search(cell)) for cell in filled) >= FIGURES * len(filled)
