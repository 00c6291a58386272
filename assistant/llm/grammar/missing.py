"""What a sentence says and a passage lacks: a word, a name, a practice, a cause, or someone who acts."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.llm.grammar import wording
from assistant.llm.grammar.sentence import Word, alike, content, joined, made_of, of_kind, separated

Text = Sequence[Word]


def unknown_words(said: Text, source: Text, context: Text) -> set[str]:
    """Return the stems of the content words that neither the passage nor its title has in any form."""
    return {word.stem for word in content(said) if _lacks(word, said, source, context)}


def _lacks(word: Word, said: Text, source: Text, context: Text) -> bool:
    given = (*source, *context)
    if any(alike(word, other) for other in given):
        return False
    return not made_of(word, given) and not separated(word, source) and not joined(word, said, source)


def other_name(said: Text, source: Text, context: Text) -> bool:
    """Return whether a name is in neither passage nor title."""
    known = {word.plain for word in (*source, *context)}
    if of_kind("name", said) - known:
        return True
    beside = {(one.plain, other.plain) for text in (source, context) for one, other in pairwise(text)}
    return any(
        one.kind == other.kind == "name"
        and one.clause == other.clause
        and (one.plain, other.plain) not in beside
        for one, other in pairwise(said)
    )


def other_practice(said: Text, source: Text, context: Text) -> bool:
    """Return whether a practice is named that neither the passage nor, if it names none, its title names."""
    return bool(of_kind("practice", said) - (of_kind("practice", source) or of_kind("practice", context)))


def added_cause(said: Text, source: Text, _context: Text) -> bool:
    """Return whether a cause or a consequence is given where the passage gives none."""
    causes = {word.plain for word in said} & wording.CAUSES
    given = {word.plain for word in source}
    if causes <= wording.WEAK_CAUSES and ("om" in given or _has_pause(source)):
        return False
    return bool(causes) and not given & (wording.CAUSES | {"door"})


def _has_pause(text: Text) -> bool:
    return text[-1].clause > 0


def other_actor(said: Text, source: Text, _context: Text) -> bool:
    """Return whether someone acts who is only in the title, or the one who writes speaks of itself."""
    if {word.plain for word in said} & wording.FIRST_PERSON - {word.plain for word in source}:
        return True
    acting = [word for word in said if {word.plain, word.stem} & wording.ACTORS]
    return any(
        not any(alike(word, other) for other in source) and not made_of(word, source) for word in acting
    )
