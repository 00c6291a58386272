"""Cross-validation of the adviser: situations about subjects that it was not trained on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from assistant.retrieval.query import Query
from assistant.retrieval.retriever import search
from evals.scoring.metrics import calibration_error
from evals.types import RankingSystem
from ingest.documents.files import load_corpus
from ingest.embedding.cache import VectorCache, known_vectors
from ingest.embedding.embeddings import load_embeddings
from ingest.index.open import VECTOR_FILES, Index, open_index, open_store
from ingest.learning.classifier import Matrix
from ingest.learning.training import FOLDS, Examples, held_out_logits, temperature
from ingest.text.mentions import Mentions
from ingest.types import Situation
from settings import Settings

_ANY_TEXT = "-"  # Stands for every text when only the embedding may speak: all texts have the same n-grams.


def cross_validate(settings: Settings) -> tuple[RankingSystem, ...]:
    """Return the figures of each kind of adviser on the training situations, split by subject.

    The temperature is fitted on the other folds too, so that no figure rests on a text that was seen before.
    """
    situations = [one for one in load_corpus([settings.corpus]).situations if one.practice]
    embeddings = load_embeddings(settings)
    store = open_store(settings)
    known = VectorCache(known_vectors(store.folder(store.pointer().build), VECTOR_FILES))
    texts = [situation.told for situation in situations]
    vectors, _ = known.embed(texts, embeddings.encode_queries, "query", lambda _: None)
    index = open_index(store, embeddings.model_id)
    names = sorted({situation.practice for situation in situations})
    targets = np.asarray([names.index(situation.practice) for situation in situations])
    groups = [situation.subject for situation in situations]
    return tuple(
        RankingSystem(name, figures(logits, targets, groups))
        for name, logits in _advisers(index, situations, vectors, names)
    )


def figures(logits: Matrix, targets: NDArray[np.int64], groups: Sequence[str]) -> dict[str, float]:
    """Return how often the highest logits, shape (n, practices), are right, and their calibration error."""
    best = np.argsort(-logits, axis=1, kind="stable")[:, :2]
    right = best == targets[:, None]
    confidence = calibrated(logits, targets, groups).max(axis=1)
    return {
        "advice_first": float(right[:, 0].mean()),
        "advice_first_two": float(right.any(axis=1).mean()),
        "advice_calibration_error": calibration_error(confidence.tolist(), right[:, 0].tolist()),
    }


def calibrated(logits: Matrix, targets: NDArray[np.int64], groups: Sequence[str]) -> Matrix:
    """Return probabilities, shape (n, practices), each with a temperature from other groups than its own."""
    probabilities = np.zeros_like(logits)
    for others, rows in GroupKFold(min(FOLDS, len(set(groups)))).split(logits, targets, groups):
        scaled = logits[rows] / temperature(logits[others], targets[others])
        probabilities[rows] = softmax(scaled, axis=1)
    return probabilities


def _advisers(
    index: Index, situations: Sequence[Situation], vectors: Matrix, names: Sequence[str]
) -> Iterator[tuple[str, Matrix]]:
    """Yield each adviser with its logits for every situation."""
    texts = [situation.told for situation in situations]
    examples = Examples(
        texts=texts,
        embeddings=vectors,
        labels=[situation.practice for situation in situations],
        groups=[situation.subject for situation in situations],
        weights=np.ones(len(situations)),
    )
    yield "nearest passages", _nearest(index, texts, vectors, names)
    yield "embedding only", held_out_logits(replace(examples, texts=[_ANY_TEXT] * len(texts)))
    yield "character n-grams only", held_out_logits(replace(examples, embeddings=np.zeros_like(vectors)))
    yield "embedding and n-grams", held_out_logits(examples)


def _nearest(index: Index, texts: Sequence[str], vectors: Matrix, names: Sequence[str]) -> Matrix:
    """Return the score of each practice's best passage; situations name no practice."""
    logits = np.zeros((len(texts), len(names)), dtype=np.float32)
    for row, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
        query = Query(text, vector, index.variant_vectors @ vector, Mentions())
        for practice, score in nearest_practices(index, query).items():
            if practice in names:
                logits[row, names.index(practice)] = score
    return logits


def nearest_practices(index: Index, query: Query) -> dict[str, float]:
    """Return the practices by the score of their best passage, best first."""
    known = {practice.id for practice in index.practices}
    best: dict[str, float] = {}
    for passage in search(index, query, len(index.sections)):
        if passage.section.practice in known:
            best.setdefault(passage.section.practice, passage.score)
    return best
