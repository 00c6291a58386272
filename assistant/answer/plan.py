"""Which blocks answer a question, and how much of each is shown."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answer.comparison import compared, of_all_named, of_asked, on_criteria
from assistant.answer.extent import follows, shows_whole
from assistant.answer.named import about_named, asked_names, holds_name, of_asked_name
from assistant.answer.quotes import (
    FEWEST_WORDS,
    OWN_BLOCK_GAP,
    Found,
    holds,
    item,
    joined,
    lead_of,
    scored_sentences,
    sentences_of_block,
    subject_of,
    without_asked_name,
    without_label,
)
from assistant.question.places import counts, how_many, named_place, places, resolved, says_number, step_from
from assistant.question.yes_no import asks_yes_no
from assistant.types import Passage, Sentence
from ingest.text.sentences import is_item, opens_with_name, refers_back, without_marker
from ingest.text.tokens import stored_words, words

PARAGRAPH_WORDS = 45  # A paragraph is shown on from its best sentence up to so many words.
ANSWER_WORDS = 60  # A second block is shown when it fits in so many words,
BLOCK_GAP = 0.1  # and scores no further than this below the first; half of those that do say something else.
NAMED_GAP = 0.2  # A block that opens with a name in the question may score so much less than the best.
COUNTED_GAP = 0.3  # A list of as many items as are asked for comes first when it is so near the best block.
MOST_BLOCKS = 2
ITEM_GAP = 0.1  # A second item that scores no further than this below the best is shown as well.
MOST_ITEMS = 2
COUNTED_WORDS = 24  # A longer question does not ask for an item by its number alone,
LONGEST_WORDS = 60  # but may when it names what is counted: `Wat doe je in de allerlaatste stap?`
FEWEST_STEPS = 3  # Items in a numbered list of which one can be asked for by its number.
SINGLING_WORDS = 2  # So many words of an item in a question, twice those of any other: it is meant alone.
_GOES_ON = re.compile(r"\bnog (twee|drie|vier|vijf|zes|zeven|acht|negen|tien|\d+)\b")
REPEATED = 0.55  # A quote of whose words so many are in those before it says nothing new.


def plan(found: Found) -> list[Sentence]:
    """Return the quotes of an answer, best first: a list as a whole, items of it, or some sentences."""
    steps = compared(found) or _placed(found)
    if steps:  # How these open tells them apart.
        return steps
    planned = _of_blocks(found)
    if not any("\n" in quote.text for quote in planned):
        planned = _in_parts(found) or planned
    asked = words(found.query.text)
    settles = asks_yes_no(found.query.text, found.index.practices)
    said = words(found.query.text.split(" (")[0])  # What a follow-up is about is added in brackets.
    return [
        quote
        if "\n" in quote.text
        else without_label(without_asked_name(quote, asked), said, settles=settles)
        for quote in planned
    ]


def _in_parts(found: Found) -> list[Sentence]:
    """Return the first quote for each of two questions in one, or none when one of them is a list."""
    quotes: list[Sentence] = []
    for part in found.parts:
        quotes = _joined(quotes, plan(part)[:1])
    listed = any("\n" in quote.text for quote in quotes)
    return [] if listed else quotes


def _of_blocks(found: Found) -> list[Sentence]:
    """Return what is shown of the best block, and of a second where there is room; one for ja or nee."""
    quotes: list[Sentence] = []
    most = 1 if asks_yes_no(found.query.text, found.index.practices) else MOST_BLOCKS
    for passage in _near_blocks(found, BLOCK_GAP)[:most]:
        more = _joined(quotes, _quotes(found, passage, second=bool(quotes)))
        if not quotes or sum(len(quote.text.split()) for quote in more) <= ANSWER_WORDS:
            quotes = more
        if "\n" in quotes[0].text:  # Nothing follows a list that was asked for.
            return [*_continued(found, passage), *quotes]
    return quotes


def _continued(found: Found, passage: Passage) -> list[Sentence]:
    """Return the list that a list goes on with, whole: `In nog zes gevallen ...` follows another."""
    index, section = found.index, passage.section.section_id
    rows = index.section_chunks[section]
    row = index.chunk_rows[passage.chunk.chunk_id]
    if not _GOES_ON.search(lead_of(passage)):
        return []
    before = [replace(passage, chunk=index.chunks[one]) for one in rows if one < row]
    lists = [block for one in before if is_item((block := sentences_of_block(index, one))[-1].text)]
    return [joined(lists[-1])] if lists else []


def _joined(quotes: Sequence[Sentence], further: Sequence[Sentence]) -> list[Sentence]:
    """Return quotes with those that say more than the earlier ones; one that holds another replaces it."""
    kept = list(quotes)
    for quote in further:
        held = [one for one in kept if holds(quote, one)]
        if held:
            kept[kept.index(held[0])] = quote
            continue
        said = {word for one in kept for word in stored_words(one.text)}
        own = set(stored_words(quote.text))
        if len(own & said) <= REPEATED * len(own):
            kept.append(quote)
    return kept


def _near_blocks(found: Found, own_gap: float = OWN_BLOCK_GAP) -> list[Passage]:
    """Return the best block and those that score little less, with more room for those of its own section."""
    if not found.blocks:
        return []
    named = about_named(found)
    if named:
        return list(named[:1])
    best = first_block(found)
    if best is of_asked_name(found):
        return [best]
    gaps = {True: own_gap, False: BLOCK_GAP}
    return [best] + [
        passage
        for passage in found.blocks
        if passage is not best
        and passage.score >= best.score - gaps[passage.section.section_id == best.section.section_id]
    ]


def first_block(found: Found) -> Passage:
    """Return the block that an answer is composed of first, of those that were found."""
    best = found.blocks[0]
    counted = None if holds_name(found, best) else _counted(found)
    return of_asked_name(found) or counted or of_all_named(found) or _named(found) or best


def _counted(found: Found) -> Passage | None:
    """Return the first block near the best that has the number that the question says, if the best lacks it.

    A list has as many items, or the first line says the number.
    """
    number = how_many(found.query.text)
    near = [p for p in found.blocks if p.score >= found.blocks[0].score - COUNTED_GAP] if number > 1 else []
    listed = (p for p in near if sum(is_item(line) for line in p.chunk.text.splitlines()) == number)
    said = (p for p in near if says_number(lead_of(p), number))
    return next(listed, None) or next(said, None)


def _named(found: Found) -> Passage | None:
    """Return the first block that opens with a name in the question, if it is near the best."""
    near = (p for p in found.blocks if p.score >= found.blocks[0].score - NAMED_GAP)
    blocks = (p for p in near if opens_with_name(p.chunk.text))
    return next((p for p in blocks if _names(found, sentences_of_block(found.index, p)[0])), None)


def _quotes(found: Found, passage: Passage, *, second: bool) -> list[Sentence]:
    """Return what is shown of a block; of a second one no list."""
    block = scored_sentences(found, passage)
    items = sorted((s for s in block if is_item(s.text)), key=lambda s: -s.score)
    if not items:
        best = max(block, key=lambda sentence: sentence.score)
        return [joined([*leading(found, best, block), best, *_following(found, best, block)])]
    lead = max((s.score for s in block if not is_item(s.text)), default=0.0)
    compared = on_criteria(found, passage, items, lead)
    if compared:
        return compared
    single = _singled_out(found, passage, items)
    if single:
        return [item(single)]
    if not second and shows_whole(found, block):
        return [joined(block)]
    items = of_asked(found, items)
    most = 1 if second else MOST_ITEMS
    near = [item(s) for s in items[:most] if s.score >= items[0].score - ITEM_GAP]
    if any(len(quote.text.split()) < FEWEST_WORDS for quote in near):  # A bare name says nothing alone.
        return [joined(block)]
    return near


def _placed(found: Found) -> list[Sentence]:
    """Return the steps that are asked for by number, or the one after the best when that is asked for."""
    for passage in _near_blocks(found):
        steps = [s for s in sentences_of_block(found.index, passage) if is_item(s.text)]
        if len(steps) >= FEWEST_STEPS and steps[0].text[0].isdigit():
            return _of_steps(found, passage, steps)
    return []


def _of_steps(found: Found, passage: Passage, steps: Sequence[Sentence]) -> list[Sentence]:
    total, text = len(steps), found.query.text
    wanted = places(text, LONGEST_WORDS)
    if wanted and not wanted.noun and len(text.split()) > COUNTED_WORDS:
        wanted = None
    named = named_place([without_marker(step.text) for step in steps], set(words(text))) if wanted else None
    if named is not None:
        return [item(steps[named])]
    counted = counts(lead_of(passage), wanted.noun) if wanted else None
    if wanted and counted is not None:
        # Fewer than there are, are the last: `in zeven stappen, een aanloop en dan zes blokken`.
        many = counted if 0 < counted < total else total
        numbers = [resolved(number, many) for number in wanted.numbers]
        return [item(steps[number - 1 - many]) for number in numbers if 1 <= number <= many]
    step = step_from(text)
    target = _described(found, steps) + step if step else -1
    return [item(steps[target])] if 0 <= target < total else []


def _described(found: Found, steps: Sequence[Sentence]) -> int:
    """Return the place of the step that a question describes, in which it asks for another one.

    A step is as near as its own words and the nearest question about it are. An example question of a step
    may itself describe another: `What comes after evaluating?`
    """
    index, numbers = found.index, [step.number for step in steps]
    near = index.sentence_vectors[numbers] @ found.query.vector
    asked = np.full(len(steps), index.usual_cosine)
    for row in np.flatnonzero(np.isin(index.variant_sentences, numbers)).tolist():
        own = numbers.index(int(index.variant_sentences[row]))
        place = own - step_from(index.variants[row].text)
        if 0 <= place < len(steps):
            asked[place] = max(asked[place], found.query.variants[row])
    return int((near + asked).argmax())


def _names(found: Found, quote: Sentence) -> bool:
    """Return whether a question holds all words of the name or keyword that a quote opens with."""
    opening = quote.text.split(". ")[0] if ". " in quote.text else ""
    named = set(stored_words(opening))
    return bool(named) and named <= set(words(found.query.text))


def _singled_out(found: Found, passage: Passage, items: Sequence[Sentence]) -> Sentence | None:
    """Return the one item that a question uses the words or a name of: a book by its title or author."""
    asked = set(words(found.query.text)) - subject_of(passage)
    shared = {one.number: len(asked & set(stored_words(one.text))) for one in items}
    nearest = sorted(items, key=lambda one: -shared[one.number])
    most, others = shared[nearest[0].number], [shared[one.number] for one in nearest[1:2]]
    if others and most >= SINGLING_WORDS and most >= 2 * others[0]:
        return nearest[0]
    names = set(asked_names(found))
    holders = [one for one in items if names & set(stored_words(one.text))]
    return holders[0] if len(holders) == 1 < len(items) else None


def leading(found: Found, best: Sentence, block: Sequence[Sentence]) -> list[Sentence]:
    """Return what must come before the best sentence: a name that it is about, or what it refers back to.

    A name that the sentence says itself is not needed: `City Deal Jeugd. … De City Deal kreeg een vervolg.`
    """
    before = list(block[: block.index(best)])
    named = bool(before) and opens_with_name(before[0].text)
    if named and set(stored_words(before[0].text)) & set(stored_words(best.text)):
        named = False
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
    defines = aspect is not None and aspect.defines
    chosen: list[Sentence] = []
    length = len(best.text.split())
    for place, sentence in enumerate(block[block.index(best) + 1 :]):
        shown, length = length, length + len(sentence.text.split())
        if length > PARAGRAPH_WORDS or not (defines or follows(best, sentence, place, shown)):
            break
        chosen.append(sentence)
    return chosen
