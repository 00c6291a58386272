"""Does the text answer this question? A calibrated decision over the evidence that retrieval found."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.retrieval.retriever import Query, scaled
from assistant.types import Passage
from ingest.index.open import Index
from ingest.learning.classifier import TextClassifier
from ingest.learning.examples import ANSWERABLE, COVERED, UNANSWERABLE
from ingest.text.tokens import words


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic regression over signals: the question is covered from this probability on."""

    intercept: float
    coefficients: Mapping[str, float]
    threshold: float


# Both on 669 answerable questions of the dev split and 1,347 others: dev split and corpus/unanswerable.jsonl.
TAUGHT = Decision(  # Refuses one in forty answerable questions of the dev split.
    -8.80, {"score": 1.53, "variant": 1.64, "topic": 0.63, "contrast": 3.03, "length": 1.50}, 0.1
)
PLAIN = Decision(
    -3.06, {"sentence": 2.48, "unknown": -0.92}, 0.19
)  # For documents without example questions.
LENGTH_WORDS, LONGEST_WORDS = 20, 40


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from another one.

    `topic` is log-odds, `contrast` how much nearer the question lies to one that the text answers than to one
    that it does not, `unknown` a share; the others lie between about 0 and 1, but `score` and `length`.
    """

    score: float
    sentence: float
    variant: float
    unknown: float
    topic: float
    contrast: float
    length: float


def covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Return whether the passages answer the question."""
    decision = TAUGHT if COVERED in index.classifiers else PLAIN
    return bool(passages) and probability(decision, signals(index, query, passages)) >= decision.threshold


def probability(decision: Decision, found: Signals) -> float:
    """Return how likely it is that the text answers the question."""
    log_odds = decision.intercept + sum(
        weight * getattr(found, name) for name, weight in decision.coefficients.items()
    )
    return 1 / (1 + math.exp(-log_odds))


def signals(index: Index, query: Query, passages: Sequence[Passage]) -> Signals:
    """Return the evidence that the passages answer the question; what needs examples is 0 without them."""
    topic = index.classifiers.get(COVERED)
    return Signals(
        score=passages[0].score,
        sentence=max(passage.sentence for passage in passages),
        variant=max(passage.variant for passage in passages),
        unknown=_unknown(index, query),
        topic=_log_odds(topic, query) if topic else 0.0,
        contrast=_contrast(index, query),
        length=min(len(query.text.split()), LONGEST_WORDS) / LENGTH_WORDS,
    )


def _contrast(index: Index, query: Query) -> float:
    if not len(index.unanswerable_vectors) or not len(query.variants):
        return 0.0
    other = float(np.max(index.unanswerable_vectors @ query.vector))
    return scaled(index, float(np.max(query.variants))) - scaled(index, other)


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
