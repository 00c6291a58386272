"""Results as a compact table for the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evals.compare.baselines import ANSWER_FIGURES
from evals.compare.writers import FIGURES
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, KINDS_IN_WORDS, MEASURES, written
from evals.scoring.overview import MOST_WORST, worst_first
from evals.types import Estimate, RankingSystem, Results, Timing


def table(results: Results, bars: Iterable[Bar]) -> str:
    """Return every figure with its interval and bar, the systems side by side, and the time of each step."""
    about = results.about
    lines = [
        f"{about.n} questions ({about.split}), commit {about.commit}, model {about.model}, {about.mode}",
        *_measures(results.measures, {bar.measure: bar for bar in bars}),
        *_systems("Answers beside the first block found", results.answers, ANSWER_FIGURES),
        *_systems("Ranking of sections", results.retrieval, ("facts_at_1", "facts_at_5", "section_at_5",
                                                              "recall_at_5", "ndcg_at_5", "reciprocal_rank")),
        *systems_of_advice("Advice on these questions", results.advice),
        *_systems("Writers", results.writers, FIGURES),
        *_timings(results.timings_ms),
        *_worst(results),
    ]  # fmt: skip
    if results.unmatched:
        lines += ["", f"Labels under which the index holds no section: {', '.join(results.unmatched)}"]
    return "\n".join(lines)


def systems_of_advice(title: str, systems: Sequence[RankingSystem]) -> Iterator[str]:
    """Yield the figures of ways of advising."""
    columns = ("advice_first", "advice_first_two", "advice_calibration_error")
    return _systems(title, systems, columns)


def _measures(measures: Mapping[str, Estimate], bars: Mapping[str, Bar]) -> Iterator[str]:
    topic = ""
    for measure in MEASURES:
        found = measures.get(measure.id)
        if found is None:
            continue
        if measure.topic != topic:
            topic = measure.topic
            yield f"\n{topic:<46}{'value':>8}  {'95% interval':>15}{'n':>6}  bar"
        interval = f"{written(measure, found.low)}–{written(measure, found.high)}"
        bar = bars.get(measure.id)
        wanted = (
            "" if bar is None else f"{written(measure, bar.value)} {'ok' if bar.holds(found) else 'MISSED'}"
        )
        value = f"{measure.label:<44}{written(measure, found.value):>8}"
        yield f"  {value}  {interval:>15}{found.n:>6}  {wanted}".rstrip()


def _worst(results: Results) -> Iterator[str]:
    """Yield the worst answers by id; their texts stand in the report, out of sight of who tunes."""
    chosen = worst_first(results.scored)[:MOST_WORST]
    if chosen:
        yield f"\n{'The worst answers (texts in the report)':<46}{'kind':<20}{'status':<12}facts"
    for one in chosen:
        kind, facts = KINDS_IN_WORDS[one.question.kind], one.scores.get("facts")
        figure = "–" if facts is None else f"{facts:.2f}"
        yield f"  {one.question.id:<44}{kind:<20}{one.answer.status:<12}{figure}"


def _systems(title: str, systems: Sequence[RankingSystem], columns: Sequence[str]) -> Iterator[str]:
    if not systems:
        return
    yield f"\n{title:<36}" + "".join(f"{_short(column):>10}" for column in columns)
    for system in systems:
        cells = "".join(f"{_figure(column, system.figures):>10}" for column in columns)
        yield f"  {system.name:<34}" + (f"  {system.missing}" if system.missing else cells).rstrip()


def _short(column: str) -> str:
    names = {"asked": "asked", "first_answers": "first", "shown_answers": "shown", "list_complete": "lists",
             "outside_words": "words", "facts_at_1": "facts@1", "facts_at_5": "facts@5",
             "section_at_5": "found@5", "recall_at_5": "R@5", "ndcg_at_5": "nDCG@5", "reciprocal_rank": "RR",
             "advice_first": "first", "advice_first_two": "two", "advice_calibration_error": "ECE",
             "facts": "facts", "citation_validity": "verbatim", "citation_precision": "precise",
             "model_dropped": "dropped", "model_fallback": "fallback", "model_copied": "copied",
             "model_first_ms": "first ms", "model_last_ms": "last ms", "model_tokens": "tokens"}  # fmt: skip
    return names[column]


def _figure(column: str, figures: Mapping[str, float]) -> str:
    return written(BY_ID[column], figures[column]) if column in figures else "–"


def _timings(timings_ms: Mapping[str, Timing]) -> Iterator[str]:
    if timings_ms:
        yield f"\n{'Time a step takes (ms)':<36}{'median':>10}{'p95':>10}"
    for step, ms in timings_ms.items():
        yield f"  {step:<34}{ms.median:>10.1f}{ms.p95:>10.1f}"
