"""HybridRetriever: dense, lexical and question-variant evidence, fused into one ranking of sections."""

from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.retrieval.answer_kind import asked_kinds, gives
from assistant.retrieval.evidence import Evidence, evidence
from assistant.retrieval.query import Queries, Query, Vector
from assistant.retrieval.ranking import best_sentence
from assistant.types import Passage
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index
from ingest.types import Chunk

TOP_K = 10
BLOCKS = 40  # Chunks that an answer is composed of, and the sections beside it, come from these.
# Weights of the evidence for a block, with example questions by `python -m evals fit`: left out of the fit,
# the first block holds the asked facts for 0.87 of 884 dev questions. Without them on 785 by five writers.
BLOCK_WEIGHTS = {
    "dense": 0.21,
    "sentence": 0.58,
    "variant": 0.83,
    "neighbours": 0.71,
    "likelihood": 0.44,
    "lexical": 0.78,
    "practice": 0.13,
    "aspect": 0.17,
    "polarity": 0.15,
}
PLAIN_BLOCK_WEIGHTS = {
    "dense": 0.75,
    "sentence": 0.83,
    "lexical": 1.0,
    "practice": 0.16,
    "aspect": 0.21,
    "polarity": 0.21,
}
# Without example questions, of the blocks that score best: the best sentence holds an answer of the asked
# kind. On evals/documents the first block holds the fact in 0.820 so, without it in 0.809.
KIND, KIND_READ = 0.15, 8
HEADING = 3.0  # More than any other evidence together: a question that quotes a heading means what is below.


class HybridRetriever(BaseRetriever):
    """LangChain's view of the search; `search` gives passages with their scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    embeddings: TextEmbeddings
    top_k: int = TOP_K

    def query(self, text: str) -> Query:
        """Return a question, spelled as it was meant, with its embedding and what it names."""
        return self.queries()(text)

    def queries(self) -> Queries:
        """Return what embeds the texts of one question."""
        return Queries(self.index, self.embeddings)

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
                    "practice": passage.section.practice,
                    "source": passage.section.source,
                    "page": passage.section.page,
                    "score": passage.score,
                },
            )
            for passage in self.search(self.query(query))
        ]


def search(
    index: Index, query: Query, top_k: int, weights: Mapping[str, float] | None = None
) -> list[Passage]:
    """Rank sections by a weighted sum of evidence for their best chunk; a tie goes to the earlier section."""
    return one_a_section(search_blocks(index, query, len(index.chunks), weights), top_k)


def search_blocks(
    index: Index, query: Query, top_k: int, weights: Mapping[str, float] | None = None
) -> list[Passage]:
    """Rank chunks by a weighted sum of evidence; a tie goes to the earlier one."""
    found = evidence(index, query)
    usual = BLOCK_WEIGHTS if index.variants else PLAIN_BLOCK_WEIGHTS
    scores = found.scores(weights or usual) + _below_named_heading(index, query, found.rows)
    scores += _of_asked_kind(index, query, found.rows, scores)
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


def names_heading(question: str, title: str) -> bool:
    """Return whether a question quotes the last heading of a title: `Wat staat er over ‘Tarieven’?`."""
    return f"‘{title.split(' – ')[-1]}’".casefold() in question.casefold()


def _below_named_heading(index: Index, query: Query, rows: NDArray[np.int64]) -> Vector:
    """Return what a chunk gains below a heading that the question quotes."""
    if "‘" not in query.text:
        return np.zeros(len(rows), dtype=np.float32)
    titles = [index.sections[index.chunks[row].section_id].title for row in rows.tolist()]
    return np.asarray([HEADING * names_heading(query.text, title) for title in titles], dtype=np.float32)


def _of_asked_kind(index: Index, query: Query, rows: NDArray[np.int64], scores: Vector) -> Vector:
    """Return what each of the best chunks gains by an answer of the kind that is asked for: an amount."""
    gained = np.zeros(len(rows), dtype=np.float32)
    kinds = () if index.variants else asked_kinds(query.text)
    for place in np.argsort(-scores, kind="stable")[: KIND_READ if kinds else 0].tolist():
        gained[place] = KIND * gives(kinds, best_sentence(index, query, [int(rows[place])]))
    return gained


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
