"""Which item of the list that answered the last question a follow-up means: 'en de tweede?'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.places import MOST_WORDS, Places, resolved
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import search_blocks
from ingest.index.open import Index
from ingest.text.sentences import is_item, without_marker
from ingest.text.tokens import folded, words
from ingest.types import Chunk

NAME_WORDS = 16  # An item is sought by so many of its words.
BLOCKS = 4  # The list that answered a question is among the best blocks for it.
_DESCRIBED = re.compile(r"\b(die|dat|degene|dat stuk|het punt) (met|over|van|uit|waar\w*)\b")


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of the text: the line that leads to it, and its items without their markers."""

    lead: str
    items: tuple[str, ...]


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
            numbers = [resolved(number, total) for number in wanted.numbers]
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


def _shown(item: str) -> str:
    """Return as much of an item as names it and tells what it is."""
    return " ".join(item.split()[:NAME_WORDS])


def _name(item: str) -> str:
    """Return an item up to its explanation."""
    return re.split(r"[:.?!](?:\s|$)", item, maxsplit=1)[0]
