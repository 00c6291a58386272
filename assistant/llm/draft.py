"""A draft as it comes → its sentences and items, each with the passage that it points to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.texts import VERDICTS
from ingest.text.sentences import sentences

Sign = Literal["", "-", "1"]  # What makes a line an item of a list, or of one that is numbered.

MOST_WORDS = 40  # A longer sentence says more than one thing.
THINKS, THOUGHT = "<think>", "</think>"
MOST_QUOTED = 120  # Characters of the visitor's own words before a sentence.
_END = re.compile(r"\[(\d{1,2})\]|\n")  # A marker ends a sentence, and so does a line.
_DECORATION = re.compile(r"^(?:[-*•#>]+|\d+[.)])\s+|[*_`]{1,3}|^[\s.,;:]+")
_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,2})[.)])\s+\S")
_QUOTING = re.compile(rf"[^\"“”„]{{0,20}}[\"“„]([^\"“”„\n]{{1,{MOST_QUOTED}}})[\"“”]\s*[:,]\s*")
_VERDICT = re.compile(
    rf"({'|'.join(re.escape(line.rstrip('.')) for line in VERDICTS.values())})[.,:;]\s+(?=\S)"
)
_MARKUP = re.compile(r"[<>{}|\\]|https?:|www\.|[\[\]]|\u202e")
_BACKWARD = re.compile(
    r"(dit|dat|deze|die|zij|ze|zo|daar|daarom|daardoor|daarmee|daarbij|hierdoor|hiermee|hij|"
    r"er(?! (is|zijn|was|waren|komt|komen|loopt|lopen|bestaat|bestaan)\b)|"
    r"het (is|heeft|past|duurt|gaat|kan|wordt|draait|helpt|werkt|vraagt|bestaat|loopt|telt|kost|geeft))\b",
    re.IGNORECASE,
)
_NAMING = re.compile(r"(dit|dat) (is|zijn|heet|heten) (de|het|een|'|\"|“|‘)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence of a draft without its marker, and the number in it; None when it has none.

    An item of a list has a `sign`. `said` holds words of the visitor that it begins with, between quotation
    marks; `verdict` the ja or nee.
    """

    text: str
    passage: int | None
    sign: Sign = ""
    said: str = ""
    verdict: str = ""

    @property
    def readable(self) -> bool:
        """Return whether it is one statement in plain text; an item may be a bare name, or ask something."""
        count = len(self.text.split())
        if not self.sign and (count <= 2 or self.text.endswith("?")):
            return False
        return count <= MOST_WORDS and not _MARKUP.search(self.text)

    @property
    def leads(self) -> bool:
        """Return whether it is the line above a list."""
        return self.text.endswith(":")

    def apart(self, *, quoting: bool) -> "Drafted":
        """Return the statement without the ja or nee before it, or where it is `quoting` the visitor's words.

        `"zelf testen": bewoners testen mee.` → `bewoners testen mee.`, said `zelf testen`.
        """
        found = (_QUOTING if quoting else _VERDICT).match(self.text)
        if found is None:
            return self
        rest = self.text[found.end() :]
        if quoting:
            return replace(self, text=rest, said=found[1])
        return replace(self, text=rest[0].upper() + rest[1:], verdict=f"{found[1]}.")

    @property
    def leans(self) -> bool:
        """Return whether it needs the sentence before it to be understood, and not words of the visitor."""
        return not self.said and _BACKWARD.match(self.text) is not None

    @property
    def names(self) -> bool:
        """Return whether it names what was asked for, and so can open an answer: `Dat is het principe …`."""
        return _NAMING.match(self.text) is not None


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
    """Yield the sentences of a stretch; the marker at its end belongs to the last of them.

    An item is one, whatever is in it, and so is what begins with the visitor's words or a ja or nee.
    """
    item = _ITEM.match(text)
    whole = item or _QUOTING.match(text.lstrip()) or _VERDICT.match(text.lstrip())
    spans = [] if whole else sentences(text)
    parts = [_tidy(text[span.start : span.end]) for span in spans] or [_tidy(text)]
    parts = [part for part in parts if re.search(r"\w", part)]
    sign: Sign = "" if item is None else "1" if item[1] else "-"
    yield from (Drafted(part, None) for part in parts[:-1])
    yield from (Drafted(part, passage, sign) for part in parts[-1:])


def _tidy(text: str) -> str:
    """Return a sentence without list signs and emphasis, with a capital and a full stop."""
    bare = " ".join(_DECORATION.sub("", text.strip()).split()).rstrip(" ,;-–")
    if not bare:
        return ""
    closed = bare if bare[-1] in ".!?…:" else f"{bare}."
    return closed[0].upper() + closed[1:]
