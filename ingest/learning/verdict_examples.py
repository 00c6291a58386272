"""The yes/no questions of a corpus as examples of their verdicts, one by one and in pairs."""

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.learning.network import Network, learn_network
from ingest.learning.training import Examples
from ingest.learning.verdicts import (
    EVIDENCE_SCALES,
    OTHER,
    PAIR_EVIDENCE,
    SAME,
    UNSETTLED,
    asked_of,
    evidence,
    pair_evidence,
    yes_no,
)
from ingest.types import Corpus

# A network that is wider or learns longer knows the examples better and questions by other writers worse.
UNITS, EPOCHS, DECAY = 64, 12, 1.0
UNSETTLED_SHARE = 0.3  # So many of the questions are put to a sentence that answers another one, too,
NEAR_OTHERS = 3  # one of the so many nearest of other sections.
SEED = 0
PAIR_EPOCHS, PAIR_DECAY = 15, 0.15
MOST_PAIRS = 3  # Each question is paired with so many nearest: all take twice as long and do no better.
# Beside the evidence, the product and each vector are scaled to vary more evenly.
PRODUCT_WEIGHT, VECTOR_WEIGHT = 18.0, 10.0
PAIR_SCALES = (3.0, 2.0, 1.0, 1.0, 0.5, 1.0, 1.0, 1.0)
PAIR_PRODUCT_WEIGHT, DIFFERENCE_WEIGHT = 60.0, 10.0


def verdict_examples(
    corpus: Corpus, vectors: Vectors, sentences: Vectors, of_variants: NDArray[np.int64]
) -> Examples:
    """Return the yes/no questions with their verdict, each with the evidence that the others give.

    Some are put to a near sentence of another section too, which is UNSETTLED. `vectors` are those of the
    variants, `sentences` those of all sentences; `of_variants` numbers each one's.
    """
    beside = _beside(corpus, of_variants)
    rows = sorted(row for together in beside.values() for row in together)
    put = [(row, row) for row in rows] + _put_elsewhere(corpus, vectors, rows)
    variants, texts = corpus.variants, {section.section_id: section.text for section in corpus.sections}

    def told(row: int, answer: int) -> NDArray[np.float32]:
        """Return the evidence of a question, given the sentence that answers another one, or it."""
        question, number, answered = variants[row], int(of_variants[answer]), variants[answer]
        others = (other for other in beside.get(number, ()) if other != row)
        return evidence(
            question.text,
            yes_no(question.text, vectors[row]),
            texts[answered.section_id][answered.start : answered.end],
            sentences[number],
            asked_of(variants, vectors, vectors[row], others),
        )

    return _examples(
        [variants[row].text for row, _ in put],
        [told(row, answer) for row, answer in put],
        [str(variants[row].verdict) if row == answer else UNSETTLED for row, answer in put],
        [variants[row].section_id for row, _ in put],
    )


def _put_elsewhere(corpus: Corpus, vectors: Vectors, rows: list[int]) -> list[tuple[int, int]]:
    """Return some questions, each with one that is near it and asks something of another section."""
    chance = np.random.default_rng(SEED)
    sections = np.asarray([variant.section_id for variant in corpus.variants])
    found = []
    for row in chance.permutation(rows)[: round(UNSETTLED_SHARE * len(rows))].tolist():
        cosines = np.where(sections == sections[row], -1.0, vectors @ vectors[row])
        near = np.argsort(-cosines, kind="stable")[: 1 + int(chance.integers(NEAR_OTHERS))]
        if cosines[near[-1]] > -1.0:
            found.append((row, int(near[-1])))
    return found


def pair_examples(corpus: Corpus, vectors: Vectors, of_variants: NDArray[np.int64]) -> Examples:
    """Return near questions of a sentence that ja or nee answers, in twos, by whether that is the same."""
    pairs = [pair for rows in _beside(corpus, of_variants).values() for pair in _pairs(corpus, vectors, rows)]
    paired = {row for pair in pairs for row in pair}
    known = {row: yes_no(corpus.variants[row].text, vectors[row]) for row in paired}
    same = [corpus.variants[one].verdict == corpus.variants[other].verdict for one, other in pairs]
    return _examples(
        [f"{corpus.variants[one].text} {corpus.variants[other].text}" for one, other in pairs],
        [pair_evidence(known[one], known[other]) for one, other in pairs],
        [SAME if agrees else OTHER for agrees in same],
        [corpus.variants[one].section_id for one, _ in pairs],
    )


def learn_verdicts(examples: Examples) -> Network:
    """Return the network that weighs the evidence of examples."""
    dimensions = int(examples.embeddings.shape[1] - len(EVIDENCE_SCALES)) // 3
    scales = np.repeat(
        [1.0, PRODUCT_WEIGHT, VECTOR_WEIGHT], [len(EVIDENCE_SCALES), dimensions, 2 * dimensions]
    )
    return learn_network(
        examples.embeddings, examples.labels, scales.astype(np.float32), UNITS, EPOCHS, DECAY
    )


def learn_pairs(examples: Examples) -> Network:
    """Return the network that tells whether two questions of a sentence have the same verdict."""
    dimensions = int(examples.embeddings.shape[1] - PAIR_EVIDENCE) // 2
    scales = np.concatenate(
        [PAIR_SCALES, np.repeat([PAIR_PRODUCT_WEIGHT, DIFFERENCE_WEIGHT], [dimensions, dimensions])]
    )
    return learn_network(
        examples.embeddings, examples.labels, scales.astype(np.float32), UNITS, PAIR_EPOCHS, PAIR_DECAY
    )


def _beside(corpus: Corpus, of_variants: NDArray[np.int64]) -> dict[int, list[int]]:
    """Return the rows of the questions with a verdict by the number of their sentence."""
    found: dict[int, list[int]] = {}
    for row, variant in enumerate(corpus.variants):
        if variant.verdict:
            found.setdefault(int(of_variants[row]), []).append(row)
    return found


def _pairs(corpus: Corpus, vectors: Vectors, rows: list[int]) -> list[tuple[int, int]]:
    """Return each of these questions with those nearest to it, once."""
    settled = [row for row in rows if corpus.variants[row].verdict != "hangt"]
    cosines = vectors[settled] @ vectors[settled].T
    np.fill_diagonal(cosines, -1.0)
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, : min(MOST_PAIRS, len(settled) - 1)]
    found = {
        (min(row, other), max(row, other)) for row, near in enumerate(nearest.tolist()) for other in near
    }
    return [(settled[one], settled[other]) for one, other in sorted(found)]


def _examples(
    texts: list[str], told: list[NDArray[np.float32]], labels: list[str], groups: list[str]
) -> Examples:
    evidences = np.asarray(told, dtype=np.float32).reshape(len(told), len(told[0]) if told else 0)
    return Examples(texts, evidences, labels, groups, np.ones(len(told)))
