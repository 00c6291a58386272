"""Which practices and aspects a question names, also with a spelling error."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ingest.lexical import folded
from ingest.types import Aspect, Practice

SHORTEST_FUZZY = 8  # A shorter alias (CoP) must be spelled exactly.
SPELLING_RATIO = 86.0  # Allows about one wrong letter in eight; measured on misspelled aliases.
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Practices and aspects that a question names, in order of first mention."""

    practices: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()


def mentions(text: str, practices: Iterable[Practice], aspects: Iterable[Aspect]) -> Mentions:
    """Find the practices by their aliases, tolerating spelling errors, and the aspects by their cues."""
    words = tuple(_WORD.findall(folded(text)))
    joined = f" {' '.join(words)} "
    found = {practice.id: _first(words, joined, practice) for practice in practices}
    cued = {aspect.id: _first_cue(joined, aspect) for aspect in aspects}
    return Mentions(_ordered(found), _ordered(cued))


def _ordered(found: Mapping[str, int | None]) -> tuple[str, ...]:
    places = {name: place for name, place in found.items() if place is not None}
    return tuple(sorted(places, key=lambda name: places[name]))


def _first(words: tuple[str, ...], joined: str, practice: Practice) -> int | None:
    places = []
    for alias in _normalised((practice.label, *practice.aliases)):
        exact = joined.find(f" {alias} ")
        place = exact if exact >= 0 else _misspelled(words, joined, alias)
        if place is not None:
            places.append(place)
    return min(places, default=None)


def _misspelled(words: tuple[str, ...], joined: str, alias: str) -> int | None:
    if len(alias) < SHORTEST_FUZZY:
        return None
    size = alias.count(" ") + 1
    for width in {size, max(1, size - 1)}:
        for first in range(len(words) - width + 1):
            window = " ".join(words[first : first + width])
            if window[:1] == alias[:1] and fuzz.ratio(window, alias, score_cutoff=SPELLING_RATIO):
                return joined.find(f" {window} ")
    return None


def _first_cue(joined: str, aspect: Aspect) -> int | None:
    places = [joined.find(f" {cue} ") for cue in _normalised(aspect.cues)]
    return min((place for place in places if place >= 0), default=None)


@lru_cache(maxsize=1_000)
def _normalised(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(_WORD.findall(folded(phrase))) for phrase in phrases)
