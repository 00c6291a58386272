"""What the style of a Word paragraph says: a heading, a line of the table of contents, or text."""

import re
from collections import Counter
from functools import partial

from lxml import etree

from ingest.readers.word.package import W, WordFile
from ingest.readers.word.text import is_on, plain

MOST_BOLD_WORDS = 14  # As in a PDF: where no heading has a style, a short bold paragraph is one.
MOST_STYLED = 0.4  # Of the letters: a style that more have is the text's.
USUAL_SIZE = 22  # In half points, where a document gives none.
LARGER = 1.08  # Of the text's size, as in a PDF.
_DEEPEST = 9  # Outline level 9 is text.
_HEADING_NAME = re.compile(r"(?:heading|kop) ?([1-9])\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:,!…]$")


class Styles:
    """The styles of a document, by id."""

    def __init__(self, file: WordFile) -> None:
        styles = file.part("styles")
        self._styles = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
        self._default = {
            str(style.get(f"{W}type")): str(style.get(f"{W}styleId"))
            for style in styles.iter(f"{W}style")
            if is_on_attribute(style, "default")
        }
        sizes = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self._size = _number(sizes, USUAL_SIZE)
        paragraphs = list(file.body.iter(f"{W}p"))
        deepest = max((self.styled_level(one) or 1 for one in paragraphs), default=1)
        self._ranks = self._ranked(paragraphs, deepest)
        self._bold_headings = deepest == 1 and not self._ranks
        self._before_is_bold = False

    def level(self, paragraph: etree._Element) -> int | None:
        """Return 1 for the title, 2 for the highest heading and so on, or None for text.

        Paragraphs are asked for in order: of bold lines below each other only the first is a heading.
        """
        level = self.named_level(paragraph)
        if level is None and self._bold_headings:
            text = self.text(paragraph)
            bold = bool(text) and self._is_bold_line(paragraph, text)
            level = 2 if bold and not self._before_is_bold else None
            self._before_is_bold = bold or (self._before_is_bold and not text)
        return level

    def text(self, paragraph: etree._Element) -> str:
        """Return the words of a paragraph that are not hidden."""
        if self._switch(paragraph, None, "vanish"):
            return plain(paragraph, lambda run: is_on(run.find(f"{W}rPr/{W}vanish")) is not False)
        return plain(paragraph, partial(self._hides, paragraph))

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Return whether a paragraph is a line of a table of contents."""
        return any(name.lower().startswith(("toc ", "inhopg")) for name in self._names(paragraph))

    def numbering(self, paragraph: etree._Element) -> tuple[str, str]:
        """Return the list of a paragraph or of its style, and its depth there; '0' is no list."""
        number = depth = None
        for element in (paragraph, *self._chain(self._style_id(paragraph))):
            properties = element.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            number = _value(properties, "numId") if number is None else number
            depth = _value(properties, "ilvl") if depth is None else depth
        return number or "0", depth or "0"

    def _hides(self, paragraph: etree._Element, run: etree._Element) -> bool:
        own = is_on(run.find(f"{W}rPr/{W}vanish"))
        return bool(own if own is not None else self._switch(paragraph, run, "vanish"))

    def named_level(self, paragraph: etree._Element) -> int | None:
        """Return the level that its style gives a paragraph, also one of the organisation's own, or None."""
        level = self.styled_level(paragraph)
        if level is None and self._ranks and self._may_be_heading(paragraph):
            level = self._ranks.get(self._style_id(paragraph))
        return level

    def has_bold_first_row(self, table: etree._Element) -> bool:
        """Return whether the style of a table sets its first row in bold, and the table shows it."""
        properties = table.find(f"{W}tblPr")
        look = None if properties is None else properties.find(f"{W}tblLook")
        if look is None or not _shows_first_row(look):
            return False
        rows = (
            part.find(f"{W}rPr/{W}b")
            for style in self._chain(_value(properties, "tblStyle"))
            for part in style.iter(f"{W}tblStylePr")
            if part.get(f"{W}type") == "firstRow"
        )
        return any(is_on(row) is True for row in rows)

    def styled_level(self, paragraph: etree._Element) -> int | None:
        """Return the level that the style of a paragraph gives it, or None."""
        for name in self._names(paragraph):
            if name.lower() == "title":
                return 1
            if match := _HEADING_NAME.match(name):
                return int(match.group(1)) + 1
        for element in (paragraph, *self._chain(self._style_id(paragraph))):
            level = element.find(f"{W}pPr/{W}outlineLvl")
            if level is not None and str(level.get(f"{W}val")).isdecimal():
                depth = int(str(level.get(f"{W}val")))
                return depth + 2 if depth < _DEEPEST else None
        return None

    def _ranked(self, paragraphs: list[etree._Element], deepest: int) -> dict[str, int]:
        """Return a level for each style of the organisation's own whose type is larger or bolder.

        They are below the `deepest` heading of Word's own; beside those, a style that is used once is none.
        """
        used, letters = Counter[str](), Counter[str]()
        for one in paragraphs:
            if text := self.text(one):
                used[self._style_id(one)] += 1
                letters[self._style_id(one)] += len(text)
        usual_style = letters.most_common(1)[0][0] if letters else ""
        usual = self._type_of(usual_style)
        found = {
            name: self._type_of(name)
            for name, count in letters.items()
            if name != usual_style and count <= MOST_STYLED * letters.total() and not self._is_built_in(name)
            if deepest == 1 or used[name] > 1
        }
        larger = {
            name: (size, bold)
            for name, (size, bold) in found.items()
            if size > LARGER * usual[0] or (bold and not usual[1] and size >= usual[0])
        }
        ranks = {
            look: rank
            for rank, look in enumerate(sorted(set(larger.values()), reverse=True), start=deepest + 1)
        }
        return {name: ranks[look] for name, look in larger.items()}

    def _type_of(self, style: str) -> tuple[int, bool]:
        """Return the size, in half points, and weight of a style."""
        chain = self._chain(style) or self._chain(self._default.get("paragraph", ""))
        sizes = [one.find(f"{W}rPr/{W}sz") for one in chain]
        weights = [is_on(one.find(f"{W}rPr/{W}b")) for one in chain]
        size = next((_number(one, self._size) for one in sizes if one is not None), self._size)
        return size, next((weight for weight in weights if weight is not None), False)

    def _is_built_in(self, style: str) -> bool:
        """Return whether a style is one of Word's own that is no heading, such as a list's or a quote's."""
        found = self._styles.get(style)
        return (
            found is not None
            and not is_on_attribute(found, "customStyle")
            and not _sounds_like_heading(str(_value(found, "name")))
        )

    def _may_be_heading(self, paragraph: etree._Element) -> bool:
        text = self.text(paragraph)
        return bool(text) and len(text.split()) <= MOST_BOLD_WORDS and not _SENTENCE_END.search(text)

    def is_bold(self, paragraph: etree._Element) -> bool:
        """Return whether all words of a paragraph are bold."""
        runs = [run for run in paragraph.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]
        weights = (is_on(run.find(f"{W}rPr/{W}b")) for run in runs)
        return bool(runs) and all(
            self._switch(paragraph, None, "b") if one is None else one for one in weights
        )

    def _is_bold_line(self, paragraph: etree._Element, text: str) -> bool:
        ends_open = self._before_is_bold or not _SENTENCE_END.search(text)
        return len(text.split()) <= MOST_BOLD_WORDS and ends_open and self.is_bold(paragraph)

    def _switch(self, paragraph: etree._Element, run: etree._Element | None, name: str) -> bool:
        """Return what the styles of a run and its paragraph say of a switch."""
        named = None if run is None else run.find(f"{W}rPr/{W}rStyle")
        of_run = self._chain(str(named.get(f"{W}val"))) if named is not None else []
        for style in (*of_run, *self._chain(self._style_id(paragraph))):
            found = is_on(style.find(f"{W}rPr/{W}{name}"))
            if found is not None:
                return found
        return False

    def _names(self, paragraph: etree._Element) -> list[str]:
        return [str(_value(style, "name")) for style in self._chain(self._style_id(paragraph))]

    def _style_id(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._default.get("paragraph", "") if named is None else str(named.get(f"{W}val"))

    def _chain(self, name: str | None) -> list[etree._Element]:
        """Return a style and those that it is based on, nearest first."""
        chain: list[etree._Element] = []
        while name is not None and (style := self._styles.get(name)) is not None and style not in chain:
            chain.append(style)
            name = _value(style, "basedOn")
        return chain


def is_on_attribute(element: etree._Element, name: str) -> bool:
    """Return whether an attribute says yes."""
    return element.get(f"{W}{name}") in {"1", "true", "on"}


def _shows_first_row(look: etree._Element) -> bool:
    """Return what Word's look of a table says: by name since 2010, before that as a bit of a number."""
    if look.get(f"{W}firstRow") is not None:
        return is_on_attribute(look, "firstRow")
    value = str(look.get(f"{W}val"))
    return bool(re.fullmatch(r"[0-9A-Fa-f]{4}", value)) and bool(int(value, 16) & 0x20)


def _sounds_like_heading(name: str) -> bool:
    return bool(re.search(r"title|heading|titel|kop", name, re.IGNORECASE))


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else str(element.get(f"{W}val"))
    return int(value) if value.isdecimal() else default
