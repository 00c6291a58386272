"""Results on disk: `results.json`, and what an earlier one says."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from errors import DocumentError
from evals.types import Estimate, Measured, Results, Scored

RESULTS_FILE, REPORT_FILE = "results.json", "report.html"
_DIGITS = 6


class QuestionScores(BaseModel):
    """What results keep of one question."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    scores: Mapping[str, float]


class Previous(BaseModel):
    """What a comparison needs of earlier results."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    about: Measured
    measures: Mapping[str, Estimate]
    questions: tuple[QuestionScores, ...]


def to_json(results: Results) -> str:
    """Return the results as JSON: all figures, and the scores of each question without the texts."""
    parts = {name: value for name, value in asdict(results).items() if name != "scored"}
    parts["questions"] = [_row(one) for one in results.scored]
    return json.dumps(_rounded(parts), ensure_ascii=False, indent=1) + "\n"


def load_previous(file: Path) -> Previous:
    """Read earlier results; raise DocumentError when they cannot be read."""
    try:
        return Previous.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise DocumentError(file, "these are no results of python -m evals") from error


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
