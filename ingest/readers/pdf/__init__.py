"""PDF → blocks: pages, furniture out, columns, lines, headings, paragraphs."""

from collections.abc import Sequence
from pathlib import Path

from errors import EmptyDocumentError, ScannedDocumentError, UnreadableTextError
from ingest.readers.blocks import Reading
from ingest.readers.pdf.columns import columns
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.headings import learn
from ingest.readers.pdf.hyphens import learn_words
from ingest.readers.pdf.lines import lines
from ingest.readers.pdf.notes import marked
from ingest.readers.pdf.pages import bookmarks, open_pdf, pages
from ingest.readers.pdf.paragraphs import blocks
from ingest.readers.pdf.types import Line, Page

__all__ = ["read_pdf"]

FEWEST_WORDS = 5  # On a page, on average: with fewer, the pages are pictures of text.
MOST_UNKNOWN = 0.2  # Of the words: with more, the letters of the font have no names.


def read_pdf(path: Path) -> Reading:
    """Read a PDF; raise EncryptedDocumentError, ScannedDocumentError, or EmptyDocumentError."""
    with open_pdf(path) as pdf:
        named = bookmarks(pdf)
        seen = list(pages(pdf))
    _check(path, seen)
    printed = [_column_lines(page) for page in without_furniture(seen)]
    every = [line for found in printed for column in found for line in column]
    headings = learn(every, named)
    in_order = [line for found in printed for column in found for line in marked(column, headings.text[0])]
    texts = [line.text for line in in_order]
    return Reading(list(blocks(in_order, headings, learn_words(texts))))


def _column_lines(page: Page) -> list[list[Line]]:
    return [lines(column, page.number) for column in columns(page.words, page.width)]


def _check(path: Path, seen: Sequence[Page]) -> None:
    found = [word.text for page in seen for word in page.words]
    if len(found) < FEWEST_WORDS * len(seen) and any(page.images for page in seen):
        raise ScannedDocumentError(path)
    if not found:
        raise EmptyDocumentError(path)
    if sum("(cid:" in text for text in found) > MOST_UNKNOWN * len(found):
        raise UnreadableTextError(path)
