"""Learn what settles a yes/no question: ja, nee or dat hangt ervan af, given the sentence that answers it.

What tells: how near the question lies to those of each verdict that were asked of the same sentence, which of
them deny as it does, whether the sentence has the numbers of the question, the words that it uses, what both
say, and where they point the same way. A classifier and a network weigh it; their mean is surer than either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.embedding.cache import Vectors
from ingest.learning.classifier import Matrix, TextClassifier
from ingest.learning.network import Network
from ingest.text.negation import is_negated, narrowing
from ingest.text.numbers import numbers_in
from ingest.text.tokens import stored_words, words
from ingest.types import QuestionVariant, Verdict

SHARPNESS = 15.0  # A question a tenth of cosine further away counts a quarter in the vote.
FAR = 0.6  # The cosine that counts for a verdict that no question of the sentence has.
LONGEST_WORDS = 40
PRODUCT_SCALE = 3.3  # By cross-validation over sections.
# About one over three times the standard deviation of each piece of evidence.
EVIDENCE_SCALES = np.asarray(
    [4.0, 4.5, 3.5, 0.5, 7.0, 0.7, 0.7, 0.7, 0.8, 0.8, 2.0, 0.9, 3.0, 1.5, 1.5, 1.5], np.float32
)
_SIGNS = {"ja": 1.0, "nee": -1.0, "hangt": 0.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a verdict that was asked of a sentence, and its cosine with the one to be settled."""

    cosine: float
    verdict: Verdict
    negated: bool


def evidence(
    question: str, vector: Matrix, sentence: str, sentence_vector: Matrix, near: Sequence[Asked]
) -> Matrix:
    """Return what tells the verdict, shape (16 + 3 d,); both vectors are unit vectors, shape (d,)."""
    asked, said = set(words(question)), set(stored_words(sentence))
    negated, denies = is_negated(question), is_negated(sentence)
    numbers, told_numbers = numbers_in(question), numbers_in(sentence)
    alike = [one for one in near if one.negated == negated]
    told = [
        _nearest(near, "ja") - _nearest(near, "nee"),
        max((one.cosine for one in near), default=FAR) - FAR,
        _nearest(alike, "ja") - _nearest(alike, "nee"),
        _vote(near),
        float(vector @ sentence_vector),
        negated,
        denies,
        negated != denies,
        bool(narrowing(question)),
        bool(narrowing(sentence)),
        len(asked & said) / (len(asked) + 1),
        min(len(question.split()), LONGEST_WORDS) / LONGEST_WORDS,
        _nearest(near, "hangt") - FAR,
        bool(numbers) and numbers <= told_numbers,
        bool(told_numbers) and not numbers <= told_numbers,
        bool(numbers),
    ]
    whole: Matrix = np.concatenate(
        [
            np.asarray(told, np.float32) * EVIDENCE_SCALES,
            vector * sentence_vector * PRODUCT_SCALE,
            vector,
            sentence_vector,
        ]
    )
    return whole


def chances(classifier: TextClassifier, network: Network, question: str, told: Matrix) -> Mapping[str, float]:
    """Return how likely each verdict is: the geometric mean of what a classifier and a network say."""
    first = classifier.probabilities(question, told[: len(classifier.embedding_weights)])
    second = network.probabilities(told)
    both = {label: (first[label] * second[label]) ** 0.5 for label in first}
    total = sum(both.values())
    return {label: value / total for label, value in both.items()}


def asked_of(
    variants: Sequence[QuestionVariant], vectors: Vectors, vector: Matrix, rows: Iterable[int]
) -> list[Asked]:
    """Return the questions with these rows that have a verdict, beside a question with this vector."""
    return [
        Asked(float(vectors[row] @ vector), verdict, is_negated(variants[row].text))
        for row in rows
        if (verdict := variants[row].verdict)
    ]


def _nearest(near: Iterable[Asked], verdict: Verdict) -> float:
    return max((one.cosine for one in near if one.verdict == verdict), default=FAR)


def _vote(near: Sequence[Asked]) -> float:
    """Return how much more of the nearest questions say ja than nee, between -1 and 1."""
    if not near:
        return 0.0
    cosines = np.asarray([one.cosine for one in near])
    weights = np.exp(SHARPNESS * (cosines - cosines.max()))
    return float(weights @ [_SIGNS[one.verdict] for one in near] / weights.sum())
