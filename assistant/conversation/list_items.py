"""Which item of a numbered list a follow-up asks for: 'en de tweede?', 'stap 6', 'en daarna?'."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.retrieval.retriever import Query
from ingest.index.open import Index
from ingest.text.tokens import folded, words

ANSWERS = 3  # An earlier question was about one of the best sentences.
MOST_WORDS = 10  # A longer question says itself what it is about.
HEAD_WORDS = (
    15  # An item's number stands early in its sentence ('Stap 4 van ... is blok 3, activiteiten: ...').
)
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
_COUNT = "|".join(_NUMBERS)
# What lists hold, in the plural and the singular.
_KINDS = {
    "stappen": "stap", "fasen": "fase", "fases": "fase", "blokken": "blok", "bouwstenen": "bouwsteen",
    "onderdelen": "onderdeel", "principes": "principe", "typen": "type", "types": "type", "vormen": "vorm",
    "elementen": "element",
}  # fmt: skip
_ONE, _MANY = "|".join(sorted(set(_KINDS.values()))), "|".join(_KINDS)
_OPTIONS = ("keus", "keuze", "optie", "mogelijkheid", "precies")
_ORDINAL = re.compile(
    rf"\b(?<!een )(?P<word>{'|'.join(_ORDINALS)}|laatste|middelste|(?P<digits>\d+)(?:e|de|ste))\b"
    rf"(?: (?P<count>{_COUNT})\b)?(?: (?P<next>\w+))?"
)
_NUMBERED = re.compile(rf"\b(?P<kind>{_ONE}|nummer|nr|punt) (?P<number>\d+|{_COUNT})\b")
_NEXT = re.compile(r"\b(daarna|hierna|de volgende|(en|wat) dan)\b")
_ITEM = re.compile(r"\b(?P<noun>[^\W\d_]+) (?P<number>\d+)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """The items asked for, counted from 1, or from -1 at the end; 0 is the middle one.

    Without numbers it is the item after the one asked about before. `kind` is what an item is called.
    """

    numbers: tuple[int, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """The numbered items of a section: the noun they share, and the sentence of each item."""

    noun: str
    items: Mapping[int, int]


def places(question: str) -> Places | None:
    """Return which items a question asks for, or None when it asks for none."""
    plain = " ".join(folded(question).split())
    if len(plain.split()) > MOST_WORDS:
        return None
    numbered = _NUMBERED.search(plain)
    if numbered:
        kind = numbered["kind"] if re.fullmatch(_ONE, numbered["kind"]) else ""
        return Places((_number(numbered["number"]),), kind)
    ordinal = _ORDINAL.search(plain)
    if ordinal:
        return _of_a_list(ordinal)
    return Places() if _NEXT.search(plain) else None


def _of_a_list(ordinal: re.Match[str]) -> Places | None:
    """Return the places of an ordinal, or None when it belongs to a noun of its own ('het eerste jaar')."""
    following = ordinal["next"] or ""
    if re.fullmatch(f"{_ONE}|{_MANY}", following):
        return Places(_counted(ordinal), following)
    alone = not words(following) or following in _OPTIONS
    return Places(_counted(ordinal)) if alone else None


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


def named_items(
    index: Index, earlier: Query, context: str, practices: Sequence[str], wanted: Places
) -> list[str]:
    """Return the names of the items wanted from the list that the earlier question asked about.

    Nothing when the sections of the practices hold no such list. The list is the one whose items are called
    what the context calls them, or else the one that an answer to the earlier question stands in.
    """
    sections = [section.section_id for section in index.sections.values() if section.practice in practices]
    lists = [found for section_id in sections for found in _lists(index, section_id)]
    ranked = rank_sentences(index, earlier, sentences_of(index, sections), {})
    near = {sentence.number: sentence.score for sentence in ranked}
    best = sorted(near, key=lambda number: -near[number])[:ANSWERS]
    kinds = _kinds(context)
    if kinds:
        lists = [found for found in lists if found.noun in kinds]
    if not kinds or not wanted.numbers:
        lists = [found for found in lists if set(found.items.values()) & set(best)]
    if not lists:
        return []
    chosen = max(lists, key=lambda found: max(near[number] for number in found.items.values()))
    current = max(chosen.items, key=lambda place: near[chosen.items[place]])
    resolved = _resolved(wanted, current, max(chosen.items))
    return [_name(_sentence(index, chosen.items[place])) for place in resolved if place in chosen.items]


def _kinds(text: str) -> set[str]:
    """Return what the items of the lists that a text names are called, in the singular."""
    found = re.findall(rf"(?:({_MANY})|\b({_ONE}))\b", folded(text))
    return {_KINDS.get(many, one) for many, one in found}


def _resolved(wanted: Places, current: int, last: int) -> list[int]:
    """Return the numbers of the items wanted, counted from 1."""
    if not wanted.numbers:
        return [current + 1]
    if wanted.numbers == (0,):
        return [(last + 1) // 2]
    return [place if place > 0 else last + 1 + place for place in wanted.numbers]


def _lists(index: Index, section_id: str) -> list[NumberedList]:
    """Return the lists of a section whose items are numbered from one on."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number in sentences_of(index, [section_id]).tolist():
        for noun, place in _numbered(_sentence(index, number)):
            found[noun].setdefault(place, number)
    return [NumberedList(noun, items) for noun, items in found.items() if {1, 2} <= set(items)]


def _numbered(sentence: str) -> Iterator[tuple[str, int]]:
    for item in _ITEM.finditer(" ".join(sentence.split()[:HEAD_WORDS])):
        yield folded(item["noun"]), int(item["number"])


def _name(sentence: str) -> str:
    """Return the sentence of an item up to its explanation."""
    return re.split(r"[:.?!](?:\s|$)", sentence, maxsplit=1)[0]


def _sentence(index: Index, number: int) -> str:
    span = index.sentence_spans[number]
    section = index.sections[index.chunks[int(index.sentence_chunks[number])].section_id]
    return section.text[span.start : span.end]
