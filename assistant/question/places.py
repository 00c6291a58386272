"""Which items of a list a question asks for: by their number, or as what comes after another one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.text.sentences import name_of
from ingest.text.tokens import folded, stored_words, words

MOST_WORDS = 12  # A longer question says itself what it is about.
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
_COUNT = "|".join(_NUMBERS)
_OPTIONS = ("keus", "keuze", "optie", "mogelijkheid", "precies")
_ORDINAL = re.compile(
    rf"\b(?<!een )(?:aller)?(?P<word>{'|'.join(_ORDINALS)}|laatste|middelste|(?P<digits>\d+)(?:e|de|ste))\b"
    rf"(?: (?P<count>{_COUNT})\b)?(?: (?!en\b)(?P<next>\w+))?"
)
_NUMBERED = re.compile(rf"\b(?P<noun>nummer|nr|punt|[a-z]{{3,}}) (?P<number>\d+|{_COUNT})\b")
_COUNTED = ("nummer", "nr", "punt")
_END = re.compile(r"\b(eindig(t|en)?|als slot|tot slot)\b|\bsluit (je|jullie|men|we) (dan )?(het |dit )?af\b")
_NO_NOUN = frozenset("welke alle die deze dat zijn van met voor bij die een andere laatste eerste".split())
_AFTER = re.compile(
    r"\b(daarna|hierna|erna|vervolgens|nadat|na (het|de|dat|die|afloop)|aan de (beurt|orde))\b"
    r"|\bhoe (nu )?verder\b|\b(de|het|een|wat) (is )?(dan )?(eerst)?volgende\b|\bvolgende (stap|fase|blok)\b"
    r"|\b(komt (er |je |dan )?(dan|nu|achteraan|na)|volgt|doe je na)\b|\b(en|wat) (dan|nu)\b\W*$"
    r"|\b(achter de rug|(zit|zitten) erop)\b|[.!?,] en nu\b"
    r"|\b(net|zojuist) (\w+ ){0,8}?(klaar|geweest|gehad|gedaan|afgerond)\b"
    r"|\bals dat (erop zit|klaar is|af is|gedaan is|gebeurd is|gelukt is)\b"
)
_BEFORE = re.compile(
    r"\b(daaraan|eraan|hieraan) voor ?af\b|\b(de|het) (vorige|voorgaande)\b|\b(er|daar|hier)voor kwam\b"
    r"|\b(wat|welke \w+|stap|fase|blok) (komt |zit |kwam |was )?(er )?(ervoor|daarvoor|voor (die|dat))\b\W*$"
)
_HOW_MANY = re.compile(rf"\b(?:welke|de|die|noem) (?P<number>{_COUNT}|\d+)\b")
_ITEM = re.compile(
    rf"\b((de|die|dat|het|deze) (aller)?({'|'.join(_ORDINALS)}|laatste|middelste|\d+(e|de|ste))"
    rf"|({'|'.join(_COUNTED)}) (\d+|{_COUNT}))\b( (type|vorm|soort|optie|keuze|aanpak|mogelijkheid)\b)?",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r"\bals (aller)?(eerste|laatste)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """The items asked for, counted from 1, or from -1 at the end; 0 is the middle one.

    `noun` is what an item is called, where the question says so: 'stap 6', 'het tweede blok'.
    """

    numbers: tuple[int, ...]
    noun: str = ""


def places(question: str, most_words: int = MOST_WORDS) -> Places | None:
    """Return which items a question asks for by their number, or None when it asks for none."""
    plain = " ".join(folded(question).split())
    if len(plain.split()) > most_words:
        return None
    ordinals = list(_ORDINAL.finditer(plain))
    if len(ordinals) > 1:
        return Places(tuple(number for ordinal in ordinals for number in _counted(ordinal)))
    if ordinals:
        following = ordinals[0]["next"] or ""
        called = following if words(following) and following not in _OPTIONS else ""
        return Places(_counted(ordinals[0]), called)
    numbered = _NUMBERED.search(plain)
    if numbered and numbered["noun"] not in _NO_NOUN:
        noun = "" if numbered["noun"] in _COUNTED else numbered["noun"]
        return Places((_number(numbered["number"]),), noun)
    return Places((-1,)) if _END.search(plain) else None


def step_from(question: str) -> int:
    """Return 1 for a question for what comes after something, -1 for what comes before it, else 0.

    `Wat doe je na het evalueren?` → 1, `Wat gaat daaraan vooraf?` → -1
    """
    plain = folded(question)
    if _BEFORE.search(plain):
        return -1
    return 1 if _AFTER.search(plain) else 0


def with_item(question: str, name: str) -> str:
    """Return a question with the name of an item in place of its number, or behind it where it has none.

    `Die laatste, waar komt die vandaan?` with the name X → `X, waar komt die vandaan?`
    """
    named, count = _ITEM.subn(name, question, count=1)
    return named if count else f"{question} ({name})"


def in_turn(question: str) -> bool:
    """Return whether a question is about what is done first or last: `Wat doen we als eerste?`."""
    return _IN_TURN.search(folded(question)) is not None


def says_number(text: str, number: int) -> bool:
    """Return whether a text holds a number, in figures or as a word: 3 in `drie vaste onderdelen`."""
    written = {str(number), *_NUMBERS[number - 1 : number]}
    return not written.isdisjoint(re.findall(r"\w+", folded(text)))


def how_many(question: str) -> int:
    """Return how many items a question says that there are, or 0: 3 for `Welke drie pijlers zijn dat?`."""
    found = _HOW_MANY.search(folded(question))
    return _number(found["number"]) if found else 0


def counts(lead: str, noun: str) -> int | None:
    """Return how many of these a line says that there are, 0 when it does not say, None when it has none.

    `In zeven stappen, met zes blokken:` has 7 of `stap` and 6 of `blok`.
    """
    told = re.findall(r"\w+", folded(lead))
    places = [place for place, word in enumerate(told) if set(stored_words(word)) & set(words(noun))]
    if not places:
        return None
    before = told[max(0, places[0] - 1)]
    return _number(before) if before.isdigit() or before in _NUMBERS else 0


def resolved(number: int, total: int) -> int:
    """Return the number of an item of a list of so many, counted from 1."""
    if number == 0:
        return (total + 1) // 2
    return number if number > 0 else total + 1 + number


def _counted(found: re.Match[str]) -> tuple[int, ...]:
    many = _number(found["count"]) if found["count"] else 1
    if found["word"] == "laatste":
        return tuple(range(-many, 0))
    if found["word"] == "middelste":
        return (0,)
    first = int(found["digits"]) if found["digits"] else _ORDINALS.index(found["word"]) + 1
    return tuple(range(first, first + many))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text) + 1


def named_place(items: Sequence[str], asked: Collection[str]) -> int | None:
    """Return the place of the one item whose whole name is asked: `de derde stap, de evaluatie`.

    `items` are without their markers, `asked` the stems of the question.
    """
    names = [set(stored_words(name_of(item))) for item in items]
    named = [place for place, name in enumerate(names) if name and name <= set(asked)]
    return named[0] if len(named) == 1 else None
