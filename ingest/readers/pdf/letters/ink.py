"""The page as it is printed: text without ink is invisible, covered, or on a layer that is off."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from ingest.readers.pdf.letters.words import Character

SCALE = 2.0  # Pixels to a point: the thinnest letter of small print is seen.
MOST_PIXELS = 4_000  # Along a side: a poster is printed smaller.
FAINTEST = 6  # Of 255 steps between a letter and what is behind it.
MIDDLE = 0.3, 0.7  # Of the height of a letter: all letters and digits have ink there, and a border has none.
FEWEST_HIDDEN = 4  # Letters in a row: fewer may be missing from a font, or be beside their place.


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of a file, printed one at a time; none where the file is damaged."""

    file: pypdfium2.PdfDocument | None

    def seen(
        self, characters: Iterable[Character], page: int, width: float, height: float
    ) -> list[Character]:
        """Return the characters of a page, from 1 on, that leave ink on it; all when it cannot be printed."""
        picture = self._picture(page, width, height)
        return list(characters) if picture is None else list(_with_ink(characters, picture, width))

    def _picture(self, page: int, width: float, height: float) -> NDArray[np.uint8] | None:
        if self.file is None:
            return None
        scale = min(SCALE, MOST_PIXELS / max(width, height, 1.0))
        try:
            sheet = self.file[page - 1]
            sheet.set_cropbox(*sheet.get_mediabox())
            picture = sheet.render(
                scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False
            ).to_numpy()
            sheet.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return None
        rows, columns = picture.shape[:2]
        fits = abs(rows - height * scale) < SCALE and abs(columns - width * scale) < SCALE
        return picture.reshape(rows, columns) if fits else None


@contextmanager
def printed(path: Path) -> Iterator[Printed]:
    """Open a file to see what its pages show."""
    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield Printed(None)
        return
    try:
        yield Printed(file)
    finally:
        file.close()


def _with_ink(
    characters: Iterable[Character], picture: NDArray[np.uint8], width: float
) -> Iterator[Character]:
    """Yield the characters without runs that leave no ink; marks go with the letter before them."""
    scale = picture.shape[1] / max(width, 1.0)
    run: list[Character] = []
    for one in characters:
        if not (_is_blank(one, picture, scale) if one["text"].isalnum() else run):
            yield from _short(run)
            run = []
            yield one
        else:
            run.append(one)
    yield from _short(run)


def _short(run: list[Character]) -> list[Character]:
    """Return a run of characters without ink when it is too short to be hidden, else none."""
    return run if sum(one["text"].isalnum() for one in run) < FEWEST_HIDDEN else []


def _is_blank(one: Character, picture: NDArray[np.uint8], scale: float) -> bool:
    """Return whether the middle of a letter is as what is behind it; off the page there is nothing to see."""
    across, down = (
        _band(one["x0"], one["x1"], not one["upright"]),
        _band(one["top"], one["bottom"], one["upright"]),
    )
    top, bottom, left, right = (max(0, round(side * scale)) for side in (*down, *across))
    box = picture[top:bottom, left:right]
    return bool(box.size) and int(box.max()) - int(box.min()) < FAINTEST


def _band(start: float, end: float, middle: bool) -> tuple[float, float]:
    first, last = (start + share * (end - start) for share in MIDDLE) if middle else (start, end)
    return first, last
