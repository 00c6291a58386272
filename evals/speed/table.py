"""Results as lines for the terminal."""

from collections.abc import Iterator

from evals.speed.bars import checks, chunks_a_second
from evals.speed.types import CHAT, Crowd, IngestTiming, SpeedResults
from evals.types import Timing


def table(results: SpeedResults) -> str:
    """Return every figure, and the bars that are met and missed."""
    parts = [
        _answers(results),
        _systems(results),
        _growth(results),
        _start_and_load(results),
        _capacity(results),
        _checks(results),
    ]
    return "\n".join(
        [f"{results.machine}, code at {results.commit}", *(line for part in parts for line in part)]
    )


def _answers(results: SpeedResults) -> Iterator[str]:
    found = results.answers
    if found is None:
        return
    yield "\nAnswer in process"
    for step, ms in found.steps_ms.items():
        yield f"  {step:<42}{_pair(ms)}"
    yield f"  {'processor':<42}{_pair(found.cpu_ms)}"
    yield f"  {'asked again':<42}{_pair(found.repeated_ms)}"
    opened = f"{found.loaded_s:>9.1f} s, {found.loaded_cpu_s:.1f} s of processor time"
    yield f"  {'model and index open':<42}{opened}"
    yield f"  {'memory after answering':<42}{found.memory_mb:>9.0f} MB"
    read = found.reading
    yield f"  {'reading, warm model':<42}{read.chunks / read.wall_s:>9.1f} chunks a second, {_pages(read)}"


def _systems(results: SpeedResults) -> Iterator[str]:
    if results.systems:
        yield "\nBeside others, on the same questions and text"
    for one in results.systems:
        yield (
            f"  {one.name:<12}{one.gives:<17}{_pair(one.wall_ms)}, processor {one.cpu_ms.median:.1f} ms, "
            f"recall@5 {one.recall_at_5:.3f}, found in 5 {one.found_in_5:.3f}, {chunks_a_second(one):.1f} "
            f"chunks a second ({one.reading.chunks}), {_pages(one.reading)}, load {one.load_s:.1f} s, "
            f"peak {one.peak_mb:.0f} MB"
        )


def _growth(results: SpeedResults) -> Iterator[str]:
    if results.growth:
        yield "\nGrowth"
    for one in results.growth:
        read = one.reading
        asked = f"question{_pair(one.question_ms)}, retrieval{_pair(one.retrieve_ms)}"
        cost = f"processor {one.cpu_ms.median:.1f} ms, open {one.open_s:.1f} s, {one.memory_mb:.0f} MB"
        made = f"read in {read.wall_s:.0f} s (processor {read.cpu_s:.0f} s, {one.reading_peak_mb:.0f} MB)"
        yield f"  {one.chunks:>7,} chunks: {asked}, {cost}, {made}, disk {one.disk_mb:.0f} MB"


def _start_and_load(results: SpeedResults) -> Iterator[str]:
    if results.starts or results.crowds:
        yield "\nThe chat"
    for start in results.starts:
        yield f"  ready in {start.ready_s:.1f} s (processor {start.cpu_s:.1f} s), {start.memory_mb:.0f} MB"
    alone = next((crowd.memory_mb for crowd in results.crowds if crowd.over == CHAT), 0.0)
    for crowd in results.crowds:
        first = f"first text{_pair(crowd.first_s, 's')}, " if crowd.first_s else ""
        yield (
            f"  {crowd.people:>3} over {crowd.over:<9} {first}full answer{_pair(crowd.full_s, 's')}, "
            f"{crowd.answers_a_second:.1f} a second, processor {crowd.cpu_ms_an_answer:.0f} ms each, "
            f"{crowd.memory_mb:.0f} MB{_each(crowd, alone)}, {crowd.errors} errors"
        )


def _each(crowd: Crowd, alone_mb: float) -> str:
    """Return what a conversation more takes, for a crowd in the chat."""
    if crowd.over != CHAT or crowd.people == 1:
        return ""
    return f" ({(crowd.memory_mb - alone_mb) / (crowd.people - 1):.2f} a conversation)"


def _pages(read: IngestTiming) -> str:
    return f"{read.sections_a_second:.1f} sections or {read.pages_a_second:.1f} pages"


def _capacity(results: SpeedResults) -> Iterator[str]:
    if results.capacity:
        yield "\nVisitors a day, by simulation of the busiest hour"
    for one in results.capacity:
        yield (
            f"  {one.processes:>3} processes: {one.visitors_a_day:,}, {one.questions_a_second:.1f} questions "
            f"a second, busy {100 * one.busy:.0f}% of the hour, full answer {one.full_s_p95:.2f} s p95"
        )


def _checks(results: SpeedResults) -> Iterator[str]:
    found = checks(results)
    if found:
        yield "\nBars (two cores that do nothing else)"
    for one in found:
        yield (
            f"  {'met   ' if one.met else 'missed'} {one.what:<56}{one.value:>9.2f} {one.unit}, "
            f"{one.wanted} {one.bar:g}"
        )


def _pair(found: Timing, unit: str = "ms") -> str:
    digits = 1 if unit == "ms" else 2
    return f"{found.median:>9.{digits}f} {unit} median{found.p95:>8.{digits}f} {unit} p95"
