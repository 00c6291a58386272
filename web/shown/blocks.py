"""The lines of an answer → what they are: running text, a list with its keywords, a note."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ingest.text.sentences import sentences
from web import texts
from web.shown.markers import Paragraph, Piece

Kind = Literal["text", "bullets", "numbers", "note"]

_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,3})[.)])\s+")
_KEYWORD = re.compile(r"[^\n]{1,60}?[.:](?= \S)")  # 'Domein: een onderwerp' and 'Start klein. Kies er een.'


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Lines of one kind; `first` is the number of the first item of a numbered list."""

    kind: Kind
    lines: tuple[Paragraph, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    kind: Kind
    number: int
    pieces: Paragraph


def blocks(paragraphs: Sequence[Paragraph]) -> tuple[ShownBlock, ...]:
    r"""Return the blocks of an answer; consecutive items of one kind are one list.

    `'Drie elementen:\n- Domein: het onderwerp.\n- Praktijk: het werk.'` → a text and a list of two, with
    'Domein:' and 'Praktijk:' as keywords; in a list where an item has none, no item has.
    """
    lines = [_line(pieces) for paragraph in paragraphs for pieces in _broken(paragraph)]
    return tuple(_blocks([line for line in lines if line.pieces]))


def lead_apart(found: Sequence[ShownBlock], items: Collection[int] = ()) -> tuple[ShownBlock, ...]:
    """Return the blocks with the first cited sentence in a block of its own; `items` are quoted list items.

    Of an item, its keyword is no sentence: `'Tijd en ruimte. Deelnemers krijgen die.'` stays together.
    """
    if not found or found[0].kind != "text":
        return tuple(found)
    pieces = _first_sentence_cited(found[0].lines[0], items)
    end = next((place for place, piece in enumerate(pieces, start=1) if piece.cite is not None), len(pieces))
    rest = _line(pieces[end:]).pieces
    if not rest:
        return tuple(found)
    return (replace(found[0], lines=(pieces[:end],)), replace(found[0], lines=(rest,)), *found[1:])


def _first_sentence_cited(pieces: Paragraph, items: Collection[int]) -> Paragraph:
    """Return pieces with the first quote cut after its first sentence, and its marker after both parts."""
    for place, (piece, marker) in enumerate(pairwise(pieces)):
        if piece.quote and marker.cite is not None:
            spans = sentences(piece.text)
            if marker.cite in items and _KEYWORD.match(piece.text):
                spans = spans[1:]
            if len(spans) <= 1:
                return pieces
            first, rest = piece.text[: spans[0].end], piece.text[spans[1].start :]
            cut = (replace(piece, text=first), marker, replace(piece, text=rest))
            return (*pieces[:place], *cut, *pieces[place + 1 :])
    return pieces


def plain(pieces: Paragraph) -> str:
    """Return pieces as text, without markers."""
    return "".join(piece.text for piece in pieces if piece.cite is None).strip()


def ends_in_bullet(text: str) -> bool:
    r"""Return whether text ends with the sign of an item, so that what follows is one: `'Zo:\n- '` → True."""
    return _ITEM.fullmatch(text.rpartition("\n")[2]) is not None


def without_bullet(text: str) -> str:
    """Return a line without the sign that makes it an item: `'- Domein: x'` → `'Domein: x'`."""
    return _ITEM.sub("", text, count=1) if _ITEM.match(text) else text


def _blocks(lines: Sequence[_Line]) -> Iterator[ShownBlock]:
    for kind, group in groupby(lines, key=lambda line: line.kind):
        found = list(group)
        if kind in ("text", "note"):
            yield from (ShownBlock(kind, (line.pieces,)) for line in found)
        else:
            yield ShownBlock(kind, tuple(_with_keywords([line.pieces for line in found])), found[0].number)


def _broken(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Break a paragraph where a quote begins another line; a quote's marker follows its first line."""
    line: list[Piece] = []
    pieces = list(paragraph)
    for place, piece in enumerate(pieces):
        if not piece.quote:
            line.append(piece)
            continue
        first, *rest = _lines_of(piece.text)
        if _ITEM.match(first) and line:
            yield tuple(line)
            line = []
        line.append(replace(piece, text=first))
        if not rest:
            continue
        marker = pieces[place + 1] if place + 1 < len(pieces) else None
        if marker is not None and marker.cite is not None and not _ITEM.match(first):
            line.append(marker)
            pieces[place + 1] = Piece("")
        for text in rest:
            yield tuple(line)
            line = [replace(piece, text=text)]
    yield tuple(line)


def _lines_of(quote: str) -> list[str]:
    """Return the lines of a quote; one that is a single line stays whole, whatever signs are in it."""
    return [line for line in quote.split("\n") if line.strip()] or [quote]


def _line(pieces: Sequence[Piece]) -> _Line:
    shown = [piece for piece in pieces if piece.text]
    while shown and shown[0].cite is None and not shown[0].text.strip():
        shown = shown[1:]
    if not shown or shown[0].cite is not None:
        return _Line("text", 1, tuple(shown))
    text = shown[0].text.lstrip()
    item = _ITEM.match(text)
    note = next((word for word in texts.NOTE_WORDS if text.startswith(word)), "")
    kept = text[item.end() :] if item else text.removeprefix(note).lstrip()
    kind: Kind = "note" if note else "text" if not item else "numbers" if item[1] else "bullets"
    number = int(item[1]) if item and item[1] else 1
    return _Line(kind, number, (replace(shown[0], text=kept), *shown[1:]))


def _with_keywords(items: Sequence[Paragraph]) -> Iterator[Paragraph]:
    ends = [_KEYWORD.match(item[0].text) for item in items]
    for item, end in zip(items, ends, strict=True):
        if end is None or not all(ends):
            yield item
        else:
            text = item[0].text
            key = replace(item[0], text=text[: end.end()], strong=True)
            yield (key, replace(item[0], text=text[end.end() :]), *item[1:])
