"""Results on disk: `results.json`, a line for every figure, so that `diff` shows what two runs differ in."""

import json
from dataclasses import asdict

from evals.types import Results, Scored

RESULTS_FILE, REPORT_FILE = "results.json", "report.html"
_DIGITS = 6


def to_json(results: Results) -> str:
    """Return the results as JSON: all figures, and the scores of each question without the texts."""
    parts = {name: value for name, value in asdict(results).items() if name != "scored"}
    parts["questions"] = [_row(one) for one in results.scored]
    return json.dumps(_rounded(parts), ensure_ascii=False, indent=1) + "\n"


def _row(one: Scored) -> dict[str, object]:
    return {
        "id": one.question.id,
        "kind": one.question.kind,
        "status": one.answer.status,
        "scores": dict(one.scores),
    }


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return round(value, _DIGITS) if isinstance(value, float) else value
