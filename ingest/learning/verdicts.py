"""Learn what settles a yes/no question: ja, nee or dat hangt ervan af, given the sentence that answers it.

What tells: how near the question lies to those of each verdict that were asked of the same sentence, which of
them deny as it does, the words it uses, and where question and sentence point the same way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.learning.classifier import Matrix
from ingest.learning.training import Examples
from ingest.text.negation import is_negated, narrowing
from ingest.text.tokens import stored_words, words
from ingest.types import Corpus, QuestionVariant, Verdict

SHARPNESS = 15.0  # A question a tenth of cosine further away counts a quarter in the vote.
FAR = 0.6  # The cosine that counts for a verdict that no question of the sentence has.
LONGEST_WORDS = 40
REGULARISATION = 2.7  # Inverse; by cross-validation over sections, as are the scales.
PRODUCT_SCALE = 3.3
# About one over three times the standard deviation of each piece of evidence.
EVIDENCE_SCALES = np.asarray([4.0, 4.5, 3.5, 0.5, 7.0, 0.7, 0.7, 0.7, 0.8, 0.8, 2.0, 0.9, 3.0], np.float32)
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
    """Return what tells the verdict, shape (13 + d,); both vectors are unit vectors, shape (d,)."""
    asked, said = set(words(question)), set(stored_words(sentence))
    negated, denies = is_negated(question), is_negated(sentence)
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
    ]
    both: Matrix = np.concatenate(
        [np.asarray(told, np.float32) * EVIDENCE_SCALES, vector * sentence_vector * PRODUCT_SCALE]
    )
    return both


def verdict_examples(
    corpus: Corpus, vectors: Vectors, sentences: Vectors, of_variants: NDArray[np.int64]
) -> Examples:
    """Return the yes/no questions with their verdict, each with the evidence that the others give.

    `vectors` are those of the variants, `sentences` those of all sentences; `of_variants` numbers each one's.
    """
    rows = [row for row, variant in enumerate(corpus.variants) if variant.verdict]
    beside: dict[int, list[int]] = {}
    for row in rows:
        beside.setdefault(int(of_variants[row]), []).append(row)
    texts = {section.section_id: section.text for section in corpus.sections}
    told = [
        evidence(
            corpus.variants[row].text,
            vectors[row],
            texts[corpus.variants[row].section_id][corpus.variants[row].start : corpus.variants[row].end],
            sentences[of_variants[row]],
            asked_of(
                corpus.variants, vectors, vectors[row], (o for o in beside[int(of_variants[row])] if o != row)
            ),
        )
        for row in rows
    ]
    return Examples(
        [corpus.variants[row].text for row in rows],
        np.asarray(told, dtype=np.float32).reshape(len(rows), -1),
        [str(corpus.variants[row].verdict) for row in rows],
        [corpus.variants[row].section_id for row in rows],
        np.ones(len(rows)),
    )


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
