"""Does the text answer this question? A calibrated decision over the evidence that retrieval found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieve import Query
from assistant.types import Passage
from ingest.classify import TextClassifier
from ingest.index import Index
from ingest.lexical import words
from ingest.teach import ANSWERABLE, COVERED, UNANSWERABLE

# Logistic regression on 523 answerable and 665 other questions: dev split, corpus/unanswerable.jsonl.
INTERCEPT = -4.52
COEFFICIENTS = {"score": 0.90, "sentence": 0.58, "variant": 0.78, "unknown": -0.93, "topic": 0.84}
COVERS_THRESHOLD = 0.12  # Refuses one in twenty-five answerable questions of the dev split.
NO_TOPIC = 3.0  # Stands for the log-odds where no examples were given: the median of answerable questions.


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from another one, each between about 0 and 1; `topic` is log-odds."""

    score: float
    sentence: float
    variant: float
    unknown: float
    topic: float


def covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Tell whether the passages answer the question."""
    return bool(passages) and probability(signals(index, query, passages)) >= COVERS_THRESHOLD


def probability(found: Signals) -> float:
    """Return how likely it is that the text answers the question."""
    log_odds = INTERCEPT + sum(weight * getattr(found, name) for name, weight in COEFFICIENTS.items())
    return 1 / (1 + math.exp(-log_odds))


def signals(index: Index, query: Query, passages: Sequence[Passage]) -> Signals:
    """Return the evidence that the passages answer the question."""
    topic = index.classifiers.get(COVERED)
    return Signals(
        score=passages[0].score,
        sentence=max(passage.sentence for passage in passages),
        variant=max(passage.variant for passage in passages),
        unknown=_unknown(index, query),
        topic=_log_odds(topic, query) if topic else NO_TOPIC,
    )


def _unknown(index: Index, query: Query) -> float:
    """Return the share of a question's content words, weighed by rarity, that the text never uses."""
    asked = set(words(query.text))
    rarities = {word: _rarity(index, word) for word in asked}
    unknown = [rarity for word, rarity in rarities.items() if word not in index.bm25.vocab_dict]
    return sum(unknown) / (sum(rarities.values()) or 1.0)


def _rarity(index: Index, word: str) -> float:
    """Return the inverse document frequency of a word; one that occurs nowhere is the rarest."""
    column = index.bm25.vocab_dict.get(word)
    pointers = index.bm25.scores["indptr"]
    holders = 0.0 if column is None else float(pointers[column + 1] - pointers[column])
    return math.log(1 + len(index.chunks) / (0.5 + holders))


def _log_odds(classifier: TextClassifier, query: Query) -> float:
    """Return how much likelier a question like this one is answerable than not, on a logarithmic scale."""
    scores = dict(zip(classifier.labels, classifier.logits(query.text, query.vector).tolist(), strict=True))
    return float(scores[ANSWERABLE] - scores[UNANSWERABLE])
