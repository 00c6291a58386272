"""Who does what to whom: do two things of a passage change places in a sentence?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant import wording
from assistant.reading import Word, alike, content

Text = Sequence[Word]
PREPOSITIONS = frozenset(
    "van naar door aan voor met bij uit tegen over tot zonder volgens boven onder in op tussen dan als na langs naast sinds "
    "vanaf vanuit".split()
)
PREPOSITION_WITHIN = 3
_ONTO = frozenset({"over", "aan", "tegen", "door"})
LEAST_CROSSED = 2
_DESCRIBING = frozenset("jullie je hun onze eigen andere ander haar zijn hele aantal soort".split())
_JOINS = frozenset("en of de het een ook".split())


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a word, by their places in the passage: a preposition and the words beside it."""

    preposition: str
    before: frozenset[int]
    after: frozenset[int]

    def like(self, other: "Place") -> int:
        """Count what two places share."""
        alike_ = (self.before & other.before, self.after & other.after)
        return sum(map(bool, alike_)) + (self.preposition == other.preposition != "")


def exchanged(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether two things that the passage names have each other's place in the sentence."""
    telling = [n for n, word in enumerate(source) if content([word])]
    spoken = [n for n, word in enumerate(said) if content([word])]
    known = {n: _found(said[n], source, telling) for n in spoken}
    here = {n: _place(said, spoken, n, known) for n in spoken if known[n]}
    own = {m: _found(source[m], source, telling) for m in telling}
    there = {m: _place(source, telling, m, own) for m in telling}
    for one, other in combinations(here, 2):
        if known[one] & known[other] or _joined(said, one, other):
            continue
        if _parted(said, one, other, known, source, here):
            return True
        kinds = {said[one].kind, said[other].kind}
        if "number" in kinds or ("practice" in kinds and len(kinds) > 1):
            continue
        if any(_joined(source, a, b) for a in known[one] for b in known[other]):
            continue
        if _stays(here[one], known[one], known[other], there) or _stays(here[other], known[other], known[one], there):
            continue
        if _turned(here[one], here[other], known[one], known[other], there):
            return True
        kept = _most(here[one], known[one], there) + _most(here[other], known[other], there)
        crossed = (_most(here[one], known[other], there), _most(here[other], known[one], there))
        if min(crossed) and sum(crossed) >= LEAST_CROSSED and sum(crossed) > kept:
            return True
    return False


def _found(word: Word, source: Text, telling: Sequence[int]) -> frozenset[int]:
    """Return the places of a word in the passage: as it stands, else in another form or as a synonym."""
    own = frozenset(m for m in telling if source[m].stem == word.stem)
    return own or frozenset(m for m in telling if alike(word, source[m]))


def _turned(one: Place, other: Place, own: frozenset[int], others: frozenset[int], there: dict[int, Place]) -> bool:
    """Tell whether two words have exchanged prepositions, or the having of one."""
    first, second = ({there[m].preposition for m in places} for places in (own, others))
    return one.preposition in second - first and other.preposition in first - second


def _parted(said, one, other, known, source, here) -> bool:
    """Tell whether of two actors in one list of the passage one has become what the other acts on."""
    if not (_acts(said[one]) and _acts(said[other])):
        return False
    together = any(_joined(source, a, b) for a in known[one] for b in known[other])
    pair = {here[one].preposition, here[other].preposition}
    return together and "" in pair and bool(pair & _ONTO)


def _acts(word: Word) -> bool:
    return word.kind in ("name", "practice") or bool({word.plain, word.stem} & wording.ACTORS)


def _stays(place: Place, own: frozenset[int], others: frozenset[int], there: dict[int, Place]) -> bool:
    """Tell whether a word keeps a preposition that the other one does not have."""
    kept = {there[m].preposition for m in own} - {there[m].preposition for m in others} - {""}
    return place.preposition in kept


def _most(place: Place, among: frozenset[int], there: dict[int, Place]) -> int:
    return max(place.like(there[m]) for m in among)


def _place(text: Text, telling: Sequence[int], own: int, known: dict[int, frozenset[int]]) -> Place:
    at = telling.index(own)
    before = known[telling[at - 1]] if at else frozenset()
    after = known[telling[at + 1]] if at + 1 < len(telling) else frozenset()
    preposition = _preposition(text, own)
    return Place(preposition, before, after)


def _preposition(text: Text, own: int) -> str:
    """Return the preposition that a word stands behind, with only what describes it in between."""
    for word in reversed(text[max(0, own - PREPOSITION_WITHIN) : own]):
        if word.clause != text[own].clause or word.plain in PREPOSITIONS:
            return word.plain if word.clause == text[own].clause else ""
        if word.kind == "practice" or (word.kind == "name" and text[own].kind != "name"):
            return ""
        if word.plain in wording.LIGHT and word.plain not in _DESCRIBING:
            return ""
    return ""


def _joined(text: Text, one: int, other: int) -> bool:
    """Tell whether two words stand in one list."""
    first, last = sorted((one, other))
    within = text[first : last + 1]
    joins = sum(word.plain in ("en", "of") for word in within) + within[-1].clause - within[0].clause
    items = [word for word in within if word.plain not in _JOINS]
    return joins > 0 and len(items) - 1 <= joins + sum(word.kind == "name" for word in items)
