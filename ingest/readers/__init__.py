"""From suffix to reader; a new kind of document is one more row here."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from errors import DamagedDocumentError, EmptyDocumentError, WegwijzerError
from ingest.readers.blocks import ReadDocument
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.outline import sections
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.sniff import kind
from ingest.readers.titles import readable_title
from ingest.readers.word import read_docx
from ingest.text.subjects import Subjects
from ingest.types import Section, Unread

__all__ = ["READERS", "read"]

Reader = Callable[[Path], ReadDocument]

READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".txt": read_plain,
}
NONE = Subjects()
_LOG = logging.getLogger(__name__)


def read(
    path: Path,
    source: str,
    subjects: Subjects = NONE,
    name: str | None = None,
    unread: list[Unread] | None = None,
) -> list[Section]:
    """Read a document's sections; raise DocumentError on failure.

    `source` is what citations show, `subjects` what headings may name, and `name` the title of a text
    without headings. What the document holds besides is added to `unread`.
    """
    suffix = kind(path, READERS)
    try:
        reading = READERS[suffix](path)
        found = sections(replace(reading, name=name or readable_title(reading.name or "")), source, subjects)
    except WegwijzerError:
        raise
    except Exception as error:  # The libraries raise whatever the damage in a file leads to.
        _LOG.debug("%s", path, exc_info=True)
        raise DamagedDocumentError(path, suffix) from error
    if not found:
        raise EmptyDocumentError(path)
    if unread is not None:
        unread += reading.unread
    return found
