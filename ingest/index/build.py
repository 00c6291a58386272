"""Corpus → index: embed the corpus and write every part of a build."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ingest.documents.changes import FilesRead, write_files_read
from ingest.embedding.cache import UNRELATED, Encoder, VectorCache, Vectors, save_vectors, unrelated_texts
from ingest.index.bm25 import write_bm25
from ingest.index.likelihood import write_likelihood
from ingest.index.manifest import Manifest, file_sizes, write_manifest
from ingest.index.records import first_sentences, sentence_chunks, variant_sentences, write_records
from ingest.index.store import Stage
from ingest.learning.examples import CLASSIFIERS, Lesson, teach
from ingest.text.chunks import embedded_text, split
from ingest.text.vocabulary import save_vocabulary, vocabulary
from ingest.types import Chunk, Corpus

Progress = Callable[[int], None]


def build_size(corpus: Corpus, chunks: Sequence[Chunk]) -> int:
    """Return how many texts a build embeds, for the progress bar."""
    sentences = sum(len(chunk.sentences) for chunk in chunks)
    examples = len(corpus.variants) + len(corpus.situations) + len(corpus.labelled)
    examples += len(corpus.unanswerable)
    return len(chunks) + sentences + examples + len(unrelated_texts())


def chunked(corpus: Corpus, most_words: int) -> list[Chunk]:
    """Return the chunks of all sections, in order."""
    return [chunk for section in corpus.sections for chunk in split(section, most_words)]


def build_index(
    stage: Stage,
    corpus: Corpus,
    chunks: Sequence[Chunk],
    encoder: Encoder,
    cache: VectorCache,
    taught: Path | None,
    progress: Progress,
) -> None:
    """Embed the corpus and write every part of a build but its manifest.

    `taught` holds the classifiers of an earlier build; those whose examples are the same are used again.
    """
    sections = {section.section_id: section for section in corpus.sections}
    passages = [embedded_text(sections[chunk.section_id], chunk) for chunk in chunks]
    sentences = [
        sections[chunk.section_id].text[s.start : s.end] for chunk in chunks for s in chunk.sentences
    ]
    questions = [variant.text for variant in corpus.variants]
    situations = [situation.told for situation in corpus.situations]
    labelled = [question.text for question in corpus.labelled]

    def embed(name: str, texts: Sequence[str], kind: str) -> Vectors:
        encode = encoder.encode_queries if kind == "query" else encoder.encode_passages
        vectors, hashes = cache.embed(texts, encode, kind, progress)
        save_vectors(stage.folder, name, vectors, hashes)
        return vectors

    stage.chunks.add(sections, chunks, embed("chunks", passages, "passage"))
    stage.chunks.close()  # From here on its files stay as they are, and the manifest can list them.
    said = embed("sentences", sentences, "passage")
    embed(UNRELATED, unrelated_texts(), "passage")
    first = first_sentences(chunks)
    asked_of = variant_sentences(corpus.variants, chunks, first)
    lesson = Lesson(
        corpus,
        variants=embed("variants", questions, "query"),
        situations=embed("situations", situations, "query"),
        labelled=embed("labelled", labelled, "query"),
        unanswerable=embed("unanswerable", [one.text for one in corpus.unanswerable], "query"),
        sentences=said,
        variant_sentences=asked_of,
    )
    write_bm25(stage.folder, sections, chunks, corpus.variants)
    write_likelihood(stage.folder, questions, asked_of, sentence_chunks(first), len(chunks))
    save_vocabulary(stage.folder, vocabulary(corpus))
    write_records(stage.folder, corpus, chunks)
    teach(lesson, stage.folder / CLASSIFIERS, taught)


def describe(
    stage: Stage,
    corpus: Corpus,
    chunks: Sequence[Chunk],
    sources: FilesRead,
    model_id: str,
    chunk_words: int,
    name: str,
) -> Manifest:
    """Write and return the manifest of a build whose parts are all there."""
    write_files_read(stage.folder, sources)
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
        files=file_sizes(stage.folder),
    )
    write_manifest(stage.folder, manifest)
    return manifest
