"""Results on disk: `results.json`, a line for every figure, so that `diff` shows what two runs differ in."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from evals.types import Results
from settings import PROJECT

RESULTS_FILE, REPORT_FILE = "results.json", "report.html"
UNKNOWN = "no commit"
_DIGITS = 6


def to_json(results: Results) -> str:
    """Return the results as JSON: all figures, and the scores of each question without the texts."""
    parts = {name: value for name, value in asdict(results).items() if name != "scored"}
    parts["questions"] = [
        {
            "id": one.question.id,
            "kind": one.question.kind,
            "status": one.answer.status,
            "scores": {**one.scores},
        }
        for one in results.scored
    ]
    rounded = json.loads(json.dumps(parts), parse_float=lambda text: round(float(text), _DIGITS))
    return json.dumps(rounded, ensure_ascii=False, indent=1) + "\n"


def revision(folder: Path = PROJECT) -> str:
    """Return the commit that is checked out, marked when files differ from it, or 'no commit' outside git."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"],  # noqa: S607 - git from PATH
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN
    return found.stdout.strip() or UNKNOWN
