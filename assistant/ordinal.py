"""Which item of a numbered list a follow-up asks for: 'en de tweede?', 'stap 6', 'de laatste twee'."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.rank import sentences_of
from assistant.retrieve import Query
from ingest.index import Index
from ingest.lexical import folded, words

NUMBERS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende",
    "elfde", "twaalfde",
)  # fmt: skip
_LISTED = "stap|fase|blok|bouwsteen|onderdeel|punt|principe|vraag|nummer|nr"
_LISTED_MANY = "stappen|fasen|fases|blokken|bouwstenen|onderdelen|punten|principes|vragen|typen|vormen|elementen"
_COUNT = "|".join(NUMBERS)
_ORDINAL = re.compile(
    rf"\b(?:(?:de|het) )?(?P<word>{'|'.join(_ORDINALS)}|laatste|middelste|(?P<digits>\d+)(?:e|de|ste))\b"
    rf"(?: (?P<count>{_COUNT}))?(?P<rest>[^?.!,:]*)"
)
_NUMBERED = re.compile(rf"\b(?:{_LISTED}) (?P<number>\d+|{_COUNT})\b")
_NEXT = re.compile(r"\b(daarna|hierna|de volgende|en dan)\b")
_ITEM = re.compile(r"\b(?P<noun>[^\W\d_]+) (?P<number>\d+)\b")
HEAD_WORDS = 12  # An item's name is mostly shorter; it stands early in its sentence.


@dataclass(frozen=True, slots=True)
class Places:
    """The items asked for: counted from 1, from -1 at the end, or 0 for the middle one; `step` after another."""

    numbers: tuple[int, ...] = ()
    after: bool = False


@dataclass(frozen=True, slots=True)
class NumberedList:
    """The numbered items of a section: the noun they share, and the number of each item's sentence."""

    section_id: str
    noun: str
    items: dict[int, int]


def places(question: str) -> Places | None:
    """Return which items a question asks for, or None when it asks for none."""
    plain = " ".join(folded(question).split())
    numbered = _NUMBERED.search(plain)
    if numbered:
        return Places((_number(numbered["number"]),))
    ordinal = _ORDINAL.search(plain)
    if ordinal and not _qualifies_a_noun(ordinal["rest"]):
        return Places(_ordinals(ordinal))
    return Places(after=True) if _NEXT.search(plain) else None


def _qualifies_a_noun(rest: str) -> bool:
    """Tell whether an ordinal belongs to a noun of its own ('de tweede leerbijeenkomst')."""
    following = rest.split()[:1]
    return bool(words(" ".join(following))) and not re.match(rf"({_LISTED})", " ".join(following))


def _ordinals(found: re.Match[str]) -> tuple[int, ...]:
    many = _number(found["count"]) if found["count"] else 1
    if found["word"] == "laatste":
        return tuple(range(-many, 0))
    if found["word"] == "middelste":
        return (0,)
    first = int(found["digits"]) if found["digits"] else _ORDINALS.index(found["word"]) + 1
    return tuple(range(first, first + many))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS.index(text) + 1


def listed(index: Index, asked: Query, context: str, practices: Sequence[str], wanted: Places) -> list[str]:
    """Return the names of the items wanted from the list that a question is about; nothing without a list."""
    lists = _lists(index, practices)
    if not lists:
        return []
    stems = set(words(context))
    near = index.sentence_vectors @ asked.vector

    def named(found: NumberedList) -> bool:
        return any(stem.endswith(found.noun) for stem in stems)

    def nearest(found: NumberedList) -> float:
        return float(max(near[number] for number in found.items.values()))

    chosen = max(lists, key=lambda found: (named(found), nearest(found)))
    if re.search(rf"(?:{_LISTED_MANY})\b", folded(context)) and not named(chosen):
        return []
    numbers = _resolved(chosen, wanted, near)
    return [_name(index, chosen.items[number]) for number in numbers if number in chosen.items]


def _resolved(chosen: NumberedList, wanted: Places, near: Sequence[float]) -> list[int]:
    last = max(chosen.items)
    if wanted.after:
        return [1 + max(chosen.items, key=lambda number: near[chosen.items[number]])]
    return [(last + 1) // 2 if place == 0 else place if place > 0 else last + 1 + place for place in wanted.numbers]


def _lists(index: Index, practices: Sequence[str]) -> list[NumberedList]:
    """Return the numbered lists in the sections of practices, or in all sections when none is named."""
    lists = []
    for section in index.sections.values():
        if practices and section.practice not in practices:
            continue
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for number in sentences_of(index, [section.section_id]).tolist():
            for noun, item in _items(index, number):
                found[noun].setdefault(item, number)
        lists += [
            NumberedList(section.section_id, noun, items)
            for noun, items in found.items()
            if {1, 2} <= set(items)
        ]
    return lists


def _items(index: Index, number: int) -> Iterable[tuple[str, int]]:
    text = " ".join(_sentence(index, number).split()[:HEAD_WORDS])
    for item in _ITEM.finditer(text):
        yield next(iter(words(item["noun"])), ""), int(item["number"])


def _name(index: Index, number: int) -> str:
    """Return the sentence of an item up to its explanation."""
    return re.split(r"[:.?!](?:\s|$)", _sentence(index, number), maxsplit=1)[0]


def _sentence(index: Index, number: int) -> str:
    span = index.sentence_spans[number]
    section = index.sections[index.chunks[int(index.sentence_chunks[number])].section_id]
    return section.text[span.start : span.end]
