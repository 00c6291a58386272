"""How a measured system talks: sections in a file, then one JSON line a question in and one out.

A system runs in a process of its own, so that its memory and its start are its own too; this file imports
nothing but the standard library.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Section = dict[str, str]
Search = Callable[[str], Sequence[str]]
Model = TypeVar("Model")
WARM_UP_SECTIONS = 5  # Sections that every system reads before it is measured.
TOP_K = 10  # Passages; those of one section count once, and recall looks at the first five sections.


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


def given_paths(program: str, description: str | None, *names: str) -> list[Path]:
    """Return the paths that a program is started with, in the order of their names."""
    parser = argparse.ArgumentParser(f"python -m {program}", description=description)
    for name in names:
        parser.add_argument(name, type=Path, metavar=name.upper())
    return list(vars(parser.parse_args()).values())


def serve(
    load: Callable[[], Model], build: Callable[[Model, Sequence[Section]], tuple[Search, int]], file: Path
) -> None:
    """Load a model, read the sections of a file and say how long each took; then answer questions."""
    sections = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    with clocked() as loading:
        model = load()
    build(model, sections[:WARM_UP_SECTIONS])
    with clocked() as reading:
        search, chunks = build(model, sections)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(load_s=loading.wall_s, read_s=reading.wall_s, chunks=chunks, peak_mb=peak_mb)
    for line in sys.stdin:
        with clocked() as spent:
            found = search(json.loads(line))
        _say(ms=1000 * spent.wall_s, cpu_ms=1000 * spent.cpu_s, sections=list(dict.fromkeys(found)))


def _say(**values: object) -> None:
    sys.stdout.write(f"@{json.dumps(values)}\n")
    sys.stdout.flush()
