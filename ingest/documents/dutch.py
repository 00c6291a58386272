"""Documents in more languages than one: their Dutch part, and which part was not read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from errors import ForeignLanguageError
from ingest.readers.outline import BLOCKS
from ingest.text.language import DUTCH, FEWEST, is_dutch, language, small_words
from ingest.types import Section, Unread

FEWEST_OF_BLOCK = 3  # Small words of another language: fewer are a name or a title.
BILINGUAL = 0.2  # Of the small words: with fewer, a block in another language is a quote in a Dutch text.


def dutch_part(path: Path, sections: list[Section], unread: list[Unread]) -> list[Section]:
    """Return the Dutch blocks where others are not Dutch; raise ForeignLanguageError without any."""
    spoken = language(section.text for section in sections)
    foreign = _foreign([block for section in sections for _, block in _blocks(section)])
    if spoken == DUTCH and not foreign:
        return sections
    kept = [part for section in sections if (part := _dutch(section)) is not None]
    if spoken != DUTCH:
        kept = [section for section in kept if is_dutch(section.text)]
    if not kept:
        raise ForeignLanguageError(path, spoken)
    unread.append(Unread(path, "language", name=foreign or spoken))
    return kept


def _foreign(blocks: Sequence[str]) -> str | None:
    """Return the other language in which a large part of the blocks is written, or None."""
    counted: Counter[str] = Counter()
    for block in blocks:
        counted[language([block], FEWEST_OF_BLOCK)] += len(small_words(block))
    others = {name: count for name, count in counted.items() if name != DUTCH}
    name = max(others, key=lambda one: others[one], default=DUTCH)
    enough = others.get(name, 0) >= max(FEWEST, BILINGUAL * counted.total())
    return name if enough else None


def _dutch(section: Section) -> Section | None:
    """Return a section without its blocks in another language, or None when it has no others."""
    text = ""
    pages: list[tuple[int, int]] = []
    for start, block in _blocks(section):
        if language([block], FEWEST_OF_BLOCK) != DUTCH:
            continue
        text += BLOCKS if text else ""
        moved = len(text) - start
        first = section.page_at(start)
        begun = [] if first is None else [(len(text), first)]
        begun += [(at + moved, page) for at, page in section.pages if start < at < start + len(block)]
        pages += [one for one in begun if not pages or one[1] != pages[-1][1]]
        text += block
    if not text:
        return None
    return replace(section, text=text, page=pages[0][1] if pages else section.page, pages=tuple(pages))


def _blocks(section: Section) -> Iterator[tuple[int, str]]:
    """Yield each block of a section with its offset."""
    start = 0
    for block in section.text.split(BLOCKS):
        yield start, block
        start += len(block) + len(BLOCKS)
