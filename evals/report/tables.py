"""Results → the tables that the page and the terminal show."""

from collections.abc import Iterator, Mapping, Sequence

from evals.report.table import Plotted, Row, Table, figures_table
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, KINDS_IN_WORDS, MEASURES, Measure, written
from evals.scoring.overview import MOST_WORST, worst_first
from evals.types import Estimate, Figures, Scored

# The figures of systems side by side, with the heading of each.
RETRIEVAL = {
    "facts_at_1": "facts@1",
    "facts_at_5": "facts@5",
    "section_at_5": "found@5",
    "recall_at_5": "R@5",
    "recall_at_10": "R@10",
    "ndcg_at_5": "nDCG@5",
    "reciprocal_rank": "RR",
}
ADVICE = {"advice_first": "first", "advice_first_two": "two", "advice_calibration_error": "ECE"}
KINDS = {
    "right": "right",
    "asked": "asked facts",
    "first_answers": "first answers",
    "shown_answers": "shown that answers",
    "n": "n",
}


def measures_table(measures: Mapping[str, Estimate], bars: Mapping[str, Bar]) -> Table:
    """Return every measure by topic, with its interval and bar."""
    return Table("All figures", ["value", "95% interval", "n", "bar"], list(_measures(measures, bars)))


def systems_table(caption: str, systems: Figures, columns: Mapping[str, str]) -> Table:
    """Return the figures of systems or kinds side by side; `columns` gives the headings."""
    return figures_table(caption, systems, columns, _as_measured)


def worst_table(scored: Sequence[Scored]) -> Table:
    """Return the worst answers by id; their texts are in the report, out of sight of who tunes."""
    rows = [
        Row(
            one.question.id,
            [KINDS_IN_WORDS[one.question.kind], one.answer.status, f"{one.scores.get('facts', 0.0):.2f}"],
        )
        for one in worst_first(scored)[:MOST_WORST]
    ]
    return Table("The worst answers (texts in the report)", ["kind", "status", "facts"], rows)


def state(measure: Measure, bar: Bar, found: Estimate) -> str:
    """Return whether a bar is met, as a person reads it: `met: ≥ 90.0%`."""
    wanted = f"{'≤' if bar.at_most else '≥'} {written(measure, bar.value)}"
    return f"{'met' if bar.holds(found) else 'MISSED'}: {wanted}"


def interval(measure: Measure, found: Estimate) -> str:
    """Return the interval as a person reads it."""
    return f"{written(measure, found.low)}–{written(measure, found.high)}"


def _measures(measures: Mapping[str, Estimate], bars: Mapping[str, Bar]) -> Iterator[Row]:
    topic = ""
    for measure in MEASURES:
        found, bar = measures.get(measure.id), bars.get(measure.id)
        if found is None:
            continue
        if measure.topic != topic:
            topic = measure.topic
            yield Row(topic)
        text = written(measure, found.value)
        drawn = Plotted(text, found.value, (found.low, found.high), bar.value if bar else None)
        cells = [drawn if measure.unit == "share" else text, interval(measure, found), str(found.n)]
        met = "" if bar is None or bar.holds(found) else "missed"
        yield Row(measure.label, [*cells, state(measure, bar, found) if bar else ""], met)


def _as_measured(name: str, value: float) -> str:
    if name in BY_ID:
        return written(BY_ID[name], value)
    return str(int(value)) if name == "n" else f"{100 * value:.1f}%"
