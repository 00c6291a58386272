"""What a sentence turns round: a negation, who does what, or the two sides of a comparison."""

from collections.abc import Callable, Sequence, Set

from assistant import wording
from assistant.lacking import _counted
from assistant.reading import Word, alike, content, same

Text = Sequence[Word]
Subject = Callable[[Word, str], bool]  # Is a word, after this one, what something is said of?
COMPARED_WITHIN = 8
REACH = 3  # Content words to which a negation reaches.
HALF = 0.5  # A sentence that has more of what a negation denies speaks of the same.
EMPTY = frozenset("vermeld vermeldt sprake bekend".split())
_BETWEEN = frozenset({"en", "of", "de", "het", "een"})
_PREPOSITIONS = frozenset("van met volgens in door bij aan voor op uit".split())
_MOMENTS = frozenset("eerst daarna vervolgens later".split())
_FOCUSED = (
    *(
        frozenset(word for word, name in wording.STRENGTHS.items() if name == kind)
        for kind in ("only", "all", "most", "bound")
    ),
    frozenset({"eerst"}),
    frozenset("daarna vervolgens later".split()),
)
_COMPARATIVES = frozenset("verder anders meer minder eerder liever beter groter kleiner".split())


def other_negation(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether the sentence denies what the passage does not deny, or the other way round."""
    here, there = _denied(said), _denied(source)
    if any(not any(_meet(one, other) for other in there) for one in here):
        return True
    if len(here) > len(there):
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
    """Return up to three stems after a negation in its clause, or what stands around it."""
    own = text[place]
    telling = [(n, word) for n, word in enumerate(text) if _meaning(word) and word.kind != "practice"]
    telling = [(n, word) for n, word in telling if word.plain not in EMPTY]
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
    """Tell whether what the passage says of one practice or actor is told of another one of its own."""
    names = {word.plain for word in (*said, *source) if word.kind == "name"}

    def is_actor(word: Word, before: str) -> bool:
        acts = word.plain in names or word.plain in wording.ACTORS or word.stem in wording.ACTORS
        return acts and before not in _PREPOSITIONS

    counting = {number for number, _ in _counted(source) & _counted(said)}

    def counts(word: Word, _before: str) -> bool:
        return word.plain in counting

    return any(_told_of_another(said, source, kind) for kind in (_is_practice, is_actor, _is_moment, counts))


def _told_of_another(said: Text, source: Text, is_subject: Subject) -> bool:
    there, here = _owners(source, is_subject), _owners(said, is_subject)
    subjects = {_subject(word) for n, word in enumerate(source) if is_subject(word, _before_name(source, n))}
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
            last = {*last, _subject(word)} if joined else {_subject(word)}
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


def _subject(word: Word) -> str:
    return word.stem or word.plain


def swapped(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether a comparison is turned round: what the passage compares stands behind 'dan'."""
    _, after = _compared(said)
    before, against = _compared(source)
    subject = next((_subject(word) for word in content(source)), "")
    turned = before if against else {subject}
    return bool(after) and after <= turned - against


def _compared(text: Text) -> tuple[set[str], set[str]]:
    """Return the words before a comparison and the first one after it; without one, nothing stands after."""
    for place, word in enumerate(text):
        rest = content(text[place + 1 :])[:1]
        earlier = text[max(0, place - COMPARED_WITHIN) : place]
        if word.plain == "dan" and any(other.plain in _COMPARATIVES for other in earlier) and rest:
            return {_subject(other) for other in content(text[:place])}, {_subject(other) for other in rest}
    return {_subject(word) for word in content(text)}, set()


def _is_practice(word: Word, _before: str) -> bool:
    return word.kind == "practice"


def _is_moment(word: Word, _before: str) -> bool:
    return word.plain in _MOMENTS


def other_focus(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether 'alleen', 'alle' and the like stand before another word than in the passage."""
    for words in _FOCUSED:
        there, here = _focus(source, words), _focus(said, words)
        if there and any(not any(same(one, other) or same(other, one) for other in there) for one in here):
            return True
    return False


def _focus(text: Text, words: Set[str]) -> list[str]:
    """Return the stems of the words that one of these words stands before."""
    rests = [content(text[place + 1 :]) for place, word in enumerate(text) if word.plain in words]
    return [rest[0].stem for rest in rests if rest]


def new_comparison(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether two things are compared that the passage does not compare."""
    if any(word.plain in ("dan", "boven", "vergeleken") for word in source):
        return False
    for place, word in enumerate(said[:-1]):
        near = said[max(0, place - COMPARED_WITHIN) : place]
        if word.plain == "dan" and near and word.clause == near[-1].clause + 1 and said[place + 1].kind != "number":
            return any(_compares(one) for one in near)
    return False


def _compares(word: Word) -> bool:
    return bool(word.stem) and word.plain.endswith("er") and word.plain != "ander" and len(word.plain) > 4


def other_count(said: Text, source: Text, _context: Text) -> bool:
    """Tell whether two numbers that count the same come in another order."""
    there, here = ([word.plain for word in text if word.kind == "number"] for text in (source, said))
    shared = [number for number in dict.fromkeys(here) if there.count(number) == 1 and not _is_year(number)]
    nouns = {number for number, _ in _counted(source)}
    return [there.index(n) for n in shared] != sorted(there.index(n) for n in shared) and len({noun for _, noun in _counted(source)}) < 2


def _is_year(number: str) -> bool:
    return len(number) == 4
