"""What speaks for each chunk: cosine, best sentence, example questions, words, practice and aspect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.query import Query, Vector
from ingest.index.open import Index
from ingest.text.mentions import Mentions
from ingest.text.tokens import words
from ingest.types import GENERAL, Section

Scale = TypeVar("Scale", float, Vector)

SMALLEST = 1e-6  # A model that gives all texts one vector has a usual cosine of 1.
CANDIDATES = 40  # Chunks that Chroma and BM25 each bring in; example questions bring in twice as many.
NEAREST_QUESTIONS = 200  # Example questions that are looked at.
VOTES = 5  # Of one chunk, the mean of so many tells more than the nearest alone.
# Between the usual cosine of unrelated texts (0) and 1, a question lies from FROM on with any sentence of the
# text, and SPAN further with one that answers it: median and mean best cosine of the dev questions.
COSINE_FROM, COSINE_SPAN = -0.18, 0.59
REMEDIED = -2.0  # Of the aspect that a question wants to remedy.
LEXICAL_HALF = 8.0  # The BM25 score that counts half.


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each of some chunks, arrays of shape (chunks,), between about 0 and 1.

    `likelihood` may be as low as -1.
    """

    rows: NDArray[np.int64]
    dense: Vector
    sentence: Vector
    variant: Vector
    neighbours: Vector
    likelihood: Vector
    lexical: Vector
    practice: Vector
    aspect: Vector
    polarity: Vector

    def scores(self, weights: Mapping[str, float]) -> Vector:
        """Return the weighted sum for each chunk."""
        total: Vector = np.sum([weight * getattr(self, name) for name, weight in weights.items()], axis=0)
        return total


def evidence(index: Index, query: Query) -> Evidence:
    """Return the evidence for every chunk that a leg brings in, in order of the chunks."""
    neighbours, least = _neighbours(index, query.variants)
    asked = list(neighbours)[: 2 * CANDIDATES]
    lexical = _lexical(index, query)
    rows = [
        row
        for row in sorted({*_nearest(index, query.vector), *asked, *lexical})
        if _answers(index, index.sections[index.chunks[row].section_id])
    ]
    places = np.asarray(rows, dtype=np.int64)
    # Chroma's search is approximate, so it brings candidates; the cosine itself is always the exact one.
    dense = index.chunk_vectors[places] @ query.vector
    sentence = scaled(index, _best_sentences(index, places, query.vector))
    # What has no example questions counts by its own words.
    unasked = ~index.likelihood.chunks.has_questions[places]
    likelihood = index.likelihood.chunks.scores(query.grams)[places]
    words_found = np.asarray([lexical.get(row, 0.0) for row in rows], dtype=np.float32)
    sections = [index.sections[index.chunks[row].section_id] for row in rows]
    return Evidence(
        rows=places,
        dense=scaled(index, dense),
        sentence=sentence,
        variant=np.where(unasked, sentence, scaled(index, _mean_of(neighbours, rows, 1, least))),
        neighbours=np.where(unasked, sentence, scaled(index, _mean_of(neighbours, rows, VOTES, least))),
        likelihood=np.where(unasked, likelihood[~unasked].mean() if (~unasked).any() else 0.0, likelihood),
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


def _nearest(index: Index, vector: Vector) -> list[int]:
    """Return the rows of the chunks that Chroma finds nearest."""
    found = index.collection.nearest(vector, min(CANDIDATES, len(index.chunks)))
    return [index.chunk_rows[chunk_id] for chunk_id in found]


def _neighbours(index: Index, cosines: Vector) -> tuple[dict[int, list[float]], float]:
    """Return the cosines of the nearest example questions by chunk, best first, and the least of them."""
    near: dict[int, list[float]] = {}
    nearest = _top(cosines, NEAREST_QUESTIONS)
    for variant in nearest:
        chunk = int(index.sentence_chunks[index.variant_sentences[variant]])
        near.setdefault(chunk, []).append(float(cosines[variant]))
    return near, float(cosines[nearest[-1]]) if nearest else index.usual_cosine


def _mean_of(
    neighbours: Mapping[int, Sequence[float]], rows: Sequence[int], most: int, least: float
) -> Vector:
    """Return the mean of the best `most` cosines of each chunk, (rows,); one that lacks is the least."""
    best = [neighbours.get(row, ())[:most] for row in rows]
    return np.asarray([(sum(own) + (most - len(own)) * least) / most for own in best], dtype=np.float32)


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
    """Return 1 for a section about a named aspect, and about a named practice if one is named.

    A section that only tells what a question wants to remedy gets REMEDIED.
    """
    if section.aspect in named.remedied:
        return REMEDIED
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
