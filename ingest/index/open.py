"""Open an index: everything that answering a question needs."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import bm25s
import numpy as np
from numpy.typing import NDArray

from errors import IndexDamagedError, ModelMismatchError, WegwijzerError
from ingest.embedding.cache import UNRELATED, Vectors, load_vectors, usual_cosine
from ingest.index.bm25 import load_bm25
from ingest.index.chroma import Chunks
from ingest.index.likelihood import Likelihood, load_likelihood
from ingest.index.manifest import Manifest, is_whole, read_manifest
from ingest.index.records import (
    first_sentences,
    nearest_sentences,
    read_chunks,
    read_corpus,
    sentence_chunks,
    variant_sentences,
)
from ingest.index.server_store import ServerStore
from ingest.index.store import Pointer, Store
from ingest.learning.classifier import TextClassifier
from ingest.learning.examples import CLASSIFIERS, load_networks, load_taught
from ingest.learning.network import Network
from ingest.text.spelling import Speller, load_speller
from ingest.types import (
    About,
    Aspect,
    Chunk,
    Corpus,
    Criterion,
    DecidingQuestion,
    Practice,
    QuestionVariant,
    Section,
    Span,
    Term,
)
from settings import Settings

log = logging.getLogger(__name__)

VECTOR_FILES = ("chunks", "sentences", "variants", "situations", "labelled", "unanswerable", UNRELATED)


@dataclass(frozen=True, slots=True)
class Index:
    """An opened build: everything that answering a question needs, read-only.

    Sentences are numbered through all chunks: those of chunk `row` are `first_sentence[row]` up to
    `first_sentence[row + 1]`. `sentence_chunks` gives the chunk of a sentence, `variant_sentences` the
    sentence of a question variant, `nearest_sentences` that of a question without an answer; `usual_cosine`
    is that of two texts with nothing in common. `store` and `pointer` tell where the build came from.
    """

    manifest: Manifest
    store: Store
    pointer: Pointer
    sections: Mapping[str, Section]
    chunks: Sequence[Chunk]
    chunk_rows: Mapping[str, int]
    section_chunks: Mapping[str, Sequence[int]]
    collection: Chunks
    chunk_vectors: Vectors
    bm25: bm25s.BM25
    likelihood: Likelihood
    speller: Speller
    sentence_vectors: Vectors
    usual_cosine: float
    sentence_spans: Sequence[Span]
    sentence_chunks: NDArray[np.int64]
    first_sentence: NDArray[np.int64]
    variants: Sequence[QuestionVariant]
    variant_sentences: NDArray[np.int64]
    variant_vectors: Vectors
    unanswerable_vectors: Vectors
    nearest_sentences: NDArray[np.int64]
    practices: Sequence[Practice]
    aspects: Mapping[str, Aspect]
    choices: Sequence[DecidingQuestion]
    criteria: Sequence[Criterion]
    terms: Sequence[Term]
    suggestions: Sequence[str]
    about: About
    references: Mapping[str, str]
    classifiers: Mapping[str, TextClassifier]
    networks: Mapping[str, Network]

    def close(self) -> None:
        """Close the Chroma client; no question can be asked afterwards."""
        self.collection.close()


def open_store(settings: Settings) -> Store:
    """Return what keeps the builds: the Chroma server that is set, or the folder of the index."""
    return Store(settings.index) if settings.chroma_url is None else ServerStore(settings)


def open_index(place: Path | Store, model_id: str) -> Index:
    """Open the build that serves, or the one before it when that is damaged; `place` may be its folder.

    Raise IndexNotFoundError, IndexDamagedError, or ModelMismatchError when another model built it.
    """
    store = _store(place)
    while True:
        pointer = store.pointer()
        try:
            return _open_either(store, pointer, model_id)
        except IndexDamagedError:
            if store.pointer() == pointer:  # Else a new build serves by now, and the old one was taken away.
                raise


def intact(store: Store, build: str, model_id: str) -> bool:
    """Return whether a build can be opened."""
    try:
        _open(store, Pointer(build), build, model_id).close()
    except IndexDamagedError:
        return False
    return True


def stored_sections(place: Path | Store) -> list[Section]:
    """Return the sections of the build that serves; raise IndexNotFoundError or IndexDamagedError."""
    return list(stored_corpus(place).sections)


def stored_corpus(place: Path | Store) -> Corpus:
    """Return all that the build that serves was made from; raise IndexNotFoundError or IndexDamagedError."""
    store = _store(place)
    folder = store.folder(store.pointer().build)
    try:
        return read_corpus(folder)
    except (OSError, ValueError) as error:
        raise IndexDamagedError(store.place, f"{type(error).__name__} in build {folder.name}") from error


def _store(place: Path | Store) -> Store:
    return Store(place) if isinstance(place, Path) else place


def _open_either(store: Store, pointer: Pointer, model_id: str) -> Index:
    try:
        return _open(store, pointer, pointer.build, model_id)
    except IndexDamagedError as damaged:
        try:
            index = _open(store, pointer, pointer.previous, model_id)
        except (IndexDamagedError, ModelMismatchError):
            raise damaged from None
        log.error("%s. Until then the build before it answers", damaged)
        return index


def _open(store: Store, pointer: Pointer, build: str, model_id: str) -> Index:
    """Open a build and ask Chroma for one chunk: that finds out damage, and spares the first question."""
    folder = store.folder(build)
    manifest = read_manifest(folder)
    if manifest.model_id != model_id:
        raise ModelMismatchError(manifest.model_id, model_id)
    if not is_whole(folder):
        raise IndexDamagedError(store.place, f"a file of build {build} is not complete")
    collection = store.chunks(build)
    try:
        index = _read(store, folder, manifest, pointer, collection)
        if collection.count() != len(index.chunks):
            raise IndexDamagedError(store.place, f"Chroma lacks chunks of build {build}")
        if index.chunks:
            collection.nearest(index.chunk_vectors[0], 1)
        return index
    except (OSError, ValueError, LookupError, TypeError, BadZipFile) as error:
        collection.close()
        raise IndexDamagedError(store.place, f"{type(error).__name__} in build {build}") from error
    except WegwijzerError:
        collection.close()
        raise


def _read(store: Store, folder: Path, manifest: Manifest, pointer: Pointer, collection: Chunks) -> Index:
    corpus, chunks = read_corpus(folder), read_chunks(folder)
    first_sentence = first_sentences(chunks)
    return Index(
        manifest=manifest,
        store=store,
        pointer=pointer,
        sections={section.section_id: section for section in corpus.sections},
        chunks=chunks,
        chunk_rows={chunk.chunk_id: row for row, chunk in enumerate(chunks)},
        section_chunks=_by_section(chunks),
        collection=collection,
        chunk_vectors=load_vectors(folder, "chunks"),
        bm25=load_bm25(folder),
        likelihood=load_likelihood(folder),
        speller=load_speller(folder),
        sentence_vectors=load_vectors(folder, "sentences"),
        usual_cosine=usual_cosine(load_vectors(folder, UNRELATED)),
        sentence_spans=[span for chunk in chunks for span in chunk.sentences],
        sentence_chunks=sentence_chunks(first_sentence),
        first_sentence=first_sentence,
        variants=corpus.variants,
        variant_sentences=variant_sentences(corpus.variants, chunks, first_sentence),
        variant_vectors=load_vectors(folder, "variants"),
        unanswerable_vectors=load_vectors(folder, "unanswerable"),
        nearest_sentences=nearest_sentences(corpus, chunks),
        practices=corpus.practices,
        aspects={aspect.id: aspect for aspect in corpus.aspects},
        choices=corpus.choices,
        criteria=corpus.criteria,
        terms=corpus.terms,
        suggestions=corpus.suggestions,
        about=corpus.about,
        references=corpus.references,
        classifiers=load_taught(folder / CLASSIFIERS),
        networks=load_networks(folder / CLASSIFIERS),
    )


def _by_section(chunks: Sequence[Chunk]) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, chunk in enumerate(chunks):
        rows.setdefault(chunk.section_id, []).append(row)
    return rows
