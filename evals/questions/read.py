"""Files of reference questions → the questions of a split, each line validated where it enters."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from errors import BatchLineError, DocumentError, EncodingError
from evals.questions.types import ReferenceQuestion, Split

QUESTIONS_FOLDER = Path(__file__).parent  # Holds a file of JSON lines for each split.
_Placed = tuple[Path, int, ReferenceQuestion]  # A question with the file and the line where it is.


def load_questions(
    path: Path = QUESTIONS_FOLDER, split: Split | None = None, prefixes: tuple[str, ...] = ()
) -> list[ReferenceQuestion]:
    """Read the questions of a split, or all, from a file or from every file of a folder.

    With prefixes, those alone whose id begins with one of them. Raise DocumentError, EncodingError or
    BatchLineError if they cannot be used.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    placed = [one for file in files for one in _read_file(file)]
    _check_ids(placed)
    chosen = [question for _, _, question in placed if split in (None, question.split)]
    if prefixes:
        chosen = [question for question in chosen if question.id.startswith(prefixes)]
    if not chosen:
        which = f" with an id in {', '.join(prefixes)}" if prefixes else ""
        raise DocumentError(path, f"no questions of split '{split or 'all'}'{which}")
    return chosen


def _read_file(file: Path) -> Iterator[_Placed]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise EncodingError(file) from error
    except OSError as error:
        raise DocumentError(file, error.strerror or str(error)) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield file, number, _read_line(file, number, line)


def _read_line(file: Path, number: int, line: str) -> ReferenceQuestion:
    try:
        return ReferenceQuestion.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BatchLineError(file, number, f"{where}: {first['msg']}" if where else first["msg"]) from error


def _check_ids(placed: Sequence[_Placed]) -> None:
    """Raise BatchLineError when two questions share an id, or a clean form that is named is not there."""
    seen: set[str] = set()
    known = {question.id for _, _, question in placed}
    for file, number, question in placed:
        if question.id in seen:
            raise BatchLineError(file, number, f"the id '{question.id}' is in an earlier line too")
        if question.clean is not None and question.clean not in known:
            raise BatchLineError(file, number, f"clean: no question has the id '{question.clean}'")
        seen.add(question.id)
