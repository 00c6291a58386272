"""Other ways of ranking and answering on the same questions: baselines and ablations."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import bm25s
import numpy as np
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

from assistant.chain import Assistant
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import BLOCK_WEIGHTS, search
from assistant.types import Answer
from evals.questions import KNOWLEDGE_KINDS, ReferenceQuestion
from evals.scoring.measures import figures
from evals.scoring.metrics.facts import facts_at
from evals.scoring.metrics.ranking import MOST_RANKED, ranking_scores
from evals.scoring.resample import spread
from evals.scoring.score import CUTOFFS, score_facts
from evals.types import Answered, Figures, Scored
from ingest.index.open import Index
from ingest.text.chunks import embedded_text
from ingest.text.tokens import words

Rank = Callable[[Query], Sequence[str]]

PRODUCT = "product"
ANSWER_FIGURES = ("asked", "first_answers", "shown_answers", "list_complete", "outside_words")
MOST_COMPARED = 360  # Of more questions, so many at even distances, so that a run takes about a minute.


def compare_retrieval(assistant: Assistant, asked: Sequence[Answered]) -> Figures:
    """Return the ranking figures of the product, of each leg alone, and of the product without each part."""
    chosen = spread([one for one in asked if one.question.kind in KNOWLEDGE_KINDS], MOST_COMPARED)
    if not chosen:
        return {}
    queries = _queries(assistant, chosen)

    questions = [one.question for one in chosen]
    return {
        name: _ranking_figures(
            assistant.index, questions, {id_: rank(query) for id_, query in queries.items()}
        )
        for name, rank in _systems(assistant.index)
    }


def compare_answers(assistant: Assistant, scored: Sequence[Scored]) -> Figures:
    """Return how well the product answers beside the first block that a ranking finds, shown whole."""
    chosen = spread(
        [one for one in scored if one.question.kind in KNOWLEDGE_KINDS and "asked" in one.scores],
        MOST_COMPARED,
    )
    if not chosen:
        return {}
    index, queries = assistant.index, _queries(assistant, chosen)

    def measured(rank: Rank) -> dict[str, float]:
        blocks = [(one.question, next(iter(rank(queries[one.question.id])), "")) for one in chosen]
        shown = [score_facts(question, _shown(question.id, block)) for question, block in blocks]
        return figures(shown, ANSWER_FIGURES)

    return {
        PRODUCT: figures([one.scores for one in chosen], ANSWER_FIGURES),
        "first block of the product's ranking": measured(_first_block(index, BLOCK_WEIGHTS)),
        "first block by BM25 alone": measured(_first_block(index, {"lexical": 1.0})),
        "first block by dense alone": measured(_first_block(index, {"dense": 1.0})),
    }


def _queries(assistant: Assistant, asked: Sequence[Answered | Scored]) -> dict[str, Query]:
    return {one.question.id: assistant.retriever.query(one.answer.standalone_question) for one in asked}


def _ranking_figures(
    index: Index, questions: Sequence[ReferenceQuestion], ranked: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Return the means over the questions that have labelled sections, and over those that have facts."""
    relevant = {one.id: one.sections for one in questions if one.sections}
    with_facts = [one for one in questions if one.facts or one.expect]
    facts = {
        one.id: facts_at(one, [index.sections[id_].text for id_ in ranked[one.id]], CUTOFFS)
        for one in with_facts
    }
    ranking = ranking_scores(relevant, ranked)
    scores = [ranking.get(one.id, {}) | facts.get(one.id, {}) for one in questions]
    return figures(scores, dict.fromkeys(name for one in scores for name in one))


def _shown(id_: str, block: str) -> Answer:
    """Return a block as an answer that shows it whole."""
    return Answer(id_, "", "", "answered" if block else "refused", "block", block)


def _first_block(index: Index, weights: Mapping[str, float]) -> Rank:
    return lambda query: [passage.chunk.text for passage in search(index, query, 1, weights=weights)]


def _systems(index: Index) -> Iterator[tuple[str, Rank]]:
    yield PRODUCT, _weighted(index, BLOCK_WEIGHTS)
    yield "BM25 alone, on the text", _plain_bm25(index)
    yield "BM25 alone, with question variants", _weighted(index, {"lexical": 1.0})
    yield "dense alone", _weighted(index, {"dense": 1.0})
    for part in BLOCK_WEIGHTS:
        yield f"product without {part}", _weighted(index, {**BLOCK_WEIGHTS, part: 0.0})
    if ONNXMiniLM_L6_V2().DOWNLOAD_PATH.joinpath("onnx", "model.onnx").is_file():  # Nothing is downloaded.
        yield "Chroma's default embedding", _chroma_default(index)


def _weighted(index: Index, weights: Mapping[str, float]) -> Rank:
    return lambda query: [
        passage.section.section_id for passage in search(index, query, MOST_RANKED, weights=weights)
    ]


def _plain_bm25(index: Index) -> Rank:
    """Rank by BM25 over titles and text, with no question variants written beside them."""
    bm25 = bm25s.BM25()
    bm25.index([words(_text(index, row)) for row in range(len(index.chunks))], show_progress=False)

    def rank(query: Query) -> Sequence[str]:
        asked = words(query.text)
        return _sections(index, bm25.get_scores(asked)) if asked else ()

    return rank


def _chroma_default(index: Index) -> Rank:
    """Rank by the cosine of Chroma's default embedding."""
    embed = ONNXMiniLM_L6_V2()
    vectors = np.asarray(embed([_text(index, row) for row in range(len(index.chunks))]))
    return lambda query: _sections(index, vectors @ np.asarray(embed([query.text]))[0])


def _text(index: Index, row: int) -> str:
    chunk = index.chunks[row]
    return embedded_text(index.sections[chunk.section_id], chunk)


def _sections(index: Index, scores: np.ndarray) -> list[str]:
    """Return the sections of the best chunks, best first; a chunk without any score is left out."""
    best = [row for row in np.argsort(-scores, kind="stable").tolist() if scores[row] > 0]
    return list(dict.fromkeys(index.chunks[row].section_id for row in best))[:MOST_RANKED]
