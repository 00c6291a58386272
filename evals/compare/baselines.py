"""Other ways of ranking sections and practices on the same questions: baselines and ablations."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import bm25s
import numpy as np
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

from assistant.chain import Assistant
from assistant.retrieval.retriever import WEIGHTS, Query, search
from evals.questions import ADVICE_KINDS, KNOWLEDGE_KINDS
from evals.scoring.metrics import MOST_RANKED, ranking_scores
from evals.types import Asked, System
from ingest.index.open import Index
from ingest.text.chunks import embedded_text
from ingest.text.tokens import words

Rank = Callable[[Query], Sequence[str]]

PRODUCT = "product"
CHROMA_DEFAULT = "Chroma's default embedding"


def compare_retrieval(assistant: Assistant, asked: Sequence[Asked]) -> tuple[System, ...]:
    """Return the ranking figures of the product, of each leg alone, and of the product without each part."""
    chosen = [one for one in asked if one.question.kind in KNOWLEDGE_KINDS]
    if not chosen:
        return ()
    relevant = {one.question.id: one.question.sections for one in chosen}
    queries = {one.question.id: assistant.retriever.query(one.answer.standalone_question) for one in chosen}

    def measured(name: str, rank: Rank) -> System:
        ranked = {id_: rank(query) for id_, query in queries.items()}
        return System(name, _means(ranking_scores(relevant, ranked)))

    found = [measured(name, rank) for name, rank in _systems(assistant.index)]
    if ONNXMiniLM_L6_V2().DOWNLOAD_PATH.joinpath("onnx", "model.onnx").is_file():
        return (*found, measured(CHROMA_DEFAULT, _chroma_default(assistant.index)))
    return (*found, System(CHROMA_DEFAULT, {}, "its model is not on this machine, and nothing is downloaded"))


def compare_advice(assistant: Assistant, asked: Sequence[Asked]) -> tuple[System, ...]:
    """Return how often the product and the nearest passages put the right practice first, or among two."""
    chosen = [one for one in asked if one.question.kind in ADVICE_KINDS]
    if not chosen:
        return ()
    product = [
        [ranked.practice for ranked in one.answer.advice.ranking] if one.answer.advice else []
        for one in chosen
    ]
    nearest = [
        nearest_practices(assistant.index, assistant.retriever.query(one.answer.standalone_question))
        for one in chosen
    ]
    expected = [one.question.practices[0] for one in chosen]
    return (
        System(PRODUCT, _first_two(product, expected)),
        System("nearest passages", _first_two([list(ranked) for ranked in nearest], expected)),
    )


def nearest_practices(index: Index, query: Query) -> dict[str, float]:
    """Return the practices by the score of their best passage, best first."""
    known = {practice.id for practice in index.practices}
    best: dict[str, float] = {}
    for passage in search(index, query, len(index.sections)):
        if passage.section.practice in known:
            best.setdefault(passage.section.practice, passage.score)
    return best


def _systems(index: Index) -> Iterator[tuple[str, Rank]]:
    yield PRODUCT, _weighted(index, WEIGHTS)
    yield "BM25 alone, on the text", _plain_bm25(index)
    yield "BM25 alone, with question variants", _weighted(index, {"lexical": 1.0})
    yield "dense alone", _weighted(index, {"dense": 1.0})
    for part in WEIGHTS:
        yield f"product without {part}", _weighted(index, {**WEIGHTS, part: 0.0})


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


def _means(scores: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    names = next(iter(scores.values()))
    return {name: float(np.mean([each[name] for each in scores.values()])) for name in names}


def _first_two(ranked: Sequence[Sequence[str]], expected: Sequence[str]) -> dict[str, float]:
    pairs = list(zip(ranked, expected, strict=True))
    return {
        "advice_first": float(np.mean([right in named[:1] for named, right in pairs])),
        "advice_first_two": float(np.mean([right in named[:2] for named, right in pairs])),
    }
