"""What a sentence turns round: a negation, or of whom something is said."""

from collections.abc import Callable, Sequence

from assistant.llm.grammar import wording
from assistant.llm.grammar.counts import counted
from assistant.llm.grammar.sentence import Word, root, same

Text = Sequence[Word]
Subject = Callable[[Word, str], bool]  # Is a word, after this one, what something is said of?
REACH = 3  # Content words to which a negation reaches.
HALF = 0.5  # A sentence that has more of what a negation denies speaks of the same.
# What these words say is said by the negation itself: "het jaar is niet vermeld", "zonder jaar".
_EMPTY = frozenset("vermeld vermeldt sprake bekend".split())
_BETWEEN = frozenset({"en", "of", "de", "het", "een"})
_PREPOSITIONS = frozenset("van met volgens in door bij aan voor op uit".split())
_MOMENTS = frozenset("eerst daarna vervolgens later".split())


def other_negation(said: Text, source: Text, _context: Text) -> bool:
    """Return whether the sentence denies what the passage does not deny, or the other way round."""
    here, there = _denied(said), _denied(source)
    if len(here) > len(there) or any(not any(_meet(one, other) for other in there) for one in here):
        return True
    if {word.plain for word in said} & wording.CONTRASTS - {word.plain for word in source}:
        return False
    spoken = [_meaning(word) for word in said if _meaning(word)]
    kept = [scope for scope in there if _found(scope, spoken) > HALF]
    return len(kept) > len(here) or any(not any(_meet(scope, one) for one in here) for scope in kept)


def _denied(text: Text) -> list[list[str]]:
    """Return what each negation of a text denies."""
    found = []
    for place, word in enumerate(text):
        following = text[place + 1].plain if place + 1 < len(text) else ""
        if word.plain in wording.NEGATIONS or (word.plain == "minder" and following in wording.LESS_THAN):
            found.append(_scope(text, place))
    return found


def _scope(text: Text, place: int) -> list[str]:
    """Return up to three stems after a negation in its clause, or what is around it."""
    own = text[place]
    telling = [
        (n, word)
        for n, word in enumerate(text)
        if _meaning(word) and word.kind != "practice" and word.plain not in _EMPTY
    ]
    after = [_meaning(word) for n, word in telling if n > place and word.clause == own.clause][:REACH]
    before = [_meaning(word) for n, word in telling if n < place and word.clause == own.clause][-REACH:]
    later = [_meaning(word) for n, word in telling if n > place][:REACH]
    return after or ([] if own.plain in wording.FOLLOWED else before) + later


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or any(same(stem, rest) or same(rest, stem) for stem in one for rest in other)


def _meaning(word: Word) -> str:
    return word.stem or (word.plain if word.plain in wording.LESS_THAN else "")


def _found(scope: Sequence[str], spoken: Sequence[str]) -> float:
    return sum(any(same(stem, other) for other in spoken) for stem in scope) / max(1, len(scope))


def other_owner(said: Text, source: Text, _context: Text) -> bool:
    """Return whether what the passage says of one practice or actor is told of another one of its own."""
    names = {word.plain for word in (*said, *source) if word.kind == "name"}

    def is_actor(word: Word, before: str) -> bool:
        acts = word.plain in names or word.plain in wording.ACTORS or word.stem in wording.ACTORS
        return acts and before not in _PREPOSITIONS

    counting = {number for number, _ in counted(source) & counted(said)}

    def counts(word: Word, _before: str) -> bool:
        return word.plain in counting

    return any(_told_of_another(said, source, kind) for kind in (_is_practice, is_actor, _is_moment, counts))


def _told_of_another(said: Text, source: Text, is_subject: Subject) -> bool:
    there, here = _owners(source, is_subject), _owners(said, is_subject)
    subjects = {root(word) for n, word in enumerate(source) if is_subject(word, _before_name(source, n))}
    shared = [stem for stem in here if stem in there]
    wrong = [stem for stem in shared if here[stem] <= subjects and not here[stem] & there[stem]]
    return len(subjects) > 1 and len(wrong) >= max(1, HALF * len(shared))


def _owners(text: Text, is_subject: Subject) -> dict[str, set[str]]:
    """Return for each word the subjects that it is said of: the last ones before it."""
    found: dict[str, set[str]] = {}
    last: set[str] = set()
    joined = False
    for place, word in enumerate(text):
        if is_subject(word, _before_name(text, place)):
            last = {*last, root(word)} if joined else {root(word)}
            joined = True
        elif word.plain not in _BETWEEN:
            joined = False
            if last and word.kind != "name" and _meaning(word) and word.plain not in wording.LIGHT:
                found.setdefault(_meaning(word), set()).update(last)
    return found


def _before_name(text: Text, place: int) -> str:
    """Return the word before this one, or before the name that it is a part of."""
    while place > 0 and text[place - 1].kind == "name":
        place -= 1
    return text[place - 1].plain if place else ""


def _is_practice(word: Word, _before: str) -> bool:
    return word.kind == "practice"


def _is_moment(word: Word, _before: str) -> bool:
    return word.plain in _MOMENTS
