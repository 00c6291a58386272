"""What a writer is given, the sentences of a block, and how a sentence or an item is quoted."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.advice.judgement import Judgement
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import numbered, rank_sentences
from assistant.types import Passage, Sentence
from ingest.index.open import Index
from ingest.text.chunks import is_note
from ingest.text.sentences import is_item, opens_with_name, refers_back, sentences, without_marker
from ingest.text.tokens import stored_words
from ingest.types import Span

# A block of the section that answers is shown beside the best when it scores no further below it.
OWN_BLOCK_GAP = 0.5
FEWEST_WORDS = 4  # What follows a keyword is a sentence of its own from so many words on.
REFERRING_WORDS = 3  # It refers back to the keyword when one of its first words does.
LABEL_WORDS = 2  # A keyword of so few words names its item and says nothing by itself.
_KEYWORD = re.compile(r"[A-Z][^.:!?\d\n]*\. (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Found:
    """All that a writer needs: the question, the passages, and the judgement when advice was asked.

    `passages` has one chunk a section; `blocks` has all that were found, several of a section. `parts` are
    what was found for each of the two questions that one may consist of. `picked` are items of a list that
    a follow-up asks for by their place. A `brief` answer is one sentence, or one list.
    """

    index: Index
    query: Query
    passages: tuple[Passage, ...]
    judgement: Judgement | None
    blocks: tuple[Passage, ...] = ()
    parts: tuple["Found", ...] = ()
    picked: tuple[Sentence, ...] = ()
    brief: bool = False


def sentences_of_block(index: Index, passage: Passage) -> list[Sentence]:
    """Return the sentences of a block, in order and not scored, without remarks on it."""
    row = index.chunk_rows[passage.chunk.chunk_id]
    first, after = index.first_sentence[row : row + 2].tolist()
    own = [numbered(index, number) for number in range(first, after)]
    return [sentence for sentence in own if not is_note(sentence.text)] or own


def scored_sentences(found: Found, passage: Passage) -> list[Sentence]:
    """Return the sentences of a block, in order and scored for the question, without remarks on it."""
    numbers = [sentence.number for sentence in sentences_of_block(found.index, passage)]
    return rank_sentences(found.index, found.query, np.asarray(numbers, dtype=np.int64))


def block_of(found: Found, number: int) -> list[Sentence]:
    """Return the sentences of the block that holds the sentence with a number, scored for the question."""
    row = int(found.index.sentence_chunks[number])
    numbers = np.arange(*found.index.first_sentence[row : row + 2])
    return rank_sentences(found.index, found.query, numbers)


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Return sentences that follow each other in the text as one quote."""
    first = sentences[0]
    return replace(first, span=Span(first.span.start, sentences[-1].span.end))


def first_of(quote: Sentence) -> Sentence:
    """Return the first sentence of a quote, or a list as it is."""
    if "\n" in quote.text:
        return quote
    first = sentences(quote.text)[0]
    return replace(quote, span=Span(quote.span.start, quote.span.start + first.end))


def holds(quote: Sentence, other: Sentence) -> bool:
    """Return whether one quote contains another."""
    same = quote.section.section_id == other.section.section_id
    return same and quote.span.start <= other.span.start and other.span.end <= quote.span.end


def item(sentence: Sentence) -> Sentence:
    """Return an item of a list as a quote that leaves its marker out."""
    start = sentence.span.end - len(without_marker(sentence.text))
    return replace(sentence, span=Span(start, sentence.span.end))


def is_one_item(quote: Sentence) -> bool:
    """Return whether a quote is an item of a list, or the rest of one, and not the whole list."""
    text, start = quote.section.text, quote.span.start
    return "\n" not in quote.text and is_item(text[text.rfind("\n", 0, start) + 1 : quote.span.end])


def items_of(index: Index, query: Query, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    """Return the items of lists with these numbers, as they are quoted."""
    return tuple(item(one) for one in rank_sentences(index, query, np.asarray(numbers, dtype=np.int64)))


def plain_reason(quote: Sentence) -> Sentence:
    """Return an item of a list without its keyword, when the rest can be understood alone.

    As a reason for 'Nee', `Vrijwillig. Meedoen kun je niet afdwingen.` → `Meedoen kun je niet afdwingen.`
    """
    keyword = _KEYWORD.match(quote.text) if is_one_item(quote) else None
    rest = quote.text[keyword.end() :] if keyword else ""
    opening = rest.split(",")[0].split() if "," in rest else rest.split()[:REFERRING_WORDS]
    if len(rest.split()) < FEWEST_WORDS or any(word == "dan" or refers_back(word) for word in opening):
        return quote
    return replace(quote, span=Span(quote.span.end - len(rest), quote.span.end))


def without_label(quote: Sentence, asked: Collection[str], *, settles: bool) -> Sentence:
    """Return an item of a list without its keyword, when the question holds it or, `settles`, asks yes or no.

    After 'Moet iedereen meedoen?', `Vrijwillig. Meedoen kun je niet afdwingen.` → the second sentence.
    """
    plain = plain_reason(quote)
    label = quote.text[: len(quote.text) - len(plain.text)]
    held = set(stored_words(label)) <= set(asked)
    same = set(stored_words(quote.text)) <= set(asked)  # A follow-up 'en de tweede?' becomes the item itself.
    told = settles or (held and not same)
    return plain if told and len(label.split()) <= LABEL_WORDS else quote


def without_asked_name(quote: Sentence, asked: Collection[str]) -> Sentence:
    """Return a quote without the bare name that it opens with, when the question holds that name's words.

    After 'Met hoeveel studenten begon Meppel?', `Meppel. Ruim twintig deden mee.` → `Ruim twintig deden mee.`
    """
    keyword = _KEYWORD.match(quote.text) if opens_with_name(quote.text) else None
    if keyword is None or not set(stored_words(keyword[0])) <= set(asked):
        return quote
    rest = quote.text[keyword.end() :]
    return replace(quote, span=Span(quote.span.end - len(rest), quote.span.end))


def lead_of(passage: Passage) -> str:
    """Return the first line of a block."""
    return passage.chunk.text.splitlines()[0]


def subject_of(passage: Passage) -> set[str]:
    """Return the words of the title and the first line of a list: they tell its items nothing apart."""
    return set(stored_words(f"{passage.section.title} {lead_of(passage)}"))
