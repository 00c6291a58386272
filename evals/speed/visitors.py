"""Visitors in numbers: starts of the chat, many at once over it and over `/api/ask`, and an hour of them."""

import asyncio
import contextlib
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import httpx
import numpy as np
from websockets.exceptions import WebSocketException

from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.speed.chat import PATIENCE_S, Wait, open_chat
from evals.speed.process import ChatProcess, Footprint, footprint, served
from evals.speed.types import Tables, timing
from settings import Settings

log = logging.getLogger(__name__)

STARTS, CROWDS = "Starts of the chat", "People who ask at once"
SOAK = "Visitors who come, ask and leave"
PEOPLE = (1, 10, 50, 100)
TIMES = 3  # Starts, and rounds of questions by a crowd.
NOTHING_KEPT = {"WEGWIJZER_KEPT_ANSWERS": "0"}  # Every answer is made: the worst case.

VISITORS, EVERY_S = 20, 12.0  # At once, and how often others come: about five questions a second.
SETTLED_S = 600.0  # Growth counts after this; the server keeps the session of who left as long.
WINDOW = 5  # Samples whose median stands for a moment: a minute.


def measure_starts(settings: Settings) -> Tables:
    """Return the median and the most of some starts, one after the other."""
    found = []
    for _ in range(TIMES):
        with _running(settings, {}) as server:
            found.append((server.ready_s, server.ready_cpu_s, footprint(server.pid).memory_mb))
    rows = {"median": np.median(found, axis=0), "most": np.max(found, axis=0)}
    names = ("ready s", "processor s", "MB")
    return {STARTS: {name: dict(zip(names, row.tolist(), strict=True)) for name, row in rows.items()}}


def measure_load(settings: Settings) -> Tables:
    """Return how long crowds of each size wait, first in the chat and then over the API."""
    found, texts = dict[str, dict[str, float]](), cycle(_texts())
    with _running(settings, NOTHING_KEPT) as server:
        for people in PEOPLE:
            found[f"{people} over chat"] = asyncio.run(_chats(server, texts, people))
            found[f"{people} over /api/ask"] = asyncio.run(_requests(server, texts, people))
    return {CROWDS: found}


async def _chats(server: ChatProcess, texts: Iterator[str], people: int) -> dict[str, float]:
    """Open the conversations, then let everybody ask."""
    async with contextlib.AsyncExitStack() as stack:
        closed = footprint(server.pid)
        chats = [await stack.enter_async_context(open_chat(server.address)) for _ in range(people)]
        opening_s = footprint(server.pid).cpu_s - closed.cpu_s
        found = await _crowd(server, texts, people, lambda number, text: chats[number].ask(text))
    return {**found, "processor ms to open": 1000 * opening_s / people}


async def _requests(server: ChatProcess, texts: Iterator[str], people: int) -> dict[str, float]:
    """Post a question for everybody."""
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=server.address, timeout=PATIENCE_S, limits=limits) as client:

        async def post(_number: int, text: str) -> Wait:
            asked = time.perf_counter()
            (await client.post("/api/ask", json={"question": text})).raise_for_status()
            return Wait(None, time.perf_counter() - asked)

        return await _crowd(server, texts, people, post)


async def _crowd(
    server: ChatProcess, texts: Iterator[str], people: int, ask: Callable[[int, str], Awaitable[Wait]]
) -> dict[str, float]:
    """Ask for everybody in the same moment, some times."""
    waits = list[Wait | BaseException]()
    started, before = time.perf_counter(), footprint(server.pid)
    for _ in range(TIMES):
        asked = [ask(number, next(texts)) for number in range(people)]
        waits += await asyncio.gather(*asked, return_exceptions=True)
    after, seconds = footprint(server.pid), time.perf_counter() - started
    good = [wait for wait in waits if isinstance(wait, Wait)]
    first = [wait.first_s for wait in good if wait.first_s is not None]
    return {
        **timing([wait.full_s for wait in good], "full answer s"),
        **(timing(first, "first text s") if first else {}),
        "answers/s": len(good) / seconds,
        "processor ms each": 1000 * (after.cpu_s - before.cpu_s) / max(1, len(good)),
        "MB": after.memory_mb,
        "errors": len(waits) - len(good),
    }


def soak(settings: Settings, minutes: float = 60.0) -> Tables:
    """Have visitors come, ask and leave, over and over, for so many minutes."""
    counts, samples = {"answers": 0.0, "visits": 0.0, "errors": 0.0}, list[tuple[float, Footprint]]()
    # Half of the questions were never asked before, so that the memory of answers turns over.
    texts = (f"{text} (vraag {n})" if n % 2 else text for n, text in enumerate(cycle(_texts())))
    with _running(settings, {}) as server:
        started = time.monotonic()
        while (at_s := time.monotonic() - started) < minutes * 60:
            try:
                failed = asyncio.run(_chats(server, texts, VISITORS))["errors"]
            except (OSError, TimeoutError, WebSocketException):
                log.exception("the visitors did not get in")
                failed = TIMES * VISITORS
            counts["visits"] += VISITORS
            counts["errors"] += failed
            counts["answers"] += TIMES * VISITORS - failed
            samples.append((at_s, footprint(server.pid)))
            log.info("%s, %s", counts, samples[-1])
            if minutes * 60 - at_s > EVERY_S:
                time.sleep(max(0.0, EVERY_S - (time.monotonic() - started - at_s)))
    return {SOAK: {"visitors": {**counts, **grown(samples)}}}


def grown(samples: Sequence[tuple[float, Footprint]]) -> dict[str, float]:
    """Return what grew between the settling and the end; nothing for a run that is not long enough.

    A sample is what the server held so many seconds after the start.
    """
    settled = [held for at_s, held in samples if at_s >= SETTLED_S]
    if len(settled) < 2 * WINDOW:
        return {}
    memory_mb = [held.memory_mb for held in settled]
    first, last = float(np.median(memory_mb[:WINDOW])), float(np.median(memory_mb[-WINDOW:]))
    return {
        "MB after ten minutes": first,
        "MB": last,
        "growth %": 100 * (last / first - 1),
        "most threads": max(held.threads for held in settled),
        "most file handles": max(held.handles for held in settled),
    }


def _texts() -> list[str]:
    """Return the questions that stand alone, each once."""
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    return list(dict.fromkeys(one.question for one in questions if not one.history))


@contextlib.contextmanager
def _running(settings: Settings, given: dict[str, str]) -> Iterator[ChatProcess]:
    with tempfile.TemporaryDirectory() as folder, served(settings.index, Path(folder), given) as server:
        yield server
