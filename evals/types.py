"""What an evaluation passes on: questions with answers and scores, estimates, and the results as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Answer
from evals.questions import Kind, ReferenceQuestion

Figures = Mapping[str, Mapping[str, float]]  # Of each system, kind or size by name: its figures, by theirs.


@dataclass(frozen=True, slots=True)
class Answered:
    """A reference question with the answer it got."""

    question: ReferenceQuestion
    answer: Answer


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, its answer, and the scores that are defined for it; `right` is the one that sums it up."""

    question: ReferenceQuestion
    answer: Answer
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over `n` questions with its 95% bootstrap interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: the code, the model, the index and the questions."""

    commit: str
    model: str
    mode: str
    index: str
    questions: str
    split: str
    n: int


@dataclass(frozen=True, slots=True)
class Results:
    """All that one evaluation found; `retrieval` and `answers` set other systems beside the product."""

    about: Measured
    measures: Mapping[str, Estimate]
    by_kind: Mapping[Kind, Mapping[str, float]]
    retrieval: Figures
    answers: Figures
    scored: tuple[Scored, ...]
