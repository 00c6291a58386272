"""Open an index: everything that answering a question needs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import chromadb
import numpy as np
from numpy.typing import NDArray

from errors import IndexDamagedError, ModelMismatchError
from ingest.classify import TextClassifier, load_classifier
from ingest.manifest import Manifest, read_manifest
from ingest.spelling import Speller, load_speller
from ingest.store import build_folder, open_collection
from ingest.types import Aspect, Choice, Chunk, Practice, QuestionVariant, Section, Span
from ingest.vectors import Vectors, load_vectors

VECTOR_FILES = ("chunks", "sentences", "variants", "situations", "unanswerable")


@dataclass(frozen=True, slots=True)
class Index:
    """An opened build: everything that answering a question needs, read-only.

    Sentences are numbered through all chunks: those of chunk `row` are `first_sentence[row]` up to
    `first_sentence[row + 1]`. `sentence_chunks` gives the chunk of a sentence, `variant_sentences` the
    sentence of a question variant.
    """

    manifest: Manifest
    sections: Mapping[str, Section]
    chunks: Sequence[Chunk]
    chunk_rows: Mapping[str, int]
    section_chunks: Mapping[str, Sequence[int]]
    collection: chromadb.Collection
    chunk_vectors: Vectors
    bm25: bm25s.BM25
    speller: Speller
    sentence_vectors: Vectors
    sentence_spans: Sequence[Span]
    sentence_chunks: NDArray[np.int64]
    first_sentence: NDArray[np.int64]
    variants: Sequence[QuestionVariant]
    variant_sentences: NDArray[np.int64]
    variant_vectors: Vectors
    practices: Sequence[Practice]
    aspects: Mapping[str, Aspect]
    choices: Sequence[Choice]
    suggestions: Sequence[str]
    references: Mapping[str, str]
    classifiers: Mapping[str, TextClassifier]


def open_index(path: Path, model_id: str) -> Index:
    """Open the build that serves.

    Raise IndexNotFoundError, IndexDamagedError, or ModelMismatchError when another model built it.
    """
    folder = build_folder(path)
    manifest = read_manifest(folder)
    if manifest.model_id != model_id:
        raise ModelMismatchError(manifest.model_id, model_id)
    try:
        return _read(path, folder, manifest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(path, f"{type(error).__name__} in build {folder.name}") from error


def intact(path: Path, model_id: str) -> bool:
    """Tell whether the build that serves can be opened."""
    try:
        open_index(path, model_id)
    except IndexDamagedError:
        return False
    return True


def stored_sections(path: Path) -> list[Section]:
    """Return the sections of the build that serves; raise IndexNotFoundError or IndexDamagedError."""
    folder = build_folder(path)
    try:
        return _read_sections(folder)
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamagedError(path, "sections.jsonl cannot be read") from error


def _read(path: Path, folder: Path, manifest: Manifest) -> Index:
    chunks = [
        Chunk(**{**row, "sentences": tuple(Span(*span) for span in row["sentences"])})
        for row in _read_lines(folder / "chunks.jsonl")
    ]
    counts = [len(chunk.sentences) for chunk in chunks]
    first_sentence = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    variants = [QuestionVariant(**row) for row in _read_lines(folder / "variants.jsonl")]
    about = json.loads((folder / "practices.json").read_text(encoding="utf-8"))
    return Index(
        manifest=manifest,
        sections={section.section_id: section for section in _read_sections(folder)},
        chunks=chunks,
        chunk_rows={chunk.chunk_id: row for row, chunk in enumerate(chunks)},
        section_chunks=_by_section(chunks),
        collection=open_collection(path, manifest.fingerprint),
        chunk_vectors=load_vectors(folder, "chunks"),
        bm25=bm25s.BM25.load(folder / "bm25", load_corpus=False),
        speller=load_speller(folder),
        sentence_vectors=load_vectors(folder, "sentences"),
        sentence_spans=[span for chunk in chunks for span in chunk.sentences],
        sentence_chunks=np.repeat(np.arange(len(chunks)), counts),
        first_sentence=first_sentence,
        variants=variants,
        variant_sentences=_variant_sentences(variants, chunks, first_sentence),
        variant_vectors=load_vectors(folder, "variants"),
        practices=[Practice(**{**row, "aliases": tuple(row["aliases"])}) for row in about["practices"]],
        aspects={row["id"]: Aspect(**{**row, "cues": tuple(row["cues"])}) for row in about["aspects"]},
        choices=[Choice(**row) for row in about["choices"]],
        suggestions=about["suggestions"],
        references=about["references"],
        classifiers={file.stem: load_classifier(file) for file in (folder / "classifiers").glob("*.npz")},
    )


def _by_section(chunks: Sequence[Chunk]) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, chunk in enumerate(chunks):
        rows.setdefault(chunk.section_id, []).append(row)
    return rows


def _variant_sentences(
    variants: Sequence[QuestionVariant], chunks: Sequence[Chunk], first_sentence: NDArray[np.int64]
) -> NDArray[np.int64]:
    numbers = {
        (chunk.section_id, span.start): int(first) + place
        for chunk, first in zip(chunks, first_sentence, strict=False)
        for place, span in enumerate(chunk.sentences)
    }
    return np.asarray([numbers[variant.section_id, variant.start] for variant in variants], dtype=np.int64)


def _read_sections(folder: Path) -> list[Section]:
    rows = _read_lines(folder / "sections.jsonl")
    return [Section(**{**row, "sources": tuple(row["sources"])}) for row in rows]


def _read_lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
