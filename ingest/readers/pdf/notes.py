"""Footnotes: the small lines that close a column, told apart from the text that runs on past them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.types import Line

SMALLER = 0.93  # Of the text's size.
_NOTE = re.compile(r"(?:\d{1,3}\b|[*†])")


@dataclass(frozen=True, slots=True)
class Note:
    """The lines of one note; `place` is the number of lines of text before it."""

    place: int
    lines: tuple[Line, ...]


def marked(column: Sequence[Line], text_size: float) -> list[Line]:
    """Return the lines of a column; the small ones at its end, from the first note on, are marked."""
    small = len(column)
    while small > 0 and column[small - 1].size <= SMALLER * text_size and not column[small - 1].rows:
        small -= 1
    first = next((i for i in range(small, len(column)) if _NOTE.match(column[i].text)), len(column))
    if first == 0:
        return list(column)
    return [*column[:first], *(replace(line, note=True) for line in column[first:])]


def notes_apart(lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """Return the lines of the text, and the notes."""
    text: list[Line] = []
    notes: list[Note] = []
    for line in lines:
        if not line.note:
            text.append(line)
        elif notes and notes[-1].place == len(text) and not _NOTE.match(line.text):
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
        else:
            notes.append(Note(len(text), (line,)))
    return text, notes
