"""Sentences ranked: by their own cosine, and by their example questions or else the words that they share."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Query, Vector
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.text.tokens import stored_words, words

# Weights of the evidence for a sentence, with example questions by `python -m evals fit`: left out of the
# fit, the first sentence of the right block holds most of the asked facts for 0.78 of 681 dev questions.
SENTENCE_WEIGHTS = {"cosine": 0.28, "variant": 1.0, "likelihood": 0.43}
PLAIN_SENTENCE_WEIGHTS = {"cosine": 0.8, "words": 0.25}


def sentences_of(index: Index, section_ids: Iterable[str]) -> NDArray[np.int64]:
    """Return the numbers of the sentences of sections, in order."""
    ranges = [
        np.arange(index.first_sentence[row], index.first_sentence[row + 1])
        for section_id in section_ids
        for row in index.section_chunks[section_id]
    ]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)


def numbered(index: Index, number: int, score: float = 0.0) -> Sentence:
    """Return the sentence with a number."""
    chunk = index.chunks[int(index.sentence_chunks[number])]
    return Sentence(
        index.sections[chunk.section_id], chunk.chunk_id, index.sentence_spans[number], score, number
    )


def best_sentence(index: Index, query: Query, rows: Sequence[int]) -> str:
    """Return the sentence nearest to the question among those of the chunks in these rows."""
    numbers = np.concatenate([np.arange(index.first_sentence[r], index.first_sentence[r + 1]) for r in rows])
    return numbered(index, int(numbers[np.argmax(index.sentence_vectors[numbers] @ query.vector)])).text


def rank_sentences(index: Index, query: Query, numbers: NDArray[np.int64]) -> list[Sentence]:
    """Return the sentences with these numbers, scored for a question, in the order given."""
    weights: Mapping[str, float] = SENTENCE_WEIGHTS if index.variants else PLAIN_SENTENCE_WEIGHTS
    found = sentence_evidence(index, query, numbers, weights)
    scores = np.sum([weight * found[name] for name, weight in weights.items()], axis=0)
    return [
        numbered(index, number, score)
        for number, score in zip(numbers.tolist(), scores.tolist(), strict=True)
    ]


def sentence_evidence(
    index: Index, query: Query, numbers: NDArray[np.int64], names: Iterable[str]
) -> dict[str, Vector]:
    """Return the named evidence for each sentence, every array of shape (numbers,)."""
    made = {
        "cosine": lambda: scaled(index, index.sentence_vectors[numbers] @ query.vector),
        "variant": lambda: scaled(index, _best_variants(index, query.variants)[numbers]),
        "likelihood": lambda: index.likelihood.sentences.scores(query.grams)[numbers],
        "words": lambda: _shared_words(index, query, numbers),
    }
    return {name: made[name]() for name in names}


def _shared_words(index: Index, query: Query, numbers: NDArray[np.int64]) -> Vector:
    """Return the share of the question's words that each sentence holds."""
    asked = set(words(query.text))
    held = [len(asked & set(stored_words(numbered(index, number).text))) for number in numbers.tolist()]
    return np.asarray(held, dtype=np.float32) / np.float32(max(len(asked), 1))


def _best_variants(index: Index, cosines: Vector) -> Vector:
    """Return the cosine of the best question variant of each sentence, shape (sentences,)."""
    best = np.full(len(index.sentence_spans), index.usual_cosine, dtype=np.float32)
    np.maximum.at(best, index.variant_sentences, cosines)
    return best
