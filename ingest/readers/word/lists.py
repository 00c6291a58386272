"""The marker of a Word list item or heading: Word keeps its number apart from its text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.word.package import W, WordFile
from ingest.readers.word.styles import Styles

_NO_LIST = "0"  # The numbering that takes a paragraph out of its style's list.
_PLACE = re.compile(r"%([1-9])")
_ITEM = re.compile(r"\d+[.)]")  # What readers of lists know as an item by itself.
_PART = re.compile(r"\d+(?:\.\d+)+\.?|\D{3,}")  # '3.1', 'Artikel 3': what a paragraph is cited by.
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    format: str
    text: str
    start: int


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, file: WordFile) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counted: dict[tuple[str, int], int] = defaultdict(int)
        self._lists: dict[str, str] = {}  # Lists of one definition count on, unless they say otherwise.
        self._read(file.part("numbering"))

    def marker(self, paragraph: etree._Element, styles: Styles, *, heading: bool) -> str:
        """Return what is before the text of a paragraph: '- ', '2. ', '- b) ' or 'Artikel 3 '."""
        number, depth = styles.numbering(paragraph)
        place = (number, int(depth) if depth.isdecimal() else 0)
        if number == _NO_LIST:
            return ""
        level = self._levels.get(place)
        if level is None or level.format in {"bullet", "none"}:
            return "" if heading else "- "
        self._count(place, level)
        label = _PLACE.sub(lambda match: self._shown(place, int(match.group(1)) - 1), level.text).strip()
        if not label:
            return "" if heading else "- "
        if heading or _PART.match(label) or _ITEM.fullmatch(label):
            return f"{label} "
        return f"{label}. " if label.isdecimal() else f"- {label.rstrip('.)')}) "

    def _count(self, place: tuple[str, int], level: _Level) -> None:
        number, depth = self._lists.get(place[0], place[0]), place[1]
        for other in [key for key in self._counted if key[0] == number and key[1] > depth]:
            del self._counted[other]
        before = self._counted.get((number, depth))
        self._counted[number, depth] = level.start if before is None else before + 1

    def _shown(self, place: tuple[str, int], depth: int) -> str:
        level = self._levels.get((place[0], depth))
        count = self._counted.get((self._lists.get(place[0], place[0]), depth))
        if level is None:
            return ""
        return _written(level.start if count is None else count, level.format)

    def _read(self, numbering: etree._Element) -> None:
        abstract = {str(one.get(f"{W}abstractNumId")): one for one in numbering.iter(f"{W}abstractNum")}
        for number in numbering.iter(f"{W}num"):
            name, definition = str(number.get(f"{W}numId")), _value(number.find(f"{W}abstractNumId"), "")
            restarts = number.find(f".//{W}startOverride") is not None
            self._lists[name] = name if restarts or not definition else f"abstract {definition}"
            levels = abstract.get(definition)
            own = [override.find(f"{W}lvl") for override in number.iter(f"{W}lvlOverride")]
            for level in (*(levels.iter(f"{W}lvl") if levels is not None else ()), *own):
                if level is not None and (depth := str(level.get(f"{W}ilvl"))).isdecimal():
                    self._levels[name, int(depth)] = _level(level, int(depth))
            for place, start in _starts(number):
                if (found := self._levels.get((name, place))) is not None:
                    self._levels[name, place] = _Level(found.format, found.text, start)


def _level(level: etree._Element, depth: int) -> _Level:
    start = _value(level.find(f"{W}start"), "1")
    return _Level(
        _value(level.find(f"{W}numFmt"), "bullet"),
        _value(level.find(f"{W}lvlText"), f"%{depth + 1}."),
        int(start) if start.isdecimal() else 1,
    )


def _starts(number: etree._Element) -> Iterator[tuple[int, int]]:
    for override in number.iter(f"{W}lvlOverride"):
        depth, start = str(override.get(f"{W}ilvl")), _value(override.find(f"{W}startOverride"), "")
        if depth.isdecimal() and start.isdecimal():
            yield int(depth), int(start)


def _written(count: int, format: str) -> str:
    if format in {"lowerLetter", "upperLetter"} and count > 0:
        letter = _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letter.upper() if format == "upperLetter" else letter
    if format in {"lowerRoman", "upperRoman"} and 0 < count < 40:
        text = ""
        for value, sign in _ROMAN:
            text, count = text + sign * (count // value), count % value
        return text.upper() if format == "upperRoman" else text
    return str(count)


def _value(element: etree._Element | None, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))
