"""A Word file → its parts: the text, and the styles, lists and notes that belong to it.

Parts are found by their relations, as Word does: Word Online and others give them names of their own. Files
with macros and 'Strict Open XML' files hold the same text in other names.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath

from lxml import etree

from errors import DamagedDocumentError, EmptyDocumentError, OversizedDocumentError

MOST_MB = 300  # Unpacked: enough for a thousand pages with pictures, and a file of zeros stays out.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = {  # Both ways to write the same thing: ISO/IEC 29500, parts 1 (Strict) and 4 (Transitional).
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NOTHING = etree.Element("nothing")


@dataclass(frozen=True, slots=True)
class WordFile:
    """The text of a document and the parts that it refers to, by the kind of their relation."""

    body: etree._Element
    parts: Mapping[str, etree._Element] = field(default_factory=dict)
    title: str | None = None

    def part(self, kind: str) -> etree._Element:
        """Return a part, or an empty element where the document has none."""
        return self.parts.get(kind, _NOTHING)


def open_word(path: Path) -> WordFile:
    """Open a document; raise EmptyDocumentError, DamagedDocumentError or OversizedDocumentError."""
    if path.stat().st_size == 0:
        raise EmptyDocumentError(path)
    try:
        with zipfile.ZipFile(path) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_MB * 1_000_000:
                raise OversizedDocumentError(path, MOST_MB)
            return _read(package)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise DamagedDocumentError(path, ".docx") from error


def _read(package: zipfile.ZipFile) -> WordFile:
    related = _related(package, "")
    main = related["officeDocument"]
    body = _xml(package, main).find(f"{W}body")
    parts = {}
    for kind, name in _related(package, main).items():
        if kind in {"styles", "numbering", "footnotes", "endnotes"} and name in package.namelist():
            parts[kind] = _xml(package, name)
    core = related.get("core-properties", "")
    title = _xml(package, core).findtext(_TITLE) if core in package.namelist() else None
    return WordFile(_NOTHING if body is None else body, parts, " ".join((title or "").split()) or None)


def _related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the names of the parts that a part, or the whole package, refers to, by kind."""
    place = PurePosixPath(part)
    relations = str(place.parent / "_rels" / f"{place.name}.rels")
    if relations not in package.namelist():
        return {}
    return {
        str(one.get("Type")).rsplit("/", 1)[-1]: normpath(f"/{place.parent}/{one.get('Target')}").lstrip("/")
        if not str(one.get("Target")).startswith("/")
        else str(one.get("Target")).lstrip("/")
        for one in _xml(package, relations).iter(_RELATIONS)
        if one.get("TargetMode") != "External"
    }


def _xml(package: zipfile.ZipFile, name: str) -> etree._Element:
    content = package.read(name)
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=False)
    return etree.fromstring(content, parser)
