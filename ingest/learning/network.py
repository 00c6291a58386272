"""Small networks with one hidden layer, averaged: they weigh pieces of evidence by each other.

Trained with scikit-learn when the index is built; asked with numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.learning.classifier import Matrix


@dataclass(frozen=True, slots=True)
class Networks:
    """Weights of m networks that turn evidence, shape (d,), into a probability for each label.

    `hidden` has shape (m, d, h), `hidden_bias` (m, h), `output` (m, h, labels) and `output_bias` (m, labels).
    """

    labels: tuple[str, ...]
    hidden: Matrix
    hidden_bias: Matrix
    output: Matrix
    output_bias: Matrix

    def probabilities(self, evidence: Matrix) -> dict[str, float]:
        """Return the probability of each label, summing to 1: the geometric mean of the networks'."""
        active = np.maximum(evidence @ self.hidden + self.hidden_bias, 0)
        scores = np.einsum("mh,mhl->ml", active, self.output) + self.output_bias
        mean = (scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)).mean(axis=0)
        weights = np.exp(mean - mean.max())
        return dict(zip(self.labels, (weights / weights.sum()).tolist(), strict=True))

    def save(self, file: Path) -> None:
        """Write the networks to one `.npz` file."""
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            hidden=self.hidden.astype(np.float16),
            hidden_bias=self.hidden_bias,
            output=self.output,
            output_bias=self.output_bias,
        )


def load_networks(file: Path) -> Networks:
    """Read what `Networks.save` wrote."""
    with np.load(file) as stored:
        return Networks(
            labels=tuple(stored["labels"].tolist()),
            hidden=stored["hidden"].astype(np.float32),
            hidden_bias=stored["hidden_bias"],
            output=stored["output"],
            output_bias=stored["output_bias"],
        )


def learn_networks(
    evidence: Matrix, labels: Sequence[str], members: int, units: int, epochs: int, decay: float
) -> Networks:
    """Fit networks with `units` in the hidden layer on evidence, shape (n, d), each from another start."""
    from sklearn.neural_network import MLPClassifier  # scikit-learn is needed only here

    names = sorted(set(labels))
    fitted = [
        MLPClassifier((units,), alpha=decay, batch_size=min(200, len(labels)), random_state=member)
        for member in range(members)
    ]
    for model in fitted:
        for _ in range(epochs):
            model.partial_fit(evidence, labels, classes=names)
    outputs = [_both(model.coefs_[1], model.intercepts_[1]) for model in fitted]
    return Networks(
        labels=tuple(names),
        hidden=np.asarray([model.coefs_[0] for model in fitted], np.float32),
        hidden_bias=np.asarray([model.intercepts_[0] for model in fitted], np.float32),
        output=np.asarray([weights for weights, _ in outputs], np.float32),
        output_bias=np.asarray([bias for _, bias in outputs], np.float32),
    )


def _both(weights: Matrix, bias: Matrix) -> tuple[Matrix, Matrix]:
    """Return one column a label, also for two labels, where scikit-learn keeps a single one."""
    if weights.shape[1] > 1:
        return weights, bias
    return np.hstack([np.zeros_like(weights), weights]), np.concatenate([np.zeros_like(bias), bias])
