"""A PDF file → its pages, one at a time, so that a thousand of them fit in memory."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from errors import EncryptedDocumentError
from ingest.readers.pdf.aligned import aligned_tables
from ingest.readers.pdf.bullets import bullets
from ingest.readers.pdf.forms import filled_in
from ingest.readers.pdf.letters.characters import OVER, UPRIGHT, seen, turned, turns
from ingest.readers.pdf.letters.ink import Printed
from ingest.readers.pdf.letters.words import Character, words
from ingest.readers.pdf.lines import word_rows
from ingest.readers.pdf.tables import tables
from ingest.readers.pdf.types import Page, Word

FEWEST_TURNED, FEWEST_TURNED_LINES = 6, 2  # Words: fewer name an axis, or run along a margin.
_SENTENCE_END = re.compile(r"[.!?]$")
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


def pages(pdf: PDF, prints: Printed, damaged: list[int]) -> Iterator[Page]:
    """Yield the pages in order; each is closed before the next one is read.

    What does not show on a printed page is left out. The numbers of those that cannot be read are added to
    `damaged`; raise when none can.
    """
    for page in pdf.pages:
        try:
            characters = prints.seen(seen(page), page.page_number, float(page.width), float(page.height))
        except PdfminerException:
            damaged.append(page.page_number)
            if len(damaged) == len(pdf.pages):
                raise
            continue
        yield _page(page, characters)
        yield from _sideways(page, characters)
        page.close()


def bookmarks(pdf: PDF) -> list[Bookmark]:
    """Return the bookmarks in order; none when there are none or they are damaged."""
    try:
        return [(level, str(title)) for level, title, *_ in pdf.doc.get_outlines() if title]
    except Exception:  # noqa: BLE001 - pdfminer raises whatever the damage leads to, and bookmarks are extra.
        return []


def _page(page: PlumberPage, characters: Sequence[Character]) -> Page:
    width, height = float(page.width), float(page.height)
    ruled = tables(page, characters)
    upright = [one for one in characters if turns(one) != OVER]
    found = [word for word in words(upright, width, height) if not any(_holds(t, word) for t in ruled)]
    filled = [word for word in filled_in(page, found) if not any(_holds(t, word) for t in ruled)]
    aligned, rest = aligned_tables([*found, *filled])
    every = (*rest, *ruled, *aligned, *bullets(page, rest))
    return Page(page.page_number, width, height, every, _pictures(page))


def _sideways(page: PlumberPage, characters: Sequence[Character]) -> Iterator[Page]:
    """Yield what is printed sideways or upside down on a page as pages by themselves."""
    for turn in sorted({turns(one) for one in characters} - {UPRIGHT}):
        sides = float(page.width), float(page.height)
        width, height = sides if turn == OVER else sides[::-1]
        found = words(turned(characters, *sides, turn), width, height)
        if _is_text(found):
            aligned, rest = aligned_tables(found)
            yield Page(page.page_number, width, height, (*rest, *aligned), turned=True)


def _is_text(found: Sequence[Word]) -> bool:
    """Return whether words form several lines, or a sentence."""
    if len(found) < FEWEST_TURNED:
        return False
    lines = len(word_rows(found))
    return lines >= FEWEST_TURNED_LINES or _SENTENCE_END.search(found[-1].text) is not None


def _pictures(page: PlumberPage) -> float:
    """Return the share of a page that pictures cover."""
    covered = sum(
        max(0.0, min(image["x1"], page.width) - max(image["x0"], 0))
        * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0))
        for image in page.images
    )
    return float(covered / max(page.width * page.height, 1))


def _holds(table: Word, word: Word) -> bool:
    middle = (word.x0 + word.x1) / 2
    return table.x0 <= middle <= table.x1 and table.top <= word.middle <= table.bottom
