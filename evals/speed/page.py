"""Results as a section of the report, with charts, and as a page of its own."""

from collections.abc import Iterator, Mapping

from evals.report import charts, markup
from evals.report.markup import Markup, element, joined
from evals.report.tables import table
from evals.speed.bars import checks, chunks_a_second
from evals.speed.types import SpeedResults

_READING = (
    "Times are what passes by the clock; processor time is what the process itself used, and tells more on "
    "a machine that does other things too. Systems are asked in turn, question by question, so that a busy "
    "moment hurts all. Peers get the text of the sections and the original float weights; the product gives "
    "a complete answer, they give passages. Growth leaves out embedding, which costs the same for every text."
)


def page(results: SpeedResults) -> str:
    """Return a page with the section alone."""
    return markup.page("Speed", section(results))


def section(results: SpeedResults) -> Markup:
    """Return everything that was measured, as a section."""
    measured = f"{results.machine}, code at {results.commit}. Made by: python -m evals speed"
    return element(
        "section",
        element("h2", "Speed, memory and growth"),
        element("p", measured, class_="muted"),
        *_parts(results),
        element("p", _READING, class_="muted"),
    )


def _parts(results: SpeedResults) -> Iterator[Markup]:
    found = checks(results)
    if found:
        rows = [
            _row(
                one.what,
                f"{one.value:,.2f} {one.unit}",
                f"{'≥' if one.at_least else '≤'} {one.bar:g}",
                missed=not one.met,
            )
            for one in found
        ]
        yield table("What it must show on two cores that do nothing else", ["", "value", "bar"], rows)
    if results.answers:
        steps = {step: ms.median for step, ms in results.answers.steps_ms.items()}
        yield _figure("Median time of an answer, by step", steps, "ms")
    yield from _systems(results)
    yield from _growth(results)
    yield from _crowds(results)


def _systems(results: SpeedResults) -> Iterator[Markup]:
    if not results.systems:
        return
    yield _figure(
        "A question, median",
        {f"{one.name}: {one.gives}": one.wall_ms.median for one in results.systems},
        "ms",
    )
    rows = [
        _row(
            f"{one.name}: {one.gives}",
            f"{one.wall_ms.median:.1f}",
            f"{one.wall_ms.p95:.1f}",
            f"{one.cpu_ms.median:.1f}",
            f"{one.recall_at_5:.3f}",
            f"{one.found_in_5:.3f}",
            f"{chunks_a_second(one):.1f}",
            f"{one.load_s:.1f}",
            f"{one.peak_mb:.0f}",
        )
        for one in results.systems
    ]
    heads = [
        "",
        "ms median",
        "ms p95",
        "processor ms",
        "recall@5",
        "found in 5",
        "chunks a second",
        "load s",
        "peak MB",
    ]
    yield table("The same questions over the same text", heads, rows)


def _growth(results: SpeedResults) -> Iterator[Markup]:
    if not results.growth:
        return
    yield _figure(
        "A question, median",
        {f"{one.chunks:,} chunks": one.question_ms.median for one in results.growth},
        "ms",
    )
    rows = [
        _row(
            f"{one.chunks:,} chunks",
            f"{one.question_ms.median:.1f}",
            f"{one.retrieve_ms.median:.1f}",
            f"{one.reading.wall_s:.1f}",
            f"{one.reading_peak_mb:.0f}",
            f"{one.disk_mb:.0f}",
            f"{one.open_s:.1f}",
            f"{one.memory_mb:.0f}",
        )
        for one in results.growth
    ]
    heads = ["", "question ms", "retrieval ms", "reading s", "reading MB", "disk MB", "open s", "memory MB"]
    yield table("Growth", heads, rows)


def _crowds(results: SpeedResults) -> Iterator[Markup]:
    if results.starts:
        rows = [
            _row(str(number), f"{one.ready_s:.1f}", f"{one.cpu_s:.1f}", f"{one.memory_mb:.0f}")
            for number, one in enumerate(results.starts, 1)
        ]
        yield table("Starts of the chat", ["", "ready s", "processor s", "MB"], rows)
    if results.crowds:
        waits = {f"{one.people} over {one.over}": one.full_s.p95 for one in results.crowds}
        yield _figure("Full answer when all ask at once, p95", waits, "s")
        rows = [
            _row(
                f"{one.people} over {one.over}",
                f"{one.first_s.p95:.2f}" if one.first_s else "",
                f"{one.full_s.p95:.2f}",
                f"{one.answers_a_second:.1f}",
                f"{one.cpu_ms_an_answer:.0f}",
                f"{one.memory_mb:.0f}",
                one.errors,
            )
            for one in results.crowds
        ]
        heads = [
            "",
            "first text s p95",
            "full answer s p95",
            "answers a second",
            "processor ms",
            "MB",
            "errors",
        ]
        yield table("People who ask at once", heads, rows)


def _figure(title: str, values: Mapping[str, float], unit: str) -> Markup:
    chart = charts.amounts(title, values, unit)
    return element("figure", chart, element("figcaption", title), tabindex=0)


def _row(name: str, *cells: object, missed: bool = False) -> Markup:
    return element(
        "tr",
        element("th", name, scope="row"),
        joined(*(element("td", cell) for cell in cells)),
        class_="missed" if missed else None,
    )
