"""What the style of a Word paragraph says: a heading, a line of the table of contents, or text."""

import re

from docx.document import Document as WordDocument
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_BOLD_WORDS = 14  # As in a PDF: where no heading has a style, a short bold paragraph is one.
_DEEPEST = 9  # Outline level 9 is text.
_HEADING_NAME = re.compile(r"(?:heading|kop) ?([1-9])\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:,!…]$")
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rubyText")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = frozenset(f"{W}{name}" for name in ("tab", "br", "cr"))


class Styles:
    """The styles of a document, by id."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = {
            str(style.get(f"{W}styleId")): style for style in document.styles.element.iter(f"{W}style")
        }
        paragraphs = list(document.element.body.iter(f"{W}p"))
        self._bold_headings = not any(self._styled_level(one) for one in paragraphs)

    def level(self, paragraph: etree._Element) -> int | None:
        """Return 1 for the title, 2 for the highest heading and so on, or None for text."""
        level = self._styled_level(paragraph)
        if level is None and self._bold_headings and _is_bold_line(paragraph):
            return 2
        return level

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Return whether a paragraph is a line of a table of contents."""
        return any(name.lower().startswith(("toc ", "inhopg")) for name in self._names(paragraph))

    def numbering(self, paragraph: etree._Element) -> etree._Element | None:
        """Return the list properties of a paragraph or of its style, or None."""
        for properties in (paragraph.find(f"{W}pPr"), *(s.find(f"{W}pPr") for s in self._chain(paragraph))):
            found = properties.find(f"{W}numPr") if properties is not None else None
            if found is not None:
                return found
        return None

    def _styled_level(self, paragraph: etree._Element) -> int | None:
        for name in self._names(paragraph):
            if name.lower() == "title":
                return 1
            if match := _HEADING_NAME.match(name):
                return int(match.group(1)) + 1
        outlines = [paragraph, *self._chain(paragraph)]
        for element in outlines:
            level = element.find(f"{W}pPr/{W}outlineLvl")
            if level is not None and str(level.get(f"{W}val")).isdecimal():
                depth = int(str(level.get(f"{W}val")))
                return depth + 2 if depth < _DEEPEST else None
        return None

    def _names(self, paragraph: etree._Element) -> list[str]:
        names = (style.find(f"{W}name") for style in self._chain(paragraph))
        return [str(name.get(f"{W}val")) for name in names if name is not None]

    def _chain(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the style of a paragraph and those that it is based on, nearest first."""
        chain: list[etree._Element] = []
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        while named is not None:
            style = self._styles.get(str(named.get(f"{W}val")))
            if style is None or style in chain:
                break
            chain.append(style)
            named = style.find(f"{W}basedOn")
        return chain


def plain(paragraph: etree._Element) -> str:
    """Return the text of a paragraph with single spaces, without what was deleted with changes tracked."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in _LEFT_OUT or (element.tag == f"{W}p" and element is not paragraph):
            walk.skip_subtree()
        elif element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif element.tag in _BREAKS:
            parts.append(" ")
    return " ".join("".join(parts).replace("\u00ad", "").split())


def _is_bold_line(paragraph: etree._Element) -> bool:
    text = plain(paragraph)
    runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    bold = [run.find(f"{W}rPr/{W}b") for run in runs]
    return (
        bool(runs)
        and all(one is not None and one.get(f"{W}val") not in {"0", "false"} for one in bold)
        and len(text.split()) <= MOST_BOLD_WORDS
        and not _SENTENCE_END.search(text)
    )
