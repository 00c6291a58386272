"""What a sentence says and a passage lacks: a word, number, name, practice, cause, strength, or opposite."""

from collections.abc import Sequence

from assistant import wording
from assistant.reading import Word, alike, content, made_of, separated

Text = Sequence[Word]
RANGE_WORDS = frozenset({"tot", "en", "a"})
COUNTED_WITHIN = 3  # A number counts the first noun among so many words after it.


def unknown_words(said: Text, source: Text, context: Text) -> set[str]:
    """Return the stems of the content words that neither the passage nor its title has in any form."""
    return {word.stem for word in content(said) if _lacks(word, source, context)}


def _lacks(word: Word, source: Text, context: Text) -> bool:
    given = (*source, *context)
    if any(alike(word, other) for other in given):
        return False
    return not made_of(word, given) and not separated(word, source)


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
            noun = next((other.stem for other in following if other.stem and other.kind == "word"), "")
            if noun:
                found.add((word.plain, noun))
    return found


def other_name(said: Text, source: Text, context: Text) -> bool:
    """Tell whether a name stands in neither passage nor title."""
    known = {word.plain for word in (*source, *context)}
    return bool(_of("name", said) - known)


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
    claimed = {wording.STRENGTHS[word.plain] for word in said if word.plain in wording.STRENGTHS}
    return any(not given & wording.INSTEAD.get(name, frozenset()) for name in claimed - classes)


def opposite(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether the opposite of a word of the passage is said."""
    here = {word.plain for word in said} | {word.stem for word in said if word.stem}
    there = {word.plain for word in source} | {word.stem for word in source if word.stem}
    return any(
        others & there and not others & here
        for word in here - there
        for others in (wording.OPPOSITES.get(word, frozenset()),)
    )
