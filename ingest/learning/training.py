"""Train a TextClassifier from labelled texts and their embeddings; its temperature by cross-validation."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from ingest.learning.classifier import (
    EMBEDDING_SCALE,
    INVERSE_REGULARISATION,
    MOST_NGRAMS,
    NGRAM_SIZES,
    Matrix,
    TextClassifier,
    char_ngrams,
)

FOLDS = 5
TOLERANCE = 1e-3  # Ten times scikit-learn's default: the same predictions in half the time.


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled texts with their embeddings, shape (n, d); a group stays together in train or test."""

    texts: Sequence[str]
    embeddings: Matrix
    labels: Sequence[str]
    groups: Sequence[str]
    weights: NDArray[np.float64]

    def rows(self, rows: NDArray[np.int64]) -> "Examples":
        """Return the examples with these numbers."""
        return Examples(
            [self.texts[row] for row in rows],
            self.embeddings[rows],
            [self.labels[row] for row in rows],
            [self.groups[row] for row in rows],
            self.weights[rows],
        )

    def labelled(self, label: str) -> "Examples":
        """Return the same examples, all with one label."""
        return replace(self, labels=[label] * len(self.texts))

    def digest(self) -> str:
        """Return hexadecimal digits that name these examples and how one learns from them."""
        method = (EMBEDDING_SCALE, INVERSE_REGULARISATION, MOST_NGRAMS, NGRAM_SIZES, FOLDS, TOLERANCE)
        told = repr((method, list(self.texts), list(self.labels), list(self.groups), self.weights.tolist()))
        content = hashlib.sha256(told.encode("utf-8", "surrogatepass"))
        content.update(np.ascontiguousarray(self.embeddings).tobytes())
        return content.hexdigest()

    def __add__(self, other: "Examples") -> "Examples":
        """Return the examples of both."""
        parts = [part.embeddings for part in (self, other) if len(part.texts)]
        return Examples(
            [*self.texts, *other.texts],
            np.vstack(parts) if parts else self.embeddings,
            [*self.labels, *other.labels],
            [*self.groups, *other.groups],
            np.concatenate([self.weights, other.weights]),
        )


def train(examples: Examples) -> TextClassifier:
    """Fit the classifier, with the temperature (Guo et al., 2017) that suits groups left out of training.

    Where too few groups leave nothing to learn from, the temperature is 1.
    """
    if not _can_leave_out(examples):
        return fit(examples)
    names = sorted(set(examples.labels))
    logits = held_out_logits(examples)
    targets = np.asarray([names.index(label) for label in examples.labels])
    firm = examples.weights == 1
    return fit(examples, temperature(logits[firm], targets[firm]))


def held_out_logits(examples: Examples) -> Matrix:
    """Return the logits of each text, shape (n, labels), by a classifier that never saw its group."""
    names = sorted(set(examples.labels))
    logits = np.zeros((len(examples.texts), len(names)), dtype=np.float32)
    for seen, unseen in _folds(examples):
        classifier = fit(examples.rows(seen))
        columns = [names.index(label) for label in classifier.labels]
        for row in unseen:
            logits[row, columns] = classifier.logits(examples.texts[row], examples.embeddings[row])
    return logits


def _folds(examples: Examples) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    folds = GroupKFold(min(FOLDS, len(set(examples.groups))))
    return list(folds.split(examples.texts, examples.labels, examples.groups))


def _can_leave_out(examples: Examples) -> bool:
    """Return whether every label is learnt from when a part of the groups is left out."""
    if len(set(examples.groups)) < 2:
        return False
    return all(len({examples.labels[row] for row in seen}) > 1 for seen, _ in _folds(examples))


def fit(
    examples: Examples, temperature: float = 1.0, regularisation: float = INVERSE_REGULARISATION
) -> TextClassifier:
    """Fit one classifier on all the examples; `regularisation` is the inverse of its strength."""
    vectorizer = TfidfVectorizer(
        analyzer=char_ngrams, sublinear_tf=True, min_df=2, max_features=MOST_NGRAMS, dtype=np.float32
    )
    counted = vectorizer.fit_transform(examples.texts)
    centre = examples.embeddings.mean(axis=0)
    features = hstack([counted, csr_matrix((examples.embeddings - centre) * EMBEDDING_SCALE)]).tocsr()
    model = LogisticRegression(C=regularisation, tol=TOLERANCE, max_iter=1_000)
    model.fit(features, examples.labels, sample_weight=examples.weights)
    weights, bias = _symmetric(model.coef_, model.intercept_)
    width = counted.shape[1]
    embedding_weights = (weights[:, width:].T * EMBEDDING_SCALE).astype(np.float32)
    return TextClassifier(
        labels=tuple(model.classes_.tolist()),
        ngrams={ngram: column for column, ngram in enumerate(vectorizer.get_feature_names_out().tolist())},
        idf=vectorizer.idf_.astype(np.float32),
        ngram_weights=weights[:, :width].T.astype(np.float32),
        embedding_weights=embedding_weights,
        bias=(bias - centre @ embedding_weights).astype(np.float32),
        temperature=temperature,
    )


def temperature(logits: Matrix, targets: NDArray[np.int64]) -> float:
    """Return the temperature that makes held-out logits, shape (n, labels), likeliest."""

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        chosen = scaled[np.arange(len(targets)), targets]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - chosen))

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def _symmetric(coefficients: Matrix, intercept: Matrix) -> tuple[Matrix, Matrix]:
    """Return one row a label, also for two labels, where scikit-learn keeps a single row."""
    if coefficients.shape[0] > 1:
        return coefficients, intercept
    return np.vstack([-coefficients / 2, coefficients / 2]), np.concatenate([-intercept / 2, intercept / 2])
