"""Plain text → blocks: paragraphs between blank lines, items of lists, underlined headings."""

import re
from collections.abc import Iterator
from pathlib import Path

from errors import DocumentError, EmptyDocumentError
from ingest.readers.blocks import ReadDocument, TextBlock
from ingest.readers.html.charset import decoded

MOST_WORDS = 14  # Of a heading.
_ITEM = re.compile(r"[ \t]*(?:[-•*·]|\d{1,2}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([=*_~-])\1{2,}[ \t]*")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def read_plain(path: Path) -> ReadDocument:
    """Read a text file in any of the usual encodings; raise EmptyDocumentError when it holds no text."""
    text = decoded(path.read_bytes()).replace("\0", "").replace("\f", "\n\n")
    if not text.strip():
        raise EmptyDocumentError(path)
    if (
        "\ufffd" in text[:1_000]
        and sum(not c.isprintable() and not c.isspace() for c in text) > len(text) / 10
    ):
        raise DocumentError(path, "the file holds no text that people read")
    lines = "\n".join(text.splitlines())
    return ReadDocument([block for part in _PARAGRAPHS.split(lines) for block in _blocks(part.split("\n"))])


def _blocks(lines: list[str]) -> Iterator[TextBlock]:
    lines = [line for line in lines if line.strip()]
    if len(lines) > 1 and _RULE.fullmatch(lines[1]) and len(lines[0].split()) <= MOST_WORDS:
        yield TextBlock(_plain(lines[0]), 1 if lines[1].strip()[0] in "=*" else 2)
        lines = lines[2:]
    elif len(lines) == 1 and _is_title(lines[0]):
        yield TextBlock(_plain(lines[0]), 2)
        return
    group = ""
    for line in (line for line in lines if not _RULE.fullmatch(line)):
        if _ITEM.match(line):
            yield from _block(group)
            group = line
        else:
            group = f"{group} {line}"
    yield from _block(group)


def _block(text: str) -> Iterator[TextBlock]:
    marker = _ITEM.match(text)
    rest = _plain(text[marker.end() :] if marker else text)
    if rest and marker:
        number = marker.group().strip()
        yield TextBlock(f"{number if number[0].isdigit() else '-'} {rest}")
    elif rest:
        yield TextBlock(rest)


def _is_title(line: str) -> bool:
    """Return whether a line that is standalone is written in capitals."""
    return line.isupper() and len(line.split()) <= MOST_WORDS and sum(map(str.isalpha, line)) > 2


def _plain(text: str) -> str:
    return " ".join(text.split())
