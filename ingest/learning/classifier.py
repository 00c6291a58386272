"""A small text classifier: logistic regression over an embedding and character n-grams, calibrated.

Trained with scikit-learn when the index is built; asked with numpy alone.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.text.tokens import folded

Matrix = NDArray[np.float32]

NGRAM_SIZES = (3, 4, 5)
EMBEDDING_SCALE = (
    1.0  # Weight of the embedding beside n-grams of unit length; by cross-validation over subjects.
)
INVERSE_REGULARISATION = 10.0
MOST_NGRAMS = 12_000  # More did not change the accuracy (0.959) in cross-validation, only the time.


@dataclass(frozen=True, slots=True)
class TextClassifier:
    """Weights that turn a text and its embedding into a probability for each label."""

    labels: tuple[str, ...]
    ngrams: Mapping[str, int]
    idf: Matrix
    ngram_weights: Matrix
    embedding_weights: Matrix
    bias: Matrix
    temperature: float

    def probabilities(self, text: str, embedding: Matrix) -> dict[str, float]:
        """Return the probability of each label, summing to 1; `embedding` has shape (d,)."""
        logits = self.logits(text, embedding) / self.temperature
        weights = np.exp(logits - logits.max())
        return dict(zip(self.labels, (weights / weights.sum()).tolist(), strict=True))

    def logits(self, text: str, embedding: Matrix) -> Matrix:
        """Return the score of each label before calibration, shape (labels,)."""
        scores: Matrix = self.ngram_logits(text) + embedding @ self.embedding_weights
        return scores

    def ngram_logits(self, text: str) -> Matrix:
        """Return what the n-grams alone say of each label, shape (labels,)."""
        columns, values = _tfidf(text, self.ngrams, self.idf)
        scores: Matrix = values @ self.ngram_weights[columns] + self.bias
        return scores

    def save(self, file: Path) -> None:
        """Write the classifier to one `.npz` file."""
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            ngrams=np.asarray(list(self.ngrams)),
            idf=self.idf,
            ngram_weights=self.ngram_weights.astype(np.float16),
            embedding_weights=self.embedding_weights,
            bias=self.bias,
            temperature=np.float64(self.temperature),
        )


def load_classifier(file: Path) -> TextClassifier:
    """Read what `TextClassifier.save` wrote."""
    with np.load(file) as stored:
        return TextClassifier(
            labels=tuple(stored["labels"].tolist()),
            ngrams={ngram: column for column, ngram in enumerate(stored["ngrams"].tolist())},
            idf=stored["idf"],
            ngram_weights=stored["ngram_weights"].astype(np.float32),
            embedding_weights=stored["embedding_weights"],
            bias=stored["bias"],
            temperature=float(stored["temperature"]),
        )


def char_ngrams(text: str) -> list[str]:
    """Return the n-grams of 3 to 5 characters within each word, padded with a space on both sides."""
    padded = [f" {word} " for word in folded(text).split()]
    return [
        word[start : start + size]
        for word in padded
        for size in NGRAM_SIZES
        for start in range(max(1, len(word) - size + 1))
    ]


def ngrams_and_pairs(text: str) -> list[str]:
    """Return the n-grams of a text, and its pairs of words: `niet mee` says another thing than `mee`."""
    told = folded(text).split()
    return [*char_ngrams(text), *(pair(first, second) for first, second in pairwise(told))]


def pair(first: str, second: str) -> str:
    """Return the name of a pair of words, which no n-gram has."""
    return f"{first}_{second}"


def forget_texts() -> None:
    """Forget which texts were classified: a question does not outlive its answer."""
    _ngrams.cache_clear()


@lru_cache(maxsize=16)  # Every classifier reads the same question.
def _ngrams(text: str) -> Mapping[str, int]:
    """Return the n-grams and pairs of a text with how often each is in it."""
    return Counter(ngrams_and_pairs(text))  # A vocabulary without pairs passes them over.


def _tfidf(text: str, vocabulary: Mapping[str, int], idf: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    counts = {vocabulary[ngram]: count for ngram, count in _ngrams(text).items() if ngram in vocabulary}
    columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
    times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
    values = (1 + np.log(times)).astype(np.float32) * idf[columns]
    norm = float(np.linalg.norm(values)) or 1.0
    return columns, values / norm
