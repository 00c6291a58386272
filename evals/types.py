"""What an evaluation passes on: questions with answers and scores, estimates, and the results as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Answer
from evals.questions import Kind, ReferenceQuestion


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
class Group:
    """The figures of the questions of one kind, or about one practice."""

    n: int
    right: float
    asked: float | None = None
    first_answers: float | None = None
    shown_answers: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """The advices whose confidence lies in one tenth: mean confidence and share right."""

    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class RankingSystem:
    """A way of ranking sections or practices, with its figures; none when it is `missing` here, and why."""

    name: str
    figures: Mapping[str, float]
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one step takes over all questions."""

    median: float
    p95: float


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
    """All that one evaluation found; `recall_at_k` holds a curve from k = 1 for each system."""

    about: Measured
    measures: Mapping[str, Estimate]
    by_kind: Mapping[Kind, Group]
    by_practice: Mapping[str, Group]
    calibration: tuple[Bin, ...]
    confusion: Mapping[str, Mapping[str, int]]
    retrieval: tuple[RankingSystem, ...]
    answers: tuple[RankingSystem, ...]
    timings_ms: Mapping[str, Timing]
    unmatched: tuple[str, ...]
    scored: tuple[Scored, ...]
