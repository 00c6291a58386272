"""Word → blocks: headings by their style, lists, tables, and notes where their section ends."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from errors import DamagedDocumentError, EmptyDocumentError, OversizedDocumentError
from ingest.readers.blocks import Block, Reading, row
from ingest.readers.docx_lists import Numbering
from ingest.readers.docx_styles import Styles, W, plain

MOST_MB = 300  # Unpacked: enough for a thousand pages with pictures, and a file of zeros stays out.
_TABLE, _PARAGRAPH = f"{W}tbl", f"{W}p"
_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))


def read_docx(path: Path) -> Reading:
    """Read a Word document; raise EmptyDocumentError, DamagedDocumentError or OversizedDocumentError."""
    if path.stat().st_size == 0:
        raise EmptyDocumentError(path)
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile as error:
        raise DamagedDocumentError(path, ".docx") from error
    if size > MOST_MB * 1_000_000:
        raise OversizedDocumentError(path, MOST_MB)
    document = Document(str(path))
    return Reading(list(_blocks(document)), name=document.core_properties.title or None)


def _blocks(document: WordDocument) -> Iterator[Block]:
    styles = Styles(document)
    numbering = Numbering(document)
    notes = _notes(document)
    waiting: list[str] = []
    for element in _elements(document.element.body):
        if element.tag == _TABLE:
            yield from _rows(element)
            continue
        if styles.is_contents(element):
            continue
        text, level = plain(element), styles.level(element)
        if level is not None and text:
            yield from (Block(note) for note in waiting)
            waiting = []
        if text:
            yield Block(text if level else f"{numbering.marker(element, styles)}{text}", level)
        references = element.iter(f"{W}footnoteReference")
        waiting += filter(None, (notes.get(str(one.get(f"{W}id"))) for one in references))
    yield from (Block(note) for note in waiting)


def _elements(container: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, also those in content controls and tracked insertions."""
    for element in container:
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag in _CONTAINERS:
            yield from _elements(element)


def _rows(table: etree._Element) -> Iterator[Block]:
    for line in table.iter(f"{W}tr"):
        cells = [" ".join(filter(None, map(plain, cell.iter(_PARAGRAPH)))) for cell in line.iter(f"{W}tc")]
        if any(cells):
            yield Block(row(cells))


def _notes(document: WordDocument) -> dict[str, str]:
    """Return the text of each footnote by its id."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                str(note.get(f"{W}id")): " ".join(filter(None, map(plain, note.iter(_PARAGRAPH))))
                for note in root.iter(f"{W}footnote")
            }
    return {}
