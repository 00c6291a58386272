"""Which blocks answer a question, and how much of each is shown."""

import math
from collections.abc import Sequence

from assistant.answer.comparison import compared, of_asked, on_criteria
from assistant.answer.named import holds_name, of_asked_name
from assistant.answer.quotes import (
    FEWEST_WORDS,
    OWN_BLOCK_GAP,
    Found,
    item,
    joined,
    keyword_of,
    lead_of,
    sentences_of_block,
    subject_of,
    without_asked_name,
)
from assistant.question.places import how_many, places, resolved, step_from
from assistant.types import Passage, Sentence
from ingest.learning.examples import ASKS_WHOLE, WHOLE
from ingest.text.sentences import is_item, opens_with_name, refers_back
from ingest.text.tokens import stored_words, words

PARAGRAPH_WORDS = 45  # A paragraph is shown on from its best sentence up to so many words.
FOLLOWING_GAP = 0.8  # A sentence after it is shown when it scores no further than this below it.
ANSWER_WORDS = 60  # A second block is shown when it fits in so many words,
BLOCK_GAP = 0.1  # and scores no further than this below the first.
COUNTED_GAP = 0.3  # A list of as many items as are asked for comes first when it is so near the best block.
MOST_BLOCKS = 2
ASKS_LIST = 0.4  # From this probability on, a question asks for a list and not for one item of it.
ITEM_GAP = 0.1  # A second item that scores no further than this below the best is shown as well.
MOST_ITEMS = 2
COUNTED_WORDS = 16  # A longer question does not ask for an item by its number alone.
FEWEST_STEPS = 3  # Items in a numbered list of which one can be asked for by its number.
SINGLING_WORDS = 2  # So many words of an item in a question, twice those of any other: it is meant alone.
REPEATED = 0.6  # A quote of whose words so many are in those before it says nothing new.


def plan(found: Found) -> list[Sentence]:
    """Return the quotes of an answer, best first: a list as a whole, items of it, or some sentences."""
    asked = words(found.query.text)
    planned = compared(found) or _placed(found) or _of_blocks(found)
    if not any("\n" in quote.text for quote in planned):
        planned = _in_parts(found) or planned
    return [quote if "\n" in quote.text else without_asked_name(quote, asked) for quote in planned]


def _in_parts(found: Found) -> list[Sentence]:
    """Return the first quote for each of two questions in one, or none when one of them is a list."""
    quotes: list[Sentence] = []
    for part in found.parts:
        quotes += _new(plan(part)[:1], quotes)
    listed = any("\n" in quote.text for quote in quotes)
    return [] if listed else quotes


def _of_blocks(found: Found) -> list[Sentence]:
    """Return what is shown of the best block, and of a second where there is room."""
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
    named = of_asked_name(found)
    if named:
        return [named]
    best = found.blocks[0] if holds_name(found, found.blocks[0]) else _counted(found) or found.blocks[0]
    gaps = {True: OWN_BLOCK_GAP, False: BLOCK_GAP}
    return [best] + [
        passage
        for passage in found.blocks
        if passage is not best
        and passage.score >= best.score - gaps[passage.section.section_id == best.section.section_id]
    ]


def _counted(found: Found) -> Passage | None:
    """Return the first block that is a list of as many items as the question says, if it is near the best."""
    number = how_many(found.query.text)
    near = [p for p in found.blocks if p.score >= found.blocks[0].score - COUNTED_GAP] if number > 1 else []
    return next((p for p in near if sum(is_item(line) for line in p.chunk.text.splitlines()) == number), None)


def asks_list(found: Found) -> bool:
    """Return whether a question asks for all items of a list, as the example questions taught."""
    classifier = found.index.classifiers.get(WHOLE)
    if classifier is None:
        return True
    return classifier.probabilities(found.query.text, found.query.vector)[ASKS_WHOLE] >= ASKS_LIST


def _quotes(found: Found, passage: Passage, *, asks_list: bool) -> list[Sentence]:
    """Return what is shown of a block."""
    block = sentences_of_block(found, passage)
    items = sorted((s for s in block if is_item(s.text)), key=lambda s: -s.score)
    if not items:
        best = max(block, key=lambda sentence: sentence.score)
        return [joined([*leading(found, best, block), best, *_following(found, best, block)])]
    lead = max((s.score for s in block if not is_item(s.text)), default=0.0)
    compared = on_criteria(found, passage, items, lead)
    if compared:
        return compared
    if asks_list and not _singles_out(found, passage, items):
        return [joined(block)]
    items = of_asked(found, items)
    near = [item(s) for s in items[:MOST_ITEMS] if s.score >= items[0].score - ITEM_GAP]
    if any(len(quote.text.split()) < FEWEST_WORDS for quote in near):  # A bare name says nothing alone.
        return [joined(block)]
    return near


def _placed(found: Found) -> list[Sentence]:
    """Return the steps that are asked for by number, or the one after the best when that is asked for."""
    for passage in _near_blocks(found):
        steps = [s for s in sentences_of_block(found, passage) if is_item(s.text)]
        if len(steps) >= FEWEST_STEPS and steps[0].text[0].isdigit():
            return _of_steps(found, passage, steps)
    return []


def _of_steps(found: Found, passage: Passage, steps: Sequence[Sentence]) -> list[Sentence]:
    total, text = len(steps), found.query.text
    wanted = places(text, COUNTED_WORDS)
    named = _named(steps, text) if wanted else []
    if named:
        return named
    if wanted and set(words(wanted.noun)) & set(stored_words(lead_of(passage))):
        numbers = [resolved(number, total) for number in wanted.numbers]
        return [item(steps[number - 1]) for number in numbers if 1 <= number <= total]
    # By a step's own words: an example question for it may name the step before.
    near = found.index.sentence_vectors[[step.number for step in steps]] @ found.query.vector
    step = step_from(text)
    target = int(near.argmax()) + step
    return [item(steps[target])] if step and 0 <= target < total else []


def _named(steps: Sequence[Sentence], text: str) -> list[Sentence]:
    """Return the step whose whole keyword is in a question, if just one is: `de derde stap, verfijnen`."""
    asked = set(words(text))
    keys = {step: set(stored_words(keyword_of(step))) for step in steps}
    named = [step for step, key in keys.items() if key and key <= asked]
    return [item(named[0])] if len(named) == 1 else []


def _singles_out(found: Found, passage: Passage, items: Sequence[Sentence]) -> bool:
    """Return whether a question uses the words of one item, and of no other: the title of a book."""
    asked = set(words(found.query.text)) - subject_of(passage)
    shared = sorted((len(asked & set(stored_words(one.text))) for one in items), reverse=True)
    return len(shared) > 1 and shared[0] >= SINGLING_WORDS and shared[0] >= 2 * shared[1]


def leading(found: Found, best: Sentence, block: Sequence[Sentence]) -> list[Sentence]:
    """Return what must come before the best sentence: a name that it is about, or what it refers back to."""
    before = list(block[: block.index(best)])
    named = bool(before) and opens_with_name(before[0].text)
    if named and without_asked_name(before[0], words(found.query.text)) != before[0]:
        named = False
    if named and sum(len(sentence.text.split()) for sentence in before) <= PARAGRAPH_WORDS:
        return before
    needed: list[Sentence] = []
    while before and refers_back((needed or [best])[0].text):
        needed.insert(0, before.pop())
    return needed


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
