"""Files and folders → Corpus: the documents, and what a folder says about practices and questions."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from errors import NoDocumentsError, PracticesError, TrainingDataError, UnknownPracticeError
from ingest.readers import READERS, read
from ingest.sentences import sentences
from ingest.types import GENERAL, Aspect, Choice, Corpus, Practice, QuestionVariant, Section, Situation

PRACTICES_FILE = "practices.yaml"
REFERENCES_FILE = "sources.yaml"
SHORTHAND_FILE = "spelling.yaml"
SITUATIONS_FOLDER = "situations"
UNANSWERABLE_FILE = "unanswerable.jsonl"
QUESTIONS_SUFFIX = ".questions.yaml"

_Model = TypeVar("_Model")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read and the name by which citations show it."""

    path: Path
    source: str


class _Practices(BaseModel):
    """The content of practices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    practices: tuple[Practice, ...]
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        ids = [practice.id for practice in self.practices]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"two practices have the id {', '.join(doubled)}")
        unknown = {name for choice in self.choices for name in choice.options} - set(ids)
        if unknown:
            raise ValueError(f"choices name unknown practices: {', '.join(sorted(unknown))}")
        return self


class _Variants(BaseModel):
    """One entry of a questions file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence: str
    questions: tuple[str, ...]


class _Reference(BaseModel):
    """One entry of sources.yaml."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    author: str
    year: str | int | None = None
    title: str
    url: str | None = None


def load_corpus(paths: Sequence[Path]) -> Corpus:
    """Read every document under the paths with what stands beside it; raise WegwijzerError on trouble."""
    found = documents(paths)
    folders = [path for path in paths if path.is_dir()]
    practices = _merged_practices(folders)
    sections: list[Section] = []
    variants: list[QuestionVariant] = []
    for document in found:
        own = _checked(document, read(document.path, document.source), practices.practices)
        own = _with_own_ids(own, {section.section_id for section in sections})
        sections += own
        variants += _variants(document.path, own)
    return Corpus(
        sections=tuple(sections),
        practices=practices.practices,
        aspects=practices.aspects,
        choices=practices.choices,
        suggestions=practices.suggestions,
        variants=tuple(variants),
        situations=tuple(s for folder in folders for s in _situations(folder, practices.practices)),
        unanswerable=tuple(question for folder in folders for question in _unanswerable(folder)),
        references={code: text for folder in folders for code, text in _references(folder).items()},
        shorthand={short: text for folder in folders for short, text in _shorthand(folder).items()},
    )


def documents(paths: Sequence[Path]) -> list[Document]:
    """List the readable documents under the paths, by name; a README describes a folder and is none."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise NoDocumentsError(missing, READERS)
    found = [document for path in paths for document in _under(path, named=len(paths) > 1)]
    if not found:
        raise NoDocumentsError(paths, READERS)
    return found


def _under(path: Path, *, named: bool) -> Iterator[Document]:
    if path.is_file():
        yield Document(path, path.name)
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            hidden = any(part.startswith(".") for part in inside.parts)
            if file.is_file() and file.suffix.lower() in READERS and file.stem != "README" and not hidden:
                yield Document(file, f"{path.name}/{inside.as_posix()}" if named else inside.as_posix())


def _checked(document: Document, sections: list[Section], practices: Iterable[Practice]) -> list[Section]:
    known = [practice.id for practice in practices] + [GENERAL]
    for section in sections:
        if section.practice not in known:
            raise UnknownPracticeError(document.path, section.practice, known)
    return sections


def _with_own_ids(sections: list[Section], taken: set[str]) -> list[Section]:
    """Return the sections with ids that no earlier document has: a number is added where needed."""
    numbers = (
        number for number in count(2) if not any(f"{s.section_id}~{number}" in taken for s in sections)
    )
    if not any(section.section_id in taken for section in sections):
        return sections
    number = next(numbers)
    return [replace(section, section_id=f"{section.section_id}~{number}") for section in sections]


def _merged_practices(folders: Sequence[Path]) -> _Practices:
    files = [folder / PRACTICES_FILE for folder in folders if (folder / PRACTICES_FILE).is_file()]
    if not files:
        return _Practices(practices=())
    if len(files) > 1:
        raise PracticesError(files[1], f"{files[0]} gives the practices already. Keep one of the two")
    return _yaml(files[0], TypeAdapter(_Practices), PracticesError)


def _variants(path: Path, sections: Sequence[Section]) -> Iterator[QuestionVariant]:
    file = path.with_name(path.stem + QUESTIONS_SUFFIX)
    if not file.is_file():
        return
    places = {
        section.text[span.start : span.end]: (section.section_id, span)
        for section in sections
        for span in sentences(section.text)
    }
    for entry in _yaml(file, TypeAdapter(tuple[_Variants, ...]), TrainingDataError):
        if entry.sentence not in places:
            raise TrainingDataError(file, f"no such sentence in {path.name}: '{entry.sentence}'")
        section_id, span = places[entry.sentence]
        for question in entry.questions:
            yield QuestionVariant(question, section_id, span.start, span.end)


def _situations(folder: Path, practices: Iterable[Practice]) -> Iterator[Situation]:
    known = {practice.id for practice in practices}
    for file in sorted((folder / SITUATIONS_FOLDER).glob("*.jsonl")):
        for number, (text, practice, subject) in _lines(file, "text", "practice", "subject"):
            situation = Situation(text, practice, subject)
            if situation.practice not in known:
                raise TrainingDataError(file, f"line {number}: unknown practice '{situation.practice}'")
            yield situation


def _unanswerable(folder: Path) -> Iterator[str]:
    file = folder / UNANSWERABLE_FILE
    if file.is_file():
        yield from (question for _, (question,) in _lines(file, "question"))


def _lines(file: Path, *names: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the named texts of every line of a file of JSON lines."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise TrainingDataError(file, "the file is not UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            yield number, [str(values[name]) for name in names]
        except (ValueError, KeyError, TypeError) as error:
            raise TrainingDataError(file, f"line {number} needs {', '.join(names)}") from error


def _references(folder: Path) -> Mapping[str, str]:
    file = folder / REFERENCES_FILE
    if not file.is_file():
        return {}
    entries = _yaml(file, TypeAdapter(dict[str, _Reference]), TrainingDataError)
    return {code: f"{r.author} ({r.year or 'z.j.'}). {r.title}" for code, r in entries.items()}


def _shorthand(folder: Path) -> Mapping[str, str]:
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
