"""Tables without rules: lines whose pieces are below each other, as in most price lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from ingest.readers.pdf.lines import word_rows
from ingest.readers.pdf.types import Word

GAP = 1.2  # Of the font size: a wider one parts cells; a space is about 0.3, in justified text up to 0.8.
COLUMN_GAP = 0.6  # Of the font size: the least white between columns, over all rows.
FARTHEST = 3.0  # Of the font size: rows further apart are two tables.
FEWEST_ROWS = 3  # Fewer may be chance.
MOST_BETWEEN = 2  # Lines of one cell between two rows: a cell that takes more lines, or the name of a group.
MOST_WORDS, MOST_FIRST_WORDS = 3.0, 10.0  # In a cell, on average; a column of running text has more.
MOST_FIGURE_WORDS = 6.0  # In a cell that begins with a figure: '29,50 euro per uur'.
FIGURES = 0.6  # Of the cells of such a column.
MOST_SMALL = 0.3  # Of the cells start with a small letter; in columns of running text most do.
CLOSE = 0.8  # Of the widest gap: lines of one row are closer than rows.
LARGER = 1.15  # Of the usual size: a heading is no row.
_MARKER = re.compile(r"(?:[•·▪*–—-]|\d{1,2}[.)]|[a-z][.)])")
_FIGURE = re.compile(r"[€$£+\-–—(]?\s?\d|[-–—]$")
_LEADERS = re.compile(r"\.{4}|(?:\. ){4}")


@dataclass(frozen=True, slots=True)
class _Cell:
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)


_Line = Sequence[_Cell]


def aligned_tables(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Return the tables that words form, and the words that are in none."""
    if not words:
        return [], []
    size = median(word.size for word in words)
    found, used = [], set[int]()
    for run in _runs([_cells(row) for row in word_rows(words)], size):
        columns = _columns(run, size)
        if len(columns) > 1 and _is_table(run, columns):
            found.append(_as_word(run, columns))
            used |= {id(word) for line in run for cell in line for word in cell.words}
    return found, [word for word in words if id(word) not in used]


def _cells(row: Sequence[Word]) -> list[_Cell]:
    """Split a line where it is wide open; a list's marker belongs to its item."""
    groups: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        wide = word.x0 - before.x1 > GAP * max(word.size, before.size)
        marker = len(groups[-1]) == 1 and _MARKER.fullmatch(before.text)
        if wide and not marker:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [_Cell(tuple(group)) for group in groups]


def _runs(lines: Sequence[_Line], size: float) -> Iterator[list[_Line]]:
    """Yield the lines that may be one table: from a line of several cells to the last such one."""
    run: list[_Line] = []
    between: list[_Line] = []
    for line in lines:
        last = (between or run)[-1] if run else None
        near = last is not None and line[0].words[0].top - last[0].words[0].top < FARTHEST * size
        fits = len(line) > 1 or (near and _fits(line, _columns(run, size)) and len(between) < MOST_BETWEEN)
        if run and not (near and fits and _is_plain(line, size)):
            yield [*run, *_goes_on(between)]
            run, between = [], []
        if not _is_plain(line, size):
            continue
        if len(line) > 1:
            wider = [*run, *between, line]
            if run and len(_columns(wider, size)) < 2:
                yield run
                wider = [line]
            run, between = wider, []
        elif run:
            between.append(line)
    if run:
        yield [*run, *_goes_on(between)]


def _goes_on(between: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines below the last row that go on in a cell of it."""
    return takewhile(lambda line: line[0].text[:1].islower(), between)


def _is_plain(line: _Line, size: float) -> bool:
    return max(word.size for cell in line for word in cell.words) <= LARGER * size


def _columns(run: Sequence[_Line], size: float) -> list[tuple[float, float]]:
    """Return the left and right side of each column: what the cells of all rows leave white parts them."""
    sides = sorted((cell.x0, cell.x1) for line in run if len(line) > 1 for cell in line)
    columns: list[tuple[float, float]] = []
    for x0, x1 in sides:
        if columns and x0 - columns[-1][1] < COLUMN_GAP * size:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns


def _fits(line: _Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Return whether a line of one cell is within one column."""
    if len(columns) < 2:
        return False
    place = _place(line[0], columns)
    after = columns[place + 1][0] if place + 1 < len(columns) else columns[place][1] + 1
    return line[0].x1 < after


def _place(cell: _Cell, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column in which a cell is."""
    overlaps = [min(cell.x1, x1) - max(cell.x0, x0) for x0, x1 in columns]
    return overlaps.index(max(overlaps))


def _is_table(run: Sequence[_Line], columns: Sequence[tuple[float, float]]) -> bool:
    rows = [line for line in run if len(line) > 1]
    texts: list[list[str]] = [[] for _ in columns]
    for line in rows:
        for cell in line:
            texts[_place(cell, columns)].append(cell.text)
    if len(rows) < FEWEST_ROWS or any(_LEADERS.search(text) for text in texts[0]) or _are_pages(texts):
        return False
    first, *others = texts
    return (
        _average(first) <= MOST_FIRST_WORDS
        and all(_average(column) <= _most_words(column) for column in others)
        and all(_small(column) <= MOST_SMALL for column in texts)
        and not all(_MARKER.match(text) for text in texts[-1])
    )


def _are_pages(texts: Sequence[Sequence[str]]) -> bool:
    """Return whether the last column holds page numbers: a table of contents is no table."""
    if len(texts) != 2 or not all(text.isdecimal() for text in texts[-1]):
        return False
    return all(int(a) <= int(b) for a, b in pairwise(texts[-1]))


def _most_words(texts: Sequence[str]) -> float:
    figures = sum(bool(_FIGURE.match(text)) for text in texts)
    return MOST_FIGURE_WORDS if figures >= FIGURES * len(texts) else MOST_WORDS


def _average(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / max(len(texts), 1)


def _small(texts: Sequence[str]) -> float:
    return sum(text[:1].islower() for text in texts) / max(len(texts), 1)


def _as_word(run: Sequence[_Line], columns: Sequence[tuple[float, float]]) -> Word:
    rows: list[list[str]] = []
    widest = max(_gap(above, below) for above, below in pairwise(run))
    for before, line in zip([run[0], *run], run, strict=False):
        row = ["" for _ in columns]
        for cell in line:
            place = _place(cell, columns)
            row[place] = f"{row[place]} {cell.text}".strip()
        single = len(line) == 1
        if rows and (
            (single and (not row[0] or row[0][:1].islower()))
            or (row[0][:1].islower() and not any(rows[-1][1:]))
            or (_is_rest(row) and _gap(before, line) <= CLOSE * widest)
        ):
            rows[-1] = _merged(rows[-1], row)
        else:
            rows.append(row)
    bold = [all(word.bold for cell in line for word in cell.words) for line in run[:2]]
    words = [word for line in run for cell in line for word in cell.words]
    return Word(
        "",
        min(word.x0 for word in words),
        max(word.x1 for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        size=0.0,
        rows=tuple(map(tuple, rows)),
        headers=1 if bold == [True, False] else None,
    )


def _gap(above: _Line, below: _Line) -> float:
    return below[0].words[0].top - above[0].words[0].top


def _is_rest(row: Sequence[str]) -> bool:
    """Return whether a line holds what is left of some cells of the row above it."""
    filled = [cell for cell in row if cell]
    return len(filled) < len(row) and all(cell[0].islower() for cell in filled)


def _merged(row: Sequence[str], other: Sequence[str]) -> list[str]:
    return [f"{one} {more}".strip() for one, more in zip(row, other, strict=True)]
