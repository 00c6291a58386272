"""What stands on every page and belongs to none: running headers and footers, and page numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.readers.pdf.lines import lines
from ingest.readers.pdf.types import Line, Page

MARGIN = 0.13  # Of the page's height, at the top and at the bottom.
OUTERMOST = 3  # Lines at either end of a page that may be furniture.
FEWEST_PAGES = 3  # The same line on fewer pages may be text; on half of a shorter document's pages it is not.
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:pagina|pag\.?|p\.|blz\.?|page)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:van|/|of)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)
Key = tuple[str, int]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without lines that repeat in the margins, and without page numbers there."""
    margins = [list(_margin_lines(page)) for page in pages]
    counted = Counter(key for found in margins for key in {_key(line) for line in found})
    fewest = min(FEWEST_PAGES, max(2, len(pages) // 2))
    repeated = {key for key, count in counted.items() if count >= fewest}
    return [
        _without(page, [line for line in found if _key(line) in repeated or _is_page_number(line)])
        for page, found in zip(pages, margins, strict=True)
    ]


def _margin_lines(page: Page) -> Iterator[Line]:
    found = lines(page.words, page.number)
    for line in found[:OUTERMOST]:
        if line.bottom < MARGIN * page.height:
            yield line
    for line in found[OUTERMOST:][-OUTERMOST:]:
        if line.top > (1 - MARGIN) * page.height:
            yield line


def _key(line: Line) -> Key:
    """Return what is the same on other pages: the text but for numbers, and the height."""
    return _NUMBERS.sub("#", line.text), round(line.top / 4)


def _is_page_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _without(page: Page, dropped: Iterable[Line]) -> Page:
    areas = [(line.top, line.bottom) for line in dropped]
    kept = tuple(
        word for word in page.words if not any(top <= word.middle <= bottom for top, bottom in areas)
    )
    return replace(page, words=kept)
