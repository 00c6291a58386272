"""The yes/no questions of a corpus as examples of their verdicts."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.learning.network import Network, learn_network
from ingest.learning.training import Examples
from ingest.learning.verdicts import EVIDENCE_SCALES, asked_of, evidence
from ingest.types import Corpus

REGULARISATION = 2.7  # Inverse; by cross-validation over sections.
# A network that is wider or learns longer knows the examples better and questions by other writers worse.
UNITS, EPOCHS, DECAY = 64, 12, 1.0
# Beside the evidence, the product and each vector are scaled to vary more evenly.
PRODUCT_WEIGHT, VECTOR_WEIGHT = 18.0, 10.0


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
        np.asarray(told, dtype=np.float32).reshape(len(rows), len(told[0]) if told else 0),
        [str(corpus.variants[row].verdict) for row in rows],
        [corpus.variants[row].section_id for row in rows],
        np.ones(len(rows)),
    )


def classifier_examples(examples: Examples) -> Examples:
    """Return the examples without the vectors as they are, which the n-grams of a classifier stand for."""
    return replace(examples, embeddings=examples.embeddings[:, : -2 * _dimensions(examples)])


def learn_verdicts(examples: Examples) -> Network:
    """Return the network that weighs the evidence of examples."""
    dimensions = _dimensions(examples)
    scales = np.repeat(
        [1.0, PRODUCT_WEIGHT, VECTOR_WEIGHT], [len(EVIDENCE_SCALES), dimensions, 2 * dimensions]
    )
    return learn_network(
        examples.embeddings, examples.labels, scales.astype(np.float32), UNITS, EPOCHS, DECAY
    )


def _dimensions(examples: Examples) -> int:
    return int(examples.embeddings.shape[1] - len(EVIDENCE_SCALES)) // 3
