"""Corpus → index, and back: `build_index` writes all parts of a build, `open_index` reads them to ask questions."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import bm25s
import chromadb
import numpy as np
from numpy.typing import NDArray

from errors import IndexDamagedError, ModelMismatchError
from ingest.chunk import embedded_text, split
from ingest.classify import TextClassifier, load_classifier
from ingest.lexical import words
from ingest.mention import mentions
from ingest.manifest import Manifest, read_manifest, write_manifest
from ingest.store import Stage, build_folder, open_collection
from ingest.types import Aspect, Choice, Chunk, Corpus, Practice, QuestionVariant, Section, Span
from ingest.vectors import Encoder, VectorCache, Vectors, load_vectors, save_vectors

BM25_K1, BM25_B = 1.2, 0.75  # Robertson & Zaragoza (2009); chunks are of even length, so both matter little.
CHROMA_BATCH = 2_000
VECTOR_FILES = ("chunks", "sentences", "variants", "situations")
ADVICE, INTENT, ASPECT = "advice", "intent", "aspect"  # The classifiers a build may hold.
ASKS_ADVICE, ASKS_KNOWLEDGE = "advice", "knowledge"  # The labels of INTENT.
SECOND = 0.3  # Weight of the second practice that a sentence names, as an example beside the first.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Index:
    """An opened build: everything that answering a question needs, read-only.

    Sentences are numbered through all chunks: those of chunk `row` are `first_sentence[row]` up to
    `first_sentence[row + 1]`. `sentence_chunks` and `variant_sentences` give the chunk of a sentence and the sentence
    of a question variant.
    """

    manifest: Manifest
    sections: Mapping[str, Section]
    chunks: Sequence[Chunk]
    chunk_rows: Mapping[str, int]
    section_chunks: Mapping[str, Sequence[int]]
    collection: chromadb.Collection
    bm25: bm25s.BM25
    sentence_vectors: Vectors
    sentence_spans: Sequence[Span]
    sentence_chunks: NDArray[np.int64]
    first_sentence: NDArray[np.int64]
    variants: Sequence[QuestionVariant]
    variant_sentences: NDArray[np.int64]
    variant_vectors: Vectors
    situation_vectors: Vectors
    practices: Sequence[Practice]
    aspects: Mapping[str, Aspect]
    choices: Sequence[Choice]
    suggestions: Sequence[str]
    references: Mapping[str, str]
    classifiers: Mapping[str, TextClassifier]


def build_size(corpus: Corpus, chunks: Sequence[Chunk]) -> int:
    """Return how many texts a build embeds, for the progress bar."""
    sentences = sum(len(chunk.sentences) for chunk in chunks)
    return len(chunks) + sentences + len(corpus.variants) + len(corpus.situations)


def chunked(corpus: Corpus, most_words: int) -> list[Chunk]:
    """Return the chunks of all sections, in order."""
    return [chunk for section in corpus.sections for chunk in split(section, most_words)]


def build_index(
    stage: Stage, corpus: Corpus, chunks: Sequence[Chunk], encoder: Encoder, cache: VectorCache, progress: Progress
) -> None:
    """Embed the corpus and write every part of a build but its manifest."""
    sections = {section.section_id: section for section in corpus.sections}
    passages = [embedded_text(sections[chunk.section_id], chunk) for chunk in chunks]
    sentences = [sections[chunk.section_id].text[s.start : s.end] for chunk in chunks for s in chunk.sentences]
    questions = [variant.text for variant in corpus.variants]
    situations = [situation.text for situation in corpus.situations]

    def embed(name: str, texts: Sequence[str], kind: str) -> Vectors:
        encode = encoder.encode_queries if kind == "query" else encoder.encode_passages
        vectors, hashes = cache.embed(texts, encode, kind, progress)
        save_vectors(stage.folder, name, vectors, hashes)
        return vectors

    _store_chunks(stage.collection, sections, chunks, embed("chunks", passages, "passage"))
    embed("sentences", sentences, "passage")
    variant_vectors = embed("variants", questions, "query")
    situation_vectors = embed("situations", situations, "query")
    _store_lexical(stage.folder, corpus, sections, chunks)
    _store_records(stage.folder, corpus, chunks)
    _train_classifiers(stage.folder, corpus, sections, variant_vectors, situation_vectors)


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


def stored_sections(path: Path) -> list[Section]:
    """Return the sections of the build that serves, in order; raise IndexNotFoundError or IndexDamagedError."""
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
        bm25=bm25s.BM25.load(folder / "bm25", load_corpus=False),
        sentence_vectors=load_vectors(folder, "sentences"),
        sentence_spans=[span for chunk in chunks for span in chunk.sentences],
        sentence_chunks=np.repeat(np.arange(len(chunks)), counts),
        first_sentence=first_sentence,
        variants=variants,
        variant_sentences=_variant_sentences(variants, chunks, first_sentence),
        variant_vectors=load_vectors(folder, "variants"),
        situation_vectors=load_vectors(folder, "situations"),
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


def _store_chunks(
    collection: chromadb.Collection, sections: Mapping[str, Section], chunks: Sequence[Chunk], vectors: Vectors
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
    """Index a chunk's title, text and question variants by BM25 (document expansion, Nogueira et al., 2019)."""
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


def _train_classifiers(
    folder: Path, corpus: Corpus, sections: Mapping[str, Section], variants: Vectors, situations: Vectors
) -> None:
    """Train the adviser, and what tells a request for advice from a question for knowledge, where there are examples.

    Question variants of sentences that argue for a practice are examples of situations too.
    """
    (folder / "classifiers").mkdir()
    if len({situation.practice for situation in corpus.situations}) < 2:
        return
    from ingest.train import Examples, fit, train  # scikit-learn is needed only here

    roles = {aspect.id: aspect.advice for aspect in corpus.aspects}
    argued = list(_argued(corpus, sections, roles))
    rows = [row for row, _, _ in argued]
    advice = Examples(
        texts=[situation.text for situation in corpus.situations] + [corpus.variants[row].text for row in rows],
        embeddings=np.vstack([situations, variants[rows]]),
        labels=[situation.practice for situation in corpus.situations] + [practice for _, practice, _ in argued],
        groups=[s.subject for s in corpus.situations] + [corpus.variants[row].section_id for row in rows],
        weights=np.asarray([1.0] * len(corpus.situations) + [weight for _, _, weight in argued]),
    )
    train(advice).save(folder / "classifiers" / f"{ADVICE}.npz")

    knowledge = [row for row, v in enumerate(corpus.variants) if not roles.get(sections[v.section_id].aspect or "")]
    intent = Examples(
        texts=[*advice.texts, *(corpus.variants[row].text for row in knowledge)],
        embeddings=np.vstack([advice.embeddings, variants[knowledge]]),
        labels=[ASKS_ADVICE] * len(advice.texts) + [ASKS_KNOWLEDGE] * len(knowledge),
        groups=[*advice.groups, *(corpus.variants[row].section_id for row in knowledge)],
        weights=np.concatenate([advice.weights, np.ones(len(knowledge))]),
    )
    if knowledge:
        fit(intent).save(folder / "classifiers" / f"{INTENT}.npz")


def _argued(
    corpus: Corpus, sections: Mapping[str, Section], roles: Mapping[str, str | None]
) -> Iterable[tuple[int, str, float]]:
    """Yield question variants that name no practice, each practice that its sentence argues for, and the weight of that."""
    for row, variant in enumerate(corpus.variants):
        section = sections[variant.section_id]
        role = roles.get(section.aspect or "")
        if role in {"for", "about"} and not mentions(variant.text, corpus.practices, ()).practices:
            practices = argues_for(section, section.text[variant.start : variant.end], role, corpus.practices)
            yield from ((row, practice, weight) for practice, weight in zip(practices, (1.0, SECOND), strict=False))


def argues_for(
    section: Section, sentence: str, role: str | None, practices: Iterable[Practice]
) -> tuple[str, ...]:
    """Return the practices that a sentence argues for, best first: its section's, or those that it names."""
    if role == "for":
        return (section.practice,)
    return mentions(sentence, practices, ()).practices if role == "about" else ()


def _read_sections(folder: Path) -> list[Section]:
    rows = _read_lines(folder / "sections.jsonl")
    return [Section(**{**row, "sources": tuple(row["sources"])}) for row in rows]


def _write_lines(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _read_lines(file: Path) -> list[dict[str, object]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
