"""Cross-validation of the adviser: situations about subjects that it was not trained on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from evals.scoring.metrics import calibration_error
from evals.types import Figures
from ingest.documents.files import load_corpus
from ingest.embedding.cache import VectorCache, known_vectors
from ingest.embedding.embeddings import load_embeddings
from ingest.index.open import VECTOR_FILES, open_store
from ingest.learning.classifier import Matrix
from ingest.learning.training import FOLDS, Examples, held_out_logits, temperature
from ingest.types import Situation
from settings import Settings

_ANY_TEXT = "-"  # Stands for every text when only the embedding may speak: all texts have the same n-grams.


def cross_validate(settings: Settings) -> Figures:
    """Return the figures of each kind of adviser on the training situations, split by subject.

    The temperature is fitted on the other folds too, so that no figure rests on a text that was seen before.
    """
    situations = [one for one in load_corpus([settings.corpus]).situations if one.practice]
    embeddings = load_embeddings(settings)
    store = open_store(settings)
    known = VectorCache(known_vectors(store.folder(store.pointer().build), VECTOR_FILES))
    texts = [situation.told for situation in situations]
    vectors, _ = known.embed(texts, embeddings.encode_queries, "query", lambda _: None)
    names = sorted({situation.practice for situation in situations})
    targets = np.asarray([names.index(situation.practice) for situation in situations])
    groups = [situation.subject for situation in situations]
    return {name: figures(logits, targets, groups) for name, logits in _advisers(situations, vectors)}


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


def _advisers(situations: Sequence[Situation], vectors: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Yield each adviser with its logits for every situation."""
    texts = [situation.told for situation in situations]
    examples = Examples(
        texts=texts,
        embeddings=vectors,
        labels=[situation.practice for situation in situations],
        groups=[situation.subject for situation in situations],
        weights=np.ones(len(situations)),
    )
    yield "embedding only", held_out_logits(replace(examples, texts=[_ANY_TEXT] * len(texts)))
    yield "character n-grams only", held_out_logits(replace(examples, embeddings=np.zeros_like(vectors)))
    yield "embedding and n-grams", held_out_logits(examples)
