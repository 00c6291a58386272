"""Whether a written question may be an example: Dutch, in words of its own, and led back to its block."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.fuzz import partial_ratio

from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index
from ingest.text.language import is_dutch
from ingest.text.sentences import without_marker
from ingest.types import Chunk

FEWEST_WORDS, MOST_WORDS = 2, 60
MOST_PLACE = 3  # Its block is one of the first: the best questions use other words than the text.
COPY = 92.0  # Of 100: a question that is so like a part of the text says it over.


def units_of(index: Index, block: Chunk) -> list[str]:
    """Return what can be quoted of a block by itself, as people write it in a file of questions."""
    text = index.sections[block.section_id].text
    return [without_marker(text[span.start : span.end]) for span in block.sentences]


def is_well_put(question: str, text: str) -> bool:
    """Return whether a question is Dutch, of a usual length, and no copy of the text."""
    length = len(question.split())
    if not FEWEST_WORDS <= length <= MOST_WORDS or "\n" in question:
        return False
    return is_dutch(f"de {question}") and partial_ratio(question.strip("?. "), text) < COPY


def leads_back(
    index: Index, block: Chunk, questions: Sequence[str], embeddings: TextEmbeddings
) -> list[bool]:
    """Return for each question whether its block is one of the first, by its vectors."""
    if not questions:
        return []
    vectors = embeddings.encode_queries(questions)
    best = np.maximum.reduceat(index.sentence_vectors @ vectors.T, index.first_sentence[:-1], axis=0)
    scores = index.chunk_vectors @ vectors.T + best
    before = (scores > scores[index.chunk_rows[block.chunk_id]]).sum(axis=0)
    return [int(count) < MOST_PLACE for count in before]
