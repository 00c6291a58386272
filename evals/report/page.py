"""Results → one self-contained HTML page, no script, no request; and the same figures for the terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.report import tables
from evals.report.table import Table, as_text
from evals.scoring.bars import Bar
from evals.scoring.measures import BY_ID
from evals.scoring.score import worst_first
from evals.types import Results, Scored


@dataclass(frozen=True, slots=True)
class SpeedTables:
    """What an earlier measurement of speed found: the machine and the code, and its tables."""

    measured: str
    tables: Sequence[Table]


def report(results: Results, bars: Iterable[Bar], speed: SpeedTables | None = None) -> str:
    """Return the report as an HTML page, with what an earlier measurement of speed found."""
    return (
        templates()
        .get_template("report.html")
        .render(
            results=results,
            tables=tables,
            bars={bar.measure: bar for bar in bars},
            measured=[BY_ID[name] for name in results.measures],
            wrong=worst_first(results.scored),
            expected=expected,
            speed=speed,
        )
    )


def told(results: Results, bars: Iterable[Bar]) -> str:
    """Return every figure with its interval and bar, and the systems side by side."""
    about = results.about
    shown = [
        tables.measures_table(results.measures, {bar.measure: bar for bar in bars}),
        tables.systems_table("Answers beside the first block found", results.answers),
        tables.systems_table("Ranking of sections", results.retrieval),
    ]
    parts = [
        f"{about.n} questions ({about.split}), commit {about.commit}, model {about.model}, {about.mode}",
        *(as_text(table) for table in shown if table.rows),
    ]
    return "\n\n".join(parts)


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


def templates() -> Environment:
    """Return what fills in the templates of this folder; it escapes what it is given."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
