"""The stored text as JSON lines, and back: a dump is a document of its own to `python -m ingest`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from errors import DocumentError
from ingest.documents.data_files import read_lines
from ingest.types import Corpus, Section

CORPUS = TypeAdapter(Corpus)  # How a corpus becomes JSON, and is read again, everywhere.
DUMP_SUFFIX = ".jsonl"
SECTION_FIELDS = ("section_id", "title", "practice", "source", "page", "text")
KIND = "kind"  # Names what a line holds; a line without it holds a section.
SECTION, ABOUT = "section", "about"
# What a line of each kind holds: one object of a part of the corpus, a text of it, or a text by its name.
OBJECTS = {
    SECTION: "sections",
    "practice": "practices",
    "aspect": "aspects",
    "choice": "choices",
    "variant": "variants",
    "situation": "situations",
    "labelled": "labelled",
    "criterion": "criteria",
    "term": "terms",
    "unanswerable": "unanswerable",
}
TEXTS = {"suggestion": "suggestions"}
NAMED = {"reference": "references", "shorthand": "shorthand"}


def section_lines(sections: Sequence[Section]) -> Iterator[str]:
    """Yield a line a section, with the fields that other tools rely on."""
    for section in sections:
        yield json.dumps({name: getattr(section, name) for name in SECTION_FIELDS}, ensure_ascii=False)


def all_lines(corpus: Corpus) -> Iterator[str]:
    """Yield a line for everything that an index was made from."""
    stored = CORPUS.dump_python(corpus, mode="json")
    rows = [{KIND: kind, **one} for kind, part in OBJECTS.items() for one in stored[part]]
    rows += [{KIND: ABOUT, **stored[ABOUT]}]
    rows += [{KIND: kind, "text": text} for kind, part in TEXTS.items() for text in stored[part]]
    rows += [
        {KIND: kind, "id": name, "text": text}
        for kind, part in NAMED.items()
        for name, text in stored[part].items()
    ]
    yield from (json.dumps(row, ensure_ascii=False) for row in rows)


def is_dump(paths: Sequence[Path]) -> bool:
    """Return whether the paths name one dump."""
    return len(paths) == 1 and paths[0].suffix.lower() == DUMP_SUFFIX and paths[0].is_file()


def load_dump(path: Path) -> Corpus:
    """Return the corpus that a dump holds; raise DocumentError that names the line when it cannot be read."""
    found: dict[str, Any] = {}
    for number, row in read_lines(path, dict[str, Any]):
        _add(found, *_parsed(path, number, row))
    if not found.get("sections"):
        raise DocumentError(path, "the dump holds no section. Make one with: python -m ingest --dump")
    return CORPUS.validate_python(found)


def _parsed(path: Path, number: int, row: dict[str, Any]) -> tuple[str, Any]:
    """Return the part of a corpus that a line belongs to, and that part with nothing else in it."""
    try:
        kind = row.pop(KIND, SECTION)
        part = {**OBJECTS, **TEXTS, **NAMED, ABOUT: ABOUT}[kind]
        held: object = row if kind == ABOUT else [row]
        if kind in TEXTS:
            held = [row["text"]]
        elif kind in NAMED:
            held = {row["id"]: row["text"]}
        return part, getattr(CORPUS.validate_python({"sections": (), part: held}), part)
    except (ValidationError, KeyError, TypeError) as error:
        raise DocumentError(path, f"line {number} is no line of a dump") from error


def _add(found: dict[str, Any], part: str, held: object) -> None:
    match held:
        case tuple():
            found.setdefault(part, []).extend(held)
        case dict():
            found.setdefault(part, {}).update(held)
        case _:
            found.setdefault(part, held)
