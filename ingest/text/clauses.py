"""Where clauses begin and end in Dutch text: the pieces that each can state one feature of a situation."""

import re
from itertools import pairwise

from ingest.types import Span

LEAST_WORDS = 3  # A shorter piece belongs to the one beside it: `(met bewoners)`.
_BREAK = re.compile(
    r"(?<=[.!?;:])\s+|,\s+|\s[-–]\s|[()\n]+"
    r"|\s+(?=(?:en|maar|want|omdat|zodat|terwijl|dus|die|dat|of|waar|waarbij)\s)"
)
_STRONG = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s[-–]\s|[()\n]+")  # Where a phrase ends for a reader too.
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


def phrases(text: str) -> list[Span]:
    """Return the spans of what is between punctuation."""
    return _pieces(text, _STRONG)


def _pieces(text: str, breaks: re.Pattern[str] = _BREAK) -> list[Span]:
    bounds = [(0, 0), *((gap.start(), gap.end()) for gap in breaks.finditer(text)), (len(text), len(text))]
    spans = (Span(end, start) for (_, end), (start, _) in pairwise(bounds))
    return [span for span in spans if text[span.start : span.end].strip()]


def _belongs(before: str, piece: str) -> bool:
    """Return whether a piece goes with the one before it, as either is too short to say something."""
    shortest = min(len(before.split()), len(piece.split()))
    return shortest < LEAST_WORDS and not _ENDS.search(before)
