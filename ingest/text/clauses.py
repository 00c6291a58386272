"""Where clauses begin and end in Dutch text: the pieces that each can state one feature of a situation."""

import re
from itertools import pairwise

from ingest.types import Span

LEAST_WORDS = 3  # A shorter piece belongs to the one beside it: `(met bewoners)`.
ENOUGH_WORDS = 7  # What is between punctuation reads well alone from so many words on.
_BREAK = re.compile(
    r"(?<=[.!?;:])\s+|,\s+|\s[-–]\s|[()\n]+"
    r"|\s+(?=(?:en|maar|want|omdat|zodat|terwijl|dus|die|dat|of|waar|waarbij)\s)"
)
_STRONG = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s[-–]\s|[()\n]+")  # Where a phrase ends for a reader too.
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_RELATIVE = re.compile(r"(?:die|dat|waar\w*)\b")
_ENDS = re.compile(r"[.!?]\W*$")


def clauses(text: str) -> list[Span]:
    """Return the spans of the clauses, without the white space between them."""
    found: list[Span] = []
    for span in _pieces(text):
        last = found[-1] if found else None
        if last and _belongs(text[last.start : last.end], text[span.start : span.end]):
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return found


def around(text: str, clause: Span, most_words: int) -> Span:
    """Return the most that reads well around a clause, in so many words, or the clause itself.

    That is what is between its punctuation, from ENOUGH_WORDS words on and not opening with a relative word;
    else its sentence, else the clauses before it that still fit: `met bewoners en familie` and not `familie`.
    """
    for breaks, fewest in ((_STRONG, ENOUGH_WORDS), (_SENTENCE, 0), (_STRONG, 0)):
        for span in _pieces(text, breaks):
            inside = span.start <= clause.start and clause.end <= span.end
            long_enough = fewest <= len(text[span.start : span.end].split()) <= most_words
            if inside and long_enough and not (fewest and _RELATIVE.match(text, span.start)):
                return span
    return _grown(text, clause, most_words)


def _grown(text: str, clause: Span, most_words: int) -> Span:
    """Return a clause with those before it in its sentence, as far as they fit."""
    grown = clause
    for span in reversed(_pieces(text)):
        if span.end > clause.start:
            continue
        if _ENDS.search(text[span.start : span.end]) or "\n" in text[span.end : clause.start]:
            break
        if len(text[span.start : clause.end].split()) > most_words:
            break
        if not _RELATIVE.match(text, span.start):  # 'die niet slapen' needs what it is about before it.
            grown = Span(span.start, clause.end)
    return grown


def _pieces(text: str, breaks: re.Pattern[str] = _BREAK) -> list[Span]:
    bounds = [(0, 0), *((gap.start(), gap.end()) for gap in breaks.finditer(text)), (len(text), len(text))]
    spans = (Span(end, start) for (_, end), (start, _) in pairwise(bounds))
    return [span for span in spans if text[span.start : span.end].strip()]


def _belongs(before: str, piece: str) -> bool:
    """Return whether a piece goes with the one before it, as either is too short to say something."""
    shortest = min(len(before.split()), len(piece.split()))
    return shortest < LEAST_WORDS and not _ENDS.search(before)
