"""HybridRetriever: dense, lexical and question-variant evidence, fused into one ranking of sections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.types import Passage
from ingest.embedding.cache import Vectors
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index
from ingest.text.mentions import Mentions, mentions
from ingest.text.negation import is_negated
from ingest.text.tokens import words
from ingest.types import GENERAL, Chunk, Section

Vector = NDArray[np.float32]
Scale = TypeVar("Scale", float, Vector)

SMALLEST = 1e-6  # A model that gives all texts one vector has a usual cosine of 1.
CANDIDATES = 40  # Chunks that each leg brings in.
TOP_K = 10
BLOCKS = 40  # Chunks that an answer is composed of, and the sections beside it, come from these.
# Weights of the evidence: a conditional logit over the blocks that hold the asked fact, fitted on 785
# questions by five writers. Leaving out a writer at a time, the first block holds it in 0.76 (before 0.72).
WEIGHTS = {
    "dense": 0.75,
    "sentence": 0.83,
    "variant": 1.2,
    "lexical": 1.0,
    "practice": 0.16,
    "aspect": 0.21,
    "polarity": 0.21,
}
# Between the usual cosine of unrelated texts (0) and 1, a question lies from FROM on with any sentence of the
# text, and SPAN further with one that answers it: median and mean best cosine of the dev questions.
COSINE_FROM, COSINE_SPAN = -0.18, 0.59
HEADING = 3.0  # More than any other evidence together: a question that quotes a heading means what is below.
LEXICAL_HALF = 8.0  # The BM25 score that counts half.


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever needs it; `vector` is (d,), `variants` its cosine with each variant."""

    text: str
    vector: Vector
    variants: Vector
    mentions: Mentions
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each of some chunks, between about 0 and 1; every array has shape (chunks,)."""

    rows: NDArray[np.int64]
    dense: Vector
    sentence: Vector
    variant: Vector
    lexical: Vector
    practice: Vector
    aspect: Vector
    polarity: Vector

    def scores(self, weights: Mapping[str, float]) -> Vector:
        """Return the weighted sum for each chunk."""
        total: Vector = np.sum([weight * getattr(self, name) for name, weight in weights.items()], axis=0)
        return total


class HybridRetriever(BaseRetriever):
    """LangChain's view of the search; `search` gives passages with their scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    embeddings: TextEmbeddings
    top_k: int = TOP_K

    def query(self, text: str) -> Query:
        """Return a question, spelled as it was meant, with its embedding and what it names."""
        text = self.index.speller.correct(text)
        vector = self.embeddings.encode_queries([text])[0]
        named = mentions(text, self.index.practices, self.index.aspects.values())
        return Query(text, vector, _cosines(self.index.variant_vectors, vector), named, is_negated(text))

    def search(self, query: Query) -> list[Passage]:
        """Return the best chunk of each of the best sections, best first."""
        return search(self.index, query, self.top_k)

    def search_blocks(self, query: Query) -> list[Passage]:
        """Return the best chunks, several of a section where they are, best first."""
        return search_blocks(self.index, query, BLOCKS)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                passage.chunk.text,
                metadata={
                    "chunk_id": passage.chunk.chunk_id,
                    "section_id": passage.section.section_id,
                    "title": passage.section.title,
                    "score": passage.score,
                },
            )
            for passage in self.search(self.query(query))
        ]


def search(index: Index, query: Query, top_k: int, weights: Mapping[str, float] = WEIGHTS) -> list[Passage]:
    """Rank sections by a weighted sum of evidence for their best chunk; a tie goes to the earlier section."""
    return one_a_section(search_blocks(index, query, len(index.chunks), weights), top_k)


def search_blocks(
    index: Index, query: Query, top_k: int, weights: Mapping[str, float] = WEIGHTS
) -> list[Passage]:
    """Rank chunks by a weighted sum of evidence; a tie goes to the earlier one."""
    found = evidence(index, query)
    scores = found.scores(weights) + _below_named_heading(index, query, found.rows)
    return [
        _passage(index, index.chunks[int(found.rows[place])], found, place, float(scores[place]))
        for place in np.argsort(-scores, kind="stable")[:top_k].tolist()
    ]


def one_a_section(blocks: Sequence[Passage], top_k: int) -> list[Passage]:
    """Return the first passage of each section, in order, at most `top_k`."""
    best: dict[str, Passage] = {}
    for passage in blocks:
        best.setdefault(passage.section.section_id, passage)
    return list(best.values())[:top_k]


def evidence(index: Index, query: Query) -> Evidence:
    """Return the evidence for every chunk that a leg brings in, in order of the chunks."""
    variants = _variants(index, query.variants)
    lexical = _lexical(index, query)
    rows = [
        row
        for row in sorted({*_nearest(index, query.vector), *variants, *lexical})
        if _answers(index, index.sections[index.chunks[row].section_id])
    ]
    places = np.asarray(rows, dtype=np.int64)
    # Chroma's search is approximate, so it brings candidates; the cosine itself is always the exact one.
    dense = index.chunk_vectors[places] @ query.vector
    least = min(variants.values(), default=index.usual_cosine)
    words_found = np.asarray([lexical.get(row, 0.0) for row in rows], dtype=np.float32)
    sections = [index.sections[index.chunks[row].section_id] for row in rows]
    return Evidence(
        rows=places,
        dense=scaled(index, dense),
        sentence=scaled(index, _best_sentences(index, places, query.vector)),
        variant=scaled(index, np.asarray([variants.get(row, least) for row in rows])),
        lexical=words_found / (words_found + LEXICAL_HALF),
        practice=np.asarray([_names_practice(section, query.mentions) for section in sections]),
        aspect=np.asarray([_names_aspect(section, query.mentions) for section in sections]),
        polarity=np.asarray([_polarity(index, section, query) for section in sections]),
    )


def scaled(index: Index, cosine: Scale) -> Scale:
    """Return cosines on a scale from about 0 (no answer) to 1 (an answer), whatever model gave them."""
    beyond = (cosine - index.usual_cosine) / max(1 - index.usual_cosine, SMALLEST)
    scale: Scale = (beyond - COSINE_FROM) / COSINE_SPAN
    return scale


def names_heading(question: str, title: str) -> bool:
    """Return whether a question quotes the last heading of a title: `Wat staat er over ‘Tarieven’?`."""
    return f"‘{title.split(' – ')[-1]}’".casefold() in question.casefold()


def _below_named_heading(index: Index, query: Query, rows: NDArray[np.int64]) -> Vector:
    """Return what a chunk gains below a heading that the question quotes."""
    if "‘" not in query.text:
        return np.zeros(len(rows), dtype=np.float32)
    titles = [index.sections[index.chunks[row].section_id].title for row in rows.tolist()]
    return np.asarray([HEADING * names_heading(query.text, title) for title in titles], dtype=np.float32)


def _passage(index: Index, chunk: Chunk, found: Evidence, place: int, score: float) -> Passage:
    return Passage(
        chunk=chunk,
        section=index.sections[chunk.section_id],
        score=score,
        dense=float(found.dense[place]),
        sentence=float(found.sentence[place]),
        variant=float(found.variant[place]),
        lexical=float(found.lexical[place]),
    )


def _nearest(index: Index, vector: Vector) -> list[int]:
    """Return the rows of the chunks that Chroma finds nearest."""
    found = index.collection.nearest(vector, min(CANDIDATES, len(index.chunks)))
    return [index.chunk_rows[chunk_id] for chunk_id in found]


def _cosines(vectors: Vectors, vector: Vector) -> Vector:
    """Return the cosine of each unit vector with one, shape (n,); an empty corpus part gives none."""
    return vectors @ vector if len(vectors) else np.zeros(0, dtype=np.float32)


def _variants(index: Index, cosines: Vector) -> dict[int, float]:
    """Return the best question variant's cosine for each chunk that has one among the nearest."""
    best: dict[int, float] = {}
    for variant in _top(cosines, CANDIDATES * 2):
        chunk = int(index.sentence_chunks[index.variant_sentences[variant]])
        best.setdefault(chunk, float(cosines[variant]))
    return best


def _lexical(index: Index, query: Query) -> dict[int, float]:
    named = [practice.label for practice in index.practices if practice.id in query.mentions.practices]
    asked = words(" ".join([query.text, *named]))
    if not asked:
        return {}
    scores = index.bm25.get_scores(asked)
    return {row: float(scores[row]) for row in _top(scores, CANDIDATES) if scores[row] > 0}


def _best_sentences(index: Index, rows: NDArray[np.int64], vector: Vector) -> Vector:
    """Return the cosine of the best sentence of each chunk, shape (rows,)."""
    counts = index.first_sentence[rows + 1] - index.first_sentence[rows]
    starts = np.cumsum(counts) - counts
    places = (
        np.arange(counts.sum()) - np.repeat(starts, counts) + np.repeat(index.first_sentence[rows], counts)
    )
    cosines = index.sentence_vectors[places] @ vector
    best: Vector = np.maximum.reduceat(cosines, starts)
    return best


def _names_practice(section: Section, named: Mentions) -> float:
    if section.practice in named.practices:
        return 1.0
    return 0.5 if section.practice == GENERAL else 0.0


def _names_aspect(section: Section, named: Mentions) -> float:
    """Return 1 for a section about a named aspect, and about a named practice if one is named."""
    return float(
        section.aspect in named.aspects and section.practice in (named.practices or (section.practice,))
    )


def _answers(index: Index, section: Section) -> bool:
    aspect = index.aspects.get(section.aspect or "")
    return aspect is None or aspect.answers


def _polarity(index: Index, section: Section, query: Query) -> float:
    """Return 1 for a section against its practice and -1 for one in favour, when a question denies."""
    aspect = index.aspects.get(section.aspect or "")
    if aspect is None or not query.negated:
        return 0.0
    return {"against": 1.0, "for": -1.0}.get(aspect.advice or "", 0.0)


def _top(scores: Vector, most: int) -> list[int]:
    """Return the rows of the highest scores, best first; a tie goes to the earlier row."""
    if len(scores) > most:
        rows = np.sort(np.argpartition(-scores, most)[:most])
        rows = rows[np.argsort(-scores[rows], kind="stable")]
    else:
        rows = np.argsort(-scores, kind="stable")
    best: list[int] = rows.tolist()
    return best
