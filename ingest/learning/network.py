"""A small network with one hidden layer: it weighs pieces of evidence by each other.

Trained with scikit-learn when the index is built; asked with numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.learning.classifier import Matrix

BATCH = 200
MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Network:
    """Weights that turn evidence, shape (d,), into a probability for each label.

    `hidden` has shape (d, h), `hidden_bias` (h,), `output` (h, labels) and `output_bias` (labels,).
    """

    labels: tuple[str, ...]
    hidden: Matrix
    hidden_bias: Matrix
    output: Matrix
    output_bias: Matrix

    def probabilities(self, evidence: Matrix) -> dict[str, float]:
        """Return the probability of each label, summing to 1."""
        scores = np.maximum(evidence @ self.hidden + self.hidden_bias, 0) @ self.output + self.output_bias
        weights = np.exp(scores - scores.max())
        return dict(zip(self.labels, (weights / weights.sum()).tolist(), strict=True))

    def save(self, file: Path) -> None:
        """Write the network to one `.npz` file."""
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            hidden=self.hidden.astype(np.float16),
            hidden_bias=self.hidden_bias,
            output=self.output,
            output_bias=self.output_bias,
        )


def load_network(file: Path) -> Network:
    """Read what `Network.save` wrote."""
    with np.load(file) as stored:
        return Network(
            labels=tuple(stored["labels"].tolist()),
            hidden=stored["hidden"].astype(np.float32),
            hidden_bias=stored["hidden_bias"],
            output=stored["output"],
            output_bias=stored["output_bias"],
        )


def learn_network(
    evidence: Matrix, labels: Sequence[str], scales: Matrix, units: int, epochs: int, decay: float
) -> Network:
    """Fit a network with `units` in its hidden layer on evidence, shape (n, d).

    `scales`, shape (d,), make the pieces of evidence vary alike while it learns. It is MEMBERS networks that
    began differently, as one: their mean is surer than any of them.
    """
    from sklearn.neural_network import MLPClassifier  # scikit-learn is needed only here

    names, scaled = sorted(set(labels)), evidence * scales
    models = [
        MLPClassifier((units,), alpha=decay, batch_size=min(BATCH, len(labels)), random_state=member)
        for member in range(MEMBERS)
    ]
    for model in models:
        for _ in range(epochs):
            model.partial_fit(scaled, labels, classes=names)
    outputs = [_both(model.coefs_[1], model.intercepts_[1]) for model in models]
    return Network(
        labels=tuple(names),
        hidden=np.hstack([model.coefs_[0] * scales[:, None] for model in models]).astype(np.float32),
        hidden_bias=np.concatenate([model.intercepts_[0] for model in models]).astype(np.float32),
        output=(np.vstack([weights for weights, _ in outputs]) / MEMBERS).astype(np.float32),
        output_bias=np.mean([bias for _, bias in outputs], axis=0).astype(np.float32),
    )


def _both(weights: Matrix, bias: Matrix) -> tuple[Matrix, Matrix]:
    """Return one column a label, also for two labels, where scikit-learn keeps a single one."""
    if weights.shape[1] > 1:
        return weights, bias
    return np.hstack([np.zeros_like(weights), weights]), np.concatenate([np.zeros_like(bias), bias])
