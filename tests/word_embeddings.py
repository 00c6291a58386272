"""A stand-in for the embedding model that loads nothing."""

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from ingest.embedding.cache import Vectors
from ingest.embedding.embeddings import TextEmbeddings
from ingest.text.tokens import words


class WordEmbeddings(TextEmbeddings):
    """A stand-in for the model that loads nothing: texts that share words lie close.

    The first axis is shared by all texts, so that cosines lie in the range of the real model's.
    """

    DIMENSION = 256
    SHARED = 0.75

    def __init__(self, model_id: str = "words-1") -> None:
        self.model_id = model_id
        self.texts: list[str] = []

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self.DIMENSION

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question."""
        return self._vectors(texts)

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a passage."""
        if progress:
            progress(len(texts))
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return np.asarray([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.DIMENSION, dtype=np.float32)
        for word in words(text) or [text]:
            vector[1 + zlib.crc32(word.encode()) % (self.DIMENSION - 1)] += 1
        vector *= np.sqrt(1 - self.SHARED) / np.linalg.norm(vector)
        vector[0] = np.sqrt(self.SHARED)
        return vector
