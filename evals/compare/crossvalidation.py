"""Cross-validation of the adviser: situations about subjects that it was not trained on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from assistant.chain import Assistant
from evals.report.table import as_text
from evals.report.tables import systems_table
from evals.scoring.metrics.advice import calibration_error
from ingest.embedding.cache import VectorCache, Vectors, known_vectors
from ingest.index.open import VECTOR_FILES, stored_corpus
from ingest.learning.classifier import Matrix
from ingest.learning.training import FOLDS, Examples, held_out_logits, temperature
from ingest.types import Situation

_ANY_TEXT = "-"  # Stands for every text when only the embedding may speak: all texts have the same n-grams.


def measure_advisers(assistant: Assistant) -> str:
    """Return the figures of each kind of adviser on the training situations, split by subject.

    The temperature is fitted on the other folds too, so that no figure rests on a text that was seen before.
    """
    found = [one for one in stored_corpus(assistant.index.store).situations if one.practice]
    examples = labelled(found, situation_vectors(assistant, found))
    names = sorted(set(examples.labels))
    targets = np.asarray([names.index(label) for label in examples.labels])
    embeddings, texts = np.zeros_like(examples.embeddings), [_ANY_TEXT] * len(found)
    advisers = {
        "embedding only": replace(examples, texts=texts),
        "character n-grams only": replace(examples, embeddings=embeddings),
        "embedding and n-grams": examples,
    }
    rows = {name: figures(held_out_logits(one), targets, one.groups) for name, one in advisers.items()}
    return as_text(systems_table("Advice, on subjects left out", rows))


def situation_vectors(assistant: Assistant, situations: Sequence[Situation]) -> Vectors:
    """Return the vector of each situation as a question, shape (n, d)."""
    index = assistant.index
    known = VectorCache(known_vectors(index.store.folder(index.pointer.build), VECTOR_FILES))
    texts = [one.told for one in situations]
    return known.embed(texts, assistant.retriever.embeddings.encode_queries, "query", lambda _: None)[0]


def labelled(situations: Sequence[Situation], vectors: Vectors) -> Examples:
    """Return situations with the practice that fits each, in groups by subject."""
    return Examples(
        [one.told for one in situations],
        vectors,
        [one.practice for one in situations],
        [one.subject for one in situations],
        np.ones(len(situations)),
    )


def figures(logits: Matrix, targets: NDArray[np.int64], groups: Sequence[str]) -> dict[str, float]:
    """Return how often the highest logits, shape (n, practices), are right, and their calibration error."""
    best = np.argsort(-logits, axis=1, kind="stable")[:, :2]
    right = best == targets[:, None]
    confidence = calibrated(logits, targets, groups).max(axis=1)
    return {
        "advice_first": float(right[:, 0].mean()),
        "advice_first_two": float(right.any(axis=1).mean()),
        "advice_calibration_error": calibration_error(confidence, right[:, 0].astype(float)),
    }


def calibrated(logits: Matrix, targets: NDArray[np.int64], groups: Sequence[str]) -> Matrix:
    """Return probabilities, shape (n, practices), each with a temperature from other groups than its own."""
    probabilities = np.zeros_like(logits)
    for others, rows in GroupKFold(min(FOLDS, len(set(groups)))).split(logits, targets, groups):
        scaled = logits[rows] / temperature(logits[others], targets[others])
        probabilities[rows] = softmax(scaled, axis=1)
    return probabilities
