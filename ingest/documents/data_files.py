"""Files of YAML and of JSON lines → objects, validated where they enter."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from errors import DocumentError, FileError

Kind = TypeVar("Kind")


def read_yaml(file: Path, kind: type[Kind], failure: type[FileError] = DocumentError) -> Kind:
    """Return what a file of YAML holds; raise the failure that names what is wrong in it."""
    try:
        content = yaml.safe_load(_text(file, failure))
    except yaml.YAMLError as error:
        reason = " ".join(str(getattr(error, "problem_mark", None) or error).split())
        raise failure(file, f"the file is not valid YAML ({reason})") from error
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        raise failure(file, _first(error)) from error


def read_lines(
    file: Path, kind: type[Kind], failure: type[FileError] = DocumentError
) -> Iterator[tuple[int, Kind]]:
    """Yield every line of JSON that is not empty, with its number; raise the failure at one that is wrong."""
    adapter = TypeAdapter(kind)
    for number, line in enumerate(_text(file, failure).splitlines(), start=1):
        if line.strip():
            try:
                yield number, adapter.validate_json(line)
            except ValidationError as error:
                raise failure(file, f"line {number}: {_first(error)}") from error


def _text(file: Path, failure: type[FileError]) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise failure(file, "the file is not UTF-8") from error
    except OSError as error:
        raise failure(file, error.strerror or str(error)) from error


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
