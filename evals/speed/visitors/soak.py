"""Visitors who come, ask and leave for an hour: what grows, and what goes wrong."""

import asyncio
import logging
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

from websockets.exceptions import WebSocketException

from evals.speed.process import ChatProcess, Footprint, footprint
from evals.speed.visitors.chat import Chat

log = logging.getLogger(__name__)

VISITORS, PAUSE_S = 20, 4.0  # At once, and between two questions of each: together about five a second.
QUESTIONS_A_VISIT = 6
NEW_SHARE = 2  # One question in so many was never asked before, so that the memory of answers turns over.
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

    answers: int = 0
    visits: int = 0
    errors: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    @property
    def growth(self) -> float | None:
        """Return the growth, or None for a run that was over before it settled."""
        settled = [sample.footprint.memory_mb for sample in self.samples if sample.at_s >= SETTLED_S]
        if len(settled) < 2 * WINDOW:
            return None
        return statistics.median(settled[-WINDOW:]) / statistics.median(settled[:WINDOW]) - 1


async def soak(server: ChatProcess, texts: Sequence[str], minutes: float) -> Soaked:
    """Let visitors ask questions for so many minutes."""
    found, questions, started = Soaked(), _questions(texts), time.monotonic()
    ends = started + minutes * 60
    async with asyncio.TaskGroup() as visitors:
        for number in range(VISITORS):
            visitors.create_task(_visit(server, questions, number * PAUSE_S / VISITORS, ends, found))
        while time.monotonic() < ends:
            found.samples.append(Sample(time.monotonic() - started, footprint(server.pid)))
            log.info("%d answers, %d errors, %s", found.answers, len(found.errors), found.samples[-1])
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
            found.errors.append(f"{type(error).__name__}: {error}")


def _questions(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(cycle(texts)):
        yield f"{text} (vraag {number})" if number % NEW_SHARE == 0 else text
