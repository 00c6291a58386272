"""Sentences ranked: by their own cosine, the question variants they answer, and the section they are in."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Query, Vector
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.text.tokens import stored_words, words

# Weights of a sentence's evidence beside its best variant's cosine, by search on the development questions.
COSINE_WEIGHT, LEXICAL_WEIGHT, SECTION_WEIGHT = 0.8, 0.25, 3.0


def sentences_of(index: Index, section_ids: Iterable[str]) -> NDArray[np.int64]:
    """Return the numbers of the sentences of sections, in order."""
    ranges = [
        np.arange(index.first_sentence[row], index.first_sentence[row + 1])
        for section_id in section_ids
        for row in index.section_chunks[section_id]
    ]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)


def best_sentence(index: Index, query: Query, rows: Sequence[int]) -> str:
    """Return the sentence nearest to the question among those of the chunks in these rows."""
    numbers = np.concatenate([np.arange(index.first_sentence[r], index.first_sentence[r + 1]) for r in rows])
    best = int(numbers[np.argmax(index.sentence_vectors[numbers] @ query.vector)])
    span = index.sentence_spans[best]
    section = index.sections[index.chunks[int(index.sentence_chunks[best])].section_id]
    return section.text[span.start : span.end]


def rank_sentences(
    index: Index, query: Query, numbers: NDArray[np.int64], section_scores: Mapping[str, float]
) -> list[Sentence]:
    """Return the sentences with these numbers, scored for a question, in the order given."""
    cosines = index.sentence_vectors[numbers] @ query.vector
    variants = _best_variants(index, query.variants)[numbers]
    asked = set(words(query.text))
    return [
        _sentence(index, int(number), float(cosine), float(variant), asked, section_scores)
        for number, cosine, variant in zip(numbers, cosines, variants, strict=True)
    ]


def _sentence(
    index: Index,
    number: int,
    cosine: float,
    variant: float,
    asked: set[str],
    section_scores: Mapping[str, float],
) -> Sentence:
    chunk = index.chunks[int(index.sentence_chunks[number])]
    section = index.sections[chunk.section_id]
    span = index.sentence_spans[number]
    own = set(stored_words(section.text[span.start : span.end]))
    shared = len(asked & own) / len(asked) if asked else 0.0
    score = (
        COSINE_WEIGHT * scaled(index, cosine)
        + scaled(index, variant)
        + LEXICAL_WEIGHT * shared
        + SECTION_WEIGHT * section_scores.get(section.section_id, 0.0)
    )
    return Sentence(section, chunk.chunk_id, span, score, number)


def _best_variants(index: Index, cosines: Vector) -> Vector:
    """Return the cosine of the best question variant of each sentence, shape (sentences,)."""
    best = np.full(len(index.sentence_spans), index.usual_cosine, dtype=np.float32)
    np.maximum.at(best, index.variant_sentences, cosines)
    return best
