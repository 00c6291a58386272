"""What is beside documents: practices, example questions and situations, and sources."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from errors import PracticesError, TrainingDataError
from ingest.text.sentences import sentences, without_marker
from ingest.types import (
    About,
    Aspect,
    Criterion,
    DecidingQuestion,
    LabelledQuestion,
    Practice,
    QuestionVariant,
    Section,
    Situation,
    Span,
    Term,
    Verdict,
)

PRACTICES_FILE = "practices.yaml"
REFERENCES_FILE = "sources.yaml"
SHORTHAND_FILE = "spelling.yaml"
SITUATIONS_FOLDER = "situations"
INTENTS_FOLDER = "intents"
UNANSWERABLE_FILE = "unanswerable.jsonl"
QUESTIONS_SUFFIX = ".questions.yaml"

_Model = TypeVar("_Model")
_SITUATION: TypeAdapter[Situation] = TypeAdapter(Situation)


class Practices(BaseModel):
    """The content of practices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    practices: tuple[Practice, ...]
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[DecidingQuestion, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    terms: tuple[Term, ...] = ()
    suggestions: tuple[str, ...] = ()
    about: About | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        ids = [practice.id for practice in self.practices]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"two practices have the id {', '.join(doubled)}")
        grounds = [ground for criterion in self.criteria for ground in criterion.grounds]
        named = {
            "choices": {name for choice in self.choices for name in choice.options},
            "criteria": {name for criterion in self.criteria for name in criterion.weights}
            | {ground.practice for ground in grounds if ground.practice},
            "terms": {name for term in self.terms for name in term.practices},
        }
        for part, names in named.items():
            if unknown := names - set(ids):
                raise ValueError(f"{part} name unknown practices: {', '.join(sorted(unknown))}")
        sides = [side.answer for one in self.criteria for side in (one.present, one.absent)]
        sides += [option.text for term in self.terms for option in term.options]
        if twice := {answer for answer in sides if sides.count(answer) > 1}:
            raise ValueError(f"two answers read '{min(twice)}'")
        criteria = {criterion.id for criterion in self.criteria}
        if unasked := {option.criterion for term in self.terms for option in term.options} - criteria:
            raise ValueError(f"terms name unknown criteria: {', '.join(sorted(unasked))}")
        return self


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


def merged_practices(folders: Sequence[Path]) -> Practices:
    """Return the practices of the one folder that gives them; raise PracticesError when two do."""
    files = [folder / PRACTICES_FILE for folder in folders if (folder / PRACTICES_FILE).is_file()]
    if not files:
        return Practices(practices=())
    if len(files) > 1:
        raise PracticesError(files[1], f"{files[0]} gives the practices already. Keep one of the two")
    return _yaml(files[0], TypeAdapter(Practices), PracticesError)


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
    for entry in _yaml(file, TypeAdapter(tuple[_Variants, ...]), TrainingDataError):
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


def check_grounds(practices: Practices, sections: Iterable[Section], file: Path) -> None:
    """Raise PracticesError when a ground of a criterion is not in its section.

    A section that was not read is passed over: part of a corpus can be indexed too.
    """
    stored = {section.section_id: section.text for section in sections}
    for criterion in practices.criteria:
        for ground in criterion.grounds:
            if ground.quote not in stored.get(ground.section, ground.quote):
                reason = (
                    f"criterion '{criterion.id}': section {ground.section} does not hold '{ground.quote}'"
                )
                raise PracticesError(file, reason)


def situations(folder: Path, practices: Practices) -> Iterator[Situation]:
    """Yield the example situations of a folder; raise TrainingDataError when one cannot be used."""
    known = {practice.id for practice in practices.practices}
    criteria = {criterion.id for criterion in practices.criteria}
    for file in sorted((folder / SITUATIONS_FOLDER).glob("*.jsonl")):
        for number, row in _rows(file):
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
        for number, row in _rows(file):
            try:
                history = tuple(row.get("history", ()))
                yield LabelledQuestion(row["question"], row["intent"], history, file.stem)
            except (KeyError, TypeError) as error:
                raise TrainingDataError(file, f"line {number} needs question, intent") from error


def unanswerable(folder: Path) -> Iterator[str]:
    """Yield the questions of a folder that its documents do not answer."""
    file = folder / UNANSWERABLE_FILE
    for number, row in _rows(file) if file.is_file() else ():
        if "question" not in row:
            raise TrainingDataError(file, f"line {number} needs question")
        yield str(row["question"])


def _situation(file: Path, number: int, row: dict[str, Any]) -> Situation:
    """Return a line of a situations file; its features are written as `{criterion: {value, evidence}}`."""
    try:
        features = [{"criterion": name, **one} for name, one in row.pop("features", {}).items()]
        given = {**row, "practice": row["practice"] or "", "features": features, "writer": file.stem}
        return _SITUATION.validate_python(given)
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        raise TrainingDataError(file, f"line {number} needs text, practice, subject") from error


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of every line of a file of JSON lines."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise TrainingDataError(file, "the file is not UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TrainingDataError(file, f"line {number} is no JSON") from error
        if not isinstance(row, dict):
            raise TrainingDataError(file, f"line {number} is no object")
        yield number, row


def references(folder: Path) -> Mapping[str, str]:
    """Return the sources of a folder by their code."""
    file = folder / REFERENCES_FILE
    if not file.is_file():
        return {}
    entries = _yaml(file, TypeAdapter(dict[str, _Reference]), TrainingDataError)
    return {code: f"{r.author} ({r.year or 'z.j.'}). {r.title}" for code, r in entries.items()}


def shorthand(folder: Path) -> Mapping[str, str]:
    """Return what chat language and dialect stand for, or nothing when the folder does not tell."""
    file = folder / SHORTHAND_FILE
    return _yaml(file, TypeAdapter(dict[str, str]), TrainingDataError) if file.is_file() else {}


def _yaml(
    file: Path, adapter: TypeAdapter[_Model], failure: type[PracticesError] | type[TrainingDataError]
) -> _Model:
    try:
        return adapter.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(getattr(error, "problem_mark", None) or error).split())
        raise failure(file, f"the file is not valid YAML in UTF-8 ({reason})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise failure(file, f"'{where}': {first['msg']}") from error
