"""MAIN PATH: documents → index.

1. documents  files and what is beside them become one corpus
2. chunks     its sections are split
3. vectors    every text is embedded, or taken from the build before
4. build      all parts are written to a staged folder
5. switch     the staged build becomes the one that serves, only when all of it succeeded
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from errors import DocumentError
from ingest import texts
from ingest.documents.changes import compare, find_files_read
from ingest.documents.dump import is_dump, load_dump
from ingest.documents.files import load_corpus
from ingest.embedding.cache import VectorCache, known_vectors
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.build import build_index, build_size, chunked, describe
from ingest.index.manifest import fingerprint
from ingest.index.open import VECTOR_FILES, intact, open_store
from ingest.index.records import read_corpus
from ingest.index.store import pointed, served
from ingest.learning.examples import CLASSIFIERS
from ingest.report import Documents, IngestReport
from ingest.types import Section, Unread
from settings import Settings


# Only the stubs make tqdm generic.
class ProgressBar(tqdm):  # type: ignore[type-arg]
    """A progress bar that its with block closes, also when it was interrupted while it was made."""

    def __del__(self) -> None:
        """Close nothing: a bar that was never finished holds nothing to close, and would say so loudly."""


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    embeddings: TextEmbeddings,
    *,
    quiet: bool = True,
) -> IngestReport:
    """Read every document under the paths and make them the served index; until then the old one serves."""
    sources = find_files_read(paths)
    left_out: list[DocumentError] = []
    unread: list[Unread] = []
    corpus = load_dump(paths[0]) if is_dump(paths) else load_corpus(paths, left_out, unread)
    told = Documents(tuple(left_out), tuple(unread), advises=bool(corpus.practices))
    name = fingerprint(corpus, embeddings.model_id, settings.chunk_words)
    store = open_store(settings)
    with store.locked(settings.lock_timeout_s):
        before = served(store)
        build = pointed(store)
        if before and before.fingerprint == name and intact(store, build, embeddings.model_id):
            store.tidy()
            return IngestReport(before, unchanged=True, documents=told)
        earlier = store.folder(build) if before else None
        chunks = chunked(corpus, settings.chunk_words)
        same_model = before is not None and before.model_id == embeddings.model_id
        cache = VectorCache(_known(earlier if same_model else None))
        changes = compare(_by_id(_sections(earlier)), _by_id(corpus.sections))
        with (
            store.staged(name) as stage,
            ProgressBar(
                total=build_size(corpus, chunks), desc=texts.PROGRESS, unit="tekst", disable=quiet
            ) as bar,
        ):

            def progress(done: int) -> None:
                bar.update(done)

            taught = earlier / CLASSIFIERS if earlier else None
            build_index(stage, corpus, chunks, embeddings, cache, taught, progress)
            manifest = describe(
                stage, corpus, chunks, sources, embeddings.model_id, settings.chunk_words, name
            )
    return IngestReport(
        manifest,
        unchanged=False,
        sections=changes,
        embedded=cache.embedded,
        reused=cache.reused,
        documents=told,
    )


def _known(earlier: Path | None) -> dict[bytes, NDArray[np.float32]]:
    """Return what an earlier build embedded."""
    return known_vectors(earlier, VECTOR_FILES) if earlier else {}


def _sections(earlier: Path | None) -> Sequence[Section]:
    """Return the sections of an earlier build, or none when they cannot be read."""
    try:
        return read_corpus(earlier).sections if earlier else ()
    except (OSError, ValueError):
        return ()


def _by_id(sections: Sequence[Section]) -> dict[str, Section]:
    return {section.section_id: section for section in sections}
