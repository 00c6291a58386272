"""Results → the tables that the page and the terminal show."""

from collections.abc import Iterator, Mapping

from evals.report.table import Table, TableRow, figures_table
from evals.scoring.bars import Bar, state
from evals.scoring.measures import BY_ID, MEASURES, Measure, written
from evals.types import Estimate, Figures


def measures_table(measures: Mapping[str, Estimate], bars: Mapping[str, Bar]) -> Table:
    """Return every measure by topic, with its interval and bar."""
    return Table("All figures", ["value", "95% interval", "n", "bar"], list(_measures(measures, bars)))


def systems_table(caption: str, systems: Figures) -> Table:
    """Return the figures of systems or kinds side by side, named as in `results.json`."""
    return figures_table(caption, systems, _as_measured)


def interval(measure: Measure, found: Estimate) -> str:
    """Return the interval as a person reads it."""
    return f"{written(measure, found.low)}–{written(measure, found.high)}"


def _measures(measures: Mapping[str, Estimate], bars: Mapping[str, Bar]) -> Iterator[TableRow]:
    topic = ""
    for measure in MEASURES:
        found, bar = measures.get(measure.id), bars.get(measure.id)
        if found is None:
            continue
        if measure.topic != topic:
            topic = measure.topic
            yield TableRow(topic)
        cells = [written(measure, found.value), interval(measure, found), str(found.n)]
        met = "" if bar is None or bar.holds(found) else "missed"
        yield TableRow(measure.label, [*cells, state(bar, found) if bar else ""], met)


def _as_measured(name: str, value: float) -> str:
    if name in BY_ID:
        return written(BY_ID[name], value)
    return str(int(value)) if name == "n" else f"{100 * value:.1f}%"
