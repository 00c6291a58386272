"""Blocks → sections: each heading with the texts below it, titled by the headings above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import PurePosixPath

from ingest.readers.blocks import PageStarts, ReadDocument, TextBlock
from ingest.readers.titles import named_after
from ingest.text.subjects import Subjects, aspect_of, practice_of
from ingest.types import GENERAL, Section

BETWEEN = " – "
BLOCKS = "\n\n"  # Between blocks: paragraphs, and lists with the line that leads to them.
FEWEST_WORDS = 3  # Of a heading that says something by itself.
LINES = "\n"  # Between the lines of one block.
_ITEM = re.compile(r"(?:[-•*]|\d+[.)])\s")


@dataclass(slots=True)
class _Part:
    """The headings that lead to a text, outermost first, and its blocks."""

    headings: tuple[str, ...]
    blocks: list[TextBlock] = field(default_factory=list)
    level: int = 0
    pages: PageStarts = ()


def sections(reading: ReadDocument, source: str, subjects: Subjects) -> list[Section]:
    """Return the sections that hold text; their practice and aspect are told by their headings."""
    about = reading.about
    parts = _filled(list(_parts(reading.blocks)))
    stem = str(PurePosixPath(source).with_suffix(""))
    name = reading.name or named_after(source)
    made = []
    for number, part in enumerate(parts, start=1):
        text, pages = _joined(part.blocks)
        practice = about.practice or practice_of(part.headings, subjects) or GENERAL
        made.append(
            Section(
                section_id=stem if len(parts) == 1 else f"{stem}/{number}",
                title=_title(about.title, part.headings) or name,
                practice=practice,
                source=source,
                text=text,
                page=pages[0][1] if pages else None,
                aspect=about.aspect or aspect_of(part.headings, subjects),
                order=about.order + number - 1,
                sources=about.sources,
                pages=pages,
                labels=tuple((page, reading.labels[page]) for _, page in pages if page in reading.labels),
            )
        )
    return made


def _parts(blocks: Sequence[TextBlock]) -> Iterator[_Part]:
    """Yield a part for each heading, and one for what is before the first."""
    above: list[tuple[int, str]] = []
    part = _Part(())
    for block in blocks:
        if block.level is None:
            part.blocks.append(block)
            continue
        yield part
        above = [(level, text) for level, text in above if level < block.level]
        leading = [text for _, text in above if not block.text.startswith(text)]
        above.append((block.level, block.text))
        part = _Part((*leading, block.text), level=block.level, pages=block.pages)
    yield part


def _filled(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts that hold text; a heading with nothing below it is the text of its own."""
    if not any(part.blocks for part in parts):
        return []
    found = []
    for part, after in zip_longest(parts, parts[1:]):
        leads = after is not None and after.level > part.level
        if not part.blocks and part.headings and not leads and _says_something(part.headings[-1]):
            part.blocks.append(TextBlock(part.headings[-1], pages=part.pages))
        if part.blocks:
            found.append(part)
    return found


def _says_something(heading: str) -> bool:
    """Return whether a heading may be a fact by itself, and not only the name of what is not there."""
    return len(heading.split()) >= FEWEST_WORDS or any(character.isdigit() for character in heading)


def _title(document: str | None, headings: Sequence[str]) -> str:
    """Return the title of a section: that of the document, and the headings above it, each once."""
    return BETWEEN.join(dict.fromkeys(filter(None, (document, *headings))))


def _joined(blocks: Sequence[TextBlock]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of blocks, and where in it each page begins.

    The items of a list are lines of one block with the line that leads to them.
    """
    text = ""
    pages: list[tuple[int, int]] = []
    before = ""
    for block in blocks:
        gap = "" if not text else LINES if _continues(before, block.text) else BLOCKS
        start = len(text) + len(gap)
        text = f"{text}{gap}{block.text}"
        before = block.text
        for offset, page in block.pages:
            if not pages or pages[-1][1] != page:
                pages.append((start + offset, page))
    return text, tuple(pages)


def _continues(before: str, text: str) -> bool:
    """Return whether a text is an item of the list that the block before it leads to, or holds."""
    return bool(_ITEM.match(text)) and (before.endswith(":") or bool(_ITEM.match(before)))
