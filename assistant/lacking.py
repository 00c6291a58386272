"""What a sentence says and a passage lacks: a word, number, name, practice, cause, strength, or opposite."""

from collections.abc import Sequence
from itertools import pairwise

from assistant import wording
from assistant.reading import ROOT, Word, alike, content, joined, made_of, separated

Text = Sequence[Word]
RANGE_WORDS = frozenset({"tot", "en", "a"})
COUNTED_WITHIN = 3  # A number counts the first noun among so many words after it.


def unknown_words(said: Text, source: Text, context: Text) -> set[str]:
    """Return the stems of the content words that neither the passage nor its title has in any form."""
    return {word.stem for word in content(said) if _lacks(word, said, source, context)}


def _lacks(word: Word, said: Text, source: Text, context: Text) -> bool:
    given = (*source, *context)
    if any(alike(word, other) for other in given):
        return False
    return not made_of(word, given) and not separated(word, source) and not joined(word, said, source)


def _of(kind: str, text: Text) -> set[str]:
    return {word.plain for word in text if word.kind == kind}


def other_number(said: Text, source: Text, context: Text) -> bool:
    """Tell whether a number, or what a number counts, stands in neither passage nor title."""
    known = _of("number", source) | _of("number", context)
    if _of("number", said) - known or (_ranges(source) and _ranges(said) - _ranges(source)):
        return True
    counted, here = _counted(source), _counted(said)
    return any(
        noun in {other for _, other in counted} and (number, noun) not in counted for number, noun in here
    )


def _ranges(text: Text) -> set[tuple[str, str]]:
    return {
        (one.plain, other.plain)
        for one, between, other in zip(text, text[1:], text[2:], strict=False)
        if one.kind == other.kind == "number" and between.plain in RANGE_WORDS
    }


def _counted(text: Text) -> set[tuple[str, str]]:
    """Return each number with the word that it counts: the next one that carries meaning."""
    found = set()
    for place, word in enumerate(text):
        if word.kind == "number":
            following = (
                other for other in text[place + 1 : place + 1 + COUNTED_WITHIN] if other.clause == word.clause
            )
            counted = next((other for other in following if other.stem and other.kind != "name"), word)
            if counted.kind == "word":
                found.add((word.plain, counted.stem))
    return found


def other_name(said: Text, source: Text, context: Text) -> bool:
    """Tell whether a name stands in neither passage nor title."""
    known = {word.plain for word in (*source, *context)}
    if _of("name", said) - known:
        return True
    beside = {(one.plain, other.plain) for text in (source, context) for one, other in pairwise(text)}
    return any(
        one.kind == other.kind == "name" and one.clause == other.clause and (one.plain, other.plain) not in beside
        for one, other in pairwise(said)
    )


def other_practice(said: Text, source: Text, context: Text) -> bool:
    """Tell whether a practice is named that the passage, or a title above one without any, does not name."""
    return bool(_of("practice", said) - (_of("practice", source) or _of("practice", context)))


def added_cause(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether a cause or a consequence is given where the passage gives none."""
    causes = {word.plain for word in said} & wording.CAUSES
    given = {word.plain for word in source}
    if causes <= wording.WEAK_CAUSES and ("om" in given or _has_pause(source)):
        return False
    return bool(causes) and not given & (wording.CAUSES | {"door"})


def _has_pause(text: Text) -> bool:
    return text[-1].clause > 0


def stronger(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether something is said more strongly than the passage says it."""
    given = {word.plain for word in source}
    classes = {wording.STRENGTHS[word] for word in given if word in wording.STRENGTHS}
    claimed = {
        wording.STRENGTHS[word.plain]
        for word in said
        if word.plain in wording.STRENGTHS and not _made_so(word, source)
    }
    return any(not given & wording.INSTEAD.get(name, frozenset()) for name in claimed - classes)


def _made_so(word: Word, source: Text) -> bool:
    """Tell whether the passage says with a verb what this comparative says: 'kleiner' and 'verkleinen'."""
    return word.plain.endswith("er") and any(
        other.plain.startswith(f"ver{word.plain.removesuffix('er')[:ROOT]}") for other in source
    )


def opposite(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether the opposite of a word of the passage is said."""
    here = {word.plain for word in said} | {word.stem for word in said if word.stem}
    there = {word.plain for word in source} | {word.stem for word in source if word.stem}
    return any(
        others & there and not others & here
        for word in here - there
        for others in (wording.OPPOSITES.get(word, frozenset()),)
    )


def surer(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether a doubt or a limit that the passage speaks of is left out."""
    spoken, given = ({word.plain for word in text} for text in (said, source))
    sure = {wording.STRENGTHS[word] for word in spoken if word in wording.STRENGTHS} & wording.SURE
    if sure and given & wording.HEDGES and not spoken & wording.HEDGES:
        return True
    known = {wording.STRENGTHS[word] for word in given if word in wording.STRENGTHS}
    if sure - known and given & wording.CHANCES and not spoken & wording.CHANCES:
        return True
    if spoken & (wording.HEDGES | wording.CHANCES):
        return False
    covered = {
        word.clause
        for word in content(source)
        if any(alike(other, word) for other in content(said)) and word.kind == "word"
    }
    return any(word.plain in wording.HEDGES and word.clause in covered for word in source)


def other_actor(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether someone acts who stands only in the title."""
    acting = [word for word in said if {word.plain, word.stem} & wording.ACTORS]
    return any(not any(alike(word, other) for other in source) and not made_of(word, source) for word in acting)


def other_holder(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether a number is told of another name than the one that the passage tells it of."""
    there, here = _held(source), _held(said)
    everyone = set().union(*there.values())
    return any(
        bool(there.get(number)) and bool(holders & everyone) and not holders & there[number]
        for number, holders in here.items()
    )


def _held(text: Text) -> dict[str, set[str]]:
    """Return for each number the names before it that are nearest."""
    found: dict[str, set[str]] = {}
    last: set[str] = set()
    fresh = True
    for word in text:
        if word.kind in ("name", "practice"):
            last = {word.plain} if fresh else last | {word.plain}
            fresh = False
        elif word.kind == "number":
            found.setdefault(word.plain, set()).update(last)
            fresh = True
        elif word.stem:
            fresh = True
    return found
