"""A question as the search needs it: its vector, what it names, and how near each example question is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index
from ingest.text.mentions import Mentions, mentions
from ingest.text.negation import is_negated

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever needs it; `vector` is (d,), `variants` its cosine with each variant.

    `grams` are those of its words and pairs of words that example questions hold too.
    """

    text: str
    vector: Vector
    variants: Vector
    mentions: Mentions
    negated: bool = False
    grams: tuple[int, ...] = ()


class Queries:
    """The questions that are sought while one question is answered; each text is embedded once."""

    def __init__(self, index: Index, embeddings: TextEmbeddings) -> None:
        """Start without any text."""
        self._index = index
        self._embeddings = embeddings
        self._known: dict[str, Query] = {}

    def __call__(self, text: str) -> Query:
        """Return a text, spelled as it was meant, with its embedding and what it names."""
        if text not in self._known:
            self.prepare([text])
        return self._known[text]

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed several texts at once, which takes less time than one after the other."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if not new:
            return
        meant = [self._index.speller.correct(text) for text in new]
        for text, spelled, vector in zip(new, meant, self._embeddings.encode_queries(meant), strict=True):
            self._known[text] = self._query(spelled, vector)

    def _query(self, text: str, vector: Vector) -> Query:
        index = self._index
        named = mentions(text, index.practices, index.aspects.values())
        grams = tuple(index.likelihood.known(text))
        return Query(text, vector, _cosines(index.variant_vectors, vector), named, is_negated(text), grams)


def _cosines(vectors: Vectors, vector: Vector) -> Vector:
    """Return the cosine of each unit vector with one, shape (n,); an empty corpus part gives none."""
    return vectors @ vector if len(vectors) else np.zeros(0, dtype=np.float32)
