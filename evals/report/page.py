"""Results → one self-contained HTML page, no script, no request; and the same figures for the terminal."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.compare.baselines import ANSWER_FIGURES
from evals.report import tables
from evals.report.results import Previous
from evals.report.table import as_text
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID, KINDS_IN_WORDS
from evals.scoring.overview import MOST_WORST, worst_first
from evals.types import Results, Scored
from ingest.types import Practice

HEADLINES = (
    "advice_first",
    "advice_first_two",
    "advice_calibration_error",
    "asked",
    "first_answers",
    "shown_answers",
    "list_complete",
    "outside_words",
    "polarity_error",
    "verdict_right",
    "near_refused",
    "near_nearest",
    "premise_corrected",
    "far_refused",
    "false_refusal",
    "followup_asked",
    "citation_validity",
    "ambiguous_handled",
)


def report(
    results: Results,
    bars: Iterable[Bar],
    practices: Iterable[Practice],
    previous: Previous | None = None,
    speed: str = "",
) -> str:
    """Return the report as an HTML page; `previous` adds what changed since then, `speed` a section."""
    labels = {practice.id: practice.label for practice in practices}
    return render(
        "report.html",
        results=results,
        tables=tables,
        answer_figures=ANSWER_FIGURES,
        labels=labels,
        bars={bar.measure: bar for bar in bars},
        headlines=[BY_ID[name] for name in HEADLINES if name in results.measures],
        kind_names=KINDS_IN_WORDS,
        by_kind={KINDS_IN_WORDS[kind]: group for kind, group in results.by_kind.items()},
        by_practice={labels[practice]: group for practice, group in results.by_practice.items()},
        previous=previous,
        changed=changed(results.scored, previous) if previous else (),
        wrong=worst_first(results.scored),
        most_worst=MOST_WORST,
        expected=expected,
        speed=speed,
    )


def told(results: Results, bars: Iterable[Bar]) -> str:
    """Return every figure with its interval and bar, the systems side by side, and the time of each step."""
    about = results.about
    shown = [
        tables.measures_table(results.measures, {bar.measure: bar for bar in bars}),
        tables.systems_table("Answers beside the first block found", results.answers, ANSWER_FIGURES),
        tables.systems_table("Ranking of sections", results.retrieval, tables.RETRIEVAL),
        tables.timings_table(results.timings_ms),
        tables.worst_table(results.scored),
    ]
    parts = [
        f"{about.n} questions ({about.split}), commit {about.commit}, model {about.model}, {about.mode}",
        *(as_text(table) for table in shown if table.rows),
    ]
    if results.unmatched:
        parts.append(f"Labels under which the index holds no section: {', '.join(results.unmatched)}")
    return "\n\n".join(parts)


def render(template: str, **values: object) -> str:
    """Return a template of this folder filled in; it escapes what it is given."""
    return _templates().get_template(template).render(values)


def changed(scored: Sequence[Scored], previous: Previous) -> list[tuple[Scored, float]]:
    """Return the answers that became better or worse, each with its earlier score, the largest loss first."""
    earlier = {row.id: row.scores.get("right", 0.0) for row in previous.questions}
    both = [(one, earlier[one.question.id]) for one in scored if one.question.id in earlier]
    moved = [(one, before) for one, before in both if abs(one.scores["right"] - before) > 1e-6]
    return sorted(moved, key=lambda pair: pair[0].scores["right"] - pair[1])


def expected(one: Scored) -> str:
    """Return what a good answer to a question holds, in a line."""
    question = one.question
    if question.task == "refusal":
        return f"a refusal · nearest: {' or '.join(question.nearest)}" if question.nearest else "a refusal"
    parts = {
        "practice": ", ".join([*question.practices, *question.acceptable]),
        "sections": ", ".join(question.sections),
        "verdict": question.verdict or "",
        "facts": "; ".join(" or ".join(group) for group in (*question.facts, *question.expect)),
        "not": " or ".join(question.forbid),
    }
    return " · ".join(f"{name}: {text}" for name, text in parts.items() if text)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
