"""Which items of a list a follow-up means: 'en de tweede?', 'en daarna?', 'die met de la'."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer.compose import planned
from assistant.answer.quotes import Found
from assistant.question.places import MOST_WORDS, Places, named_place, resolved
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import search_blocks
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item, name_of, without_marker
from ingest.text.tokens import folded, words
from ingest.types import Chunk

NAME_WORDS = 16  # An item is sought by so many of its words.
BLOCKS = 40  # An earlier question is answered again from so many blocks.
NEAR_BLOCKS = 4  # A list that was not shown, but is meant, is among the best blocks for it.
TOLD_WORDS = 5  # An item of so many words says something, a shorter one only names it.
_DESCRIBED = re.compile(r"\b(die|dat|degene|dat stuk|het punt) (met|over|van|uit|waar\w*)\b")


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of the text: the line that leads to it, its items without their markers, and their numbers.

    `place` is that of the one item that was shown, if just one was; `ordered` tells that they are numbered.
    """

    lead: str
    items: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    place: int | None = None
    ordered: bool = False

    def told(self, place: int) -> bool:
        """Return whether an item says something about what it names."""
        return len(self.items[place].split()) >= TOLD_WORDS

    def after(self, step: int) -> list[int]:
        """Return the place so many after that of the item that was shown, if there is one."""
        place = -1 if self.place is None else self.place + step
        return [place] if 0 <= place < len(self.items) else []


def describes_item(question: str) -> bool:
    """Return whether a short question points to an item by what it says: 'die met de la'."""
    plain = folded(question)
    return len(plain.split()) <= MOST_WORDS and bool(_DESCRIBED.search(plain))


def shown_list(index: Index, earlier: Query, picked: Sequence[int] = ()) -> ListBlock | None:
    """Return the list that an earlier question was answered from, or None when it was another text.

    `picked` are the sentences that it was answered with, where these were picked.
    """
    numbers = list(picked) or shown_sentences(index, earlier)
    if not numbers:
        return None
    found = list_of(index, index.chunks[int(index.sentence_chunks[numbers[0]])])
    places = [found.numbers.index(number) for number in numbers if number in found.numbers]
    if len(found.items) < 2:
        return None
    return replace(found, place=places[0] if len(places) == 1 else None)


def shown_sentences(index: Index, earlier: Query) -> list[int]:
    """Return the numbers of the sentences that an earlier question was answered with, of the first quote."""
    blocks = tuple(search_blocks(index, earlier, BLOCKS))
    quotes = planned(Found(index, earlier, blocks, None, blocks)) if blocks else []
    return list(_sentences_in(index, quotes[0])) if quotes else []


def lists_for(index: Index, earlier: Query) -> list[ListBlock]:
    """Return the lists among the best blocks for an earlier question, best first.

    Their place is that of the item that the question names.
    """
    asked = set(words(earlier.text))
    blocks = (passage.chunk for passage in search_blocks(index, earlier, NEAR_BLOCKS))
    found = [list_of(index, block) for block in blocks]
    return [replace(block, place=named_place(block.items, asked)) for block in found if len(block.items) > 1]


def counted_places(block: ListBlock, wanted: Places, asked: str) -> list[int]:
    """Return the places of the items that are counted to, none when its items are not called so."""
    if wanted.noun and not set(words(wanted.noun)) & set(words(f"{block.lead} {asked}")):
        return []
    total = len(block.items)
    return [place - 1 for number in wanted.numbers if 1 <= (place := resolved(number, total)) <= total]


def described_name(block: ListBlock, own: set[str]) -> str:
    """Return the name of the one item that shares most words with a question, or '' when none does so."""
    shared = [len(own & set(words(item))) for item in block.items]
    most = max(shared)
    return name_of(block.items[shared.index(most)]) if most and shared.count(most) == 1 else ""


def sought(item: str) -> str:
    """Return as much of an item as names it and tells what it is."""
    return " ".join(item.split()[:NAME_WORDS])


def list_of(index: Index, chunk: Chunk) -> ListBlock:
    """Return the items of a block, without any when it is no list."""
    first = int(index.first_sentence[index.chunk_rows[chunk.chunk_id]])
    lines = [chunk.text[span.start - chunk.start : span.end - chunk.start] for span in chunk.sentences]
    found = [(without_marker(line), first + place) for place, line in enumerate(lines) if is_item(line)]
    lead = lines[0] if lines and not is_item(lines[0]) else ""
    items, numbers = tuple(item for item, _ in found), tuple(number for _, number in found)
    ordered = any(line[:1].isdigit() for line in lines if is_item(line))
    return ListBlock(lead, items, numbers, ordered=ordered)


def _sentences_in(index: Index, quote: Sentence) -> Iterable[int]:
    row = index.chunk_rows[quote.chunk_id]
    for number in range(int(index.first_sentence[row]), int(index.first_sentence[row + 1])):
        if index.sentence_spans[number].overlaps(quote.span):
            yield number
