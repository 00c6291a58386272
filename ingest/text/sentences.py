"""Where sentences begin and end in Dutch text."""

import re
from collections.abc import Iterator

from ingest.types import Span

_ABBREVIATIONS = frozenset(
    "aant afd al art bijv blz bv ca cf dhr dr drs e.a e.d e.v enz etc evt fig ing i.p.v i.v.m jr jl "
    "max m.b.t mevr min mln mr m.u.v n.a.v nl nr o.a o.b.v o.l.v p pag par prof red resp sr t.a.v "
    "t.b.v tel t.o.v vgl vol vs z.j z.o.z".split()
)
_BOUNDARY = re.compile(r"[.!?…]+['’”\")\]]*(?=\s+\S)")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_LAST_WORD = re.compile(r"([^\s(\[]+)$")


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences, without the white space between them; a blank line ends one."""
    return [span for start, end in _paragraphs(text) for span in _split_paragraph(text, start, end)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n\s*\n|\n(?=[-•*] |\d+[.)] )", text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _split_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    for boundary in _BOUNDARY.finditer(text, start, end):
        if _ends_sentence(text, start, boundary, end):
            yield from _trimmed(text, start, boundary.end())
            start = boundary.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    stripped = text[start:end].strip()
    if stripped:
        offset = start + text[start:end].index(stripped)
        yield Span(offset, offset + len(stripped))


def _ends_sentence(text: str, start: int, boundary: re.Match[str], end: int) -> bool:
    following = text[boundary.end() : end].lstrip()
    if not following or following[0].islower() or following[0] in "(–-":
        return False
    if boundary.group()[0] != "." or len(boundary.group()) > 1:
        return True
    word = _LAST_WORD.search(text, start, boundary.start())
    if word is None:
        return False
    before = word.group(1).strip("'’\"(").lower()
    initial = _INITIALS.fullmatch(word.group(1).strip("'’\"(")) is not None
    numbering = before.isdigit() and not text[start : word.start()].strip()
    return not (initial or numbering or before in _ABBREVIATIONS)
