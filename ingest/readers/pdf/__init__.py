"""PDF → blocks: pages, furniture out, columns, lines, headings, paragraphs."""

from collections.abc import Sequence
from pathlib import Path

from errors import EmptyDocumentError, ScannedDocumentError, UnreadableTextError
from ingest.readers.blocks import ReadDocument
from ingest.readers.pdf.columns import columns
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.headings import learn
from ingest.readers.pdf.labels import printed_labels
from ingest.readers.pdf.letters.hyphens import learn_words
from ingest.readers.pdf.letters.ink import printed
from ingest.readers.pdf.lines import lines
from ingest.readers.pdf.notes import marked
from ingest.readers.pdf.pages import bookmarks, open_pdf, pages
from ingest.readers.pdf.paragraphs import blocks
from ingest.readers.pdf.types import Line, Page
from ingest.types import Unread

__all__ = ["read_pdf"]

SCAN = 0.5  # Of the page: a picture that covers as much is one of the page.
PLAIN_SCAN = 0.15  # Of a page without a word: a picture with margins of its own.
MOST_STAMPED = 15  # Words on such a page: more are its text, fewer a stamp or a running title.
MOST_STAMPED_AT_EDGE, EDGE = 40, 0.2  # Words of a long stamp, and how far it is from the top or bottom.
TITLE_SIZE = 16.0  # Points: a picture with words of this size is a cover.
MOST_UNKNOWN = 0.2  # Of the words: with more, the letters of the font have no names.


def read_pdf(path: Path) -> ReadDocument:
    """Read a PDF; raise EncryptedDocumentError, ScannedDocumentError, or EmptyDocumentError."""
    with open_pdf(path) as pdf, printed(path) as prints:
        named = bookmarks(pdf)
        damaged: list[int] = []
        seen = list(pages(pdf, prints, damaged))
        labels = printed_labels(pdf, seen)
        title = pdf.metadata.get("Title")
    scans = _scans(seen)
    _check(path, seen, scans)
    in_columns = [_column_lines(page) for page in without_furniture(seen)]
    every = [line for found in in_columns for column in found for line in column]
    headings = learn(every, named)
    in_order = [line for found in in_columns for column in found for line in marked(column, headings.text[0])]
    texts = [line.text for line in in_order]
    lacking = [Unread(path, "scans", scans)] if scans else []
    lacking += [Unread(path, "damaged", tuple(damaged))] if damaged else []
    return ReadDocument(
        list(blocks(in_order, headings, learn_words(texts))),
        name=title if isinstance(title, str) else None,
        unread=tuple(lacking),
        labels=labels,
    )


def _column_lines(page: Page) -> list[list[Line]]:
    return [lines(column, page.number) for column in columns(page.words, page.width)]


def _scans(seen: Sequence[Page]) -> tuple[int, ...]:
    """Return the numbers of the pages that are pictures of text, with a stamp on them at most."""
    turned = {page.number for page in seen if page.turned}
    return tuple(
        page.number
        for page in seen
        if page.pictures >= (SCAN if page.words else PLAIN_SCAN)
        and page.count <= (MOST_STAMPED_AT_EDGE if _is_at_edge(page) else MOST_STAMPED)
        and page.number not in turned
        and all(word.size < TITLE_SIZE and not word.rows for word in page.words)
    )


def _is_at_edge(page: Page) -> bool:
    """Return whether all words of a page are near its top, or all near its bottom."""
    places = [word.middle / page.height for word in page.words]
    return all(place < EDGE for place in places) or all(place > 1 - EDGE for place in places)


def _check(path: Path, seen: Sequence[Page], scans: Sequence[int]) -> None:
    found = [word.text for page in seen for word in page.words]
    if scans and not any(page.count for page in seen if page.number not in scans):
        raise ScannedDocumentError(path)
    if not found:
        raise ScannedDocumentError(path) if any(page.pictures for page in seen) else EmptyDocumentError(path)
    if sum("(cid:" in text for text in found) > MOST_UNKNOWN * len(found):
        raise UnreadableTextError(path)
