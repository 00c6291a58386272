"""Word → blocks: headings by their style, lists, tables, text boxes, and notes where their section ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ingest.readers.blocks import ReadDocument, TextBlock
from ingest.readers.tables import header_rows, row_texts
from ingest.readers.word.lists import Numbering
from ingest.readers.word.package import W, WordFile, open_word
from ingest.readers.word.styles import Styles
from ingest.readers.word.text import is_on, text_boxes

__all__ = ["read_docx"]

_TABLE, _PARAGRAPH = f"{W}tbl", f"{W}p"
_CONTAINERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_NOTES = (("footnote", "footnotes"), ("endnote", "endnotes"))


def read_docx(path: Path) -> ReadDocument:
    """Read a Word document; raise EmptyDocumentError, DamagedDocumentError or OversizedDocumentError."""
    file = open_word(path)
    return ReadDocument(list(_Walk(file).blocks(file.body)), name=file.title)


@dataclass(slots=True)
class _Walk:
    """A document while it is read; `waiting` are the notes that its present section refers to."""

    file: WordFile
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    notes: Mapping[tuple[str, str], etree._Element] = field(init=False)
    waiting: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.styles = Styles(self.file)
        self.numbering = Numbering(self.file)
        self.notes = {
            (kind, str(note.get(f"{W}id"))): note
            for kind, part in _NOTES
            for note in self.file.part(part).iter(f"{W}{kind}")
        }

    def blocks(self, body: etree._Element) -> Iterator[TextBlock]:
        """Yield the blocks of the text, the notes of each section at its end."""
        yield from self._blocks(body)
        yield from self._noted()

    def _blocks(self, container: etree._Element) -> Iterator[TextBlock]:
        for element in _elements(container):
            if element.tag == _TABLE:
                yield from self._table(element)
            elif not self.styles.is_contents(element):
                yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[TextBlock]:
        text, level = self.styles.text(element), self.styles.level(element)
        if text:
            if level is not None:
                yield from self._noted()
            marker = self.numbering.marker(element, self.styles, heading=level is not None)
            yield TextBlock(f"{marker}{text}", level)
        self._note(element)
        for box in text_boxes(element):
            yield from self._blocks(box)

    def _table(self, table: etree._Element) -> Iterator[TextBlock]:
        lines = list(_lines_of(table))
        if self._places(table, lines):
            for line in lines:
                for cell in _cells(line):
                    yield from self._blocks(cell)
            return
        rows, above = [], dict[int, str]()
        for line in lines:
            rows.append(self._row(line, above))
        headers = sum(is_on(line.find(f"{W}trPr/{W}tblHeader")) is True for line in lines)
        if not headers and len(rows) > 1 and self._is_header(table, lines):
            headers = 1
        yield from map(TextBlock, row_texts(rows, headers or None))

    def _places(self, table: etree._Element, lines: list[etree._Element]) -> bool:
        """Return whether a table only places its content on the page: columns, or boxes around a text."""
        if all(len(list(_cells(line))) < 2 for line in lines):
            return True
        if table.find(f".//{_TABLE}") is not None:
            return not header_rows([[self._text(cell) for cell in _cells(line)] for line in lines])
        if any(self.styles.styled_level(one) is not None for one in table.iter(_PARAGRAPH)):
            return True
        return any(self._is_titled(cell) for line in lines for cell in _cells(line))

    def _is_titled(self, cell: etree._Element) -> bool:
        """Return whether a cell holds a text below a heading."""
        levels = [self.styles.named_level(one) for one in _paragraphs(cell) if self.styles.text(one)]
        return len(levels) > 1 and levels[0] is not None and None in levels

    def _is_header(self, table: etree._Element, lines: list[etree._Element]) -> bool:
        """Return whether the first row of a table stands out: by the style of the table, or in bold."""
        if self.styles.has_bold_first_row(table):
            return True
        return self._is_bold(lines[0]) and not self._is_bold(lines[1])

    def _row(self, line: etree._Element, above: dict[int, str]) -> list[str]:
        """Return the texts of a row; a cell over several rows or columns is in each."""
        row: list[str] = []
        for cell in _cells(line):
            text = self._text(cell)
            boxes = (p for one in _paragraphs(cell) for box in text_boxes(one) for p in _paragraphs(box))
            text = " ".join(filter(None, (text, *map(self.styles.text, boxes))))
            for paragraph in _paragraphs(cell):
                self._note(paragraph)
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and merged.get(f"{W}val") != "restart":
                text = text or above.get(len(row), "")
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = str(span.get(f"{W}val")) if span is not None else "1"
            for _ in range(min(int(wide), 100) if wide.isdecimal() else 1):
                above[len(row)] = text
                row.append(text)
        return row

    def _text(self, cell: etree._Element) -> str:
        """Return the text of a cell; the rows of a table in it are read on behind each other."""
        texts = filter(None, map(self.styles.text, _paragraphs(cell)))
        tables = (element for element in _elements(cell) if element.tag == _TABLE)
        rows = [" ".join(map(self._text, _cells(line))) for table in tables for line in _lines_of(table)]
        return " ".join(filter(None, (*texts, ", ".join(rows))))

    def _is_bold(self, line: etree._Element) -> bool:
        texts = [one for one in line.iter(_PARAGRAPH) if self.styles.text(one)]
        return bool(texts) and all(self.styles.is_bold(one) for one in texts)

    def _note(self, paragraph: etree._Element) -> None:
        for kind, _ in _NOTES:
            for reference in paragraph.iter(f"{W}{kind}Reference"):
                note = self.notes.get((kind, str(reference.get(f"{W}id"))))
                texts = map(self.styles.text, note.iter(_PARAGRAPH)) if note is not None else ()
                self.waiting += filter(None, [" ".join(filter(None, texts))])

    def _noted(self) -> Iterator[TextBlock]:
        waiting, self.waiting = self.waiting, []
        yield from map(TextBlock, waiting)


def _elements(container: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, also those in content controls and tracked insertions."""
    for element in container:
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag in _CONTAINERS:
            yield from _elements(element)


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    return (element for element in _elements(cell) if element.tag == _PARAGRAPH)


def _lines_of(table: etree._Element) -> Iterator[etree._Element]:
    return (line for row in table.iterchildren(f"{W}tr", f"{W}sdt", f"{W}ins") for line in _lines(row))


def _lines(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that tracked changes did not delete, also in content controls."""
    if element.tag != f"{W}tr":
        for inner in element:
            yield from _lines(inner)
    elif element.find(f"{W}trPr/{W}del") is None and is_on(element.find(f"{W}trPr/{W}hidden")) is not True:
        yield element


def _cells(container: etree._Element) -> Iterator[etree._Element]:
    for element in container:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in _CONTAINERS:
            yield from _cells(element)
