"""Files of reference questions → the questions of a split."""

from collections.abc import Sequence
from pathlib import Path

from errors import DocumentError
from evals.questions.types import ReferenceQuestion, Split
from ingest.documents.data_files import read_lines

QUESTIONS_FOLDER = Path(__file__).parent  # Holds a file of JSON lines for each split.
_Placed = tuple[Path, int, ReferenceQuestion]  # A question with the file and the line where it is.


def load_questions(path: Path = QUESTIONS_FOLDER, split: Split | None = None) -> list[ReferenceQuestion]:
    """Read the questions of a split, or all, from a file or from every file of a folder.

    Raise DocumentError if they cannot be used.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    placed = [(file, *numbered) for file in files for numbered in read_lines(file, ReferenceQuestion)]
    _check_ids(placed)
    chosen = [question for _, _, question in placed if split in (None, question.split)]
    if not chosen:
        raise DocumentError(path, f"no questions of split '{split or 'all'}'")
    return chosen


def _check_ids(placed: Sequence[_Placed]) -> None:
    """Raise DocumentError when two questions share an id."""
    seen: set[str] = set()
    for file, number, question in placed:
        if question.id in seen:
            raise DocumentError(file, f"line {number}: the id '{question.id}' is in an earlier line too")
        seen.add(question.id)
