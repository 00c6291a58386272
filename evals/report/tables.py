"""Results → the tables that the page and the terminal show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evals.compare.baselines import CUTOFFS, PRODUCT
from evals.report.results import Previous
from evals.report.table import CellValue, Plotted, Row, Table
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, KINDS_IN_WORDS, MEASURES, Measure, written
from evals.scoring.overview import MOST_WORST, worst_first
from evals.types import Bin, Estimate, Group, RankingSystem, Scored, Timing

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


def measures_table(
    measures: Mapping[str, Estimate], bars: Mapping[str, Bar], previous: Previous | None = None
) -> Table:
    """Return every measure by topic, with its interval and bar, and the difference with earlier results."""
    heads = ["value", "95% interval", "n", "bar", *(["earlier", "change"] if previous else [])]
    return Table("All figures", heads, list(_measures(measures, bars, previous)))


def systems_table(caption: str, systems: Sequence[RankingSystem], columns: Mapping[str, str]) -> Table:
    """Return the figures of systems side by side, but those that none has; `columns` gives the headings."""
    known = [name for name in columns if any(name in one.figures for one in systems)]
    rows = [
        Row(one.name, [one.missing], "muted")
        if one.missing
        else Row(one.name, [_figure(name, one.figures) for name in known])
        for one in systems
    ]
    return Table(caption, [columns[name] for name in known], rows)


def found_table(systems: Iterable[RankingSystem]) -> Table:
    """Return how often the first k sections hold all asked facts, by the product and by each leg alone."""
    rows = [
        Row(one.name, [_share(one.figures[f"facts_at_{k}"], digits=0) for k in CUTOFFS])
        for one in systems
        if one.figures and (one.name == PRODUCT or "alone" in one.name)
    ]
    return Table("All asked facts in the first k sections, for k", [str(k) for k in CUTOFFS], rows)


def groups_table(caption: str, groups: Mapping[str, Group]) -> Table:
    """Return how well the questions of each kind, or about each practice, are answered."""
    rows = [
        Row(
            name,
            [
                _share(group.right),
                *(_optional(share) for share in (group.asked, group.first_answers, group.shown_answers)),
                str(group.n),
            ],
        )
        for name, group in groups.items()
    ]
    return Table(caption, ["right", "asked facts", "first answers", "shown that answers", "n"], rows)


def confusion_table(confusion: Mapping[str, Mapping[str, int]], labels: Mapping[str, str]) -> Table:
    """Return expected practices as rows against advised ones as columns; the diagonal is right."""
    rows = [
        Row(
            labels[expected],
            [Plotted(str(count), count / max(1, sum(counts.values()))) for count in counts.values()],
            lang="nl",
        )
        for expected, counts in confusion.items()
    ]
    heads = [labels.get(name, "no advice") for name in next(iter(confusion.values()), {})]
    return Table("Expected practice (row) and advised practice (column)", heads, rows)


def calibration_table(bins: Iterable[Bin]) -> Table:
    """Return how sure advice says it is against how often it is right, by tenths of the first."""
    rows = [
        Row(f"says {tenth.confidence:.0%}", [_share(tenth.right, tick=tenth.confidence), str(tenth.n)])
        for tenth in bins
    ]
    return Table("Calibration: as often right as it says (the tick)", ["is right", "advices"], rows)


def timings_table(timings_ms: Mapping[str, Timing]) -> Table:
    """Return how long each step takes."""
    rows = [Row(step, [f"{ms.median:.1f}", f"{ms.p95:.1f}"]) for step, ms in timings_ms.items()]
    return Table("Time a step takes (ms)", ["median", "p95"], rows)


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


def _measures(
    measures: Mapping[str, Estimate], bars: Mapping[str, Bar], previous: Previous | None
) -> Iterator[Row]:
    topic = ""
    for measure in MEASURES:
        found, bar = measures.get(measure.id), bars.get(measure.id)
        if found is None:
            continue
        if measure.topic != topic:
            topic = measure.topic
            yield Row(topic)
        cells = [_drawn(measure, found, bar), interval(measure, found), str(found.n)]
        cells.append(state(measure, bar, found) if bar else "")
        if previous:
            cells += _change(measure, found, previous.measures.get(measure.id))
        yield Row(measure.label, cells, "" if bar is None or bar.holds(found) else "missed")


def _drawn(measure: Measure, found: Estimate, bar: Bar | None) -> CellValue:
    text = written(measure, found.value)
    if measure.unit != "share":
        return text
    return Plotted(text, found.value, (found.low, found.high), bar.value if bar else None)


def _change(measure: Measure, found: Estimate, earlier: Estimate | None) -> list[CellValue]:
    if earlier is None:
        return ["", ""]
    difference = found.value - earlier.value
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    better = not difference or measure.higher_is_better in (None, difference > 0)
    text = f"{sign}{written(measure, abs(difference))}" + ("" if better else " (worse)")
    return [written(measure, earlier.value), text]


def _figure(name: str, figures: Mapping[str, float]) -> str:
    return written(BY_ID[name], figures[name]) if name in figures else "–"


def _share(share: float, digits: int = 1, tick: float | None = None) -> Plotted:
    return Plotted(f"{100 * share:.{digits}f}%", share, tick=tick)


def _optional(share: float | None) -> CellValue:
    return "–" if share is None else _share(share)
