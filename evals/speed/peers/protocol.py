"""How a measured system talks: sections in a file, then one JSON line a question in and one out.

A system runs in a process of its own, so that its memory and its start are its own too. This file imports
nothing but the standard library: it also runs in the virtual environments of the peers.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

Section = dict[str, str]
Search = Callable[[str], Sequence[str]]
Model = TypeVar("Model")
Build = Callable[[Model, Sequence[Section]], tuple[Search, int]]
WARM_UP_SECTIONS = 5  # Sections that every system reads before it is measured.
TOP_K = 10  # Passages; those of one section count once, and recall looks at the first five sections.


def sections_of(file: str) -> list[Section]:
    """Return the sections, each with `section_id`, `title` and `text`."""
    return [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]


def serve(load: Callable[[], Model], build: Build[Model]) -> None:
    """Load a model, build an index and say how long each took; then answer questions until the input ends.

    The sections are in the file that is the second argument.
    """
    sections = sections_of(sys.argv[2])
    started, used = time.perf_counter(), time.process_time()
    model = load()
    loaded, loaded_cpu = time.perf_counter(), time.process_time()
    build(model, sections[:WARM_UP_SECTIONS])
    warm, warm_cpu = time.perf_counter(), time.process_time()
    search, chunks = build(model, sections)
    built, built_cpu = time.perf_counter(), time.process_time()
    _say(
        load_s=loaded - started,
        load_cpu_s=loaded_cpu - used,
        build_s=built - warm,
        build_cpu_s=built_cpu - warm_cpu,
        chunks=chunks,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
    for line in sys.stdin:
        question = json.loads(line)["question"]
        started, used = time.perf_counter(), time.process_time()
        found = search(question)
        ms, cpu_ms = (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000
        _say(ms=ms, cpu_ms=cpu_ms, sections=distinct(found))


def distinct(section_ids: Iterable[str]) -> list[str]:
    """Return each section once, in order."""
    return list(dict.fromkeys(section_ids))


def _say(**values: object) -> None:
    sys.stdout.write(f"@{json.dumps(values)}\n")
    sys.stdout.flush()
