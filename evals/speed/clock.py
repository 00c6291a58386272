"""Seconds that pass, and seconds of processor time; the standard library alone, as peers import it too."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Spent:
    """What a block took: seconds by the clock and of this process's processor time."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


@contextmanager
def clocked() -> Iterator[Spent]:
    """Yield what fills itself in when the block ends."""
    spent, started, used = Spent(), time.perf_counter(), time.process_time()
    yield spent
    spent.wall_s, spent.cpu_s = time.perf_counter() - started, time.process_time() - used
