"""Which practices and aspects a question names, also with a spelling error."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ingest.text.tokens import folded
from ingest.types import Aspect, Practice

SHORTEST_FUZZY = 8  # A shorter alias (CoP) must be spelled exactly.
SPELLING_RATIO = 86.0  # Allows about one wrong letter in eight; measured on misspelled aliases.
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Practices and aspects that a question names, in order of first mention.

    `remedied` are the aspects against which it asks what helps.
    """

    practices: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    remedied: tuple[str, ...] = ()


def mentions(text: str, practices: Iterable[Practice], aspects: Iterable[Aspect]) -> Mentions:
    """Find the practices by their aliases, tolerating spelling errors, and the aspects by their cues."""
    question = _QuestionWords(tuple(_WORD.findall(folded(text))))
    found = {practice.id: _first(question, practice) for practice in practices}
    known = tuple(aspects)
    cued = {aspect.id: _first_cue(question.joined, aspect.cues) for aspect in known}
    remedied = {aspect.id: _first_cue(question.joined, aspect.remedies) for aspect in known}
    return Mentions(_ordered(found), _ordered(cued), _ordered(remedied))


def names_of(practices: Iterable[Practice]) -> list[str]:
    """Return every name of the practices, as it is written."""
    return [name for practice in practices for name in (practice.label, *practice.aliases)]


def name_pattern(practices: Iterable[Practice]) -> re.Pattern[str]:
    """Return what matches a name of the practices in the group `name`, the longest first."""
    names = sorted(names_of(practices), key=len, reverse=True)
    return re.compile(rf"\b(?P<name>{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


def without_names(text: str, practices: Iterable[Practice]) -> str:
    """Return a text in which the names of practices are one word each, as long names tell nothing."""
    named = tuple(practices)
    return name_pattern(named).sub("_", text) if named else text


class _QuestionWords:
    """The words of a question, and the phrases in it by their number of words and first letter."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.joined = f" {' '.join(words)} "
        self._words = words
        self._phrases: dict[int, dict[str, list[str]]] = {}

    def phrases(self, width: int, initial: str) -> Sequence[str]:
        """Return the phrases of so many words that start with a letter, in order."""
        if width not in self._phrases:
            by_initial = self._phrases[width] = defaultdict(list)
            for first in range(len(self._words) - width + 1):
                by_initial[self._words[first][0]].append(" ".join(self._words[first : first + width]))
        return self._phrases[width].get(initial, ())


def _ordered(found: Mapping[str, int | None]) -> tuple[str, ...]:
    places = {name: place for name, place in found.items() if place is not None}
    return tuple(sorted(places, key=lambda name: places[name]))


def _first(question: _QuestionWords, practice: Practice) -> int | None:
    places = []
    for alias in _normalised((practice.label, *practice.aliases)):
        exact = question.joined.find(f" {alias} ")
        place = exact if exact >= 0 else _misspelled(question, alias)
        if place is not None:
            places.append(place)
    return min(places, default=None)


def _misspelled(question: _QuestionWords, alias: str) -> int | None:
    if len(alias) < SHORTEST_FUZZY:
        return None
    size = alias.count(" ") + 1
    for width in {size, max(1, size - 1)}:
        for phrase in question.phrases(width, alias[0]):
            if fuzz.ratio(phrase, alias, score_cutoff=SPELLING_RATIO):
                return question.joined.find(f" {phrase} ")
    return None


def _first_cue(joined: str, cues: tuple[str, ...]) -> int | None:
    places = [joined.find(f" {cue} ") for cue in _normalised(cues)]
    return min((place for place in places if place >= 0), default=None)


@lru_cache(maxsize=1_000)
def _normalised(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(_WORD.findall(folded(phrase))) for phrase in phrases)
