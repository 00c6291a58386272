"""Does the text answer this question? A calibrated decision over the evidence that retrieval found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import Query
from assistant.types import Passage
from ingest.index import Index
from ingest.lexical import words
from ingest.teach import ANSWERABLE, COVERED

COVERS_THRESHOLD = 0.5
OVERLAP_PASSAGES = 3  # The rare words of a question stand together in one of the first passages, if anywhere.


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from another one, each between about 0 and 1."""

    score: float
    dense: float
    sentence: float
    variant: float
    margin: float
    overlap: float
    unknown: float
    topic: float


def covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Tell whether the passages answer the question."""
    return bool(passages) and probability(signals(index, query, passages)) >= COVERS_THRESHOLD


def signals(index: Index, query: Query, passages: Sequence[Passage]) -> Signals:
    """Return the evidence that the passages answer the question."""
    asked = list(dict.fromkeys(words(query.text)))
    rarity = {word: _rarity(index, word) for word in asked}
    total = sum(rarity.values()) or 1.0
    best = [index.chunk_rows[passage.chunk.chunk_id] for passage in passages[:OVERLAP_PASSAGES]]
    held = [sum(rarity[word] for word in asked if _holds(index, row, word)) / total for row in best]
    topic = index.classifiers.get(COVERED)
    return Signals(
        score=passages[0].score,
        dense=max(passage.dense for passage in passages),
        sentence=max(passage.sentence for passage in passages),
        variant=max(passage.variant for passage in passages),
        margin=passages[0].score - passages[-1].score,
        overlap=max(held),
        unknown=sum(rarity[word] for word in asked if word not in index.bm25.vocab_dict) / total,
        topic=topic.probabilities(query.text, query.vector)[ANSWERABLE] if topic else 1.0,
    )


def _rarity(index: Index, word: str) -> float:
    """Return the inverse document frequency of a word; one that occurs nowhere is the rarest."""
    return math.log(1 + len(index.chunks) / (0.5 + len(_holders(index, word))))


def _holds(index: Index, row: int, word: str) -> bool:
    return bool(np.any(_holders(index, word) == row))


def _holders(index: Index, word: str) -> NDArray[np.int32]:
    """Return the rows of the chunks whose lexical document holds a word."""
    column = index.bm25.vocab_dict.get(word)
    if column is None:
        return np.zeros(0, dtype=np.int32)
    scores = index.bm25.scores
    rows: NDArray[np.int32] = scores["indices"][scores["indptr"][column] : scores["indptr"][column + 1]]
    return rows


def probability(found: Signals) -> float:
    """Return how likely it is that the text answers the question, by logistic regression."""
    return 1 / (1 + math.exp(-(-4 + 8 * found.variant)))
