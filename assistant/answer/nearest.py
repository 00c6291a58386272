"""Which sentence comes nearest to a question that the text does not answer, as its examples taught."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.answer.named import asked_names
from assistant.answer.quotes import Found
from assistant.retrieval.decision import Decision
from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Vector
from assistant.retrieval.ranking import numbered, sentence_evidence
from ingest.index.open import Index
from ingest.index.records import NOTHING_NEAR
from ingest.text.tokens import stored_words

BLOCKS, SENTENCES = 5, 8  # Candidates: the sentences of so many blocks, and so many by each kind of nearness.
# What tells of a sentence: how much worse its block is than the best, its cosine, that of its best example
# question, and those of the best question without an answer for it and for its block; whether it has the
# practice and the names of the question, and only leads to a list. `python -m evals fit`: left out of the
# fit, the labelled sentence comes first for 0.60 of 1,228 questions. The fit has shrunk some 5% since.
WEIGHTS: Mapping[str, float] = {
    "block": 0.99,
    "cosine": 4.4,
    "variant": 2.22,
    "alike": 1.95,
    "alike_block": 0.48,
    "practice": 0.88,
    "named": 2.38,
    "lead": -1.23,
}
# Whether the best sentence is near enough to be told: how good it is, and how near the examples lie that
# have none. Left out of the fit, 0.90 of the questions with a near sentence get one, and 0.21 of the others.
NEAR = Decision(
    -7.53,
    {"cosine": 1.5, "variant": 1.73, "alike": 0.63, "practice": 1.87, "score": 0.71, "none": -3.5},
    0.5,
)


def nearest_sentence(found: Found) -> int | None:
    """Return the number of the sentence that comes nearest to a question, or None where none is near."""
    refused = scaled(found.index, found.index.unanswerable_vectors @ found.query.vector)
    numbers, evidence = candidates(found, refused)
    scores = scores_of(evidence)
    best = int(scores.argmax())
    near = NEAR.holds(evidence_for_near(found.index, evidence, scores, refused))
    return int(numbers[best]) if near else None


def lacks_near(found: Found) -> bool:
    """Return whether the examples tell that no sentence comes near a question."""
    return knows_nearest(found.index) and nearest_sentence(found) is None


def knows_nearest(index: Index) -> bool:
    """Return whether any example tells which sentence comes nearest to it."""
    return bool((index.nearest_sentences >= 0).any())


def candidates(found: Found, refused: Vector) -> tuple[NDArray[np.int64], Mapping[str, Vector]]:
    """Return the sentences that may come nearest, shape (n,), and the evidence for each, by name.

    `refused` is how near each question without an answer lies, shape (unanswerable,).
    """
    index, query = found.index, found.query
    everything = np.arange(len(index.sentence_spans))
    told = sentence_evidence(index, query, everything, ("cosine", "variant"))
    alike = np.zeros(len(everything), dtype=np.float32)
    known = index.nearest_sentences >= 0
    np.maximum.at(alike, index.nearest_sentences[known], refused[known])
    blocks = {index.chunk_rows[passage.chunk.chunk_id]: passage for passage in found.blocks[:BLOCKS]}
    near = [np.flatnonzero(np.isin(index.sentence_chunks, list(blocks)))]
    near += [np.argsort(-one)[:SENTENCES] for one in (told["cosine"], alike)]
    numbers = np.unique(np.concatenate(near))
    rows = index.sentence_chunks[numbers].tolist()
    best = found.blocks[0].score
    least = min(passage.score for passage in found.blocks) - best
    by_block = np.zeros(len(index.chunks), dtype=np.float32)
    np.maximum.at(by_block, index.sentence_chunks, alike)
    sections = [index.sections[index.chunks[row].section_id] for row in rows]
    asked, names = query.mentions.practices, set(asked_names(found))
    named = (
        {row: bool(names & _said(index, row)) for row in set(rows)} if names else dict.fromkeys(rows, False)
    )
    return numbers, {
        "block": np.asarray(
            [blocks[r].score - best if r in blocks else least for r in rows], dtype=np.float32
        ),
        "cosine": told["cosine"][numbers],
        "variant": told["variant"][numbers],
        "alike": alike[numbers],
        "alike_block": by_block[rows],
        "practice": np.asarray([s.practice in asked if asked else 0.5 for s in sections], dtype=np.float32),
        "named": np.asarray([named[row] for row in rows], dtype=np.float32),
        "lead": np.asarray([numbered(index, n).text.endswith(":") for n in numbers.tolist()], np.float32),
    }


def scores_of(evidence: Mapping[str, Vector], weights: Mapping[str, float] = WEIGHTS) -> Vector:
    """Return how near each sentence comes, shape (n,)."""
    return np.asarray(np.sum([weight * evidence[name] for name, weight in weights.items()], axis=0))


def evidence_for_near(
    index: Index, evidence: Mapping[str, Vector], scores: Vector, refused: Vector
) -> dict[str, float]:
    """Return what tells whether the best sentence is near enough to be told, by name."""
    best = int(scores.argmax())
    none = refused[index.nearest_sentences == NOTHING_NEAR]
    told = {name: float(evidence[name][best]) for name in ("cosine", "variant", "alike", "practice")}
    return {**told, "score": float(scores[best]), "none": float(none.max(initial=0.0))}


def _said(index: Index, row: int) -> set[str]:
    """Return the stems of a block and its title."""
    chunk = index.chunks[row]
    return set(stored_words(f"{index.sections[chunk.section_id].title} {chunk.text}"))
