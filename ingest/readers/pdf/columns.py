"""The words of a page in reading order: columns one after the other, between what spans them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.readers.pdf.types import Word

GUTTER = 0.9  # Of the font size: the narrowest white between columns; a space is about 0.3.
FEWEST_LINES = 3  # On both sides of a gutter; fewer may be chance.
ALIGNED = 0.5  # Of the lines right of a gutter start below each other; by chance few do.
LIST_LINES, SHARED, LIST_ALIGNED = 8, 3, 0.8  # With lists, as many start where at least three lines do.
NARROWEST = 0.12  # Of the page's width: what is narrower is a list's bullets or a margin.
HEADING = 1.15  # Times the usual size.
HEADING_ROOM = 0.25  # Of its size, above and below: a gap between paragraphs of the other column is smaller.
STEP = 2.0  # Points between the places where a gutter is sought.
SAME_PLACE = 3.0  # Points: gutters of one page lie below each other.


@dataclass(frozen=True, slots=True)
class _Gutter:
    x: float
    top: float
    bottom: float
    lines: int

    def holds(self, word: Word) -> bool:
        """Return whether a word is beside the gutter."""
        return self.top <= word.middle <= self.bottom


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The places of words as arrays of shape (n,)."""

    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]

    @property
    def middle(self) -> NDArray[np.float64]:
        return (self.top + self.bottom) / 2


def columns(words: Sequence[Word], width: float) -> list[list[Word]]:
    """Return the words of each column, or of what spans columns, in reading order."""
    return [column for column in _split(list(words), width, ()) if column]


def _split(words: list[Word], width: float, known: tuple[float, ...]) -> Iterator[list[Word]]:
    gutter = _gutter(words, width, known)
    if gutter is None:
        yield words
        return
    for part in _parts(words, gutter):
        yield from _split(part, width, (*known, gutter.x))


def _parts(words: Sequence[Word], gutter: _Gutter) -> Iterator[list[Word]]:
    """Yield what is above the gutter, the left and right side of each band, and what is below."""
    left = [word for word in words if gutter.holds(word) and (word.x0 + word.x1) / 2 < gutter.x]
    right = [word for word in words if gutter.holds(word) and (word.x0 + word.x1) / 2 >= gutter.x]
    yield [word for word in words if word.middle < gutter.top]
    cuts = [gutter.top, *_spanning_headings(left, right), gutter.bottom]
    for top, bottom in pairwise(cuts):
        for side in (left, right):
            yield [
                word for word in side if top <= word.middle and (word.middle < bottom or bottom == cuts[-1])
            ]
    yield [word for word in words if word.middle > gutter.bottom]


def _spanning_headings(left: Sequence[Word], right: Sequence[Word]) -> list[float]:
    """Return the tops of headings that span both columns, though they are too short to reach the second.

    The second column is white beside them and goes on below, or both end there.
    """
    size = float(np.median([word.size for word in (*left, *right)]))
    spanning = set()
    for word in left:
        room = HEADING_ROOM * word.size
        beside = [o for o in right if o.bottom > word.top - room and o.top < word.bottom + room]
        if word.size < HEADING * size or beside:
            continue
        # A heading of the first column alone has text below it there, and maybe none in the second.
        goes_on = any(o.top > word.bottom for o in right) or not any(o.top > word.bottom for o in left)
        if goes_on and any(o.bottom < word.top for o in right):
            spanning.add(word.top)
    return sorted(spanning)


def _gutter(words: Sequence[Word], width: float, known: Sequence[float]) -> _Gutter | None:
    """Return the white that has the most lines on both sides, or None."""
    if len(words) < 2:
        return None
    boxes = _Boxes(*(np.array([getattr(word, side) for word in words]) for side in _Boxes.__slots__))
    size = float(np.median([word.size for word in words if not word.rows] or [10.0]))
    best: _Gutter | None = None
    for x, top, bottom in _whites(boxes, size):
        gutter = _judged(boxes, x, top, bottom, size, width, known)
        if gutter is not None and (best is None or gutter.lines > best.lines):
            best = gutter
    return best


def _whites(boxes: _Boxes, size: float) -> Iterator[tuple[float, float, float]]:
    """Yield place, top and bottom of upright white areas; neighbours of the same height count as one."""
    margin = GUTTER * size / 2
    page_top, page_bottom = float(boxes.top.min()), float(boxes.bottom.max())
    open_: dict[tuple[float, float], tuple[float, float]] = {}
    for x in np.arange(boxes.x0.min() + STEP, boxes.x1.max(), STEP).tolist():
        over = (boxes.x0 - margin < x) & (x < boxes.x1 + margin)
        order = np.argsort(boxes.top[over])
        tops = np.append(boxes.top[over][order], page_bottom)
        ends = np.maximum.accumulate(np.insert(boxes.bottom[over][order], 0, page_top))
        areas = {
            (float(ends[place]), float(tops[place])) for place in np.flatnonzero(tops - ends > size * 1.2)
        }
        # Left and right of an indented list the white is as high, and is no gutter through the list.
        for area in open_.keys() - areas:
            yield _middle(open_.pop(area)), *area
        open_ |= {area: (open_.get(area, (x, x))[0], x) for area in areas}
    for area, sides in open_.items():
        yield _middle(sides), *area


def _middle(sides: tuple[float, float]) -> float:
    return (sides[0] + sides[1]) / 2


def _judged(
    boxes: _Boxes, x: float, top: float, bottom: float, size: float, width: float, known: Sequence[float]
) -> _Gutter | None:
    """Return the gutter when there are columns on both sides of the white, else None."""
    inside = (boxes.middle >= top) & (boxes.middle <= bottom)
    left = inside & (boxes.x1 <= x + STEP)
    right = inside & (boxes.x0 >= x - STEP)
    if not left.any() or not right.any():
        return None
    if x - boxes.x0[left].min() < NARROWEST * width or boxes.x1[right].max() - x < NARROWEST * width:
        return None
    starts = _line_starts(boxes, right, size)
    lines = min(len(_line_starts(boxes, left, size)), len(starts))
    if any(abs(x - other) < SAME_PLACE for other in known):
        return _Gutter(x, top, bottom, lines)
    if lines < FEWEST_LINES or not _are_aligned(starts):
        return None
    return _Gutter(x, top, bottom, lines)


def _line_starts(boxes: _Boxes, chosen: NDArray[np.bool_], size: float) -> list[float]:
    """Return where each line of the chosen words starts."""
    starts: dict[int, float] = {}
    for middle, x0 in zip(boxes.middle[chosen].tolist(), boxes.x0[chosen].tolist(), strict=True):
        line = round(middle / size)
        starts[line] = min(x0, starts.get(line, x0))
    return list(starts.values())


def _are_aligned(starts: Sequence[float]) -> bool:
    """Return whether lines start below each other, or those of paragraphs, bullets and items each do."""
    places = np.asarray(starts)
    same = (np.abs(places[:, None] - places) < SAME_PLACE).sum(axis=1)
    if same.max() >= ALIGNED * len(places):
        return True
    return len(places) >= LIST_LINES and float(np.mean(same >= SHARED)) >= LIST_ALIGNED
