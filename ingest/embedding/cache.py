"""Vectors of texts, embedded once: what an earlier build embedded with the same model is reused."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

UNRELATED = "unrelated"  # Their vectors tell which cosine a model gives to texts that have nothing in common.
_UNRELATED_FILE = Path(__file__).with_name("unrelated.txt")
# Compared with every question as a whole, which takes half the time when the columns lie together.
COMPARED_WHOLE = ("variants", "unanswerable")
_BATCH = 64  # Small enough for a smooth progress bar, large enough to keep two cores busy.


class Encoder(Protocol):
    """The part of the embedding model that ingest needs."""

    model_id: str

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a passage, shape (n, d)."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, shape (n, d)."""


class VectorCache:
    """Vectors of an earlier build by the hash of their text, and how many of them were used again."""

    def __init__(self, known: Mapping[bytes, NDArray[np.float32]]) -> None:
        self._known = known
        self.embedded = 0
        self.reused = 0

    def embed(
        self, texts: Sequence[str], encode: Encode, kind: str, progress: Callable[[int], None]
    ) -> tuple[Vectors, NDArray[np.bytes_]]:
        """Return the vectors, shape (n, d), and hashes of the texts; only unknown texts are embedded."""
        hashes = [text_hash(kind, text) for text in texts]
        missing = [row for row, key in enumerate(hashes) if key not in self._known]
        fresh: dict[int, NDArray[np.float32]] = {}
        for first in range(0, len(missing), _BATCH):
            rows = missing[first : first + _BATCH]
            fresh.update(zip(rows, encode([texts[row] for row in rows]), strict=True))
            progress(len(rows))
        progress(len(texts) - len(missing))
        self.embedded += len(missing)
        self.reused += len(texts) - len(missing)
        vectors = [fresh[row] if row in fresh else self._known[key] for row, key in enumerate(hashes)]
        return np.asarray(vectors, dtype=np.float32), np.asarray(hashes, dtype="S16")


def text_hash(kind: str, text: str) -> bytes:
    """Return 16 hexadecimal digits that name a text and how it was embedded ('passage' or 'query')."""
    return hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest()[:16].encode()


def save_vectors(folder: Path, name: str, vectors: Vectors, hashes: NDArray[np.bytes_]) -> None:
    """Write `<name>.npy`, shape (n, d), and the hashes of its rows."""
    np.save(folder / f"{name}.npy", np.asfortranarray(vectors) if name in COMPARED_WHOLE else vectors)
    np.save(folder / f"{name}.hashes.npy", hashes)


def load_vectors(folder: Path, name: str) -> Vectors:
    """Return the matrix `<name>.npy`, memory-mapped and read-only."""
    # As a plain array over the map: a product with numpy's own memmap class takes 18 times as long.
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def known_vectors(folder: Path, names: Iterable[str]) -> dict[bytes, NDArray[np.float32]]:
    """Return every vector that a build holds by the hash of its text; what cannot be read is left out."""
    known: dict[bytes, NDArray[np.float32]] = {}
    for name in names:
        try:
            known.update(zip(np.load(folder / f"{name}.hashes.npy"), load_vectors(folder, name), strict=True))
        except (OSError, ValueError):
            continue
    return known


def unrelated_texts() -> list[str]:
    """Return everyday sentences, each about something else."""
    return _UNRELATED_FILE.read_text(encoding="utf-8").splitlines()


def usual_cosine(vectors: Vectors) -> float:
    """Return the median cosine between unit vectors (n, d) of texts that have nothing in common."""
    pairs = np.triu_indices(len(vectors), k=1)
    return float(np.median((vectors @ vectors.T)[pairs])) if len(vectors) > 1 else 0.0
