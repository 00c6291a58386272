"""Write the encoder as one ONNX graph: linear layers in int8, word embeddings in their own 4-bit blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from scripts.e5_weights import BLOCK, HEADS, HIDDEN, LAYER_NORM_EPSILON, ZERO, Weights

OPSET, MICROSOFT_OPSET, IR_VERSION = 21, 1, 10
MICROSOFT = "com.microsoft"
Matrix = NDArray[np.float32]
LEVELS = 63  # 7 of the 8 bits: processors without VNNI add pairs of products in 16 bits, which 127 overflows.
SMOOTHING = 0.65  # Xiao et al. (2023), SmoothQuant; cosine to fp32 0.9987, at 0.5 0.9966, without 0.9957.
STEPS = 4  # Smoothing factors a octave, so that the last bit of a measurement changes no byte of the model.
SMALLEST = 1e-5


class _Graph:
    """The nodes and initialisers gathered so far."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Add an initialiser and return its name."""
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(
        self, operator: str, inputs: Sequence[str], output: str, *, domain: str = "", **attributes: float
    ) -> str:
        """Add a node with one output and return the output's name."""
        node = helper.make_node(operator, inputs, [output], name=output, domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self.nodes.append(node)
        return output

    def linear(self, name: str, source: str, matrix: Matrix, bias: Matrix, maxima: Matrix) -> str:
        """Add `source @ matrix.T + bias` in int8; `maxima` is how large each column of the source gets."""
        factors = _smoothing(matrix, maxima)
        codes, scales = _quantise(matrix * factors)
        smooth = self.node("Mul", [source, self.constant(f"{name}.smooth", 1 / factors)], f"{name}.in")
        inputs = [
            smooth,
            self.constant(f"{name}.codes", codes.T),
            self.constant(f"{name}.scales", scales),
            self.constant(f"{name}.zeros", np.zeros_like(scales, dtype=np.int8)),
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=MICROSOFT)

    def normalise(self, name: str, source: str, weights: Weights) -> str:
        """Add layer normalisation with the scale and shift stored under the name."""
        scale = self.constant(f"{name}.w", weights.vectors[f"{name}.w"])
        shift = self.constant(f"{name}.b", weights.vectors[f"{name}.b"])
        return self.node("LayerNormalization", [source, scale, shift], name, epsilon=LAYER_NORM_EPSILON)

    def add_and_normalise(self, name: str, left: str, right: str, weights: Weights) -> str:
        """Add `layer_norm(left + right)`; apart, they are faster on the CPU than SkipLayerNormalization."""
        return self.normalise(name, self.node("Add", [left, right], f"{name}.sum"), weights)


def _smoothing(matrix: Matrix, maxima: Matrix) -> Matrix:
    """Return what to divide each input column by, so that no column needs most of the int8 range."""
    largest = np.maximum(np.abs(matrix).max(axis=0), SMALLEST)
    factors = np.log2(np.maximum(maxima, SMALLEST)) * SMOOTHING - np.log2(largest) * (1 - SMOOTHING)
    smooth: Matrix = np.exp2(np.round((factors - factors.mean()) * STEPS) / STEPS).astype(np.float32)
    return smooth


def _quantise(matrix: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Return codes in -LEVELS..LEVELS and one scale a row."""
    scales = (np.abs(matrix).max(axis=1) / LEVELS).astype(np.float32)
    return np.round(matrix / scales[:, None]).astype(np.int8), scales


def _pack(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put two neighbouring 4-bit codes in each byte, the first one low."""
    packed: NDArray[np.uint8] = codes[:, 0::2] | np.left_shift(codes[:, 1::2], np.uint8(4))
    return packed


def encoder(weights: Weights, maxima: Mapping[str, Matrix]) -> onnx.ModelProto:
    """Return the model `input_ids, attention_mask -> token_embeddings` (batch, tokens, HIDDEN).

    `maxima` gives for every linear layer, such as `l0.qkv`, how large each of its inputs gets.
    """
    graph = _Graph()
    hidden = _embed(graph, weights)
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for layer in range(weights.layers):
        hidden = _layer(graph, f"l{layer}", hidden, mask, weights, maxima)
    graph.nodes[-1].output[0] = "token_embeddings"
    return _model(graph)


def _embed(graph: _Graph, weights: Weights) -> str:
    """Add the sum of word, position and segment embeddings, normalised; there is one segment."""
    words = weights.words
    codes = onnx.TensorProto(
        name="words.codes", data_type=TensorProto.INT4, dims=words.codes.shape,
        raw_data=_pack(words.codes ^ np.uint8(ZERO)).tobytes(),
    )  # fmt: skip
    graph.initialisers.append(codes)
    scales = graph.constant("words.scales", words.scales)
    word = graph.node(
        "GatherBlockQuantized", ["words.codes", "input_ids", scales], "words", domain=MICROSOFT,
        bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1,
    )  # fmt: skip
    positions = weights.vectors["emb.pos"] + weights.vectors["emb.type"][0]
    table = graph.constant("positions.table", positions[None])
    first, axis = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    position = graph.node("Slice", [table, first, length, axis], "positions")
    return graph.add_and_normalise("emb.ln", word, position, weights)


def _layer(
    graph: _Graph, name: str, hidden: str, mask: str, weights: Weights, maxima: Mapping[str, Matrix]
) -> str:
    """Add one transformer layer: attention, then the feed-forward part."""

    def linear(part: str, source: str, stored: str) -> str:
        """Add the linear layer of the stored matrices, stacked."""
        return graph.linear(
            f"{name}.{part}", source, *_stack(weights, name, stored), maxima[f"{name}.{part}"]
        )

    projected = linear("qkv", hidden, "q k v")
    context = _attend(graph, name, projected, mask)
    hidden = graph.add_and_normalise(f"{name}.aln", linear("ao", context, "ao"), hidden, weights)
    active = graph.node("Gelu", [linear("fi", hidden, "fi")], f"{name}.gelu")
    return graph.add_and_normalise(f"{name}.oln", linear("fo", active, "fo"), hidden, weights)


def _attend(graph: _Graph, name: str, projected: str, mask: str) -> str:
    """Add self-attention over query, key and value, which lie side by side."""
    split = [f"{name}.query", f"{name}.key", f"{name}.value"]
    graph.nodes.append(
        helper.make_node("Split", [projected], split, name=f"{name}.split", axis=2, num_outputs=3)
    )
    return graph.node(
        "MultiHeadAttention", [*split, "", mask], f"{name}.context", domain=MICROSOFT, num_heads=HEADS
    )


def _stack(weights: Weights, layer: str, parts: str) -> tuple[Matrix, Matrix]:
    """Return the matrices and biases stored under the parts' names, one below the other."""
    names = [f"{layer}.{part}" for part in parts.split()]
    matrices = [weights.matrices[f"{name}.w"] for name in names]
    return np.concatenate(matrices), np.concatenate([weights.vectors[f"{name}.b"] for name in names])


def _model(graph: _Graph) -> onnx.ModelProto:
    """Wrap the nodes in a checked model with named dynamic axes."""
    shape = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("token_embeddings", TensorProto.FLOAT, [*shape, HIDDEN])
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, MICROSOFT_OPSET)]
    body = helper.make_graph(graph.nodes, "e5-small-nl", inputs, [output], graph.initialisers)
    model = helper.make_model(body, opset_imports=opsets, producer_name="wegwijzer", ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model
