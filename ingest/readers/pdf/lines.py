"""Words of a column → its lines."""

from collections.abc import Sequence
from statistics import fmean

from ingest.readers.pdf.types import Line, Word

RAISED = 0.8  # Of the line's size: a smaller number that is higher refers to a note.


def lines(column: Sequence[Word], page: int) -> list[Line]:
    """Return the lines of a column from top to bottom; the first one starts it."""
    rows = word_rows(column)
    return [_line(words, page, start=number == 0) for number, words in enumerate(rows)]


def text_lines(words: Sequence[Word]) -> list[str]:
    """Return the texts of the lines that words form."""
    return [" ".join(word.text for word in row) for row in word_rows(words)]


def word_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Group words whose middle lies within the height of a line; each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        near = next((row for row in reversed(rows[-2:]) if _beside(row, word)), None)
        if near is None:
            rows.append([word])
        else:
            near.append(word)
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _beside(row: Sequence[Word], word: Word) -> bool:
    if word.rows or row[0].rows:
        return False
    tallest = max(row, key=lambda other: other.size)
    return tallest.top <= word.middle <= tallest.bottom or word.top <= tallest.middle <= word.bottom


def _line(row: Sequence[Word], page: int, *, start: bool) -> Line:
    size = _usual([word.size for word in row], [len(word.text) for word in row])
    kept = [word for word in row if not _refers_to_note(word, row, size)] or list(row)
    letters = sum(len(word.text) for word in kept)
    return Line(
        text=" ".join(word.text for word in kept),
        x0=min(word.x0 for word in row),
        x1=max(word.x1 for word in row),
        top=min(word.top for word in kept),
        bottom=max(word.bottom for word in kept),
        size=size,
        bold=sum(len(word.text) for word in kept if word.bold) * 2 > letters,
        page=page,
        start=start,
        rows=row[0].rows,
        headers=row[0].headers,
    )


def _usual(sizes: Sequence[float], weights: Sequence[int]) -> float:
    """Return the size that most characters have, to half a point."""
    counted: dict[float, int] = {}
    for size, weight in zip(sizes, weights, strict=True):
        rounded = round(size * 2) / 2
        counted[rounded] = counted.get(rounded, 0) + weight
    return max(counted, key=lambda size: counted[size])


def _refers_to_note(word: Word, row: Sequence[Word], size: float) -> bool:
    if not word.text.strip("*†,").isdigit() and word.text not in {"*", "†", "**"}:
        return False
    if word.size >= RAISED * size or word is row[0]:
        return False
    return word.bottom < fmean(other.bottom for other in row if other is not word)
