"""The chunks of one build in Chroma: written once, then asked for the nearest."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar, cast

import chromadb
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.types import Metadata
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from errors import IndexDamagedError
from ingest.embedding.cache import Vectors
from ingest.types import Chunk, Section

T = TypeVar("T")

EF_SEARCH = 200  # At Chroma's default of 100 three of 150 questions missed a candidate, here none did.
BATCH = 1_000  # Chunks sent at once: about 4 MB, a tenth of what a server takes.
DATABASE_FILE = "chroma.sqlite3"
COPY_PREFIX = "wegwijzer-chroma-"


class Link(Protocol):
    """A way to Chroma, that names what goes wrong on it."""

    def call(self, work: Callable[[], T]) -> T:
        """Do something that needs Chroma; raise WegwijzerError when it fails."""

    def close(self) -> None:
        """Close the Chroma client."""


class Chunks:
    """The chunks of one build, as Chroma holds them."""

    def __init__(self, collection: chromadb.Collection, link: Link) -> None:
        """Wrap a collection and the way to it."""
        self._collection = collection
        self._link = link

    def add(self, sections: Mapping[str, Section], chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Store chunks with their vectors, shape (n, d)."""
        for first in range(0, len(chunks), BATCH):
            rows = slice(first, first + BATCH)
            self._upsert(sections, chunks[rows], vectors[rows])

    def nearest(self, vector: Vectors, most: int) -> list[str]:
        """Return the ids of the chunks nearest to a vector of shape (d,), nearest first."""
        found = self._link.call(
            lambda: self._collection.query(query_embeddings=vector[None, :], n_results=most, include=[])
        )
        return found["ids"][0]

    def count(self) -> int:
        """Return how many chunks there are."""
        return self._link.call(self._collection.count)

    def close(self) -> None:
        """Close the Chroma client."""
        self._link.close()

    def _upsert(self, sections: Mapping[str, Section], chunks: Sequence[Chunk], vectors: Vectors) -> None:
        metadata = [_metadata(sections[chunk.section_id], chunk) for chunk in chunks]
        self._link.call(
            lambda: self._collection.upsert(
                ids=[chunk.chunk_id for chunk in chunks],
                embeddings=vectors,
                documents=[chunk.text for chunk in chunks],
                metadatas=metadata,
            )
        )


def _metadata(section: Section, chunk: Chunk) -> Metadata:
    return {
        "section_id": section.section_id,
        "title": section.title,
        "practice": section.practice,
        "source": section.source,
        "start": chunk.start,
        "end": chunk.end,
    }


class _WriteLink:
    """Lets errors through: the store that gives a new build names them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def call(self, work: Callable[[], T]) -> T:
        """Do something that needs Chroma."""
        return work()

    def close(self) -> None:
        """Stop Chroma on this folder, once nobody uses it any more."""
        self._client.close()


class _ReadLink(_WriteLink):
    """Takes every error for damage: the files of a build that serves never change."""

    def __init__(self, client: Client, place: Path, copied: TemporaryDirectory[str] | None) -> None:
        super().__init__(client)
        self._place = place
        self._copied = copied

    def close(self) -> None:
        """Stop Chroma, and remove the copy that it was opened on."""
        super().close()
        if self._copied is not None:
            self._copied.cleanup()

    def call(self, work: Callable[[], T]) -> T:
        """Do something that needs Chroma; raise IndexDamagedError when it fails."""
        try:
            return work()
        except (ChromaError, ValueError, AttributeError) as error:
            raise IndexDamagedError(self._place, "Chroma cannot read its chunks") from error


def collection_name(build: str) -> str:
    """Return the name of the collection with the chunks of a build."""
    return f"wegwijzer-{build}"


def create_collection(client: ClientAPI, build: str) -> chromadb.Collection:
    """Make the collection for the chunks of a build."""
    configuration: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}}
    return client.create_collection(
        collection_name(build), embedding_function=None, configuration=configuration
    )


@contextmanager
def create_chunks(folder: Path, build: str) -> Iterator[Chunks]:
    """Yield a new Chroma in a folder to write chunks to; at the end all of it is on disk."""
    client = _open(folder)
    try:
        yield Chunks(create_collection(client, build), _WriteLink(client))
    finally:
        client.close()


def open_chunks(folder: Path, build: str) -> Chunks:
    """Open the chunks of a build; raise IndexDamagedError when Chroma does not hold them.

    Chroma cannot open what it cannot write: a folder that is read-only is copied first.
    """
    if not (folder / DATABASE_FILE).is_file():  # Chroma would make an empty database.
        raise IndexDamagedError(folder, "Chroma does not hold its chunks")
    copied = None if _is_writable(folder) else TemporaryDirectory(prefix=COPY_PREFIX)
    try:
        client = _open(_copy(folder, copied) if copied else folder)
    except (
        ChromaError,
        ValueError,
        OSError,
        AttributeError,
    ) as error:  # Chroma's own clean-up raises the last.
        raise IndexDamagedError(folder, "Chroma cannot open its chunks") from error
    link = _ReadLink(client, folder, copied)
    try:
        name = collection_name(build)
        return Chunks(link.call(lambda: client.get_collection(name, embedding_function=None)), link)
    except IndexDamagedError:
        link.close()
        raise


def _is_writable(folder: Path) -> bool:
    return all(os.access(path, os.W_OK) for path in (folder, folder / DATABASE_FILE))


def _copy(folder: Path, copied: TemporaryDirectory[str]) -> Path:
    """Return a copy of a folder, with rights of its own."""
    target = Path(copied.name, folder.name)
    shutil.copytree(folder, target, copy_function=shutil.copyfile)
    for place in (target, *(one for one in target.rglob("*") if one.is_dir())):
        place.chmod(0o700)
    return target


def _open(folder: Path) -> Client:
    """Return Chroma on a folder, without telemetry."""
    settings = ChromaSettings(anonymized_telemetry=False)
    return cast(Client, chromadb.PersistentClient(path=str(folder), settings=settings))
