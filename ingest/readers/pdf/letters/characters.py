"""The characters of a page that are seen, and those that are printed sideways, turned upright."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pdfplumber.page import Page as PlumberPage

from ingest.readers.pdf.letters.words import Character

SMALLEST = 1.5  # Points: smaller type is not read by people.
MOST_SHAPES = 2_000  # With more, a page holds a drawing, on which white type may be seen.
WHITE = 0.98  # Of full light, in all colours.

Shape = Mapping[str, Any]


def seen(page: PlumberPage) -> list[Character]:
    """Return the characters without those that are too small, or white on white."""
    characters: list[Character] = [one for one in page.chars if one["size"] > SMALLEST or not one["upright"]]
    white = {id(one) for one in characters if _is_white(one["non_stroking_color"])}
    if not white:
        return characters
    behind = [*page.images, *(one for one in (*page.rects, *page.curves) if _is_dark(one))]
    if len(behind) > MOST_SHAPES:
        return characters
    return [one for one in characters if id(one) not in white or any(_covers(shape, one) for shape in behind)]


def turned(characters: Iterable[Character], width: float, height: float, *, left: bool) -> list[Character]:
    """Return the characters that are read with the page turned to the left, or right, as they then lie."""
    return list(_turned(characters, width, height, left))


def _turned(characters: Iterable[Character], width: float, height: float, left: bool) -> Iterator[Character]:
    for one in characters:
        across, up, *_ = one["matrix"]
        if one["upright"] or abs(across) > abs(up) / 10 or (up < 0) != left:
            continue
        x0, x1 = (one["top"], one["bottom"]) if left else (height - one["bottom"], height - one["top"])
        top, bottom = (width - one["x1"], width - one["x0"]) if left else (one["x0"], one["x1"])
        yield {
            **one, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "size": bottom - top, "upright": True
        }  # fmt: skip


def _is_dark(shape: Shape) -> bool:
    return bool(shape.get("fill")) and not _is_white(shape.get("non_stroking_color"))


def _is_white(colour: object) -> bool:
    """Return whether a colour is white: grey and RGB are light, CMYK is ink."""
    parts: Sequence[Any] = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) <= 1 - WHITE if len(parts) == 4 else min(parts) >= WHITE)


def _covers(shape: Shape, character: Character) -> bool:
    middle_x = (character["x0"] + character["x1"]) / 2
    middle_y = (character["top"] + character["bottom"]) / 2
    return bool(shape["x0"] <= middle_x <= shape["x1"] and shape["top"] <= middle_y <= shape["bottom"])
