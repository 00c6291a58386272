"""The graph of the encoder has as many layers as its weights."""

import numpy as np
from numpy.typing import NDArray

from scripts.e5_graph import encoder
from scripts.e5_weights import BLOCK, HIDDEN, INTERMEDIATE, QuantisedMatrix, Weights

LAYERS, WORDS, POSITIONS = 2, 4, 8


def _weights() -> Weights:
    """Return small weights of LAYERS layers, all the same."""
    matrices = dict[str, NDArray[np.float32]]()
    vectors: dict[str, NDArray[np.float64]] = {
        "emb.pos": np.ones((POSITIONS, HIDDEN)),
        "emb.type": np.ones((1, HIDDEN)),
    }
    for layer in range(LAYERS):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            rows = INTERMEDIATE if part == "fi" else HIDDEN
            columns = INTERMEDIATE if part == "fo" else HIDDEN
            matrices[f"l{layer}.{part}.w"] = np.ones((rows, columns), dtype=np.float32)
            vectors[f"l{layer}.{part}.b"] = np.ones(rows)
    for name in ("emb.ln", *(f"l{layer}.{part}" for layer in range(LAYERS) for part in ("aln", "oln"))):
        vectors |= {f"{name}.w": np.ones(HIDDEN), f"{name}.b": np.ones(HIDDEN)}
    words = QuantisedMatrix(
        np.zeros((WORDS, HIDDEN), dtype=np.uint8), np.ones((WORDS, HIDDEN // BLOCK), dtype=np.float32)
    )
    return Weights(words, matrices, {name: vector.astype(np.float32) for name, vector in vectors.items()})


def test_the_graph_has_as_many_layers_as_the_weights() -> None:
    sizes = {"qkv": HIDDEN, "ao": HIDDEN, "fi": HIDDEN, "fo": INTERMEDIATE}
    maxima = {
        f"l{layer}.{part}": np.ones(size, dtype=np.float32)
        for layer in range(LAYERS)
        for part, size in sizes.items()
    }

    weights = _weights()
    nodes = encoder(weights, maxima).graph.node

    assert weights.layers == LAYERS
    assert [node.name for node in nodes if node.op_type == "MultiHeadAttention"] == [
        "l0.context",
        "l1.context",
    ]
