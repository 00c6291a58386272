"""The text of an answer → pieces: words of ours, quotes, and markers that point to a source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Citation

_MARKER = re.compile(r" ?\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `cite` is the number of the source when it is a marker, `strong` a keyword."""

    text: str
    quote: bool = False
    cite: int | None = None
    strong: bool = False


Paragraph = tuple[Piece, ...]


def paragraphs(text: str, citations: Sequence[Citation]) -> list[Paragraph]:
    """Cut a text into lines of pieces; a bracketed number inside a quote is no marker."""
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(text, citations):
        first, *rest = [piece.text] if piece.quote else piece.text.split("\n")
        _append(lines[-1], first, piece)
        for line in rest:
            lines.append([])
            _append(lines[-1], line, piece)
    return [tuple(line) for line in lines if line]


def _append(line: list[Piece], text: str, piece: Piece) -> None:
    if text.strip() or (text and line):
        line.append(Piece(text, piece.quote, piece.cite))


def _pieces(text: str, citations: Sequence[Citation]) -> Iterator[Piece]:
    end = 0
    for start, stop in _quoted(text, citations):
        yield from _marked(text[end:start], citations)
        yield Piece(text[start:stop], quote=True)
        end = stop
    yield from _marked(text[end:], citations)


def _marked(text: str, citations: Sequence[Citation]) -> Iterator[Piece]:
    known = {citation.n for citation in citations}
    end = 0
    for match in _MARKER.finditer(text):
        if int(match[1]) in known:
            yield Piece(text[end : match.start()])
            yield Piece(match[0].strip(), cite=int(match[1]))
            end = match.end()
    yield Piece(text[end:])


def _quoted(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Return where quotes are in the text, in order; where two overlap, the longer one counts."""
    found: list[tuple[int, int]] = []
    for quote in sorted({citation.quote for citation in citations}, key=len, reverse=True):
        for match in re.finditer(re.escape(quote), text):
            if all(match.end() <= start or match.start() >= stop for start, stop in found):
                found.append(match.span())
    return sorted(found)
