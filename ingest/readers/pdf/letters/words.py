"""Characters of a page → words, with the size and weight of their font."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ingest.readers.pdf.letters.spaced import closed
from ingest.readers.pdf.types import Word

GAP = 0.2  # Of the font size: a wider gap is a space. Spaces are 0.25 wide, kerning moves less than 0.1.
SPACE = 0.08  # Of the font size: what a space takes at least; Chromium prints soft hyphens as spaces of none.
BACK = 0.5  # Of the font size: text that jumps back this far is a new word.
SIZE_CHANGE = 1.2  # A mark in smaller type (a footnote's number) is a word of its own.
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f]+")
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf076\uf0d8\u25cf\u25aa\u25a0\u25e6\u2023\u2043", "•")
_NAMELESS_BULLET = "(cid:127)"  # What pdfminer makes of the bullet in PDF's standard fonts.
_REPLACED = str.maketrans({**_LIGATURES, **_BULLETS})

Character = Mapping[str, Any]


def words(characters: Iterable[Character], width: float, height: float) -> list[Word]:
    """Return the words in the order in which they were set; upright ones that are on the page."""
    return closed([_word(group) for group in _groups(characters, width, height)])


def _groups(characters: Iterable[Character], width: float, height: float) -> Iterator[list[Character]]:
    group: list[Character] = []
    after_space = False
    for character in characters:
        if _SPACES.fullmatch(character["text"]):
            after_space = True
            continue
        if not _is_seen(character, width, height):
            continue
        if not group or _continues(group[-1], character, SPACE if after_space else GAP):
            group.append(character)
        elif not _is_doubled(group, character):
            yield group
            group = [character]
        after_space = False
    if group:
        yield group


def _is_seen(character: Character, width: float, height: float) -> bool:
    middle_x = (character["x0"] + character["x1"]) / 2
    middle_y = (character["top"] + character["bottom"]) / 2
    return bool(character["upright"]) and 0 <= middle_x <= width and 0 <= middle_y <= height


def _continues(before: Character, character: Character, widest: float) -> bool:
    size = max(before["size"], 1.0)
    if abs(before["bottom"] - character["bottom"]) > size * BACK:
        return False
    if not 1 / SIZE_CHANGE < max(character["size"], 1.0) / size < SIZE_CHANGE:
        return False
    gap = character["x0"] - before["x1"]
    return bool(-size * BACK < gap < size * widest) and not _same_place(before, character)


def _is_doubled(group: Sequence[Character], character: Character) -> bool:
    """Return whether a character is printed once more over an earlier one, to look bold."""
    return any(_same_place(other, character) for other in group)


def _same_place(one: Character, other: Character) -> bool:
    near = abs(one["x0"] - other["x0"]) < 1 and abs(one["top"] - other["top"]) < 1
    return bool(near and one["text"] == other["text"])


def _word(group: Sequence[Character]) -> Word:
    text = unicodedata.normalize("NFC", "".join(character["text"] for character in group))
    return Word(
        text=text.replace(_NAMELESS_BULLET, "•").translate(_REPLACED).replace("\0", ""),
        x0=min(character["x0"] for character in group),
        x1=max(character["x1"] for character in group),
        top=min(character["top"] for character in group),
        bottom=max(character["bottom"] for character in group),
        size=max(character["size"] for character in group),
        bold=sum(bool(_BOLD.search(c["fontname"])) for c in group) * 2 > len(group),
    )
