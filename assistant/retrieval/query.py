"""A question as the search needs it: its vector, what it names, and how near each example question is."""

import re
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

# What is answered by nee supposes what the sentence does not say, so an open question lies further from it.
DENIED = 0.3
_OPEN = re.compile(
    r"(^|[.!?,:;]\s+|\ben\s+)((in|bij|voor|met|op|uit|van|aan) )?"
    r"(wat|wie|waar\w*|wanneer|hoe\w*|welke?|waarom|hoezo|noem|geef|leg)\b"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever needs it; `vector` is (d,), `variants` its cosine with each variant.

    `open` tells that it asks for more than ja or nee.
    """

    text: str
    vector: Vector
    variants: Vector
    mentions: Mentions
    negated: bool = False
    open: bool = False


class Queries:
    """The questions that are sought while one question is answered; each text is embedded once."""

    def __init__(self, index: Index, embeddings: TextEmbeddings) -> None:
        """Know no text yet."""
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
        asks_open = bool(_OPEN.search(text.lower()))
        cosines = _cosines(index.variant_vectors, vector)
        if asks_open and len(cosines):
            cosines[index.denied_variants] -= DENIED
        return Query(text, vector, cosines, named, is_negated(text), asks_open)


def _cosines(vectors: Vectors, vector: Vector) -> Vector:
    """Return the cosine of each unit vector with one, shape (n,); an empty corpus part gives none."""
    return vectors @ vector if len(vectors) else np.zeros(0, dtype=np.float32)
