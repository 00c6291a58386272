"""Questions at full speed to a chat that is served over HTTP, each answer checked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice

import httpx

from tests.trials.versions import QUESTIONS, answered_version

ASKING = 4  # Threads that ask: as many as the chat answers at once.
TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """When a question was asked and answered, the HTTP status, and the version or None for a wrong answer."""

    asked: float
    ended: float
    status: int
    version: int | None
    text: str = ""


@dataclass(slots=True)
class Load:
    """The replies so far."""

    replies: list[Reply] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def load(address: str) -> Iterator[Load]:
    """Ask on and on until the block ends."""
    given = Load()
    threads = [threading.Thread(target=_ask_on, args=(address, given, first)) for first in range(ASKING)]
    for thread in threads:
        thread.start()
    try:
        yield given
    finally:
        given.ended.set()
        for thread in threads:
            thread.join()


def _ask_on(address: str, given: Load, first: int) -> None:
    with httpx.Client(base_url=address, timeout=TIMEOUT_S) as client:
        for question in islice(cycle(QUESTIONS), first, None):
            if given.ended.is_set():
                return
            given.replies.append(_reply(client, question))


def _reply(client: httpx.Client, question: str) -> Reply:
    asked = time.monotonic()
    try:
        response = client.post("/api/ask", json={"question": question})
    except httpx.TransportError as error:
        return Reply(asked, time.monotonic(), 0, None, repr(error))
    body = response.json()
    version = answered_version(body) if response.status_code == httpx.codes.OK else None
    told = str(body.get("error") or body.get("text"))
    return Reply(asked, time.monotonic(), response.status_code, version, told)
