"""What is beside documents: example questions and situations, sources, and words of chat language."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from errors import TrainingDataError
from ingest.documents.data_files import read_lines, read_yaml
from ingest.documents.practices import Practices
from ingest.text.sentences import sentences, without_marker
from ingest.types import (
    Intent,
    LabelledQuestion,
    QuestionVariant,
    Section,
    Situation,
    Span,
    Unanswered,
    Verdict,
)

REFERENCES_FILE = "sources.yaml"
SHORTHAND_FILE = "spelling.yaml"
SITUATIONS_FOLDER = "situations"
INTENTS_FOLDER = "intents"
UNANSWERABLE_FILE = "unanswerable.jsonl"
QUESTIONS_SUFFIX = ".questions.yaml"

_SITUATION: TypeAdapter[Situation] = TypeAdapter(Situation)


class _Settled(BaseModel):
    """A yes/no question, with the answer that its sentence gives."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    verdict: Verdict


class _Variants(BaseModel):
    """One entry of a questions file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence: str
    questions: tuple[str | _Settled, ...]


class _Reference(BaseModel):
    """One entry of sources.yaml."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    author: str
    year: str | int | None = None
    title: str
    url: str | None = None


class _QuestionLine(BaseModel):
    """A question with earlier ones."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str
    history: tuple[str, ...] = ()


class _Unanswered(_QuestionLine):
    """A question without an answer; one that is not `near` has nothing near it."""

    kind: Literal["near", "far", "hostile"] = "near"
    nearest: str | None = None


class _Labelled(_QuestionLine):
    """A question with what is wanted of it."""

    intent: Intent


def variants(path: Path, sections: Sequence[Section]) -> Iterator[QuestionVariant]:
    """Yield the example questions beside a document; raise TrainingDataError when a sentence is not there."""
    file = path.with_name(path.stem + QUESTIONS_SUFFIX)
    if not file.is_file():
        return
    units = [
        (section.text[span.start : span.end], section.section_id, span)
        for section in sections
        for span in sentences(section.text)
    ]
    for entry in read_yaml(file, tuple[_Variants, ...], TrainingDataError):
        place = _place(entry.sentence, units)
        if place is None:
            raise TrainingDataError(file, f"no such sentence in {path.name}: '{entry.sentence}'")
        section_id, span = place
        for question in entry.questions:
            text, verdict = (
                (question, None) if isinstance(question, str) else (question.text, question.verdict)
            )
            yield QuestionVariant(text, section_id, span.start, span.end, verdict)


def _place(sentence: str, units: Sequence[tuple[str, str, Span]]) -> tuple[str, Span] | None:
    """Return where a sentence is: a unit of the text, but for its list marker, or a sentence of a unit."""
    ends = sentence.endswith((".", "?", "!", ":", ";"))
    for whole in (True, False):
        for text, section_id, span in units:
            if sentence == without_marker(text) if whole else ends and sentence in text:
                return section_id, span
    return None


def situations(folder: Path, practices: Practices) -> Iterator[Situation]:
    """Yield the example situations of a folder; raise TrainingDataError when one cannot be used."""
    known = {practice.id for practice in practices.practices}
    criteria = {criterion.id for criterion in practices.criteria}
    for file in sorted((folder / SITUATIONS_FOLDER).glob("*.jsonl")):
        for number, row in read_lines(file, dict[str, Any], TrainingDataError):
            situation = _situation(file, number, row)
            if unknown := {situation.practice, *situation.acceptable} - known - {""}:
                raise TrainingDataError(file, f"line {number}: unknown practice '{min(unknown)}'")
            missing = {feature.criterion for feature in situation.features} - criteria
            if criteria and missing:
                raise TrainingDataError(file, f"line {number}: unknown criterion '{min(missing)}'")
            yield situation


def labelled(folder: Path) -> Iterator[LabelledQuestion]:
    """Yield the questions of a folder with what is wanted of them; raise TrainingDataError on a bad line."""
    for file in sorted((folder / INTENTS_FOLDER).glob("*.jsonl")):
        for _, one in read_lines(file, _Labelled, TrainingDataError):
            yield LabelledQuestion(one.question, one.intent, one.history, file.stem)


def unanswerable(folder: Path) -> Iterator[Unanswered]:
    """Yield the questions of a folder that its documents do not answer."""
    file = folder / UNANSWERABLE_FILE
    lines = read_lines(file, _Unanswered, TrainingDataError) if file.is_file() else ()
    yield from (Unanswered(one.question, one.nearest if one.kind == "near" else "") for _, one in lines)


def _situation(file: Path, number: int, row: dict[str, Any]) -> Situation:
    """Return a line of a situations file; its features are written as `{criterion: {value, evidence}}`."""
    try:
        features = [{"criterion": name, **one} for name, one in row.pop("features", {}).items()]
        given = {**row, "practice": row["practice"] or "", "features": features, "writer": file.stem}
        return _SITUATION.validate_python(given)
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        raise TrainingDataError(file, f"line {number} needs text, practice, subject") from error


def references(folder: Path) -> Mapping[str, str]:
    """Return the sources of a folder by their code."""
    file = folder / REFERENCES_FILE
    if not file.is_file():
        return {}
    entries = read_yaml(file, dict[str, _Reference], TrainingDataError)
    return {code: f"{r.author} ({r.year or 'z.j.'}). {r.title}" for code, r in entries.items()}


def shorthand(folder: Path) -> Mapping[str, str]:
    """Return what chat language and dialect stand for, or nothing when the folder does not tell."""
    file = folder / SHORTHAND_FILE
    return read_yaml(file, dict[str, str], TrainingDataError) if file.is_file() else {}
