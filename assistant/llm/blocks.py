"""The blocks that a language model writes from: what is sent of each, and where its words are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer.quotes import Found, item, joined
from assistant.llm import prompts
from assistant.llm.check import Support, upheld
from assistant.types import Claim, Passage, Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item
from ingest.types import Section, Span

# Blocks that the model reads: of 244 dev questions with labelled facts, seven hold all of them in 98.8%, five
# in 97.1%, ten in 98.8%.
BLOCKS = 7
ADVICE_BLOCKS = 5  # Those that state the criteria come first.


@dataclass(frozen=True, slots=True)
class Block:
    """A chunk of a section, by its sentences, without those that speak to a model."""

    section: Section
    chunk_id: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Return the sentences, each on a line of its own."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def told(self) -> str:
        """Return what the writer reads: the title, which says whom the block is about, and the text."""
        return f"{self.section.title}. {self.text}"

    def around(self, quote: Sentence) -> str:
        """Return what a sentence with this quote may rest on: the block, of a list its lead and the items.

        An item keeps its marker: `3. Reflecteer.` says that it is the third.
        """
        if not any(is_item(sentence.text) for sentence in self.sentences):
            return self.text
        lead, *_ = self.sentences
        held = [s for s in self.sentences if s.span.overlaps(quote.span)]
        first = [] if is_item(lead.text) or lead in held else [lead]
        return "\n".join(sentence.text for sentence in (*first, *held))

    def quote(self, support: Support) -> Sentence | None:
        """Return the sentences of the section that hold the supporting words, or None when it lacks them."""
        start = self.sentences[0].span.start
        found = upheld(support, self.section.text[start : self.sentences[-1].span.end])
        if found is None:
            return None
        words = Span(start + found.start, start + found.end)
        holding = [one for one in self.sentences if one.span.overlaps(words)]
        if not holding or not _covered(words, holding):
            return None
        return item(holding[0]) if len(holding) == 1 and is_item(holding[0].text) else joined(holding)


def blocks_for(found: Found, quoted: Sequence[Claim]) -> list[Block]:
    """Return the blocks that the model reads, first those of the quoted answer."""
    used = [claim.evidence.chunk_id for claim in quoted if claim.evidence]
    ranked = found.blocks or found.passages
    others = [passage.chunk.chunk_id for passage in ranked if _may_add(found, passage)]
    most = ADVICE_BLOCKS if found.judgement else BLOCKS
    blocks = [_block(found.index, chunk_id) for chunk_id in list(dict.fromkeys([*used, *others]))[:most]]
    return [block for block in blocks if block.sentences]


def _may_add(found: Found, passage: Passage) -> bool:
    """Return whether a passage may be written from: in advice what is about the practice that fits."""
    if found.judgement is None:
        return True
    aspect = found.index.aspects.get(passage.section.aspect or "")
    against = aspect is not None and aspect.advice == "against"
    return passage.section.practice == found.judgement.first and not against


def _block(index: Index, chunk_id: str) -> Block:
    row = index.chunk_rows[chunk_id]
    section = index.sections[index.chunks[row].section_id]
    numbers = np.arange(index.first_sentence[row], index.first_sentence[row + 1]).tolist()
    every = [Sentence(section, chunk_id, index.sentence_spans[number], 0.0, number) for number in numbers]
    return Block(section, chunk_id, tuple(one for one in every if not prompts.is_command(one.text)))


def _covered(words: Span, holding: Sequence[Sentence]) -> bool:
    """Return whether the words are in these sentences alone; what was left out of a block is no evidence."""
    text = holding[0].section.text
    outside, at = "", words.start
    for sentence in holding:
        outside += text[at : max(at, sentence.span.start)]
        at = sentence.span.end
    return not (outside + text[at : max(at, words.end)]).strip()
