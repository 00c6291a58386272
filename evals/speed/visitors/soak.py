"""Questions for an hour, with visitors who come and go: what grows, and what goes wrong."""

import asyncio
import logging
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle

from websockets.exceptions import WebSocketException

from evals.speed.process import ChatProcess, Footprint, footprint
from evals.speed.visitors.chat import Chat

log = logging.getLogger(__name__)

A_SECOND = 5.0
VISITORS = 20  # At once; each leaves after some questions and another one comes.
QUESTIONS_A_VISIT = 6
NEW_SHARE = (
    2  # One question in so many was never asked before, so that the memory of answers fills and turns over.
)
SAMPLE_S = 10.0
SETTLED_S = 600.0  # Growth counts after this; the server keeps the session of who left as long.
WINDOW = 6  # Samples whose median stands for a moment: a minute.


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server held, so many seconds after the start."""

    at_s: float
    footprint: Footprint


@dataclass(slots=True)
class Soaked:
    """What a soak found; `growth` is the memory at the end against that after the settling, as a share."""

    seconds: float = 0.0
    answers: int = 0
    visits: int = 0
    late: int = 0
    errors: list[str] = field(default_factory=list)
    full_s: list[float] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def growth(self) -> float | None:
        """Return the growth, or None for a run that was over before it settled."""
        settled = [sample.footprint.memory_mb for sample in self.samples if sample.at_s >= SETTLED_S]
        if len(settled) < 2 * WINDOW:
            return None
        return statistics.median(settled[-WINDOW:]) / statistics.median(settled[:WINDOW]) - 1


async def soak(server: ChatProcess, texts: Sequence[str], minutes: float) -> Soaked:
    """Ask questions at a steady rate for so many minutes."""
    found, started = Soaked(), time.monotonic()
    questions, idle = _questions(texts), asyncio.Queue[Chat]()
    for _ in range(VISITORS):
        idle.put_nowait(Chat(server.address))
    running = set[asyncio.Task[None]]()
    for turn in count():
        at = turn / A_SECOND
        if at >= minutes * 60:
            break
        await asyncio.sleep(max(0.0, started + at - time.monotonic()))
        if turn % int(SAMPLE_S * A_SECOND) == 0:
            found.samples.append(Sample(time.monotonic() - started, footprint(server.pid)))
            log.info("%s", _line(found))
        if idle.empty():
            found.late += 1
            continue
        task = asyncio.create_task(_ask(idle, idle.get_nowait(), next(questions), found))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    while not idle.empty():
        await idle.get_nowait().__aexit__(None, None, None)
    found.seconds = time.monotonic() - started
    return found


async def _ask(idle: asyncio.Queue[Chat], chat: Chat, question: str, found: Soaked) -> None:
    """Let a visitor ask one question; one who asked enough leaves and another takes the place."""
    try:
        if not chat.input_id:
            await chat.__aenter__()
            found.visits += 1
        found.full_s.append((await chat.ask(question)).full_s)
        found.answers += 1
    except (OSError, RuntimeError, TimeoutError, WebSocketException) as error:
        found.errors.append(f"{type(error).__name__}: {error}")
        chat.asked = QUESTIONS_A_VISIT
    if chat.asked >= QUESTIONS_A_VISIT:
        await chat.__aexit__(None, None, None)
        chat = Chat(chat.address)
    idle.put_nowait(chat)


def _questions(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(cycle(texts)):
        yield f"{text} (vraag {number})" if number % NEW_SHARE == 0 else text


def _line(found: Soaked) -> str:
    last = found.samples[-1]
    held = last.footprint
    return (
        f"{last.at_s:.0f} s, {found.answers} answers, {found.visits} visits, {len(found.errors)} errors, "
        f"{found.late} late, {held.memory_mb:.1f} MB, {held.threads} threads, {held.handles} handles"
    )
