"""What answering passes on: passages, claims, citations, advice, and the answer as other tools read it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ingest.types import Chunk, Section, Span, Value

Status = Literal["answered", "refused", "clarify"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as retrieved, with the evidence for it, each between about 0 and 1, and their weighted sum."""

    chunk: Chunk
    section: Section
    score: float
    dense: float
    sentence: float
    variant: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section, its number in the index, and how well it answers the question."""

    section: Section
    chunk_id: str
    span: Span
    score: float
    number: int

    @property
    def text(self) -> str:
        """Return the sentence as it is in the section."""
        return self.section.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of an answer: words of ours (a frame), or words that rest on a quote."""

    text: str
    evidence: Sentence | None = None
    opens_line: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of a language model's draft: its sentences, those not shown, and why it was given up."""

    sentences: int = 0
    dropped: int = 0
    tokens: int = 0
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The claims of an answer, who wrote them, a line for the visitor, and what became of a model's draft."""

    claims: tuple[Claim, ...]
    mode: str
    notice: str = ""
    draft: Draft | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it is: `section.text[start:end] == quote`."""

    n: int
    quote: str
    section_id: str
    chunk_id: str
    start: int
    end: int
    title: str
    practice: str
    source: str
    page: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a practice fits: a citation, and the feature of the visitor that calls for it, if any."""

    text: str
    citation: int
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class SaidFeature:
    """A feature that the visitor states or denies, with the words that say so."""

    id: str
    value: Value
    evidence: str


@dataclass(frozen=True, slots=True)
class RankedPractice:
    """A practice with the probability that it fits."""

    practice: str
    label: str
    probability: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a question back, and the practice it speaks for."""

    text: str
    favours: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Every practice, best first, what the visitor said that tells, and what to ask when two are close.

    `none_fits` is the criterion with which none of the practices fits.
    """

    ranking: tuple[RankedPractice, ...]
    clarifying_question: str | None = None
    options: tuple[Option, ...] = ()
    features: tuple[SaidFeature, ...] = ()
    none_fits: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, with the visitor's own earlier turns, oldest first."""

    text: str
    history: tuple[str, ...] = ()
    id: str = "q1"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `to_json` gives the object of the public contract."""

    id: str
    question: str
    standalone_question: str
    status: Status
    mode: str
    text: str
    advice: Advice | None = None
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notice: str = ""
    draft: Draft | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the JSON object of the contract."""
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "status": self.status,
            "mode": self.mode,
            "text": self.text,
            "advice": _plain(asdict(self.advice)) if self.advice else None,
            "citations": [asdict(citation) for citation in self.citations],
            "passages": [_passage_json(passage) for passage in self.passages],
            "suggestions": list(self.suggestions),
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "chunk_id": passage.chunk.chunk_id,
        "section_id": passage.section.section_id,
        "practice": passage.section.practice,
        "title": passage.section.title,
        "source": passage.section.source,
        "score": round(passage.score, 4),
        "text": passage.chunk.text,
    }


def _plain(value: object) -> object:
    """Return nested data with tuples as lists and probabilities rounded, as JSON has them."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value
