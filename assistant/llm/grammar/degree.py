"""How strongly a sentence speaks: how sure, how much, of what alone, and compared with what."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from assistant.llm.grammar import wording
from assistant.llm.grammar.sentence import ROOT, Word, alike, content, root, same

Text = Sequence[Word]
COMPARED_WITHIN = 8
PREPOSITION_WITHIN = 3
SHORTEST_COMPARATIVE = 5
_MORE = frozenset({"meer", "minder", "langer", "korter", "vaker", "ouder", "jonger"})
_COMPARING = frozenset({"minder", "andere", "anders"})
_COMPARATIVES = frozenset("verder anders meer minder eerder liever beter groter kleiner".split())


@dataclass(frozen=True, slots=True)
class _Focus:
    """Words that are before what they speak of, or before a preposition that does.

    In a passage they may speak of the first `reach` words behind them: 'minder over aantallen en producten'.
    """

    words: Set[str]
    reach: int = 1
    prepositions: Set[str] = frozenset()


# 'Alleen bewoners testen' is not 'bewoners testen alleen'.
_FOCUSING = (
    *(
        _Focus(frozenset(word for word, name in wording.STRENGTHS.items() if name == kind))
        for kind in ("only", "all", "most", "bound")
    ),
    _Focus(frozenset({"eerst"})),
    _Focus(frozenset({"daarna", "vervolgens", "later"})),
    _Focus(frozenset({"minder"}), reach=3),
    _Focus(frozenset({"door", "dankzij", "vanwege"}), reach=3),
    _Focus(
        frozenset("begin begint beginnen begon begonnen start starten startte".split()),
        reach=3,
        prepositions=frozenset({"bij", "met"}),
    ),
)


def stronger(said: Text, source: Text, _context: Text) -> bool:
    """Return whether something is said more strongly than the passage says it."""
    given = {word.plain for word in source}
    claimed = _strengths(word.plain for word in said if not _made_so(word, source))
    return any(not given & wording.INSTEAD.get(name, frozenset()) for name in claimed - _strengths(given))


def _strengths(words: Iterable[str]) -> set[str]:
    """Return the classes of strong words among these."""
    return {wording.STRENGTHS[word] for word in words if word in wording.STRENGTHS}


def _made_so(word: Word, source: Text) -> bool:
    """Return whether the passage says with a verb what this comparative says: 'kleiner' and 'verkleinen'."""
    return word.plain.endswith("er") and any(
        other.plain.startswith(f"ver{word.plain.removesuffix('er')[:ROOT]}") for other in source
    )


def opposite(said: Text, source: Text, _context: Text) -> bool:
    """Return whether the opposite of a word of the passage is said."""
    here = {word.plain for word in said} | {word.stem for word in said if word.stem}
    there = {word.plain for word in source} | {word.stem for word in source if word.stem}
    return any(
        others & there and not others & here
        for word in here - there
        for others in (wording.OPPOSITES.get(word, frozenset()),)
    )


def surer(said: Text, source: Text, _context: Text) -> bool:
    """Return whether a doubt or a limit that the passage speaks of is left out."""
    spoken, given = ({word.plain for word in text} for text in (said, source))
    sure = _strengths(spoken) & wording.SURE
    if sure and given & wording.HEDGES and not spoken & wording.HEDGES:
        return True
    if sure - _strengths(given) and given & wording.CHANCES and not spoken & wording.CHANCES:
        return True
    if spoken & (wording.HEDGES | wording.CHANCES):
        return False
    covered = {
        word.clause
        for word in content(source)
        if any(alike(other, word) for other in content(said)) and word.kind == "word"
    }
    return any(word.plain in wording.HEDGES and word.clause in covered for word in source)


def other_focus(said: Text, source: Text, _context: Text) -> bool:
    """Return whether 'alleen', 'alle', 'eerst' and the like stand before another word than in the passage."""
    for focus in _FOCUSING:
        there, here = _spoken_of_by(focus, source, focus.reach), _spoken_of_by(focus, said, 1)
        if there and any(not any(same(one, other) or same(other, one) for other in there) for one in here):
            return True
    return False


def _spoken_of_by(focus: _Focus, text: Text, most: int) -> list[str]:
    """Return the stems of the first words behind each of the focusing words."""
    places = (place for place, word in enumerate(text) if word.plain in focus.words)
    starts = [_behind(place, text, focus.prepositions) for place in places]
    return [word.stem for start in starts if start for word in content(_compared_part(text[start:]))[:most]]


def _compared_part(text: Text) -> Text:
    """Return what is before a next 'meer' or 'minder'."""
    return text[: next((n for n, word in enumerate(text) if word.plain in ("meer", "minder")), len(text))]


def _behind(place: int, text: Text, prepositions: Set[str]) -> int:
    """Return where the words begin that a focusing word speaks of, or 0 without the preposition it wants."""
    if not prepositions:
        return place + 1
    near = range(place + 1, min(len(text), place + 1 + PREPOSITION_WITHIN))
    return next((other + 1 for other in near if text[other].plain in prepositions), 0)


def new_comparison(said: Text, source: Text, _context: Text) -> bool:
    """Return whether two things are compared that the passage does not compare."""
    if any(word.plain in ("dan", "boven", "vergeleken") for word in source):
        return False
    for place, word in enumerate(said[:-1]):
        near = said[max(0, place - COMPARED_WITHIN) : place]
        counts = bool(near) and near[-1].plain in _MORE and said[place + 1].kind == "number"
        if word.plain == "dan" and near and word.clause == near[-1].clause + 1 and not counts:
            return any(_compares(one) for one in near) and not _spoken_of(near, source)
    return False


def _spoken_of(near: Text, source: Text) -> bool:
    """Return whether 'minder' or 'andere', before 'dan', is in the passage, which then compares as well."""
    return bool({word.plain for word in near} & {word.plain for word in source} & _COMPARING)


def _compares(word: Word) -> bool:
    return word.plain.endswith("er") and word.plain != "ander" and len(word.plain) >= SHORTEST_COMPARATIVE


def swapped(said: Text, source: Text, _context: Text) -> bool:
    """Return whether a comparison is turned round: what the passage compares is behind 'dan'."""
    _, after = _compared(said)
    before, against = _compared(source)
    subject = next((root(word) for word in content(source)), "")
    turned = before if against else {subject}
    return bool(after) and after <= turned - against


def _compared(text: Text) -> tuple[set[str], set[str]]:
    """Return the words before a comparison and the first one after it; without one, nothing is after."""
    for place, word in enumerate(text):
        rest = content(text[place + 1 :])[:1]
        earlier = text[max(0, place - COMPARED_WITHIN) : place]
        if word.plain == "dan" and any(other.plain in _COMPARATIVES for other in earlier) and rest:
            return {root(other) for other in content(text[:place])}, {root(other) for other in rest}
    return {root(word) for word in content(text)}, set()
