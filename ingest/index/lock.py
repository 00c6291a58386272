"""One ingest at a time on a Chroma server, from whichever machine: a collection that its holder keeps alive.

Making a collection succeeds for one of several that try. A holder that died stops changing its collection;
the next one then makes the collection with the next number, and takes the old one away.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from errors import ChromaServerError, IndexBusyError
from ingest.index.server import ChromaServer

BEAT_S = 3.0
DEAD_S = 15.0  # Five beats: a holder that misses as many has died, or lost the server.
LOOK_S = 0.5
EXISTS = "already exists"
_NAME = re.compile(r"wegwijzer-lock-(\d+)")


@dataclass(frozen=True, slots=True)
class _Held:
    """The lock as somebody else holds it: its number and how often it was kept alive."""

    number: int
    beat: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The lock as this process holds it."""

    server: ChromaServer
    number: int

    def check(self) -> None:
        """Raise IndexBusyError when another process took the lock over."""
        held = self.server.call(_held)
        if held is None or held.number != self.number:
            raise IndexBusyError(self.server.url)


@contextmanager
def lease(server: ChromaServer, timeout_s: float) -> Iterator[Lease]:
    """Hold the lock of a server; raise IndexBusyError when another process keeps it beyond the time-out."""
    number = _take(server, timeout_s)
    ended = Event()
    keeper = Thread(target=_keep, args=(server, number, ended), name="lease", daemon=True)
    keeper.start()
    try:
        yield Lease(server, number)
    finally:
        ended.set()
        keeper.join()
        with suppress(ChromaServerError, NotFoundError):
            server.call(lambda client: client.delete_collection(_name(number)))


def _take(server: ChromaServer, timeout_s: float) -> int:
    end = time.monotonic() + timeout_s
    seen, since = server.call(_held), time.monotonic()
    while True:
        held = server.call(_held)
        if held != seen:
            seen, since = held, time.monotonic()
        dead = held is not None and time.monotonic() - since > DEAD_S
        if held is None or dead:
            number = held.number + 1 if held else 1
            if server.call(lambda client, number=number: _made(client, number)):  # type: ignore[misc]
                return number
        if time.monotonic() > end:
            raise IndexBusyError(server.url)
        time.sleep(min(LOOK_S, max(0.0, end - time.monotonic())))


def _made(client: ClientAPI, number: int) -> bool:
    """Make the lock with this number and take away those before it, or return that another process was first.

    Raise ChromaError when the server refuses for another reason.
    """
    try:
        client.create_collection(_name(number), embedding_function=None, metadata={"beat": 0})
    except ChromaError as error:
        if EXISTS not in str(error):  # The client gives this one no class of its own.
            raise
        return False
    for earlier in _numbers(client):
        if earlier < number:
            with suppress(NotFoundError):
                client.delete_collection(_name(earlier))
    return True


def _held(client: ClientAPI) -> _Held | None:
    numbers = _numbers(client)
    if not numbers:
        return None
    try:
        metadata = client.get_collection(_name(max(numbers)), embedding_function=None).metadata or {}
    except NotFoundError:
        return None
    return _Held(max(numbers), int(metadata.get("beat", 0)))


def _keep(server: ChromaServer, number: int, ended: Event) -> None:
    """Change the lock now and then; one that is gone was taken over, which `Lease.check` finds out."""
    beat = 0
    while not ended.wait(BEAT_S):
        beat += 1
        with suppress(ChromaServerError, NotFoundError):
            server.call(lambda client, beat=beat: _beat(client, number, beat))  # type: ignore[misc]


def _beat(client: ClientAPI, number: int, beat: int) -> None:
    client.get_collection(_name(number), embedding_function=None).modify(metadata={"beat": beat})


def _numbers(client: ClientAPI) -> list[int]:
    found = (_NAME.fullmatch(collection.name) for collection in client.list_collections())
    return [int(name[1]) for name in found if name]


def _name(number: int) -> str:
    return f"wegwijzer-lock-{number}"
