"""Many people at once: over the WebSocket of the chat, and over `/api/ask`."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from evals.scoring.overview import timing
from evals.speed.process import ChatProcess, footprint, served
from evals.speed.types import API, CHAT, Crowd, Start
from evals.speed.visitors.chat import PATIENCE_S, Chat, Wait

PEOPLE = (1, 10, 50, 100)
ROUNDS = 3
STARTS = 3
NOTHING_KEPT = {"WEGWIJZER_KEPT_ANSWERS": "0"}  # Every answer is made: the worst case.


def measure_starts(index: Path) -> list[Start]:
    """Return some starts, one after the other."""
    found = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as folder, served(index, Path(folder), {}) as server:
            memory_mb = footprint(server.pid).memory_mb
            found.append(Start(server.ready_s, server.ready_cpu_s, memory_mb))
    return found


def measure_load(index: Path, texts: Sequence[str], people: Sequence[int] = PEOPLE) -> list[Crowd]:
    """Return how long crowds of each size wait, first in the chat and then over the API."""
    found = []
    with tempfile.TemporaryDirectory() as folder, served(index, Path(folder), NOTHING_KEPT) as server:
        for count in people:
            found.append(asyncio.run(_chats(server, texts, count)))
            found.append(asyncio.run(_requests(server, texts, count)))
    return found


async def _chats(server: ChatProcess, texts: Sequence[str], people: int) -> Crowd:
    """Open the conversations, then let everybody ask in the same moment, some times."""
    async with contextlib.AsyncExitStack() as stack:
        closed = footprint(server.pid)
        chats = [await stack.enter_async_context(Chat(server.address)) for _ in range(people)]
        started, before = time.perf_counter(), footprint(server.pid)
        waits: list[Wait | BaseException] = []
        for turn in range(ROUNDS):
            asked = [
                chat.ask(texts[(turn * people + number) % len(texts)]) for number, chat in enumerate(chats)
            ]
            waits += await asyncio.gather(*asked, return_exceptions=True)
        after, seconds = footprint(server.pid), time.perf_counter() - started
    good = [wait for wait in waits if isinstance(wait, Wait)]
    return Crowd(
        people=people,
        over=CHAT,
        first_s=timing([wait.first_s for wait in good]),
        full_s=timing([wait.full_s for wait in good]),
        answers_a_second=len(good) / seconds,
        cpu_ms_an_answer=1000 * (after.cpu_s - before.cpu_s) / max(1, len(good)),
        opening_cpu_ms=1000 * (before.cpu_s - closed.cpu_s) / people,
        memory_mb=after.memory_mb,
        errors=len(waits) - len(good),
    )


async def _requests(server: ChatProcess, texts: Sequence[str], people: int) -> Crowd:
    """Let everybody post a question, and another one as soon as the answer is there."""
    waits: list[float] = []
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=server.address, timeout=PATIENCE_S, limits=limits) as client:

        async def visit(number: int) -> None:
            for turn in range(ROUNDS):
                text = texts[(turn * people + number) % len(texts)]
                asked = time.perf_counter()
                response = await client.post("/api/ask", json={"question": text})
                if response.status_code == httpx.codes.OK:
                    waits.append(time.perf_counter() - asked)

        started, before = time.perf_counter(), footprint(server.pid)
        await asyncio.gather(*(visit(number) for number in range(people)))
        after, seconds = footprint(server.pid), time.perf_counter() - started
    return Crowd(
        people=people,
        over=API,
        first_s=None,
        full_s=timing(waits),
        answers_a_second=len(waits) / seconds,
        cpu_ms_an_answer=1000 * (after.cpu_s - before.cpu_s) / max(1, len(waits)),
        opening_cpu_ms=0.0,
        memory_mb=after.memory_mb,
        errors=people * ROUNDS - len(waits),
    )
