"""The marker of a Word list item: Word keeps the number of an item apart from its text."""

from collections import defaultdict

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingest.readers.docx_styles import Styles, W

_NO_LIST = "0"  # The numbering that takes a paragraph out of its style's list.


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, document: WordDocument) -> None:
        self._formats: dict[tuple[str, str], str] = {}
        self._counted: dict[tuple[str, str], int] = defaultdict(int)
        if any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in document.part.rels.values()):
            self._read(document.part.numbering_part.element)

    def marker(self, paragraph: etree._Element, styles: Styles) -> str:
        """Return '- ', or the number of the item that this paragraph opens; nothing outside lists."""
        properties = styles.numbering(paragraph)
        if properties is None:
            return ""
        number = _value(properties.find(f"{W}numId"), _NO_LIST)
        depth = _value(properties.find(f"{W}ilvl"), "0")
        if number == _NO_LIST:
            return ""
        if self._formats.get((number, depth), "bullet") in {"bullet", "none"}:
            return "- "
        for other in [key for key in self._counted if key[0] == number and key[1] > depth]:
            del self._counted[other]
        self._counted[number, depth] += 1
        return f"{self._counted[number, depth]}. "

    def _read(self, numbering: etree._Element) -> None:
        abstract = {str(one.get(f"{W}abstractNumId")): one for one in numbering.iter(f"{W}abstractNum")}
        for number in numbering.iter(f"{W}num"):
            levels = abstract.get(_value(number.find(f"{W}abstractNumId"), ""))
            for level in levels.iter(f"{W}lvl") if levels is not None else ():
                key = str(number.get(f"{W}numId")), str(level.get(f"{W}ilvl"))
                self._formats[key] = _value(level.find(f"{W}numFmt"), "bullet")


def _value(element: etree._Element | None, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))
