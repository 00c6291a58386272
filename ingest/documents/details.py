"""document.toml: what a folder says of its documents one by one, and of all of them together."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from errors import DetailsError
from ingest.types import About, Unread

DETAILS_FILE = "document.toml"
ABOUT = "about"  # The table that is about all documents; every other one has the name of a file.
_Kind = TypeVar("_Kind")


class Details(BaseModel):
    """What is said of one document; `address` is where a browser finds it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str | None = None
    address: str | None = Field(default=None, pattern=r"^https?://\S+$")
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-\w+)*$")
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class FolderDetails:
    """What the folders of documents say: of each document that they name, and of all together."""

    documents: Mapping[Path, Details] = field(default_factory=dict)
    about: About | None = None

    def of(self, path: Path) -> Details:
        """Return what is said of a document, or details that say nothing."""
        return self.documents.get(path, Details())


def details_of(paths: Iterable[Path], unread: list[Unread]) -> FolderDetails:
    """Return what the folders of these documents say; raise DetailsError when a file is no TOML.

    A field that cannot be used, or an entry for a file that is not there, is added to `unread`.
    """
    found: dict[Path, Details] = {}
    about: About | None = None
    for folder in dict.fromkeys(path.parent for path in paths):
        if (folder / DETAILS_FILE).is_file():
            read = _read(folder / DETAILS_FILE, unread)
            found.update(read.documents)
            about = about or read.about
    return FolderDetails(found, about)


def reference(details: Details) -> str:
    """Return the line that is with a source: title and licence, or nothing."""
    return ". ".join(filter(None, (details.title, details.licence)))


def _read(file: Path, unread: list[Unread]) -> FolderDetails:
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DetailsError(file, f"the file is not valid TOML in UTF-8 ({error})") from error
    found: dict[Path, Details] = {}
    about: About | None = None
    for name, fields in entries.items():
        if name == ABOUT:
            about = _usable(About, fields, (file, name), unread)
        elif isinstance(fields, dict) and (file.parent / name).is_file():
            found[file.parent / name] = _usable(Details, fields, (file, name), unread) or Details()
        else:
            unread.append(Unread(file, "field", name=name))
    return FolderDetails(found, about)


def _usable(
    kind: type[_Kind],
    fields: Any,  # noqa: ANN401 - whatever the TOML file holds
    place: tuple[Path, str],
    unread: list[Unread],
) -> _Kind | None:
    """Return the entry without the fields that cannot be used, which are noted; None when it is no table."""
    read = TypeAdapter(kind).validate_python
    try:
        return read(fields)
    except ValidationError as error:
        wrong = [str(one["loc"][0]) for one in error.errors() if one["loc"]]
        file, name = place
        unread += [Unread(file, "field", name=f"{name}: {one}") for one in wrong or [name]]
        return read(_without(fields, wrong)) if wrong else None


def _without(fields: Mapping[str, Any], wrong: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in wrong}
