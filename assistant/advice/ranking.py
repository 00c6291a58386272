"""Which practice fits: the learnt ranking and the features that the visitor states, joined and calibrated."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.advice.reading import Expected, Features
from assistant.retrieval.query import Query
from ingest.index.open import Index
from ingest.learning.examples import ADVICE, KNOCKED
from ingest.types import Criterion

# How much the weighted features count beside the logits of the learnt ranking, and the temperature of both:
# on three writers left out (646 requests): right first 0.946, calibration error 0.019.
FEATURE_WEIGHT, TEMPERATURE = 1.5, 1.0
CHOICE_WEIGHT = 0.75  # What a visitor chose counts so many times as much as what is read in a text.
ANSWER_WEIGHT = FEATURE_WEIGHT * CHOICE_WEIGHT / TEMPERATURE
CHOSEN_ALONE = 2  # From so many chosen answers on the guided conversation and the chat agree.
ABSENCE = 0.25  # What is absent says less than what is present: `evals/compare/guided.py`.
PRESENCE_WEIGHT = 1.1
LATEST_WEIGHT = 2.0  # How much more counts what the last of several turns says: it may change the rest.
SMALLEST = 1e-9  # A share of nothing has no logarithm.
Ranking = tuple[tuple[str, float], ...]


def rank_practices(
    index: Index, query: Query, reading: Features | None = None, latest: Features | None = None
) -> Ranking:
    """Return each practice with the probability that it fits, best first.

    `latest` is what the last of several turns says by itself: it counts more, as it may change what was
    told before (`Stel dat alleen vakgenoten meedoen?`).
    """
    learnt = index.classifiers[ADVICE]
    scores = dict(zip(learnt.labels, learnt.logits(query.text, query.vector).tolist(), strict=True))
    if reading and _chosen_alone(reading):
        scores = {}
    told = weigh(index, reading) if reading else {}
    if latest:
        again = weigh(index, latest)
        told = {practice: weight + LATEST_WEIGHT * again[practice] for practice, weight in told.items()}
    return softened(
        {
            practice.id: (scores.get(practice.id, 0.0) + FEATURE_WEIGHT * told.get(practice.id, 0.0))
            / TEMPERATURE
            for practice in index.practices
        }
    )


def expected(index: Index, query: Query) -> Expected:
    """Return what a whole text makes likely, before its clauses are read."""
    knocked = index.classifiers.get(KNOCKED)
    return Expected(
        dict(rank_practices(index, query)),
        knocked.probabilities(query.text, query.vector) if knocked else {},
    )


def _chosen_alone(reading: Features) -> bool:
    """Return whether nothing tells but what was chosen, often enough: then the text is no situation."""
    return len(reading.signs) >= CHOSEN_ALONE and all(sign.chosen for sign in reading.signs)


def weigh(index: Index, reading: Features) -> dict[str, float]:
    """Return what the features say of each practice: the sum of their weights, each as sure as it is."""
    chosen = {
        sign.criterion.id: CHOICE_WEIGHT * (1.0 if sign.value == "yes" else ABSENCE)
        for sign in reading.signs
        if sign.chosen
    }
    alone = _chosen_alone(reading)
    telling = [one for one in index.criteria if one.id in chosen or not alone]
    return {
        practice.id: sum(
            criterion.weights.get(practice.id, 0.0)
            * reading.lean(criterion.id)
            * chosen.get(criterion.id, 1.0)
            for criterion in telling
        )
        for practice in index.practices
    }


def softened(logits: Mapping[str, float]) -> Ranking:
    """Return probabilities that sum to 1, best first."""
    values = np.asarray(list(logits.values()))
    weights = np.exp(values - values.max())
    return ranked(dict(zip(logits, weights.tolist(), strict=True)))


def ranked(weights: Mapping[str, float]) -> Ranking:
    """Return weights as probabilities that sum to 1, best first."""
    total = sum(weights.values())
    return tuple(sorted(((p, weight / total) for p, weight in weights.items()), key=lambda item: -item[1]))


def after(ranking: Ranking, criterion: Criterion, present: bool) -> Ranking:
    """Return the ranking when the visitor answers a criterion."""
    force = ANSWER_WEIGHT if present else -ANSWER_WEIGHT * ABSENCE
    return softened(
        {
            practice: float(np.log(max(share, SMALLEST))) + force * criterion.weights.get(practice, 0.0)
            for practice, share in ranking
        }
    )


def gain(ranking: Ranking, criterion: Criterion) -> float:
    """Return how many bits the answer to a criterion is expected to settle (expected information gain)."""
    yes = sum(share * _presence(criterion, practice) for practice, share in ranking)
    expected = yes * entropy(after(ranking, criterion, True))
    return entropy(ranking) - expected - (1 - yes) * entropy(after(ranking, criterion, False))


def entropy(ranking: Ranking) -> float:
    """Return how open the choice is, in bits."""
    shares = np.asarray([share for _, share in ranking if share > 0])
    return float(-(shares * np.log2(shares)).sum())


def best_question(ranking: Ranking, criteria: Sequence[Criterion]) -> Criterion | None:
    """Return the criterion whose answer settles most, or None when there is none left."""
    asked = [criterion for criterion in criteria if criterion.weights]
    return max(asked, key=lambda criterion: gain(ranking, criterion), default=None)


def _presence(criterion: Criterion, practice: str) -> float:
    """Return how likely a criterion is present where a practice fits: nine in ten of its prevalence for 2."""
    likely = 1 / (1 + np.exp(-PRESENCE_WEIGHT * criterion.weights.get(practice, 0.0)))
    return float(criterion.prevalence * likely)
