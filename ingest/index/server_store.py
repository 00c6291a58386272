"""Builds in a folder, with their chunks on a Chroma server that several machines ask.

wegwijzer-<name>  the chunks of the build of that name: their texts, vectors and metadata, as Chroma has them
wegwijzer-lock    who writes: of several that make a collection, one succeeds
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from os import getpid
from socket import gethostname
from uuid import uuid4

from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from errors import ChromaServerError, IndexDamagedError, IndexLockedError, without_password
from ingest.index.chroma import Chunks, collection_name, create_collection
from ingest.index.server import WRITE_TIMEOUT_S, ChromaServer, ServerLink
from ingest.index.store import Store
from settings import Settings

LOCK = "wegwijzer-lock"
EXISTS = "already exists"
LOCK_PAUSE_S = 0.5  # Between two looks at the lock of another ingest, which takes seconds to minutes.


class ServerStore(Store):
    """Builds in a folder that machines share or copy, with their chunks on a Chroma server."""

    def __init__(self, settings: Settings) -> None:
        """Keep where the folder and the server are; nothing goes over the network."""
        super().__init__(settings.index)
        self._quick = ChromaServer(settings, settings.chroma_timeout_s)
        self._patient = ChromaServer(settings, WRITE_TIMEOUT_S)

    @property
    def place(self) -> str:
        """Return the folder and the address of the server."""
        return f"{super().place} (Chroma: {without_password(self._quick.url)})"

    def check(self) -> None:
        """Raise ChromaServerError, IndexNotFoundError or IndexDamagedError when no index can be opened."""
        self._quick.call(lambda client: client.heartbeat())
        super().check()

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
        """Hold the lock, so that one process of all machines writes.

        Raise IndexBusyError or IndexLockedError when another one still does after the time-out.
        """
        ends = time.monotonic() + timeout_s
        with super().locked(timeout_s):
            held = self._held(ends)
            try:
                yield
            finally:
                with suppress(ChromaServerError, NotFoundError):  # Another ingest may have been forced.
                    self._patient.call(lambda client: _release(client, held))

    def unlock(self) -> None:
        """Remove the lock that an ingest left behind on the server."""
        with suppress(NotFoundError):
            self._patient.call(lambda client: client.delete_collection(LOCK))

    def _held(self, ends: float) -> Collection:
        """Return the lock when it is ours; raise IndexLockedError when it is not before the time ends."""
        holder = _holder()
        while True:
            try:
                return self._patient.call(lambda client: _hold(client, self._patient.url, holder))
            except IndexLockedError:
                left_s = ends - time.monotonic()
                if left_s <= 0:
                    raise
            time.sleep(min(LOCK_PAUSE_S, left_s))

    @contextmanager
    def _created(self, build: str) -> Iterator[Chunks]:
        """Yield the new collection of a build on the server."""
        collection = self._patient.call(lambda client: create_collection(client, build))
        yield Chunks(collection, ServerLink(self._patient))

    def _remove(self, build: str) -> None:
        """Remove a build; its folder stays for the next try when the server does not answer."""
        with suppress(ChromaServerError):
            with suppress(NotFoundError):
                self._patient.call(lambda client: client.delete_collection(collection_name(build)))
            super()._remove(build)


def _holder() -> dict[str, str]:
    """Return what the lock says of this process, for people, and a token that no other one has."""
    since = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return {"holder": f"{gethostname()}, pid {getpid()}, {since}", "token": uuid4().hex}


def _hold(client: ClientAPI, url: str, holder: dict[str, str]) -> Collection:
    """Make the lock; raise IndexLockedError when another process has made it."""
    try:
        return client.create_collection(LOCK, embedding_function=None, metadata=holder)
    except ChromaError as error:
        if EXISTS not in str(error):  # The client gives this one no class of its own.
            raise
    try:
        held = client.get_collection(LOCK, embedding_function=None)
    except NotFoundError:  # Released since.
        return _hold(client, url, holder)
    metadata = held.metadata or {}
    if metadata.get("token") == holder["token"]:  # It was made, but the answer that said so was lost.
        return held
    raise IndexLockedError(url, str(metadata.get("holder")))


def _release(client: ClientAPI, held: Collection) -> None:
    """Remove the lock; raise NotFoundError when it is no longer the one that was held."""
    held.count()
    client.delete_collection(LOCK)
