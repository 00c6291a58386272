"""Fit the weights by which blocks and their sentences are ranked, on the dev questions.

A conditional logit (McFadden, 1974): the weights that make what holds the asked facts likeliest among the
candidates of each question. What they are worth is told for questions left out of the fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from assistant.chain import Assistant
from assistant.retrieval.evidence import evidence
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import SENTENCE_WEIGHTS, sentence_evidence
from assistant.retrieval.retriever import BLOCK_WEIGHTS
from evals.questions.types import ReferenceQuestion
from evals.scoring.metrics.facts import all_facts, groups_found
from ingest.index.open import Index
from ingest.text.chunks import is_note

FOLDS = 5
SHARPNESS = 6.0  # Brings the fitted weights near a total of 4, the scale of the thresholds on scores.
REGULARISATION = 0.02
MOST_BLOCKS = 3  # The block whose sentences are compared is one of so many.

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates for one question: their evidence, shape (n, names), and which are right, shape (n,)."""

    evidence: Matrix
    right: NDArray[np.bool_]


def fit_rankings(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[tuple[str, str]]:
    """Yield each ranking's name and its weights, with how often the first is right on questions left out."""
    blocks: list[Choice] = []
    sentences: list[Choice] = []
    for one in questions:
        if one.answerable and not one.history and (one.facts or one.expect):
            query = assistant.retriever.query(one.question)
            blocks.append(_blocks(assistant.index, query, one))
            sentences += _sentences(assistant, query, one)
    for name, choices, names in (
        ("blocks", blocks, list(BLOCK_WEIGHTS)),
        ("sentences", sentences, list(SENTENCE_WEIGHTS)),
    ):
        yield name, _report([c for c in choices if c.right.any() and not c.right.all()], names)


def _blocks(index: Index, query: Query, question: ReferenceQuestion) -> Choice:
    found = evidence(index, query)
    held = [all_facts(question, index.chunks[row].text) for row in found.rows.tolist()]
    columns = np.stack([getattr(found, name) for name in BLOCK_WEIGHTS], axis=1)
    return Choice(columns.astype(np.float64), np.asarray(held, dtype=np.bool_))


def _sentences(assistant: Assistant, query: Query, question: ReferenceQuestion) -> Iterator[Choice]:
    """Yield the sentences of the first block that holds the asked facts: right are those that hold most."""
    index = assistant.index
    near = assistant.retriever.search_blocks(query)[:MOST_BLOCKS]
    block = next((passage for passage in near if all_facts(question, passage.chunk.text)), None)
    if block is None:
        return
    row = index.chunk_rows[block.chunk.chunk_id]
    spans = range(index.first_sentence[row], index.first_sentence[row + 1])
    told = {n: block.section.text[index.sentence_spans[n].start : index.sentence_spans[n].end] for n in spans}
    numbers = np.asarray([number for number, text in told.items() if not is_note(text)], dtype=np.int64)
    held = np.asarray([sum(groups_found(question, told[number])) for number in numbers.tolist()])
    found = sentence_evidence(index, query, numbers, SENTENCE_WEIGHTS)
    columns = np.stack([found[name] for name in SENTENCE_WEIGHTS], axis=1)
    yield Choice(columns.astype(np.float64), (held == held.max()) & (held > 0))


def _report(choices: Sequence[Choice], names: Sequence[str]) -> str:
    order = np.random.default_rng(0).permutation(len(choices))
    right = 0
    for fold in np.array_split(order, FOLDS):
        weights = fitted([choices[row] for row in np.setdiff1d(order, fold)])
        right += sum(bool(choices[row].right[(choices[row].evidence @ weights).argmax()]) for row in fold)
    rounded = dict(zip(names, np.round(fitted(choices), 2).tolist(), strict=True))
    return (
        f"weights {rounded}\n{len(choices)} questions; left out of the fit, {right / len(choices):.1%} first"
    )


def fitted(choices: Sequence[Choice]) -> Matrix:
    """Return the weights, shape (names,), with which what is right is likeliest, over SHARPNESS."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        """Return the mean surprise at what is right, with its slope."""
        total, slope = 0.0, np.zeros_like(weights)
        for one in choices:
            scores = SHARPNESS * one.evidence @ weights
            total += logsumexp(scores) - logsumexp(scores[one.right])
            expected = softmax(scores) @ one.evidence
            slope += SHARPNESS * (expected - softmax(scores[one.right]) @ one.evidence[one.right])
        count = len(choices)
        return (
            total / count + REGULARISATION * float(weights @ weights),
            slope / count + 2 * REGULARISATION * weights,
        )

    start = np.zeros(choices[0].evidence.shape[1])
    found: Matrix = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found
