"""Builds on a Chroma server, which several machines share; a folder of this machine holds copies.

wegwijzer-<name>        the chunks of a build with their vectors
wegwijzer-<name>-files  the other files of that build, in pieces
wegwijzer-current       one record: the name of the build that serves, and of the one before it
wegwijzer-lock-<n>      who writes
index/server/<name>/    the files of a build as this machine fetched them; BM25 is made here, from them
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.types import Metadata
from chromadb.errors import NotFoundError

from errors import ChromaServerError, IndexDamagedError, IndexNotFoundError
from ingest.index.bm25 import write_bm25
from ingest.index.chroma import Chunks, collection_name, create_collection
from ingest.index.lock import Lease, lease
from ingest.index.manifest import is_whole
from ingest.index.records import read_chunks, read_corpus
from ingest.index.server import WRITE_TIMEOUT_S, ChromaServer, ServerLink
from ingest.index.store import BUILD_NAME, Pointer, Stage, file_lock, flush, kept_builds, new_name
from ingest.index.transfer import fetch, send
from settings import Settings

COPIES_FOLDER = "server"
CURRENT = "wegwijzer-current"
POINTER_ID = "pointer"
_OF_BUILD = re.compile(rf"wegwijzer-({BUILD_NAME.pattern})(-files)?")


class ServerStore:
    """Builds on a Chroma server."""

    def __init__(self, settings: Settings) -> None:
        """Keep where the server and the copies are; nothing goes over the network."""
        self._quick = ChromaServer(settings, settings.chroma_timeout_s)
        self._patient = ChromaServer(settings, WRITE_TIMEOUT_S)
        self._index = settings.index
        self._copies = settings.index / COPIES_FOLDER
        self._lease: Lease | None = None

    @property
    def place(self) -> str:
        """Return the address of the server."""
        return self._quick.url

    def pointer(self) -> Pointer:
        """Return what serves; raise IndexNotFoundError, IndexDamagedError or ChromaServerError."""
        try:
            found = self._quick.call(_read_pointer)
        except NotFoundError:
            raise IndexNotFoundError(self.place) from None
        if found is None:
            raise IndexNotFoundError(self.place)
        build, previous = str(found["build"]), str(found["previous"])
        if not all(BUILD_NAME.fullmatch(name) for name in (build, previous) if name) or not build:
            raise IndexDamagedError(self.place, f"{CURRENT} names no build")
        return Pointer(build, previous)

    def folder(self, build: str) -> Path:
        """Return the folder with the files of a build, fetched when they are not here yet."""
        folder = self._copies / build
        if not is_whole(folder):
            self._fetch(build, folder)
        return folder

    def chunks(self, build: str) -> Chunks:
        """Open the chunks of a build; raise IndexDamagedError when the server does not hold them."""
        name = collection_name(build)
        try:
            collection = self._quick.call(lambda client: client.get_collection(name, embedding_function=None))
        except NotFoundError as error:
            raise IndexDamagedError(self.place, "Chroma does not hold its chunks") from error
        return Chunks(collection, ServerLink(self._quick))

    @contextmanager
    def locked(self, timeout_s: float) -> Iterator[None]:
        """Let one process write, of all machines; raise IndexBusyError after the time-out."""
        with file_lock(self._index, timeout_s), lease(self._patient, timeout_s) as self._lease:
            yield

    @contextmanager
    def staged(self, fingerprint: str) -> Iterator[Stage]:
        """Give a new build to write to; it serves when the block succeeds, and leaves no trace when not."""
        self.tidy()
        name = new_name(fingerprint)
        folder = self._copies / name
        try:
            folder.mkdir(parents=True)
            collection = self._patient.call(lambda client: create_collection(client, name))
            yield Stage(name, folder, Chunks(collection, ServerLink(self._patient)))
            flush(folder)
            self._patient.call(lambda client: send(client, _files_name(name), folder))
            self._point(name)
        except BaseException:
            with suppress(ChromaServerError):
                self._drop_unless_serving(name)
            raise
        self.tidy()

    def tidy(self) -> None:
        """Remove every build but the one that serves and the one before it, here and on the server."""
        kept = kept_builds(self)
        if kept is None:
            return
        self._patient.call(lambda client: _drop_builds(client, kept))
        self._drop_copies(kept)

    def _fetch(self, build: str, folder: Path) -> None:
        """Copy the files of a build to this machine, with the word search made from them."""
        self._copies.mkdir(parents=True, exist_ok=True)
        half = Path(mkdtemp(prefix=f"{build}.", dir=self._copies))
        try:
            self._copy(build, half / "new")
            if folder.exists() and not is_whole(folder):
                folder.rename(half / "damaged")
            with suppress(OSError):  # Another process of this machine was first.
                (half / "new").rename(folder)
            serving = self.pointer()
            self._drop_copies({build, serving.build, serving.previous})
        except (NotFoundError, OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(self.place, f"the files of build '{build}' cannot be read") from error
        finally:
            shutil.rmtree(half, ignore_errors=True)

    def _copy(self, build: str, folder: Path) -> None:
        self._patient.call(lambda client: fetch(client, _files_name(build), folder))
        corpus = read_corpus(folder)
        sections = {section.section_id: section for section in corpus.sections}
        write_bm25(folder, sections, read_chunks(folder), corpus.variants)
        if not is_whole(folder):
            raise IndexDamagedError(self.place, f"the files of build '{build}' are not complete")

    def _drop_copies(self, kept: set[str]) -> None:
        """Remove the copies of other builds; one that is being fetched has its build's name and a suffix."""
        for copy in self._copies.iterdir() if self._copies.is_dir() else ():
            if copy.name.partition(".")[0] not in kept:
                shutil.rmtree(copy, ignore_errors=True)

    def _point(self, name: str) -> None:
        """Let a build serve, in one step."""
        if self._lease is not None:
            self._lease.check()
        try:
            before = self.pointer()
        except (IndexNotFoundError, IndexDamagedError):
            before = Pointer("")
        record: Metadata = {"build": name, "previous": before.build}
        self._patient.call(lambda client: _write_pointer(client, record))

    def _drop_unless_serving(self, name: str) -> None:
        try:
            serving = self.pointer()
        except (IndexNotFoundError, IndexDamagedError):
            serving = Pointer("")
        if serving.build != name:
            self._patient.call(lambda client: _drop(client, collection_name(name), _files_name(name)))
            shutil.rmtree(self._copies / name, ignore_errors=True)


def _read_pointer(client: ClientAPI) -> Metadata | None:
    found = client.get_collection(CURRENT, embedding_function=None).get(
        ids=[POINTER_ID], include=["metadatas"]
    )
    return found["metadatas"][0] if found["metadatas"] else None


def _write_pointer(client: ClientAPI, record: Metadata) -> None:
    collection = client.get_or_create_collection(CURRENT, embedding_function=None)
    collection.upsert(ids=[POINTER_ID], embeddings=np.zeros((1, 1), dtype=np.float32), metadatas=[record])


def _drop_builds(client: ClientAPI, kept: set[str]) -> None:
    for collection in client.list_collections():
        found = _OF_BUILD.fullmatch(collection.name)
        if found and found[1] not in kept:
            _drop(client, collection.name)


def _drop(client: ClientAPI, *names: str) -> None:
    for name in names:
        with suppress(NotFoundError):
            client.delete_collection(name)


def _files_name(build: str) -> str:
    return f"{collection_name(build)}-files"
