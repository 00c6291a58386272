"""Figures as HTML: cards, tables, and what changed since earlier results."""

from collections.abc import Iterable, Mapping, Sequence

from evals.report.markup import Markup, element, joined
from evals.report.results import Previous
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, MEASURES, Measure, written
from evals.types import Estimate, RankingSystem, Timing


def cards(measures: Mapping[str, Estimate], bars: Mapping[str, Bar], names: Iterable[str]) -> Markup:
    """Return a card for each of the named measures that were measured."""
    shown = [(BY_ID[name], measures[name], bars.get(name)) for name in names if name in measures]
    return element("ul", *(_card(*each) for each in shown), class_="cards")


def measures_table(
    measures: Mapping[str, Estimate], bars: Mapping[str, Bar], previous: Previous | None
) -> Markup:
    """Return every measure with its interval, its bar, and the difference with earlier results when given."""
    heads = ["", "value", "95% interval", "questions", "bar", *(["earlier", "change"] if previous else [])]
    rows = [
        _measure_row(measure, measures[measure.id], bars.get(measure.id), previous)
        for measure in MEASURES
        if measure.id in measures
    ]
    return table("All figures", heads, rows)


def systems_table(caption: str, systems: Sequence[RankingSystem], columns: Mapping[str, str]) -> Markup:
    """Return the figures of systems side by side; `columns` gives each figure's heading."""
    rows = [
        element(
            "tr",
            element("th", system.name, scope="row"),
            element("td", system.missing, colspan=len(columns), class_="muted")
            if system.missing
            else joined(*(_cell(name, system.figures.get(name)) for name in columns)),
        )
        for system in systems
    ]
    return table(caption, ["", *columns.values()], rows)


def confusion_table(confusion: Mapping[str, Mapping[str, int]], labels: Mapping[str, str]) -> Markup:
    """Return expected practices as rows against advised ones as columns; the diagonal is right."""
    rows = [
        element(
            "tr",
            element("th", labels[expected], scope="row", lang="nl"),
            *(_count(count, expected == advised) for advised, count in counts.items()),
        )
        for expected, counts in confusion.items()
    ]
    columns = [labels.get(name, "no advice") for name in next(iter(confusion.values()), {})]
    return table("Expected practice (row) and advised practice (column)", ["", *columns], rows)


def timings_table(timings_ms: Mapping[str, Timing]) -> Markup:
    """Return how long each step takes."""
    rows = [
        element(
            "tr",
            element("th", step, scope="row"),
            *(element("td", f"{ms:.1f}") for ms in (taken.median, taken.p95)),
        )
        for step, taken in timings_ms.items()
    ]
    return table("Time a step takes on this machine, in milliseconds", ["", "median", "p95"], rows)


def table(caption: str, heads: Sequence[str], rows: Iterable[Markup]) -> Markup:
    """Return a table that scrolls by itself when it is wider than the page."""
    head = element("tr", *(element("th", name, scope="col") if name else element("td") for name in heads))
    whole = element("table", element("caption", caption), element("thead", head), element("tbody", *rows))
    return element("div", whole, class_="scroll", tabindex=0, role="region", aria_label=caption)


def interval(measure: Measure, found: Estimate) -> str:
    """Return the interval as a person reads it."""
    return f"{written(measure, found.low)} to {written(measure, found.high)}"


def _card(measure: Measure, found: Estimate, bar: Bar | None) -> Markup:
    state = "" if bar is None else (" good" if bar.holds(found) else " bad")
    return element(
        "li",
        element("span", f"{measure.topic}: {measure.label}", class_="name"),
        element("strong", written(measure, found.value)),
        element("span", f"{interval(measure, found)}, {found.n} questions", class_="muted"),
        None if bar is None else element("span", _state(measure, bar, found), class_="state"),
        class_=f"card{state}",
    )


def _state(measure: Measure, bar: Bar, found: Estimate) -> str:
    return f"{'bar met' if bar.holds(found) else 'bar missed'}: {_wanted(measure, bar)}"


def _wanted(measure: Measure, bar: Bar) -> str:
    return f"{'≤' if bar.at_most else '≥'} {written(measure, bar.value)}"


def _measure_row(measure: Measure, found: Estimate, bar: Bar | None, previous: Previous | None) -> Markup:
    cells: list[object] = [written(measure, found.value), interval(measure, found), found.n]
    cells.append("" if bar is None else _state(measure, bar, found))
    if previous:
        cells += _change(measure, found, previous.measures.get(measure.id))
    missed = bar is not None and not bar.holds(found)
    return element(
        "tr",
        element("th", f"{measure.topic}: {measure.label}", scope="row"),
        *(element("td", cell) for cell in cells),
        class_="missed" if missed else None,
    )


def _change(measure: Measure, found: Estimate, earlier: Estimate | None) -> list[object]:
    if earlier is None:
        return ["", ""]
    difference = found.value - earlier.value
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    better = not difference or measure.higher_is_better in (None, difference > 0)
    text = f"{sign}{written(measure, abs(difference))}" + ("" if better else " (worse)")
    return [written(measure, earlier.value), text]


def _cell(name: str, value: float | None) -> Markup:
    return element("td", "–" if value is None else written(BY_ID[name], value))


def _count(count: int, right: bool) -> Markup:
    return element("td", count or "·", class_="right" if right else "wrong" if count else "muted")
