"""What a build keeps in files of JSON: its sections, chunks and questions, and what is beside them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from ingest.types import (
    About,
    Aspect,
    Chunk,
    Corpus,
    Criterion,
    DecidingQuestion,
    LabelledQuestion,
    Practice,
    QuestionVariant,
    Section,
    Situation,
    Span,
    Term,
)

SECTIONS, CHUNKS, VARIANTS, SITUATIONS, LABELLED = (
    f"{name}.jsonl" for name in ("sections", "chunks", "variants", "situations", "labelled")
)
ABOUT = "practices.json"
_SITUATIONS = TypeAdapter(tuple[Situation, ...])
_LABELLED = TypeAdapter(tuple[LabelledQuestion, ...])
_CRITERIA = TypeAdapter(tuple[Criterion, ...])
_TERMS = TypeAdapter(tuple[Term, ...])


def write_records(folder: Path, corpus: Corpus, chunks: Sequence[Chunk]) -> None:
    """Write all of a corpus, and its chunks, into a build."""
    _write_lines(folder / SECTIONS, [asdict(section) for section in corpus.sections])
    _write_lines(
        folder / CHUNKS,
        [{**asdict(chunk), "sentences": [(s.start, s.end) for s in chunk.sentences]} for chunk in chunks],
    )
    _write_lines(folder / VARIANTS, [asdict(variant) for variant in corpus.variants])
    _write_lines(folder / SITUATIONS, [asdict(situation) for situation in corpus.situations])
    _write_lines(folder / LABELLED, [asdict(question) for question in corpus.labelled])
    about = {
        "practices": [asdict(practice) for practice in corpus.practices],
        "aspects": [asdict(aspect) for aspect in corpus.aspects],
        "choices": [asdict(choice) for choice in corpus.choices],
        "criteria": [asdict(criterion) for criterion in corpus.criteria],
        "terms": [asdict(term) for term in corpus.terms],
        "suggestions": list(corpus.suggestions),
        "about": asdict(corpus.about),
        "references": dict(corpus.references),
        "unanswerable": list(corpus.unanswerable),
        "shorthand": dict(corpus.shorthand),
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def read_corpus(folder: Path) -> Corpus:
    """Return the corpus that a build was made from."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return Corpus(
        sections=tuple(read_sections(folder)),
        practices=tuple(Practice(**{**row, "aliases": tuple(row["aliases"])}) for row in about["practices"]),
        aspects=tuple(Aspect(**{**row, "cues": tuple(row["cues"])}) for row in about["aspects"]),
        choices=tuple(DecidingQuestion(**row) for row in about["choices"]),
        suggestions=tuple(about["suggestions"]),
        about=About(**about["about"]),
        variants=tuple(QuestionVariant(**row) for row in _read_lines(folder / VARIANTS)),
        situations=_SITUATIONS.validate_python(list(_read_lines(folder / SITUATIONS))),
        labelled=_LABELLED.validate_python(list(_read_lines(folder / LABELLED))),
        criteria=_CRITERIA.validate_python(about["criteria"]),
        terms=_TERMS.validate_python(about["terms"]),
        unanswerable=tuple(about["unanswerable"]),
        references=about["references"],
        shorthand=about["shorthand"],
    )


def read_sections(folder: Path) -> list[Section]:
    """Return the sections of a build."""
    return [
        Section(**{**row, "sources": tuple(row["sources"]), "pages": tuple(map(tuple, row["pages"]))})
        for row in _read_lines(folder / SECTIONS)
    ]


def read_chunks(folder: Path) -> list[Chunk]:
    """Return the chunks of a build."""
    return [
        Chunk(**{**row, "sentences": tuple(Span(*span) for span in row["sentences"])})
        for row in _read_lines(folder / CHUNKS)
    ]


def _write_lines(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _read_lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def first_sentences(chunks: Sequence[Chunk]) -> NDArray[np.int64]:
    """Return the number of each chunk's first sentence, and behind it how many there are: (chunks + 1,)."""
    counts = [len(chunk.sentences) for chunk in chunks]
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def variant_sentences(
    variants: Sequence[QuestionVariant], chunks: Sequence[Chunk], first_sentence: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the number of the sentence that each variant asks about, shape (variants,)."""
    numbers = {
        (chunk.section_id, span.start): int(first) + place
        for chunk, first in zip(chunks, first_sentence, strict=False)
        for place, span in enumerate(chunk.sentences)
    }
    return np.asarray([numbers[variant.section_id, variant.start] for variant in variants], dtype=np.int64)
