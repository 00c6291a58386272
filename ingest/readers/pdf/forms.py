"""What was filled in on a form, and notes typed on a page: kept apart from its text, read in their place."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text
from pdfplumber.page import Page as PlumberPage

from ingest.readers.pdf.types import Word

USUAL_SIZE = 10.0  # Points, on a page without text.
WIDTH = 0.5  # Of the size: of one letter.
LEADING = 1.2  # Of the size.
MOST_PARENTS = 8  # Of a field: its name and value may be with one that holds it.
_HIDDEN, _NO_VIEW = 2, 32  # Flags of an annotation.
_PASSWORD = 1 << 13  # Flag of a field.
_TICKED = "[x]"

Annotation = Mapping[str, Any]


def filled_in(page: PlumberPage, words: Sequence[Word]) -> list[Word]:
    """Return the words in the fields and typed notes of a page that its text does not show already."""
    size = median([word.size for word in words if not word.rows] or [USUAL_SIZE])
    found: list[Word] = []
    for annotation in sorted(page.annots, key=lambda one: float(one["x0"])):
        text = _value(annotation["data"] or {})
        if text and annotation["x1"] > annotation["x0"]:
            label = _label(text, annotation, words, found)
            x0 = float(annotation["x0"]) if label is None else label.x1 + WIDTH * size
            found += list(_placed(text, annotation, x0, size))
    return found


def _label(text: str, annotation: Annotation, words: Sequence[Word], filled: Sequence[Word]) -> Word | None:
    """Return the word that ends the label of a one-line field, or None; a box may have its own behind it."""
    if _text(annotation["data"].get("Subtype")) != "Widget" or "\n" in text:
        return None
    before = [
        word
        for word in (*words, *filled)
        if word.x1 <= annotation["x0"] + 1 and annotation["top"] <= word.middle <= annotation["bottom"]
    ]
    label = max(before, key=lambda word: word.x1, default=None)
    if label is None or label in filled or (text == _TICKED and not label.text.endswith(":")):
        return None
    return label


def _placed(text: str, annotation: Annotation, x0: float, size: float) -> Iterator[Word]:
    top = float(annotation["top"])
    lines = [line for line in text.splitlines() if line.strip()]
    room = float(annotation["bottom"]) - top
    y = top + max(0.0, (room - size) / 2) if len(lines) == 1 else top
    for number, line in enumerate(lines):
        x = x0 + 1
        for word in line.split():
            above = y + number * LEADING * size
            yield Word(word, x, x + WIDTH * size * len(word), above, above + size, size)
            x += WIDTH * size * (len(word) + 1)


def _value(data: Annotation) -> str:
    flags = _number(data.get("F"))
    if flags & (_HIDDEN | _NO_VIEW):
        return ""
    kind = _text(data.get("Subtype"))
    if kind == "FreeText":
        return _text(data.get("Contents"))
    if kind != "Widget" or _number(_inherited(data, "Ff")) & _PASSWORD:
        return ""
    value = _inherited(data, "V")
    if _text(_inherited(data, "FT")) == "Btn":
        state = _text(data.get("AS"))
        return _TICKED if state and state != "Off" else ""
    if _text(_inherited(data, "FT")) not in {"Tx", "Ch"}:
        return ""
    values = value if isinstance(value, list) else [value]
    return ", ".join(filter(None, (_text(resolve1(one)) for one in values)))


def _inherited(data: Annotation, key: str) -> object:
    """Return what a field, or one that holds it, says."""
    for _ in range(MOST_PARENTS):
        if key in data:
            return resolve1(data[key])
        data = resolve1(data.get("Parent"))
        if not isinstance(data, dict):
            break
    return None


def _text(value: object) -> str:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return str(value.name)
    if isinstance(value, bytes):
        return decode_text(value).replace("\0", "").strip()
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0
