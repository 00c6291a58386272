"""Files of JSON lines → objects, each line validated where it enters."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from errors import BatchLineError, DocumentError, EncodingError

Line = TypeVar("Line", bound=BaseModel)


def read_lines(file: Path, kind: type[Line]) -> Iterator[tuple[int, Line]]:
    """Yield every line of a file that is not empty, with its number.

    Raise DocumentError or EncodingError when the file cannot be read, BatchLineError at a line that is wrong.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise EncodingError(file) from error
    except OSError as error:
        raise DocumentError(file, error.strerror or str(error)) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, _validated(file, number, line, kind)


def _validated(file: Path, number: int, line: str, kind: type[Line]) -> Line:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BatchLineError(file, number, f"{where}: {first['msg']}" if where else first["msg"]) from error
