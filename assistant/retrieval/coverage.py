"""Does the text answer this question? A calibrated decision over the evidence that retrieval found."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.retrieval.decision import Decision
from assistant.retrieval.evidence import scaled
from assistant.retrieval.plain_coverage import odds, plain_covers
from assistant.retrieval.query import Query, Vector
from assistant.types import Passage
from ingest.index.open import Index
from ingest.learning.classifier import TextClassifier
from ingest.learning.examples import COVERED
from ingest.text.tokens import words

# `python -m evals fit`, on 988 dev questions that name nothing unknown and ask for no advice: left out of the
# fit, 4% of those that the text answers are refused from 0.86 on, and 7% of the others answered.
TAUGHT = Decision(
    -9.2,
    {"score": 1.89, "topic": 0.47, "contrast": 2.55, "neighbours": 3.81, "unknown": -0.87, "length": 0.88},
    0.85,
)
LENGTH_WORDS, LONGEST_WORDS = 20, 40
NEAREST = 3  # Example questions of either kind whose mean cosine is compared.
NEIGHBOURS, SHARPNESS = 8, 15.0  # So many nearest ones vote; a tenth of cosine further counts a quarter.
FAR = 2.5  # A first passage below this is far: 0.88 of the far questions, 0.30 of the near misses.
PLAIN_FAR = 1.33  # The same without example questions: 0.53 of the far, 0.18 of the near in evals/documents.


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answerable question from another one.

    `topic` is log-odds, `contrast` how much nearer the question lies to those that the text answers than to
    those that it does not, `neighbours` the share of answered ones among the nearest of both, `unknown` a
    share; the others lie between about 0 and 1, but `score` and `length`.
    """

    score: float
    sentence: float
    variant: float
    unknown: float
    topic: float
    contrast: float
    neighbours: float
    length: float


def is_far(index: Index, passages: Sequence[Passage]) -> bool:
    """Return whether nothing in the text comes near the question, so that no fact is worth showing."""
    return not passages or passages[0].score < (FAR if index.variants else PLAIN_FAR)


def covers(index: Index, query: Query, passages: Sequence[Passage]) -> bool:
    """Return whether the passages answer the question."""
    if not passages:
        return False
    if COVERED not in index.classifiers or not index.practices:
        return plain_covers(index, query, passages)
    return TAUGHT.holds(asdict(signals(index, query, passages)))


def signals(index: Index, query: Query, passages: Sequence[Passage]) -> Signals:
    """Return the evidence that the passages answer the question; what needs examples is 0 without them."""
    topic = index.classifiers.get(COVERED)
    answered = _nearest(query.variants)
    refused = _nearest(
        index.unanswerable_vectors @ query.vector
        if len(index.unanswerable_vectors)
        else np.zeros(0, np.float32)
    )
    return Signals(
        score=passages[0].score,
        sentence=max(passage.sentence for passage in passages),
        variant=max(passage.variant for passage in passages),
        unknown=unknown_share(index, query),
        topic=_log_odds(topic, query) if topic else 0.0,
        contrast=_contrast(index, answered, refused),
        neighbours=_neighbours(answered, refused),
        length=min(len(query.text.split()), LONGEST_WORDS) / LENGTH_WORDS,
    )


def _contrast(index: Index, answered: Vector, refused: Vector) -> float:
    if not len(answered) or not len(refused):
        return 0.0
    return scaled(index, float(answered[:NEAREST].mean())) - scaled(index, float(refused[:NEAREST].mean()))


def _neighbours(answered: Vector, refused: Vector) -> float:
    """Return the share of answered questions among the nearest ones, the nearer the heavier."""
    both = sorted([*((float(c), 1.0) for c in answered), *((float(c), 0.0) for c in refused)], reverse=True)
    nearest = both[:NEIGHBOURS]
    if not nearest:
        return 0.0
    weights = [math.exp(SHARPNESS * (cosine - nearest[0][0])) for cosine, _ in nearest]
    shares = (weight * answers for weight, (_, answers) in zip(weights, nearest, strict=True))
    return sum(shares) / sum(weights)


def _nearest(cosines: Vector) -> Vector:
    """Return the highest cosines, best first."""
    if len(cosines) > NEIGHBOURS:
        cosines = np.partition(cosines, -NEIGHBOURS)[-NEIGHBOURS:]
    return np.sort(cosines)[::-1]


def unknown_share(index: Index, query: Query) -> float:
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
    return odds(classifier, classifier.logits(query.text, query.vector))
