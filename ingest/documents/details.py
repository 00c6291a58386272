"""document.toml: what a folder says of its documents: title, address, language and licence."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from errors import DetailsError

DETAILS_FILE = "document.toml"


class Details(BaseModel):
    """What is said of one document; `address` is where a browser finds it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str | None = None
    address: str | None = Field(default=None, pattern=r"^https?://\S+$")
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-\w+)*$")
    licence: str | None = None


_FILES = TypeAdapter(dict[str, Details])


def details_of(paths: Iterable[Path]) -> dict[Path, Details]:
    """Return what the folders of these documents say of them; raise DetailsError when a file is wrong."""
    wanted = list(paths)
    found: dict[Path, Details] = {}
    for folder in dict.fromkeys(path.parent for path in wanted):
        if (folder / DETAILS_FILE).is_file():
            found.update(_read(folder / DETAILS_FILE))
    return {path: found[path] for path in wanted if path in found}


def reference(details: Details) -> str:
    """Return the line that is with a source: title and licence, or nothing."""
    return ". ".join(filter(None, (details.title, details.licence)))


def _read(file: Path) -> dict[Path, Details]:
    try:
        entries = _FILES.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DetailsError(file, f"the file is not valid TOML in UTF-8 ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise DetailsError(file, f"'{'.'.join(map(str, first['loc']))}': {first['msg']}") from error
    missing = [name for name in entries if not (file.parent / name).is_file()]
    if missing:
        raise DetailsError(file, f"there is no file '{missing[0]}' beside it")
    return {file.parent / name: details for name, details in entries.items()}
