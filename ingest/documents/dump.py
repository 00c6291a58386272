"""The stored text as JSON lines, and back: a dump is a document of its own to `python -m ingest`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from errors import DocumentError
from ingest.types import (
    About,
    Aspect,
    Corpus,
    Criterion,
    DecidingQuestion,
    LabelledQuestion,
    Practice,
    QuestionVariant,
    Section,
    Situation,
    Term,
)

DUMP_SUFFIX = ".jsonl"
SECTION_FIELDS = ("section_id", "title", "practice", "source", "page", "text")
KIND = "kind"  # Names what a line holds; a line without it holds a section.
SECTION = "section"
_TYPES: dict[str, TypeAdapter[Any]] = {
    SECTION: TypeAdapter(Section),
    "practice": TypeAdapter(Practice),
    "aspect": TypeAdapter(Aspect),
    "choice": TypeAdapter(DecidingQuestion),
    "suggestion": TypeAdapter(dict[str, str]),
    "variant": TypeAdapter(QuestionVariant),
    "situation": TypeAdapter(Situation),
    "labelled": TypeAdapter(LabelledQuestion),
    "criterion": TypeAdapter(Criterion),
    "term": TypeAdapter(Term),
    "about": TypeAdapter(About),
    "unanswerable": TypeAdapter(dict[str, str]),
    "reference": TypeAdapter(dict[str, str]),
    "shorthand": TypeAdapter(dict[str, str]),
}


def section_lines(sections: Sequence[Section]) -> Iterator[str]:
    """Yield a line a section, with the fields that other tools rely on."""
    for section in sections:
        row = asdict(section)
        yield json.dumps({name: row[name] for name in SECTION_FIELDS}, ensure_ascii=False)


def all_lines(corpus: Corpus) -> Iterator[str]:
    """Yield a line for everything that an index was made from."""
    kinds: dict[str, Sequence[object]] = {
        SECTION: corpus.sections,
        "practice": corpus.practices,
        "aspect": corpus.aspects,
        "choice": corpus.choices,
        "variant": corpus.variants,
        "situation": corpus.situations,
        "labelled": corpus.labelled,
        "criterion": corpus.criteria,
        "term": corpus.terms,
    }
    rows = [{KIND: kind, **asdict(one)} for kind, many in kinds.items() for one in many]  # type: ignore[call-overload]
    rows += [{KIND: "suggestion", "text": text} for text in corpus.suggestions]
    rows += [{KIND: "about", **asdict(corpus.about)}]
    rows += [{KIND: "unanswerable", "text": text} for text in corpus.unanswerable]
    rows += [{KIND: "reference", "id": code, "text": text} for code, text in corpus.references.items()]
    rows += [{KIND: "shorthand", "id": short, "text": text} for short, text in corpus.shorthand.items()]
    yield from (json.dumps(row, ensure_ascii=False) for row in rows)


def is_dump(paths: Sequence[Path]) -> bool:
    """Return whether the paths name one dump."""
    return len(paths) == 1 and paths[0].suffix.lower() == DUMP_SUFFIX and paths[0].is_file()


def load_dump(path: Path) -> Corpus:
    """Return the corpus that a dump holds; raise DocumentError that names the line when it cannot be read."""
    found: dict[str, list[Any]] = {kind: [] for kind in _TYPES}
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
            if line.strip():
                kind, one = _parsed(path, number, line)
                found[kind].append(one)
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(path, "the dump is not UTF-8 or cannot be opened") from error
    if not found[SECTION]:
        raise DocumentError(path, "the dump holds no section. Make one with: python -m ingest --dump")
    return Corpus(
        sections=tuple(found[SECTION]),
        practices=tuple(found["practice"]),
        aspects=tuple(found["aspect"]),
        choices=tuple(found["choice"]),
        suggestions=tuple(one["text"] for one in found["suggestion"]),
        about=next(iter(found["about"]), About()),
        variants=tuple(found["variant"]),
        situations=tuple(found["situation"]),
        labelled=tuple(found["labelled"]),
        criteria=tuple(found["criterion"]),
        terms=tuple(found["term"]),
        unanswerable=tuple(one["text"] for one in found["unanswerable"]),
        references={one["id"]: one["text"] for one in found["reference"]},
        shorthand={one["id"]: one["text"] for one in found["shorthand"]},
    )


def _parsed(path: Path, number: int, line: str) -> tuple[str, Any]:
    try:
        row = json.loads(line)
        kind = row.pop(KIND, SECTION)
        return kind, _TYPES[kind].validate_python(row)
    except (ValidationError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise DocumentError(path, f"line {number} is no line of a dump") from error
