"""Learn what settles a yes/no question: ja, nee or dat hangt ervan af, given the sentence that answers it.

What tells: how near the question lies to those of each verdict that were asked of the same sentence, whether
what it asks is denied there, whether the sentence has its numbers, and what both say. A network weighs that;
another one tells for each of those questions whether it has the same verdict.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.embedding.cache import Vectors
from ingest.learning.classifier import Matrix
from ingest.learning.network import Network
from ingest.text.clauses import clauses
from ingest.text.negation import is_negated, narrowing, sameness
from ingest.text.numbers import numbers_in
from ingest.text.tokens import stored_words, words
from ingest.types import QuestionVariant, Verdict

SETTLES, AGREES = "settles", "agrees"  # The names of the two networks in a build.
UNSETTLED = "unsettled"  # The label of SETTLES, beside the verdicts, where a sentence answers something else.
SAME, OTHER = "same", "other"  # The labels of AGREES.
SHARPNESS = 15.0  # A question a tenth of cosine further away counts a quarter in the vote.
VOTING = 6.0  # The same where AGREES tells how each of them votes: half.
SUREST = 0.98  # However sure AGREES is of one of them.
VOTES = 0.6  # What their votes weigh beside the rest.
FAR = 0.6  # The cosine that counts for a verdict that no question of the sentence has.
LONGEST_WORDS = 40
PRODUCT_SCALE = 3.3  # By cross-validation over sections.
# About one over three times the standard deviation of each piece of evidence.
EVIDENCE_SCALES = np.asarray(
    [
        *(4.0, 4.5, 3.5, 0.5, 7.0, 0.7, 0.7, 0.7, 0.8, 0.8, 2.0),
        *(0.9, 3.0, 1.5, 1.5, 1.5, 0.8, 2.0, 2.0, 1.5, 1.5, 2.5),
    ],
    np.float32,
)
PAIR_EVIDENCE = 8  # Pieces of evidence on a pair of questions, beside their vectors.
_SIGNS = {"ja": 1.0, "nee": -1.0, "hangt": 0.0, UNSETTLED: 0.0}


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes/no question by what tells whether another one has its verdict; `vector` is a unit vector."""

    vector: Matrix
    words: frozenset[str]
    negated: bool
    narrowing: frozenset[str]
    numbers: frozenset[str]
    sameness: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a verdict that was asked of a sentence, and its cosine with the one to be settled."""

    question: YesNo
    verdict: Verdict
    cosine: float


def yes_no(text: str, vector: Matrix) -> YesNo:
    """Return what is known of a yes/no question by itself."""
    said = frozenset(words(text))
    return YesNo(vector, said, is_negated(text), narrowing(text), numbers_in(text), sameness(text))


def asked_of(
    variants: Sequence[QuestionVariant], vectors: Vectors, vector: Matrix, rows: Iterable[int]
) -> list[Asked]:
    """Return the questions with these rows that have a verdict, beside a question with this vector."""
    return [
        Asked(yes_no(variants[row].text, vectors[row]), verdict, float(vectors[row] @ vector))
        for row in rows
        if (verdict := variants[row].verdict)
    ]


def evidence(
    text: str, question: YesNo, sentence: str, sentence_vector: Matrix, near: Sequence[Asked]
) -> Matrix:
    """Return what tells the verdict, shape (22 + 3 d,); `sentence_vector` is a unit vector, shape (d,)."""
    said, told_numbers = frozenset(stored_words(sentence)), numbers_in(sentence)
    denies = is_negated(sentence)
    part, shared = _part_about(sentence, question.words, stored_words)
    denied = is_negated(part) != is_negated(_part_about(text, said, words)[0])
    alike = [one for one in near if one.question.negated == question.negated]
    told = [
        _nearest(near, "ja") - _nearest(near, "nee"),
        max((one.cosine for one in near), default=FAR) - FAR,
        _nearest(alike, "ja") - _nearest(alike, "nee"),
        _vote(near),
        float(question.vector @ sentence_vector),
        question.negated,
        denies,
        question.negated != denies,
        bool(question.narrowing),
        bool(narrowing(sentence)),
        len(question.words & said) / (len(question.words) + 1),
        min(len(text.split()), LONGEST_WORDS) / LONGEST_WORDS,
        _nearest(near, "hangt") - FAR,
        bool(question.numbers) and question.numbers <= told_numbers,
        bool(told_numbers) and not question.numbers <= told_numbers,
        bool(question.numbers),
        is_negated(part),
        denied,
        denied * min(shared, 1.0),
        shared,
        question.sameness,
        question.sameness * sameness(sentence),
    ]
    whole: Matrix = np.concatenate(
        [
            np.asarray(told, np.float32) * EVIDENCE_SCALES,
            question.vector * sentence_vector * PRODUCT_SCALE,
            question.vector,
            sentence_vector,
        ]
    )
    return whole


def pair_evidence(one: YesNo, other: YesNo) -> Matrix:
    """Return what tells whether two questions of a sentence have the same verdict, shape (8 + 2 d,)."""
    both = one.words | other.words
    told = [
        float(one.vector @ other.vector),
        len(one.words & other.words) / (len(both) + 1),
        one.negated != other.negated,
        one.negated and other.negated,
        len(one.narrowing ^ other.narrowing),
        bool(one.narrowing) != bool(other.narrowing),
        one.numbers != other.numbers,
        one.sameness * other.sameness,
    ]
    whole: Matrix = np.concatenate(
        [np.asarray(told, np.float32), one.vector * other.vector, np.abs(one.vector - other.vector)]
    )
    return whole


def chances(networks: Mapping[str, Network], told: Matrix, votes: float) -> Mapping[str, float]:
    """Return how likely each verdict is by what SETTLES makes of the evidence, and by the votes of others."""
    first = networks[SETTLES].probabilities(told)
    both = {label: share * math.exp(VOTES * votes * _SIGNS[label] / 2) for label, share in first.items()}
    total = sum(both.values())
    return {label: share / total for label, share in both.items()}


def votes(networks: Mapping[str, Network], question: YesNo, near: Sequence[Asked]) -> float:
    """Return how much the questions of a sentence say ja (+) or nee (-), as AGREES tells, in log odds."""
    voting = [one for one in near if _SIGNS[one.verdict]]
    if AGREES not in networks or not voting:
        return 0.0
    nearest = max(one.cosine for one in voting)
    weights = np.asarray([math.exp(VOTING * (one.cosine - nearest)) for one in voting])
    same = [networks[AGREES].probabilities(pair_evidence(question, one.question))[SAME] for one in voting]
    bounded = np.clip(same, 1 - SUREST, SUREST)
    odds = np.log(bounded / (1 - bounded)) * [_SIGNS[one.verdict] for one in voting]
    return float(weights @ odds / weights.sum() ** 0.5)


def _part_about(
    text: str, asked: frozenset[str], words_of: Callable[[str], Sequence[str]]
) -> tuple[str, float]:
    """Return the clause of a text that has most of these words for its length, and how much that is."""
    parts = [text[span.start : span.end] for span in clauses(text)]
    shared = {part: _share(set(words_of(part)), asked) for part in parts}
    best = max(parts, key=lambda part: shared[part], default=text)
    return best, shared.get(best, 0.0)


def _share(said: set[str], asked: frozenset[str]) -> float:
    return len(said & asked) / (math.sqrt(len(said)) + 0.5)


def _nearest(near: Iterable[Asked], verdict: Verdict) -> float:
    return max((one.cosine for one in near if one.verdict == verdict), default=FAR)


def _vote(near: Sequence[Asked]) -> float:
    """Return how much more of the nearest questions say ja than nee, between -1 and 1."""
    if not near:
        return 0.0
    cosines = np.asarray([one.cosine for one in near])
    weights = np.exp(SHARPNESS * (cosines - cosines.max()))
    return float(weights @ [_SIGNS[one.verdict] for one in near] / weights.sum())
