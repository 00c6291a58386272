"""A PDF file → its pages, one at a time, so that a thousand of them fit in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from errors import EncryptedDocumentError
from ingest.readers.pdf.bullets import bullets
from ingest.readers.pdf.tables import tables
from ingest.readers.pdf.types import Page, Word
from ingest.readers.pdf.words import words

Bookmark = tuple[int, str]  # Level, 1 is the highest, and title.


@contextmanager
def open_pdf(path: Path) -> Iterator[PDF]:
    """Open the file; raise EncryptedDocumentError when only a password opens it."""
    with path.open("rb") as stream:
        try:
            pdf = pdfplumber.open(stream)
        except PdfminerException as error:
            if any(isinstance(reason, PDFPasswordIncorrect) for reason in error.args):
                raise EncryptedDocumentError(path) from error
            raise
        with pdf:
            yield pdf


def pages(pdf: PDF) -> Iterator[Page]:
    """Yield the pages in order; each is let go of before the next one is read."""
    for page in pdf.pages:
        yield _page(page)
        page.close()


def bookmarks(pdf: PDF) -> list[Bookmark]:
    """Return the bookmarks in order; none when there are none or they are damaged."""
    try:
        return [(level, str(title)) for level, title, *_ in pdf.doc.get_outlines() if title]
    except Exception:  # noqa: BLE001 - pdfminer raises whatever the damage leads to, and bookmarks are extra.
        return []


def _page(page: PlumberPage) -> Page:
    width, height = float(page.width), float(page.height)
    found = tables(page)
    outside = [word for word in words(page.chars, width, height) if not any(_holds(t, word) for t in found)]
    seen = (*outside, *found, *bullets(page, outside))
    return Page(page.page_number, width, height, seen, images=bool(page.images))


def _holds(table: Word, word: Word) -> bool:
    middle = (word.x0 + word.x1) / 2
    return table.x0 <= middle <= table.x1 and table.top <= word.middle <= table.bottom
