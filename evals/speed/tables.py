"""What a measurement of speed found → the tables that the page and the terminal show."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from evals.report.table import CellValue, Plotted, Row, Table
from evals.speed.bars import checks
from evals.speed.types import CHAT, Answers, Crowd, SpeedResults

Found = TypeVar("Found")


def tables(results: SpeedResults) -> list[Table]:
    """Return every figure, and first the bars that are met and missed; a stage that was not run has none."""
    found = [_checks(results), *_stages(results)]
    return [table for table in found if table.rows]


def _checks(results: SpeedResults) -> Table:
    rows = [
        Row(
            one.what,
            [f"{one.value:,.2f} {one.unit}", f"{one.wanted} {one.bar:g}", "met" if one.met else "missed"],
            "" if one.met else "missed",
        )
        for one in checks(results)
    ]
    return Table("What two cores that do nothing else must show", ["value", "bar", ""], rows)


def _stages(results: SpeedResults) -> Iterator[Table]:
    if results.answers:
        yield from _answers(results.answers)
    yield _compared(
        "Beside others, same questions and text",
        {f"{one.name}: {one.gives}": one for one in results.systems},
        {
            "ms median": lambda one: one.wall_ms.median,
            "ms p95": lambda one: f"{one.wall_ms.p95:.1f}",
            "processor ms": lambda one: f"{one.cpu_ms.median:.1f}",
            "recall@5": lambda one: f"{one.recall_at_5:.3f}",
            "found in 5": lambda one: f"{one.found_in_5:.3f}",
            "chunks": lambda one: str(one.reading.chunks),
            "chunks/s": lambda one: f"{one.reading.chunks_a_second:.1f}",
            "sections/s": lambda one: f"{one.reading.sections_a_second:.1f}",
            "pages/s": lambda one: f"{one.reading.pages_a_second:.1f}",
            "load s": lambda one: f"{one.load_s:.1f}",
            "peak MB": lambda one: f"{one.peak_mb:.0f}",
        },
    )
    yield _compared(
        "Growth: a question, and reading",
        {f"{one.chunks:,} chunks": one for one in results.growth},
        {
            "ms median": lambda one: one.question_ms.median,
            "ms p95": lambda one: f"{one.question_ms.p95:.1f}",
            "retrieval ms": lambda one: f"{one.retrieve_ms.median:.1f}",
            "processor ms": lambda one: f"{one.cpu_ms.median:.1f}",
            "open s": lambda one: f"{one.open_s:.1f}",
            "MB": lambda one: f"{one.memory_mb:.0f}",
            "read in s": lambda one: f"{one.reading.wall_s:.1f}",
            "processor s": lambda one: f"{one.reading.cpu_s:.1f}",
            "reading MB": lambda one: f"{one.reading_peak_mb:.0f}",
            "disk MB": lambda one: f"{one.disk_mb:.0f}",
        },
    )
    yield _compared(
        "Starts of the chat",
        {str(number): one for number, one in enumerate(results.starts, start=1)},
        {
            "ready s": lambda one: one.ready_s,
            "processor s": lambda one: f"{one.cpu_s:.1f}",
            "MB": lambda one: f"{one.memory_mb:.0f}",
        },
    )
    yield _crowds(results)


def _answers(found: Answers) -> Iterator[Table]:
    timed = {**found.steps_ms, "processor": found.cpu_ms, "asked again": found.repeated_ms}
    yield _compared(
        "An answer in process, by step (ms)",
        timed,
        {"median": lambda one: one.median, "p95": lambda one: f"{one.p95:.1f}"},
    )
    read = found.reading
    rows = {
        "model and index open": f"{found.loaded_s:.1f} s, {found.loaded_cpu_s:.1f} s of processor time",
        "memory after answering": f"{found.memory_mb:.0f} MB",
        "reading, warm model": f"{read.chunks_a_second:.1f} chunks a second, {read.sections_a_second:.1f} "
        f"sections or {read.pages_a_second:.1f} pages",
    }
    yield Table("What goes with it", [""], [Row(name, [text]) for name, text in rows.items()])


def _crowds(results: SpeedResults) -> Table:
    alone_mb = next((crowd.memory_mb for crowd in results.crowds if crowd.over == CHAT), 0.0)

    def each(crowd: Crowd) -> str:
        """Return what a conversation more takes, for a crowd in the chat."""
        others = crowd.people - 1 if crowd.over == CHAT else 0
        return f"{(crowd.memory_mb - alone_mb) / others:.2f}" if others else ""

    return _compared(
        "People who ask at once (seconds)",
        {f"{one.people} over {one.over}": one for one in results.crowds},
        {
            "full answer p95": lambda one: one.full_s.p95,
            "full answer median": lambda one: f"{one.full_s.median:.2f}",
            "first text p95": lambda one: f"{one.first_s.p95:.2f}" if one.first_s else "",
            "first text median": lambda one: f"{one.first_s.median:.2f}" if one.first_s else "",
            "answers a second": lambda one: f"{one.answers_a_second:.1f}",
            "processor ms each": lambda one: f"{one.cpu_ms_an_answer:.0f}",
            "processor ms to open": lambda one: f"{one.opening_cpu_ms:.0f}",
            "MB": lambda one: f"{one.memory_mb:.0f}",
            "MB a conversation": each,
            "errors": lambda one: str(one.errors),
        },
    )


def _compared(
    caption: str, named: Mapping[str, Found], columns: Mapping[str, Callable[[Found], str | float]]
) -> Table:
    """Return a row for each; a figure that is no text yet is drawn, against the largest of its column."""
    cells = {name: [figure(one) for figure in columns.values()] for name, one in named.items()}
    most = [max((value for value in column if not isinstance(value, str)), default=0.0)
            for column in zip(*cells.values(), strict=True)]  # fmt: skip
    rows = [
        Row(name, [_cell(value, largest) for value, largest in zip(values, most, strict=True)])
        for name, values in cells.items()
    ]
    return Table(caption, list(columns), rows)


def _cell(value: str | float, largest: float) -> CellValue:
    return value if isinstance(value, str) else Plotted(f"{value:,.1f}", value / (largest or 1.0))
