"""A draft as it comes → its sentences, each with the passage that it points to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.text.sentences import sentences

MOST_WORDS = 40  # A longer sentence says more than one thing.
THINKS, THOUGHT = "<think>", "</think>"
_END = re.compile(r"\[(\d{1,2})\]|\n")  # A marker ends a sentence, and so does a line.
_DECORATION = re.compile(r"^(?:[-*•#>]+|\d+[.)])\s+|[*_`]{1,3}|^[\s.,;:]+")
_MARKUP = re.compile(r"[<>{}|\\]|https?:|www\.|[\[\]]|\u202e")
_BACKWARD = re.compile(
    r"(dit|dat|deze|die|zij|ze|zo|daarom|daardoor|daarmee|daarbij|hierdoor|hiermee|hij|er|"
    r"het (is|heeft|past|duurt|gaat|kan|wordt|draait|helpt|werkt|vraagt|bestaat|loopt|telt|kost|geeft))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence of a draft without its marker, and the number in it; None when it has none."""

    text: str
    passage: int | None

    @property
    def readable(self) -> bool:
        """Return whether it is one statement in plain text."""
        words = self.text.split()
        return 2 < len(words) <= MOST_WORDS and not self.text.endswith("?") and not _MARKUP.search(self.text)

    @property
    def leans(self) -> bool:
        """Return whether it needs the sentence before it to be understood."""
        return _BACKWARD.match(self.text) is not None


def drafted(pieces: Iterable[str | None]) -> Iterator[Drafted | None]:
    """Yield each sentence as soon as its marker is there; what carries none comes before the next.

    Where nothing more has come yet, a piece that is None, None is passed on.
    """
    waiting = ""
    for piece in after_thinking(pieces):
        if piece is None:
            yield None
            continue
        waiting += piece
        while (end := _END.search(waiting)) is not None:
            yield from _cut(waiting[: end.start()], int(end[1]) if end[1] else None)
            waiting = waiting[end.end() :]
    yield from _cut(waiting, None)


def after_thinking(pieces: Iterable[str | None]) -> Iterator[str | None]:
    """Yield what is written, without the thinking between tags that some models open with."""
    opening, begun = "", False
    for piece in pieces:
        if begun or piece is None:
            yield piece
            continue
        opening += piece
        if THINKS.startswith(opening.lstrip()[: len(THINKS)]):
            _, thought, rest = opening.partition(THOUGHT)
            if not thought:
                continue
            opening = rest
        begun = True
        yield opening


def _cut(text: str, passage: int | None) -> Iterator[Drafted]:
    """Yield the sentences of a stretch; the marker at its end belongs to the last of them."""
    parts = [_tidy(text[span.start : span.end]) for span in sentences(text)]
    parts = [part for part in parts if re.search(r"\w", part)]
    yield from (Drafted(part, None) for part in parts[:-1])
    yield from (Drafted(part, passage) for part in parts[-1:])


def _tidy(text: str) -> str:
    """Return a sentence without list signs and emphasis, with a capital and a full stop."""
    bare = " ".join(_DECORATION.sub("", text.strip()).split()).rstrip(" ,;:-–")
    if not bare:
        return ""
    closed = bare if bare[-1] in ".!?…" else f"{bare}."
    return closed[0].upper() + closed[1:]
