"""Visitors in numbers: starts of the chat, many at once over it and over `/api/ask`, and an hour of them."""

import asyncio
import contextlib
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import httpx
import numpy as np
from websockets.exceptions import WebSocketException

from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.speed.chat import PATIENCE_S, Chat, Wait
from evals.speed.process import ChatProcess, Footprint, footprint, served
from evals.speed.types import Tables, timing
from settings import Settings

log = logging.getLogger(__name__)

STARTS, CROWDS = "Starts of the chat", "People who ask at once"
SOAK = "Visitors who come, ask and leave"
CHAT, API = "chat", "/api/ask"
PEOPLE = (1, 10, 50, 100)
TIMES = 3  # Starts, and rounds of questions by a crowd.
NOTHING_KEPT = {"WEGWIJZER_KEPT_ANSWERS": "0"}  # Every answer is made: the worst case.

VISITORS, PAUSE_S = 20, 4.0  # At once, and between two questions of each: together about five a second.
QUESTIONS_A_VISIT = 6
NEW_SHARE = 2  # One question in so many was never asked before, so that the memory of answers turns over.
SAMPLE_S = 10.0
SETTLED_S = 600.0  # Growth counts after this; the server keeps the session of who left as long.
WINDOW = 6  # Samples whose median stands for a moment: a minute.


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
    found: dict[str, dict[str, float]] = {}
    with _running(settings, NOTHING_KEPT) as server:
        for people in PEOPLE:
            found[crowd_of(people, CHAT)] = asyncio.run(_chats(server, people))
            found[crowd_of(people, API)] = asyncio.run(_requests(server, people))
    return {CROWDS: found}


def crowd_of(people: int, over: str) -> str:
    """Return the name of the row of a crowd."""
    return f"{people} over {over}"


async def _chats(server: ChatProcess, people: int) -> dict[str, float]:
    """Open the conversations, then let everybody ask."""
    async with contextlib.AsyncExitStack() as stack:
        closed = footprint(server.pid)
        chats = [await stack.enter_async_context(Chat(server.address)) for _ in range(people)]
        opening_s = footprint(server.pid).cpu_s - closed.cpu_s
        found = await _crowd(server, people, lambda number, text: chats[number].ask(text))
    return {**found, "processor ms to open": 1000 * opening_s / people}


async def _requests(server: ChatProcess, people: int) -> dict[str, float]:
    """Let everybody post a question."""
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=server.address, timeout=PATIENCE_S, limits=limits) as client:

        async def post(_number: int, text: str) -> Wait:
            asked = time.perf_counter()
            (await client.post("/api/ask", json={"question": text})).raise_for_status()
            return Wait(None, time.perf_counter() - asked)

        return await _crowd(server, people, post)


async def _crowd(
    server: ChatProcess, people: int, ask: Callable[[int, str], Awaitable[Wait]]
) -> dict[str, float]:
    """Let everybody ask in the same moment, some times."""
    texts, waits = cycle(_texts()), list[Wait | BaseException]()
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


@dataclass(slots=True)
class Soaked:
    """What a soak found; a sample is what the server held so many seconds after the start."""

    answers: int = 0
    visits: int = 0
    errors: int = 0
    samples: list[tuple[float, Footprint]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the counts, and what grew between the settling and the end of a run that is long enough."""
        found: dict[str, float] = {"answers": self.answers, "visits": self.visits, "errors": self.errors}
        settled = [held for at_s, held in self.samples if at_s >= SETTLED_S]
        if len(settled) >= 2 * WINDOW:
            memory_mb = [held.memory_mb for held in settled]
            first, last = float(np.median(memory_mb[:WINDOW])), float(np.median(memory_mb[-WINDOW:]))
            found |= {"MB after ten minutes": first, "MB": last, "growth %": 100 * (last / first - 1)}
            found |= {"most threads": max(held.threads for held in settled)}
            found |= {"most file handles": max(held.handles for held in settled)}
        return found


def soak(settings: Settings, minutes: float = 60.0) -> Tables:
    """Let visitors come, ask and leave for so many minutes."""
    with _running(settings, {}) as server:
        found = asyncio.run(visit(server, _texts(), minutes))
    return {SOAK: {"visitors": found.figures()}}


async def visit(server: ChatProcess, texts: Sequence[str], minutes: float) -> Soaked:
    """Let visitors ask questions, and sample what the server holds."""
    found, questions, started = Soaked(), _questions(texts), time.monotonic()
    ends = started + minutes * 60
    async with asyncio.TaskGroup() as visitors:
        for number in range(VISITORS):
            visitors.create_task(_visit(server, questions, number * PAUSE_S / VISITORS, ends, found))
        while time.monotonic() < ends:
            found.samples.append((time.monotonic() - started, footprint(server.pid)))
            log.info("%d answers, %d errors, %s", found.answers, found.errors, found.samples[-1])
            await asyncio.sleep(min(SAMPLE_S, max(0.0, ends - time.monotonic())))
    return found


async def _visit(
    server: ChatProcess, questions: Iterator[str], wait_s: float, ends: float, found: Soaked
) -> None:
    """Open the page, ask some questions and leave, over and over."""
    await asyncio.sleep(wait_s)
    while time.monotonic() < ends:
        try:
            async with Chat(server.address) as chat:
                found.visits += 1
                for question in islice(questions, QUESTIONS_A_VISIT):
                    await chat.ask(question)
                    found.answers += 1
                    if time.monotonic() + PAUSE_S > ends:
                        return
                    await asyncio.sleep(PAUSE_S)
        except (OSError, RuntimeError, TimeoutError, WebSocketException) as error:
            found.errors += 1
            log.warning("%s: %s", type(error).__name__, error)


def _questions(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(cycle(texts)):
        yield f"{text} (vraag {number})" if number % NEW_SHARE == 0 else text


def _texts() -> list[str]:
    """Return the questions that stand alone, each once."""
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    return list(dict.fromkeys(one.question for one in questions if not one.history))


@contextlib.contextmanager
def _running(settings: Settings, given: dict[str, str]) -> Iterator[ChatProcess]:
    with tempfile.TemporaryDirectory() as folder, served(settings.index, Path(folder), given) as server:
        yield server
