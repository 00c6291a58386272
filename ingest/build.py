"""Corpus → index: embed the corpus and write every part of a build."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import bm25s
import chromadb

from ingest.chunk import embedded_text, split
from ingest.lexical import words
from ingest.manifest import Manifest, write_manifest
from ingest.store import Stage
from ingest.teach import Lesson, teach
from ingest.types import Chunk, Corpus, QuestionVariant, Section
from ingest.vectors import Encoder, VectorCache, Vectors, save_vectors
from ingest.vocabulary import save_vocabulary, vocabulary

BM25_K1, BM25_B = 1.2, 0.75  # Robertson & Zaragoza (2009); chunks are of even length, so both matter little.
CHROMA_BATCH = 2_000
Progress = Callable[[int], None]


def build_size(corpus: Corpus, chunks: Sequence[Chunk]) -> int:
    """Return how many texts a build embeds, for the progress bar."""
    sentences = sum(len(chunk.sentences) for chunk in chunks)
    return len(chunks) + sentences + len(corpus.variants) + len(corpus.situations) + len(corpus.unanswerable)


def chunked(corpus: Corpus, most_words: int) -> list[Chunk]:
    """Return the chunks of all sections, in order."""
    return [chunk for section in corpus.sections for chunk in split(section, most_words)]


def build_index(
    stage: Stage,
    corpus: Corpus,
    chunks: Sequence[Chunk],
    encoder: Encoder,
    cache: VectorCache,
    progress: Progress,
) -> None:
    """Embed the corpus and write every part of a build but its manifest."""
    sections = {section.section_id: section for section in corpus.sections}
    passages = [embedded_text(sections[chunk.section_id], chunk) for chunk in chunks]
    sentences = [
        sections[chunk.section_id].text[s.start : s.end] for chunk in chunks for s in chunk.sentences
    ]
    questions = [variant.text for variant in corpus.variants]
    situations = [situation.text for situation in corpus.situations]

    def embed(name: str, texts: Sequence[str], kind: str) -> Vectors:
        encode = encoder.encode_queries if kind == "query" else encoder.encode_passages
        vectors, hashes = cache.embed(texts, encode, kind, progress)
        save_vectors(stage.folder, name, vectors, hashes)
        return vectors

    _store_chunks(stage.collection, sections, chunks, embed("chunks", passages, "passage"))
    embed("sentences", sentences, "passage")
    lesson = Lesson(
        corpus,
        variants=embed("variants", questions, "query"),
        situations=embed("situations", situations, "query"),
        unanswerable=embed("unanswerable", corpus.unanswerable, "query"),
    )
    _store_lexical(stage.folder, corpus, sections, chunks)
    save_vocabulary(stage.folder, vocabulary(corpus))
    _store_records(stage.folder, corpus, chunks)
    (stage.folder / "classifiers").mkdir()
    for name, classifier in teach(lesson).items():
        classifier.save(stage.folder / "classifiers" / f"{name}.npz")


def describe(
    stage: Stage, corpus: Corpus, chunks: Sequence[Chunk], model_id: str, chunk_words: int, name: str
) -> Manifest:
    """Write and return the manifest of a build whose parts are all there."""
    manifest = Manifest(
        fingerprint=name,
        model_id=model_id,
        chunk_words=chunk_words,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sections=len(corpus.sections),
        chunks=len(chunks),
        sentences=sum(len(chunk.sentences) for chunk in chunks),
        variants=len(corpus.variants),
        situations=len(corpus.situations),
    )
    write_manifest(stage.folder, manifest)
    return manifest


def _store_chunks(
    collection: chromadb.Collection,
    sections: Mapping[str, Section],
    chunks: Sequence[Chunk],
    vectors: Vectors,
) -> None:
    for first in range(0, len(chunks), CHROMA_BATCH):
        batch = chunks[first : first + CHROMA_BATCH]
        collection.add(
            ids=[chunk.chunk_id for chunk in batch],
            embeddings=vectors[first : first + CHROMA_BATCH],
            documents=[chunk.text for chunk in batch],
            metadatas=[
                {
                    "section_id": chunk.section_id,
                    "practice": sections[chunk.section_id].practice,
                    "start": chunk.start,
                    "end": chunk.end,
                }
                for chunk in batch
            ],
        )


def _store_lexical(
    folder: Path, corpus: Corpus, sections: Mapping[str, Section], chunks: Sequence[Chunk]
) -> None:
    """Index a chunk's title, text and question variants by BM25 (doc2query, Nogueira et al., 2019)."""
    questions: dict[str, list[QuestionVariant]] = {}
    for variant in corpus.variants:
        questions.setdefault(variant.section_id, []).append(variant)
    documents = [
        words(
            " ".join(
                [sections[chunk.section_id].title, chunk.text]
                + [v.text for v in questions.get(chunk.section_id, ()) if chunk.start <= v.start < chunk.end]
            )
        )
        for chunk in chunks
    ]
    bm25 = bm25s.BM25(k1=BM25_K1, b=BM25_B)
    bm25.index(documents, show_progress=False)
    bm25.save(folder / "bm25", show_progress=False)


def _store_records(folder: Path, corpus: Corpus, chunks: Sequence[Chunk]) -> None:
    _write_lines(folder / "sections.jsonl", [asdict(section) for section in corpus.sections])
    _write_lines(
        folder / "chunks.jsonl",
        [{**asdict(chunk), "sentences": [(s.start, s.end) for s in chunk.sentences]} for chunk in chunks],
    )
    _write_lines(folder / "variants.jsonl", [asdict(variant) for variant in corpus.variants])
    about = {
        "practices": [asdict(practice) for practice in corpus.practices],
        "aspects": [asdict(aspect) for aspect in corpus.aspects],
        "choices": [asdict(choice) for choice in corpus.choices],
        "suggestions": list(corpus.suggestions),
        "references": dict(corpus.references),
    }
    (folder / "practices.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _write_lines(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
