"""Which lines belong together: those of one heading, paragraph, list item or table."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from ingest.readers.pdf.headings import MOST_LINES, Headings, same_style
from ingest.readers.pdf.types import Line

WIDER = 1.3  # Of the usual distance between lines: a wider one parts paragraphs.
USUAL_DISTANCE = 1.2  # Of the font size, where a document has no two lines to measure.
INDENT = 0.8  # Of the font size: a line that starts this much further in opens a paragraph.
OTHER_SIZE = 1.06  # Text whose size differs this much is of another kind.
_END = re.compile(r"[.!?:;…]['’”\")\]]*$")
_BULLET = re.compile(r"[•·▪*]\s+(?=\S)")
_ITEM = re.compile(r"(?:[–—-]|\d{1,2}[.)])\s+(?=\S)")  # May also be a dash or a number in a sentence.
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d*$")  # 'Doel ........ 12': a line of a table of contents.

Group = Sequence[Line]


def groups(lines: Sequence[Line], headings: Headings) -> Iterator[Group]:
    """Yield the groups of lines in reading order; lines of a table of contents are left out."""
    kept = [line for line in lines if not _LEADERS.search(line.text)]
    distance = _usual_distance(kept)
    group: list[Line] = []
    titled = 0  # Lines that a bookmark names together, from the group's first one on.
    for place, line in enumerate(kept):
        if len(group) < titled:
            group.append(line)
            continue
        opens = headings.bookmarked(kept[place : place + MOST_LINES])
        if group and (titled or not _belongs(group, line, headings, distance, opens=opens > 0)):
            yield group
            group = []
        titled = 0 if group else opens
        group.append(line)
    if group:
        yield group


def without_bullet(text: str) -> str:
    """Return the first line of an item with a dash for whatever bullet it has."""
    return _BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text


def _usual_distance(lines: Sequence[Line]) -> float:
    """Return the distance between lines of a paragraph, as a share of the font size."""
    pairs = pairwise(lines)
    return median_low(
        [
            (b.top - a.top) / a.size
            for a, b in pairs
            if same_style(a, b) and not (a.rows or b.rows or b.start) and b.top > a.top
        ]
        or [USUAL_DISTANCE]
    )


def _belongs(group: Group, line: Line, headings: Headings, distance: float, *, opens: bool) -> bool:
    """Return whether a line continues the group; `opens` when it reads as a bookmark's title."""
    before = group[-1]
    if line.rows or before.rows or _BULLET.match(line.text):
        return False
    if not 1 / OTHER_SIZE < line.size / max(before.size, 1.0) < OTHER_SIZE:
        return False
    ended = _END.search(before.text) is not None
    if opens and (ended or not same_style(before, line) or headings.level(group) is not None):
        return False  # Within a sentence, a line may be all of a title by chance.
    apart = not line.start and line.top - before.top > WIDER * distance * line.size
    if same_style(before, line):
        is_heading = headings.level(group) is not None
    else:
        is_heading = headings.level(group) is not None or ((ended or apart) and _is_heading(line, headings))
        if is_heading:
            return False
    if line.start:
        return not ended and not is_heading
    if apart:
        return False
    item = bool(_ITEM.match(line.text)) and (ended or _ITEM.match(group[0].text) is not None)
    indented = ended and line.x0 > before.x0 + INDENT * line.size
    return not item and not indented


def _is_heading(line: Line, headings: Headings) -> bool:
    return headings.level([line]) is not None
