"""What is on every page and belongs to none: running headers and footers, and page numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.pdf.lines import lines
from ingest.readers.pdf.types import Line, Page

MARGIN = 0.13  # Of the page's height, at the top and at the bottom.
OUTERMOST = 3  # Lines at either end of a page that may be furniture.
FEWEST_PAGES = 3  # Fewer may be chance; of a document with fewer pages, all.
LARGER = 1.15  # Of the usual size: type of a title.
MOSTLY = 0.6  # Of the lines at one height: where text is there on other pages, a line repeats by chance.
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(r"[^\W\d]+ \d{1,2}(?:$|[:.] )")  # 'Les 2', 'Les 2: Kennismaken'.
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:pagina|pag\.?|p\.|blz\.?|page)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:van|/|of)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without lines that repeat in the margins, and without page numbers there.

    Where nothing else is on any page, as on slides of a title each, the lines are the text.
    """
    margins = [[] if page.turned else list(_margin_lines(page)) for page in pages]
    counted = Counter(key for found in margins for line in found for key in _keys(line))
    fewest = max(2, min(FEWEST_PAGES, len(pages)))
    repeated = {key for key, count in counted.items() if count >= fewest}
    sizes = [word.size for page in pages for word in page.words if not word.rows]
    usual = median(sizes) if sizes else 0.0
    bold = sum(word.bold for page in pages for word in page.words) * 2 > len(sizes)
    margins = [
        [line for line in found if not _is_numbered_title(line, repeated, usual, bold)] for found in margins
    ]
    heights = _heights([line for found in margins for line in found], repeated)
    left = [
        _without(page, [line for line in found if _is_page_number(line) or round(line.middle) in heights])
        for page, found in zip(pages, margins, strict=True)
    ]
    return left if any(page.words for page in left) else list(pages)


def page_numbers(pages: Sequence[Page]) -> Iterator[tuple[int, str]]:
    """Yield the number of each page with what is printed in its margin as such."""
    for page in pages:
        for line in () if page.turned else _margin_lines(page):
            if _is_page_number(line):
                yield page.number, line.text


def _margin_lines(page: Page) -> Iterator[Line]:
    found = lines(page.words, page.number)
    yield from (line for line in found[:OUTERMOST] if line.bottom < MARGIN * page.height)
    yield from (line for line in found[-OUTERMOST:] if line.top > (1 - MARGIN) * page.height)


def _keys(line: Line) -> set[str]:
    """Return what other pages would show at the same height: the text, with a page number counted off."""
    return set(_keys_in_order(line))


def _keys_in_order(line: Line) -> list[str]:
    place = f"{round(line.top / 4)} {line.text}"
    counted_off = (
        f"{place[: number.start()]}#{int(number.group()) - line.page}{place[number.end() :]}"
        for number in _NUMBER.finditer(place, place.index(" "))
    )
    return [place, *counted_off]


def _heights(found: Sequence[Line], repeated: set[str]) -> set[int]:
    """Return the heights, in whole points, at which mostly repeated lines are."""
    every: Counter[int] = Counter()
    again: Counter[int] = Counter()
    for line in found:
        heights = range(round(line.top), round(line.bottom) + 1)
        every.update(heights)
        if _keys(line) & repeated:
            again.update(heights)
    return {height for height, count in again.items() if count >= MOSTLY * every[height]}


def _is_numbered_title(line: Line, repeated: set[str], usual: float, bold: bool) -> bool:
    """Return whether a line in large or bold type counts up with the pages, as 'Bijeenkomst 3' does.

    `bold` tells whether the text is bold. Bold of its size may be a running title: 'Jaarverslag | 12'.
    """
    same, *_ = _keys_in_order(line)
    named = line.bold and not bold and line.size >= usual and _NUMBERED.match(line.text)
    return (line.size >= LARGER * usual or bool(named)) and same not in repeated and not _is_page_number(line)


def _is_page_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _without(page: Page, dropped: Iterable[Line]) -> Page:
    areas = [(line.top, line.bottom) for line in dropped]
    kept = tuple(
        word for word in page.words if not any(top <= word.middle <= bottom for top, bottom in areas)
    )
    return replace(page, words=kept)
