"""Which blocks answer a question, and how much of each is shown."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.advice.judgement import Judgement
from assistant.question.places import asks_next, places, resolved
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.types import Passage, Sentence
from ingest.index.open import Index
from ingest.learning.examples import ASKS_WHOLE, WHOLE
from ingest.text.chunks import is_note
from ingest.text.mentions import mentions
from ingest.text.sentences import is_item, opens_with_name, refers_back, without_marker
from ingest.text.tokens import stored_words, words
from ingest.types import Span

PARAGRAPH_WORDS = 45  # A paragraph is shown on from its best sentence up to so many words.
FOLLOWING_GAP = 0.8  # A sentence after it is shown when it scores no further than this below it.
ANSWER_WORDS = 60  # A second block is shown when it fits in so many words,
BLOCK_GAP = 0.1  # and scores no further than this below the first.
OWN_BLOCK_GAP = 0.5  # The same for a block of the section that answers.
MOST_BLOCKS = 2
ASKS_LIST = 0.4  # From this probability on, a question asks for a list and not for one item of it.
ITEM_GAP = 0.1  # A second item that scores no further than this below the best is shown as well.
MOST_ITEMS = 2
COUNTED_WORDS = 16  # A longer question does not ask for an item by its number alone.
FEWEST_STEPS = 3  # Items in a numbered list of which one can be asked for by its number.
SINGLING_WORDS = 2  # So many words of an item in a question, twice those of any other: it is meant alone.
FEWEST_WORDS = 4  # What stands behind a keyword is a sentence of its own from so many words on.
REFERRING_WORDS = 3  # It refers back to the keyword when one of its first words does.
REPEATED = 0.6  # A quote of whose words so many are in those before it says nothing new.
_KEYWORD = re.compile(r"[A-Z][^.:!?\n]*\. (?=[A-Z])")


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
    compared = _compared(found)
    if compared:
        return compared
    quotes: list[Sentence] = []
    length = 0
    for passage in _near_blocks(found)[:MOST_BLOCKS]:
        own = _new(_quotes(found, passage, asks_list=not quotes and asks_list(found)), quotes)
        size = sum(len(quote.text.split()) for quote in own)
        if not quotes or length + size <= ANSWER_WORDS:
            quotes += own
            length += size
        if "\n" in quotes[0].text:  # Nothing follows a list that was asked for.
            break
    return quotes


def _new(found: Sequence[Sentence], shown: Sequence[Sentence]) -> list[Sentence]:
    """Return the quotes that say more than those before them."""
    kept: list[Sentence] = []
    for quote in found:
        said = {word for before in (*shown, *kept) for word in stored_words(before.text)}
        own = set(stored_words(quote.text))
        if len(own & said) <= REPEATED * len(own):
            kept.append(quote)
    return kept


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


def plain_reason(quote: Sentence) -> Sentence:
    """Return an item of a list without its keyword, when the rest can be understood alone.

    As a reason for 'Nee', `Vrijwillig. Meedoen kun je niet afdwingen.` → `Meedoen kun je niet afdwingen.`
    """
    keyword = _KEYWORD.match(quote.text)
    rest = quote.text[keyword.end() :] if keyword else ""
    opening = rest.split()[:REFERRING_WORDS]
    if len(rest.split()) < FEWEST_WORDS or any(word == "dan" or refers_back(word) for word in opening):
        return quote
    return replace(quote, span=Span(quote.span.end - len(rest), quote.span.end))


def _quotes(found: Found, passage: Passage, *, asks_list: bool) -> list[Sentence]:
    """Return what is shown of a block."""
    block = sentences_of_block(found, passage)
    in_order = [sentence for sentence in block if is_item(sentence.text)]
    items = sorted(in_order, key=lambda s: -s.score)
    if not items:
        best = max(block, key=lambda sentence: sentence.score)
        return [joined([*_leading(best, block), best, *_following(found, best, block)])]
    placed = _placed(found, passage, in_order, items[0])
    if placed:
        return placed
    compared = _on_criteria(found, passage, items)
    if compared:
        return compared
    if asks_list and not _singles_out(found, passage, items):
        return [joined(block)]
    near = [s for s in items[:MOST_ITEMS] if s.score >= items[0].score - ITEM_GAP]
    return [item(sentence) for sentence in near]


def _placed(found: Found, passage: Passage, in_order: Sequence[Sentence], best: Sentence) -> list[Sentence]:
    """Return the steps that are asked for by number, or the one after the best when that is asked for."""
    if len(in_order) < FEWEST_STEPS or not in_order[0].text[0].isdigit():
        return []
    total = len(in_order)
    text = found.query.text
    wanted = places(text, COUNTED_WORDS)
    if wanted and set(words(wanted.noun)) & set(stored_words(_lead(passage))):
        numbers = [resolved(number, total) for number in wanted.numbers]
        return [item(in_order[number - 1]) for number in numbers if 1 <= number <= total]
    after = in_order.index(best) + 1
    return [item(in_order[after])] if asks_next(text) and after < total else []


def _lead(passage: Passage) -> str:
    """Return the first line of a block."""
    return passage.chunk.text.splitlines()[0]


def _subject(passage: Passage) -> set[str]:
    """Return the words of the title and the first line of a list: they tell its items nothing apart."""
    return set(stored_words(f"{passage.section.title} {_lead(passage)}"))


def _compared(found: Found) -> list[Sentence]:
    """Return the items about each of the named practices, of the first block of the section that has them."""
    if len(found.query.mentions.practices) < 2 or not found.blocks:
        return []
    best = found.blocks[0].section.section_id
    for passage in found.blocks:
        if passage.section.section_id == best:
            own = _of_named(found, [s for s in sentences_of_block(found, passage) if is_item(s.text)])
            if own:
                return own
    return []


def _of_named(found: Found, items: Sequence[Sentence]) -> list[Sentence]:
    """Return the items about the practices of a comparison, where each item opens with a practice's name."""
    asked = found.query.mentions.practices
    about = {
        s: mentions(without_marker(s.text).split(":")[0], found.index.practices, ()).practices for s in items
    }
    own = [s for s, practices in about.items() if len(practices) == 1 and practices[0] in asked]
    chosen = own if len({about[s] for s in own}) == len(asked) == len(own) else []
    return [item(sentence) for sentence in sorted(chosen, key=lambda s: s.span.start)]


def _on_criteria(found: Found, passage: Passage, items: Sequence[Sentence]) -> list[Sentence]:
    """Return the items of a comparison about what is asked: `Verschillen ze in looptijd?` → `Duur: …`."""
    asked = found.query.mentions
    if len(asked.practices) < 2:
        return []
    aspects = " ".join(f"{one} {found.index.aspects[one].label}" for one in asked.aspects)
    wanted = set(words(f"{found.query.text} {aspects}")) - _subject(passage)
    meant = [s for s in items if set(stored_words(without_marker(s.text))[:1]) & wanted]
    return [item(s) for s in sorted(meant, key=lambda s: s.span.start)]


def _singles_out(found: Found, passage: Passage, items: Sequence[Sentence]) -> bool:
    """Return whether a question uses the words of one item, and of no other: the title of a book."""
    asked = set(words(found.query.text)) - _subject(passage)
    shared = sorted((len(asked & set(stored_words(one.text))) for one in items), reverse=True)
    return len(shared) > 1 and shared[0] >= SINGLING_WORDS and shared[0] >= 2 * shared[1]


def _leading(best: Sentence, block: Sequence[Sentence]) -> list[Sentence]:
    """Return what must come before the best sentence: a name that it is about, or what it refers back to."""
    before = list(block[: block.index(best)])
    named = bool(before) and opens_with_name(before[0].text)
    if named and sum(len(sentence.text.split()) for sentence in before) <= PARAGRAPH_WORDS:
        return before
    return before[-1:] if refers_back(best.text) else []


def _following(found: Found, best: Sentence, block: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences right after the best one that still fit; after a definition, what explains it."""
    aspect = found.index.aspects.get(best.section.aspect or "")
    gap = math.inf if aspect and aspect.defines else FOLLOWING_GAP
    chosen: list[Sentence] = []
    length = len(best.text.split())
    for sentence in block[block.index(best) + 1 :]:
        length += len(sentence.text.split())
        if length > PARAGRAPH_WORDS or sentence.score < best.score - gap:
            break
        chosen.append(sentence)
    return chosen
