"""What a sentence counts: its numbers, what they count, in which order and of whom."""

from collections.abc import Sequence

from assistant.llm.grammar.sentence import Word, of_kind

Text = Sequence[Word]
RANGE_WORDS = frozenset({"tot", "en", "a"})
COUNTED_WITHIN = 3  # A number counts the first noun among so many words after it.


def other_number(said: Text, source: Text, context: Text) -> bool:
    """Return whether a number, or what a number counts, is in neither passage nor title."""
    known = of_kind("number", source) | of_kind("number", context)
    if of_kind("number", said) - known or (_ranges(source) and _ranges(said) - _ranges(source)):
        return True
    there, here = counted(source), counted(said)
    return any(noun in {other for _, other in there} and (number, noun) not in there for number, noun in here)


def _ranges(text: Text) -> set[tuple[str, str]]:
    return {
        (one.plain, other.plain)
        for one, between, other in zip(text, text[1:], text[2:], strict=False)
        if one.kind == other.kind == "number" and between.plain in RANGE_WORDS
    }


def counted(text: Text) -> set[tuple[str, str]]:
    """Return each number with the word that it counts: the next one that carries meaning."""
    found = set()
    for place, word in enumerate(text):
        if word.kind == "number":
            following = (
                other for other in text[place + 1 : place + 1 + COUNTED_WITHIN] if other.clause == word.clause
            )
            noun = next((other for other in following if other.stem and other.kind != "name"), word)
            if noun.kind == "word":
                found.add((word.plain, noun.stem))
    return found


def other_order(said: Text, source: Text, _context: Text) -> bool:
    """Return whether numbers that all count the same come in another order than in the passage."""
    there, here = counted(source), [word.plain for word in said if word.kind == "number"]
    places = [[word.plain for word in source].index(number) for number, _ in there]
    told = {number: place for (number, _), place in zip(there, places, strict=True)}
    order = [told[number] for number in dict.fromkeys(here) if number in told]
    return len({noun for _, noun in there}) == 1 and order != sorted(order)


def other_holder(said: Text, source: Text, _context: Text) -> bool:
    """Return whether a number is told of another name than the one that the passage tells it of."""
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
