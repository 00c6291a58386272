"""What is quoted of documents without example questions: short blocks whole, of long ones the best part."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.answer.quotes import Found, joined, scored_sentences
from assistant.types import Passage, Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item

# Measured on the answerable questions of evals/documents: up to 45 words, from the best sentence on, 0.79 of
# the answers hold the asked fact; up to 60, in both directions, 0.83. With a second block at a gap of 0.3
# it is 0.86, but the share of the quotes that are to the point falls from 0.67 to 0.57.
BLOCK_WORDS = 60
BLOCK_GAP = 0.1
CELLS = " | "  # Between the cells of a row, below the header of its table.


def plain_plan(found: Found) -> list[Sentence]:
    """Return the quotes of an answer, best first: those of the best block, and of a second one as good."""
    if not found.blocks:
        return []
    blocks = [_answering(found.index, passage) for passage in found.blocks[:2]]
    first = _quote(found, blocks[0])
    as_good = blocks[1:] and blocks[1].score >= blocks[0].score - BLOCK_GAP
    if not as_good or blocks[1].chunk == blocks[0].chunk:
        return [first]
    return [first, _quote(found, blocks[1], after=first.text)]


def _answering(index: Index, passage: Passage) -> Passage:
    """Return the passage, or the block after it when it only asks: 'Wat kost het?' is no answer."""
    row = index.chunk_rows[passage.chunk.chunk_id] + 1
    if not passage.chunk.text.rstrip("*").endswith("?") or len(passage.chunk.sentences) > 1:
        return passage
    if row == len(index.chunks) or index.chunks[row].section_id != passage.section.section_id:
        return passage
    return replace(passage, chunk=index.chunks[row])


def _quote(found: Found, passage: Passage, after: str = "") -> Sentence:
    """Return a list, a row with its header (once), a short paragraph, or the best part of a long one."""
    block = scored_sentences(found, passage)
    if any(CELLS in sentence.text for sentence in block):
        repeated = bool(after) and after.splitlines()[0] == block[0].text
        return joined(block[1:] if repeated and len(block) > 1 else block)
    if any(is_item(sentence.text) for sentence in block):
        return joined(block)
    return joined(_best_part(block))


def _best_part(block: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentences around the best one that fit; one that asks opens no answer."""
    opening = len(list(takewhile(lambda sentence: sentence.text.endswith("?"), block)))
    told = block[opening:] or block
    best = max(range(len(told)), key=lambda place: told[place].score)
    first, last = best, best + 1
    left = BLOCK_WORDS - _words(told[best])
    while True:
        sides = [place for place in (first - 1, last) if 0 <= place < len(told)]
        beside = [place for place in sides if _words(told[place]) <= left]
        if not beside:
            return told[first:last]
        place = max(beside, key=lambda place: told[place].score)
        first, last = min(first, place), max(last, place + 1)
        left -= _words(told[place])


def _words(sentence: Sentence) -> int:
    return len(sentence.text.split())
