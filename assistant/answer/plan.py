"""Which blocks answer a question, and how much of each is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.advice.judgement import Judgement
from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.retrieval.retriever import Query
from assistant.types import Passage, Sentence
from ingest.index.open import Index
from ingest.learning.examples import ASKS_WHOLE, WHOLE
from ingest.text.chunks import is_note
from ingest.text.mentions import mentions
from ingest.text.sentences import is_item, without_marker
from ingest.text.tokens import stored_words, words
from ingest.types import Span

PARAGRAPH_WORDS = 45  # A paragraph is shown on from its best sentence up to so many words.
ANSWER_WORDS = 60  # A second block is shown when it fits in so many words,
BLOCK_GAP = 0.1  # and scores no further than this below the first.
OWN_BLOCK_GAP = 0.5  # The same for a block of the section that answers.
MOST_BLOCKS = 2
ASKS_LIST = 0.4  # From this probability on, a question asks for a list and not for one item of it.
ITEM_GAP = 0.1  # A second item that scores no further than this below the best is shown as well.
MOST_ITEMS = 2
SINGLING_WORDS = 2  # So many words of an item in a question, twice those of any other: it is meant alone.


@dataclass(frozen=True, slots=True)
class Found:
    """All that a writer needs: the question, the passages, and the judgement when advice was asked.

    `passages` has one chunk a section; `blocks` has all that were found, several of a section.
    """

    index: Index
    query: Query
    passages: tuple[Passage, ...]
    judgement: Judgement | None
    blocks: tuple[Passage, ...] = ()


def plan(found: Found) -> list[Sentence]:
    """Return the quotes of an answer, best first: a list as a whole, items of it, or some sentences."""
    quotes: list[Sentence] = []
    length = 0
    for passage in _near_blocks(found)[:MOST_BLOCKS]:
        own = _quotes(found, passage, asks_list=not quotes and asks_list(found))
        size = sum(len(quote.text.split()) for quote in own)
        if not quotes or length + size <= ANSWER_WORDS:
            quotes += own
            length += size
    return quotes


def _near_blocks(found: Found) -> list[Passage]:
    """Return the best block and those that score little less, with more room for those of its own section."""
    if not found.blocks:
        return []
    best = found.blocks[0]
    gaps = {True: OWN_BLOCK_GAP, False: BLOCK_GAP}
    return [
        passage
        for passage in found.blocks
        if passage.score >= best.score - gaps[passage.section.section_id == best.section.section_id]
    ]


def asks_list(found: Found) -> bool:
    """Return whether a question asks for all items of a list, as the example questions taught."""
    classifier = found.index.classifiers.get(WHOLE)
    if classifier is None:
        return True
    return classifier.probabilities(found.query.text, found.query.vector)[ASKS_WHOLE] >= ASKS_LIST


def sentences_of_block(found: Found, passage: Passage) -> list[Sentence]:
    """Return the sentences of a block, in order and scored, without remarks on it."""
    row = found.index.chunk_rows[passage.chunk.chunk_id]
    numbers = sentences_of(found.index, [passage.section.section_id])
    first, after = found.index.first_sentence[row], found.index.first_sentence[row + 1]
    own = numbers[(numbers >= first) & (numbers < after)]
    ranked = rank_sentences(found.index, found.query, own, {})
    said = [sentence for sentence in ranked if not is_note(sentence.text)]
    return said or ranked


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Return sentences that follow each other in the text as one quote."""
    first = sentences[0]
    return replace(first, span=Span(first.span.start, sentences[-1].span.end))


def item(sentence: Sentence) -> Sentence:
    """Return an item of a list as a quote that leaves its marker out."""
    start = sentence.span.end - len(without_marker(sentence.text))
    return replace(sentence, span=Span(start, sentence.span.end))


def _quotes(found: Found, passage: Passage, *, asks_list: bool) -> list[Sentence]:
    """Return what is shown of a block."""
    block = sentences_of_block(found, passage)
    items = sorted((s for s in block if is_item(s.text)), key=lambda s: -s.score)
    if not items:
        best = max(block, key=lambda sentence: sentence.score)
        return [joined([best, *_following(best, block)])]
    named = _of_named(found, items)
    if named:
        return named
    if asks_list and not _singles_out(found, passage, items):
        return [joined(block)]
    near = [s for s in items[:MOST_ITEMS] if s.score >= items[0].score - ITEM_GAP]
    return [item(sentence) for sentence in near]


def _of_named(found: Found, items: Sequence[Sentence]) -> list[Sentence]:
    """Return the items about the practices of a comparison, where each item opens with a practice's name."""
    asked = found.query.mentions.practices
    if len(asked) < 2:
        return []
    about = {
        s: mentions(without_marker(s.text).split(":")[0], found.index.practices, ()).practices for s in items
    }
    own = [s for s, practices in about.items() if len(practices) == 1 and practices[0] in asked]
    chosen = own if len({about[s] for s in own}) == len(asked) == len(own) else []
    return [item(sentence) for sentence in sorted(chosen, key=lambda s: s.span.start)]


def _singles_out(found: Found, passage: Passage, items: Sequence[Sentence]) -> bool:
    """Return whether a question uses the words of one item, and of no other: the title of a book.

    Words of the list's own subject, in its title or its lead line, say nothing of an item.
    """
    subject = f"{passage.section.title} {passage.chunk.text.splitlines()[0]}"
    asked = set(words(found.query.text)) - set(stored_words(subject))
    shared = sorted((len(asked & set(stored_words(one.text))) for one in items), reverse=True)
    return len(shared) > 1 and shared[0] >= SINGLING_WORDS and shared[0] >= 2 * shared[1]


def _following(best: Sentence, block: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences right after the best one that still fit."""
    chosen: list[Sentence] = []
    length = len(best.text.split())
    for sentence in block[block.index(best) + 1 :]:
        length += len(sentence.text.split())
        if length > PARAGRAPH_WORDS:
            break
        chosen.append(sentence)
    return chosen
