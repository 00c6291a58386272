"""Short ways to write questions, answers and what they hold."""

from collections.abc import Sequence

from assistant.types import Advice, Answer, Citation, Passage, RankedPractice, Status
from evals.questions import Kind, ReferenceQuestion
from evals.types import Answered
from ingest.types import Chunk, Section, Span

TEXT = "Een lab duurt drie jaar. Bewoners doen mee."


def section(section_id: str, text: str = TEXT, practice: str = "lab", aspect: str | None = None) -> Section:
    """Return a section; its title is its id."""
    return Section(section_id, section_id, practice, f"{section_id}.md", text, aspect=aspect)


def passage(section_id: str, score: float = 1.0) -> Passage:
    """Return a passage that is a whole section."""
    chunk = Chunk(f"{section_id}#1", section_id, 0, len(TEXT), TEXT, (Span(0, len(TEXT)),))
    return Passage(chunk, section(section_id), score, 0.0, 0.0, 0.0, 0.0)


def citation(
    section_id: str, start: int = 0, end: int = 24, *, quote: str | None = None, n: int = 1
) -> Citation:
    """Return a citation of a section, verbatim unless another quote is given."""
    own = TEXT[start:end] if quote is None else quote
    return Citation(
        n, own, section_id, f"{section_id}#1", start, end, section_id, "lab", "file.md", None, None
    )


def advice(*ranking: tuple[str, float]) -> Advice:
    """Return advice that ranks practices with their probabilities."""
    return Advice(tuple(RankedPractice(practice, practice, probability) for practice, probability in ranking))


def answer(
    text: str = "Een lab duurt drie jaar. [1]",
    *,
    status: Status = "answered",
    advised: Advice | None = None,
    citations: Sequence[Citation] = (),
    passages: Sequence[Passage] = (),
) -> Answer:
    """Return an answer."""
    return Answer(
        id="q1",
        question="?",
        standalone_question="?",
        status=status,
        mode="extractive",
        text=text,
        advice=advised,
        citations=tuple(citations),
        passages=tuple(passages),
        timings_ms={"total": 10.0},
    )


def question(kind: Kind, id_: str = "q1", **labels: object) -> ReferenceQuestion:
    """Return a reference question with the labels given."""
    return ReferenceQuestion.model_validate({"id": id_, "kind": kind, "question": "Wat is het?", **labels})


def asked(kind: Kind, given: Answer, id_: str = "q1", **labels: object) -> Answered:
    """Return a question with its answer."""
    return Answered(question(kind, id_, **labels), given)
