"""Bullets that are drawn and not typed, as Chromium prints them."""

from collections.abc import Sequence

from pdfplumber.page import Page as PlumberPage

from ingest.readers.pdf.types import Word

SMALLEST, LARGEST = 0.12, 0.7  # Of the font size, in both directions.
NEAREST, FARTHEST = 0.1, 2.5  # Of the font size: how far before its text a bullet is.
MOST_SHAPES = 2_000  # With more, a page holds a drawing.


def bullets(page: PlumberPage, words: Sequence[Word]) -> list[Word]:
    """Return a bullet for each small round or square shape that is right before a line of text."""
    shapes = [*page.curves, *page.rects]
    if len(shapes) > MOST_SHAPES:
        return []
    small = [shape for shape in shapes if shape["width"] < 12 and shape["height"] < 12]
    found = []
    for shape in small:
        middle = (shape["top"] + shape["bottom"]) / 2
        beside = [word for word in words if word.top <= middle <= word.bottom]
        after = min((word for word in beside if word.x0 > shape["x0"]), key=lambda w: w.x0, default=None)
        if after is None or not _is_bullet(shape["x0"], shape["x1"], shape["height"], after):
            continue
        if any(shape["x0"] - FARTHEST * after.size < word.x1 < after.x0 for word in beside):
            continue
        found.append(Word("•", shape["x0"], shape["x1"], after.top, after.bottom, after.size))
    return found


def _is_bullet(x0: float, x1: float, height: float, after: Word) -> bool:
    sizes = (x1 - x0) / after.size, height / after.size
    gap = (after.x0 - x1) / after.size
    return all(SMALLEST <= size <= LARGEST for size in sizes) and NEAREST <= gap <= FARTHEST
