"""How well criteria are read in the words of writers left out, and the numbers behind that.

For each writer of annotated situations the detector and the learnt ranking are trained on all other writers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from assistant.advice.evidence import turn_of
from assistant.advice.reading import Expected, Reading
from assistant.chain import Assistant
from evals.compare.crossvalidation import labelled, situation_vectors
from evals.report.table import Table, TableRow, as_text
from ingest.embedding.cache import Vectors
from ingest.index.open import Index, stored_corpus
from ingest.learning.classifier import TextClassifier
from ingest.learning.examples import FEATURES
from ingest.learning.features import feature_examples, learn_features
from ingest.learning.training import fit
from ingest.types import Criterion, Situation, Value


@dataclass(frozen=True, slots=True)
class ReadSide:
    """What was read of one side of a criterion in a situation, and whether its annotator marked it.

    `overlap` is that of the quoted words with the marked ones (F1), `words` how many are quoted.
    """

    criterion: Criterion
    value: Value
    clause: float
    whole: float
    speaks: float
    probability: float
    marked: bool
    overlap: float | None
    words: int


def measure_reading(assistant: Assistant) -> str:
    """Return precision and recall of each criterion, the overlap of the quotes, and the numbers anew."""
    index = assistant.index
    corpus = stored_corpus(index.store)
    vectors = situation_vectors(assistant, corpus.situations)
    told = list(_held_out(index, corpus.situations, vectors))
    yes = [one for one in told if one.value == "yes"]
    rows = [
        _row(criterion.id, [one for one in yes if one.criterion == criterion]) for criterion in index.criteria
    ]
    table = Table("Criteria on writers left out", ["n", "precision", "recall"], [*rows, _row("all", yes)])
    return "\n\n".join(
        (as_text(table), _quotes(yes), *_fitted([one for one in yes if one.criterion.weights]))
    )


def _held_out(index: Index, situations: Sequence[Situation], vectors: Vectors) -> Iterator[ReadSide]:
    for writer in sorted({one.writer for one in situations if one.features}):
        others = [row for row, one in enumerate(situations) if one.writer != writer]
        rest = [situations[row] for row in others]
        detector = learn_features(feature_examples(rest, [criterion.id for criterion in index.criteria]))
        chosen = [row for row in others if situations[row].practice]
        ranking = fit(labelled([situations[row] for row in chosen], vectors[chosen]))
        unseen = replace(index, classifiers={**index.classifiers, FEATURES: detector})
        for situation, vector in zip(situations, vectors, strict=True):
            if situation.writer == writer and situation.features:
                shares = softmax(ranking.logits(situation.told, vector)).tolist()
                expected = dict(zip(ranking.labels, shares, strict=True))
                yield from _read(unseen, detector, situation, expected)


def _read(
    index: Index, detector: TextClassifier, situation: Situation, expected: Mapping[str, float]
) -> Iterator[ReadSide]:
    turns = [*situation.history, situation.text]
    reading = Reading(index, turns, Expected(expected))
    marked = {(feature.criterion, feature.value): feature.evidence for feature in situation.features}
    for criterion, value, side in reading.said():
        words = marked.get((criterion.id, value))
        quoted = turn_of(turns[side.turn], detector).evidence(side.column) if words is not None else ""
        yield ReadSide(
            criterion,
            value,
            side.clause,
            side.whole,
            sum(criterion.weights.get(practice, 0.0) * share for practice, share in expected.items()),
            reading.shown(criterion, value, side),
            words is not None,
            _overlap(situation.told, words, quoted) if words is not None else None,
            len(quoted.split()),
        )


def _overlap(text: str, marked: str, quoted: str) -> float:
    """Return the F1 of the letters that are quoted with those that are marked."""
    one, other = (set(range(text.find(part), text.find(part) + len(part))) for part in (marked, quoted))
    return 2 * len(one & other) / (len(one) + len(other))


def _row(name: str, told: Sequence[ReadSide]) -> TableRow:
    shown = [one for one in told if one.probability >= one.criterion.shown_from]
    right, marked = sum(one.marked for one in shown), sum(one.marked for one in told)
    cells = [str(marked), f"{right / max(1, len(shown)):.2f}", f"{right / max(1, marked):.2f}"]
    return TableRow(name, cells)


def _quotes(told: Sequence[ReadSide]) -> str:
    overlaps = [one.overlap for one in told if one.overlap is not None]
    words = [one.words for one in told if one.overlap is not None]
    return f"quotes: overlap {np.mean(overlaps):.2f} with the marked words, {np.median(words):.0f} words"


def _fitted(told: Sequence[ReadSide]) -> Iterator[str]:
    """Yield the regressions that say how likely a side is stated, alone and given what is expected."""
    marked: NDArray[np.bool_] = np.asarray([one.marked for one in told])
    evidence = np.asarray([(one.clause, one.whole, one.speaks) for one in told])
    for name, columns in (("alone", [0, 1]), ("expected", [0, 1, 2])):
        model = LogisticRegression(max_iter=500).fit(evidence[:, columns], marked)
        yield f"{name}: weights {np.round(model.coef_[0], 2).tolist()}, base {model.intercept_[0]:.2f}"
