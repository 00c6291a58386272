"""Visitors a day that one or more processes carry: a simulation of the busiest hour, from measured costs."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.speed.types import CHAT, Capacity, Crowd

PROCESSES = (1, 2, 4)
BUSIEST_HOUR = 0.12  # Share of a day's visitors; an assumption, twice that of an even day of sixteen hours.
QUESTIONS = 4  # Of one visitor; an assumption.
PAUSE_S = 30.0  # Between two questions of a visitor, on average; an assumption.
PROCESSORS = 1.0  # That one process keeps busy: Python code runs one thread at a time.
HOUR_S = 3600.0
FULL_S = 1.5  # The bar on the 95th percentile of a full answer.
STEP = 500  # Visitors a day.
MOST_VISITORS = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time of opening the page and of one question in the chat, in seconds."""

    opening_s: float
    question_s: float


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour looked like: how much of it the processes worked, and how long a question waited."""

    busy: float
    full_s_p95: float
    questions_a_second: float


def measure_capacity(crowds: Sequence[Crowd], processes: Sequence[int] = PROCESSES) -> list[Capacity]:
    """Return what numbers of processes carry, by the cost of a question in the largest crowd of the chat."""
    chats = [crowd for crowd in crowds if crowd.over == CHAT]
    if not chats:
        return []
    largest = max(chats, key=lambda crowd: crowd.people)
    cost = Cost(largest.opening_cpu_ms / 1000, largest.cpu_ms_an_answer / 1000)
    return [_most(cost, count) for count in processes]


def _most(cost: Cost, processes: int) -> Capacity:
    """Return the largest day whose busiest hour stays within the bar, by bisection."""
    low, high = 0, MOST_VISITORS // STEP
    while high - low > 1:
        middle = (low + high) // 2
        within = simulate(cost, processes, middle * STEP).full_s_p95 <= FULL_S
        low, high = (middle, high) if within else (low, middle)
    hour = simulate(cost, processes, low * STEP)
    return Capacity(processes, low * STEP, hour.questions_a_second, hour.busy, hour.full_s_p95)


def simulate(cost: Cost, processes: int, visitors_a_day: int) -> Hour:
    """Return the busiest hour of a day: visitors come at random, and each stays on one process."""
    chance = random.Random(visitors_a_day)  # noqa: S311 - no secret, the same hour every time
    work = sorted(_arrivals(cost, chance, visitors_a_day * BUSIEST_HOUR, processes))
    free = [0.0] * processes
    waits, worked = [], 0.0
    for at, process, seconds, is_question in work:
        free[process] = max(free[process], at) + seconds / PROCESSORS
        worked += seconds / PROCESSORS
        if is_question:
            waits.append(free[process] - at)
    p95 = float(np.percentile(waits, 95)) if waits else 0.0
    return Hour(worked / (HOUR_S * processes), p95, len(waits) / HOUR_S)


def _arrivals(
    cost: Cost, chance: random.Random, visitors: float, processes: int
) -> list[tuple[float, int, float, bool]]:
    """Return every page opened and question asked: when, on which process, and the work that it is."""
    work: list[tuple[float, int, float, bool]] = []
    at = 0.0
    while visitors and (at := at + chance.expovariate(visitors / HOUR_S)) < HOUR_S:
        process = chance.randrange(processes)
        work.append((at, process, cost.opening_s, False))
        asked = at
        for _ in range(QUESTIONS):
            asked += chance.expovariate(1 / PAUSE_S)
            work.append((asked, process, cost.question_s, True))
    return work
