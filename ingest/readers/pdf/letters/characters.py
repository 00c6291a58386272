"""The characters of a page that are seen, and those printed sideways or upside down, turned upright."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pdfplumber.page import Page as PlumberPage

from ingest.readers.pdf.letters.words import Character

SMALLEST = 1.5  # Points: smaller type is not read by people.
MOST_SHAPES = 2_000  # With more, a page holds a drawing, on which white type may be seen.
UPRIGHT, LEFT, RIGHT, OVER = range(4)
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


def turns(one: Character) -> int:
    """Return which way the page is turned to read a character; UPRIGHT for what is set aslant too."""
    across, up, *_ = one["matrix"]
    if one["upright"]:
        return OVER if across < 0 else UPRIGHT
    if abs(across) > abs(up) / 10:
        return UPRIGHT
    return LEFT if up < 0 else RIGHT


def turned(characters: Iterable[Character], width: float, height: float, turn: int) -> list[Character]:
    """Return the characters that are read with the page turned that way, as they then stand."""
    return list(_turned((one for one in characters if turns(one) == turn), width, height, turn))


def _turned(characters: Iterable[Character], width: float, height: float, turn: int) -> Iterator[Character]:
    for one in characters:
        down, back = (height - one["bottom"], height - one["top"]), (width - one["x1"], width - one["x0"])
        x0, x1 = {LEFT: (one["top"], one["bottom"]), RIGHT: down, OVER: back}[turn]
        top, bottom = {LEFT: back, RIGHT: (one["x0"], one["x1"]), OVER: down}[turn]
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
