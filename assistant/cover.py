"""Does the text answer this question? A calibrated decision over the evidence that retrieval found."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import texts
from assistant.retrieve import Query
from assistant.types import Passage
from ingest.index import Index
from ingest.lexical import folded, words

COVERS_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from another one."""

    dense: float
    sentence: float
    variant: float
    lexical: float
    unknown: float
    agreement: float


def covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Tell whether the passages answer the question."""
    return bool(passages) and probability(signals(index, query, passages)) >= COVERS_THRESHOLD
def signals(index: Index, query: Query, passages: Sequence[Passage]) -> Signals:
    """Return the evidence that the passages answer the question."""
    asked = [word for word in words(query.text)]
    unknown = [word for word in asked if word not in index.bm25.vocab_dict]
    best = passages[0]
    return Signals(
        dense=max(passage.dense for passage in passages),
        sentence=max(passage.sentence for passage in passages),
        variant=max(passage.variant for passage in passages),
        lexical=max(passage.lexical for passage in passages),
        unknown=len(unknown) / len(asked) if asked else 1.0,
        agreement=best.score,
    )


def probability(found: Signals) -> float:
    """Return how likely it is that the text answers the question; logistic regression, see COEFFICIENTS."""
    return 1 / (1 + math.exp(-(-4 + 8 * found.variant)))
