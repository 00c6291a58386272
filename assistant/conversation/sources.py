"""The sources of what was shown: 'Op welk onderzoek is dat gebaseerd?'."""

import re
from collections.abc import Sequence

from assistant.question.places import MOST_WORDS
from ingest.index.open import Index
from ingest.text.sentences import is_item, name_of, without_marker
from ingest.text.tokens import folded

MOST_SOURCES = 4
_IT = r"(dat|dit|die|deze|het|daar\w*)"
_ASKS = re.compile(
    rf"\b(op |uit )?welke? (bron|bronnen|onderzoek|onderzoeken|studie|studies)\b.*\b{_IT}\b"
    rf"|\bwaar(op)? (is|zijn) {_IT} (\w+ )?(op )?gebaseerd\b|\bbron(nen)? (daar|hier)(van|voor)\b"
    rf"|\bwaar haal(t|en)? (je|jij|u|jullie) {_IT}\b"
    rf"|\b(wie zegt|waar staat) {_IT}\W*$|\bwat (is|zijn) (je|jullie|uw|de) bron(nen)?\b"
)


def asks_sources(question: str) -> bool:
    """Return whether a short follow-up asks what was shown rests on."""
    plain = folded(question)
    return len(plain.split()) <= MOST_WORDS and bool(_ASKS.search(plain))


def source_items(index: Index, codes: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the items that tell the sources with these codes: `Bron S41: Omrop (2022)`."""
    wanted = set(codes)
    found = [
        first + place
        for row, chunk in enumerate(index.chunks)
        for first in (int(index.first_sentence[row]),)
        for place, span in enumerate(chunk.sentences)
        if _tells(chunk.text[span.start - chunk.start : span.end - chunk.start], wanted)
    ]
    return tuple(found[:MOST_SOURCES])


def _tells(line: str, wanted: set[str]) -> bool:
    return is_item(line) and bool(wanted & set(name_of(without_marker(line)).split()))
