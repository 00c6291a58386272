"""Fit which sentence comes nearest to a question that the text does not answer, and whether it is near.

Each example is fitted with itself left out of the examples, and reported on a fold that the fit has not seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from assistant.answer.nearest import WEIGHTS, candidates, evidence_for_near, scores_of
from assistant.answer.quotes import Found
from assistant.chain import Assistant
from assistant.retrieval.evidence import scaled
from assistant.retrieval.query import Vector
from evals.compare.fit_ranking import SHARPNESS, Choice, fitted
from ingest.index.open import Index
from ingest.index.records import UNSAID

FOLDS, SEED = 5, 0
THRESHOLDS = (0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class NearestExample:
    """A question without an answer: its candidates, their evidence, the number of the nearest sentence."""

    numbers: NDArray[np.int64]
    evidence: dict[str, Vector]
    refused: Vector
    wanted: int

    def choice(self) -> Choice:
        """Return the candidates, and which is right."""
        rows = np.stack([self.evidence[name] for name in WEIGHTS], axis=1)
        return Choice(rows.astype(np.float64), self.numbers == self.wanted)


def fit_nearest(assistant: Assistant, questions: Sequence[str]) -> str:
    """Return the weights and the decision to write in the code, and how they do on examples left out."""
    index = assistant.index
    examples = list(_examples(assistant, questions))
    right: list[bool] = []
    decided: list[tuple[float, bool]] = []
    for train, test in KFold(FOLDS, shuffle=True, random_state=SEED).split(examples):
        fitted = [examples[place] for place in train]
        weights = _weights(fitted)
        model = _decision(index, fitted, weights)
        for one in (examples[place] for place in test):
            best = int(one.numbers[int(scores_of(one.evidence, weights).argmax())])
            told = list(_told(index, one, weights).values())
            decided.append((float(model.predict_proba([told])[0, 1]), one.wanted >= 0))
            right += [best == one.wanted] if one.wanted >= 0 else []
    weights = _weights(examples)
    model = _decision(index, examples, weights)
    coefficients = dict(
        zip(_told(index, examples[0], weights), model.coef_[0].round(2).tolist(), strict=True)
    )
    rounded = {name: round(weight, 2) for name, weight in weights.items()}
    lines = [
        f"weights {rounded}",
        f"decision {model.intercept_[0]:.2f}, {coefficients}",
        f"left out: the labelled sentence first {np.mean(right):.3f} of {len(right)}",
    ]
    for threshold in THRESHOLDS:
        near, none = (
            np.mean([p >= threshold for p, is_near in decided if is_near == side]) for side in (True, False)
        )
        lines.append(f"from {threshold}: told where one is near {near:.3f}, where none is {none:.3f}")
    return "\n".join(lines)


def _examples(assistant: Assistant, questions: Sequence[str]) -> Iterator[NearestExample]:
    index = assistant.index
    for number, question in enumerate(questions):
        wanted = int(index.nearest_sentences[number])
        if wanted == UNSAID:
            continue
        query = assistant.retriever.query(question)
        blocks = tuple(assistant.retriever.search_blocks(query))
        refused = scaled(index, index.unanswerable_vectors @ query.vector)
        refused[number] = 0.0
        numbers, evidence = candidates(Found(index, query, blocks, None, blocks), refused)
        yield NearestExample(numbers, dict(evidence), refused, wanted)


def _weights(examples: Sequence[NearestExample]) -> dict[str, float]:
    """Return the weights with which the labelled sentences are likeliest among their candidates."""
    choices = [one.choice() for one in examples]
    weights = SHARPNESS * fitted([one for one in choices if one.right.any()])
    return dict(zip(WEIGHTS, weights.tolist(), strict=True))


def _decision(
    index: Index, examples: Sequence[NearestExample], weights: dict[str, float]
) -> LogisticRegression:
    rows = [list(_told(index, one, weights).values()) for one in examples]
    model = LogisticRegression(max_iter=2_000)
    return model.fit(rows, [one.wanted >= 0 for one in examples])


def _told(index: Index, one: NearestExample, weights: dict[str, float]) -> dict[str, float]:
    return evidence_for_near(index, one.evidence, scores_of(one.evidence, weights), one.refused)
