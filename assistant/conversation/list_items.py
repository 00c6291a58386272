"""Which item of the list that answered the last question a follow-up means: 'en de tweede?'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.retriever import Query, search_blocks
from ingest.index.open import Index
from ingest.text.sentences import is_item, without_marker
from ingest.text.tokens import folded, words
from ingest.types import Chunk

MOST_WORDS = 10  # A longer question says itself what it is about.
NAME_WORDS = 16  # An item is sought by so many of its words.
BLOCKS = 4  # The list that answered a question is among the best blocks for it.
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
_COUNT = "|".join(_NUMBERS)
_OPTIONS = ("keus", "keuze", "optie", "mogelijkheid", "precies")
_ORDINAL = re.compile(
    rf"\b(?<!een )(?P<word>{'|'.join(_ORDINALS)}|laatste|middelste|(?P<digits>\d+)(?:e|de|ste))\b"
    rf"(?: (?P<count>{_COUNT})\b)?(?: (?!en\b)(?P<next>\w+))?"
)
_NUMBERED = re.compile(rf"\b(?P<noun>nummer|nr|punt|[a-z]{{3,}}) (?P<number>\d+|{_COUNT})\b")
_COUNTED = ("nummer", "nr", "punt")
_NO_NOUN = frozenset("welke alle die deze dat zijn van met voor bij die een andere laatste eerste".split())
_NEXT = re.compile(r"^(en )?(wat komt |wat )?(daarna|hierna|de volgende|dan)\b")
_DESCRIBED = re.compile(r"\b(die|dat|degene|dat stuk|het punt) (met|over|van|uit|waar\w*)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """The items asked for, counted from 1, or from -1 at the end; 0 is the middle one.

    `noun` is what an item is called, where the question says so: 'stap 6', 'het tweede blok'.
    """

    numbers: tuple[int, ...]
    noun: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of the text: the line that leads to it, and its items without their markers."""

    lead: str
    items: tuple[str, ...]


def places(question: str) -> Places | None:
    """Return which items a question asks for by their number, or None when it asks for none."""
    plain = " ".join(folded(question).split())
    if len(plain.split()) > MOST_WORDS:
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
    return None


def describes_item(question: str) -> bool:
    """Return whether a short question points to an item by what it says: 'die met de la'."""
    plain = folded(question)
    return len(plain.split()) <= MOST_WORDS and bool(_DESCRIBED.search(plain))


def lists_for(index: Index, earlier: Query) -> list[ListBlock]:
    """Return the lists among the best blocks for an earlier question, best first."""
    blocks = (passage.chunk for passage in search_blocks(index, earlier, BLOCKS))
    found = [_list_of(block) for block in blocks]
    return [block for block in found if len(block.items) > 1]


def counted_items(lists: Sequence[ListBlock], wanted: Places, asked: str) -> list[str]:
    """Return the names of the items that are counted to, of the first list that has such items."""
    for block in lists:
        called = not wanted.noun or set(words(wanted.noun)) & set(words(f"{block.lead} {asked}"))
        if called:
            total = len(block.items)
            numbers = [_resolved(number, total) for number in wanted.numbers]
            return [_shown(block.items[number - 1]) for number in numbers if 1 <= number <= total]
    return []


def described_item(lists: Sequence[ListBlock], own: set[str]) -> list[str]:
    """Return the name of the one item that shares most words with a question, when there is just one."""
    for block in lists:
        shared = [len(own & set(words(item))) for item in block.items]
        most = max(shared)
        if most and shared.count(most) == 1:
            return [_name(block.items[shared.index(most)])]
    return []


def _list_of(block: Chunk) -> ListBlock:
    lines = [block.text[span.start - block.start : span.end - block.start] for span in block.sentences]
    items = tuple(without_marker(line) for line in lines if is_item(line))
    return ListBlock(lines[0] if lines and not is_item(lines[0]) else "", items)


def _resolved(number: int, total: int) -> int:
    """Return the number of an item counted from 1."""
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


def _shown(item: str) -> str:
    """Return as much of an item as names it and tells what it is."""
    return " ".join(item.split()[:NAME_WORDS])


def _name(item: str) -> str:
    """Return an item up to its explanation."""
    return re.split(r"[:.?!](?:\s|$)", item, maxsplit=1)[0]
