"""Front matter: what a Markdown file says of itself, in the fields of this project or in those of others."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from ingest.readers.blocks import DocumentFields

_YAML = re.compile(r"\A---[ \t]*\n(?=\S)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?:['\"]?[\w.@$-]+['\"]?\s*:(?:\s|$)|\s|#|-\s|[\]}])")
_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_WHOLE = "front matter"  # Named where all of it is broken.
_FIELDS: Mapping[str, TypeAdapter[Any]] = {
    "title": TypeAdapter(str),
    "practice": TypeAdapter(str),
    "aspect": TypeAdapter(str),
    "order": TypeAdapter(int),
    "sources": TypeAdapter(tuple[str, ...]),
}


def front_matter(text: str) -> tuple[DocumentFields, tuple[str, ...], str]:
    """Return what the front matter says, the fields of ours that it fills with something else, and the body.

    Front matter that is broken gives its title at most; a text between two lines is no front matter.
    """
    if match := _TOML.match(text):
        return *_about(_toml(match.group(1))), text[match.end() :]
    match = _YAML.match(text)
    if match is None or not all(_FIELD.match(line) for line in match.group(1).split("\n") if line):
        return DocumentFields(), (), text
    values = _yaml(match.group(1))
    if not isinstance(values, dict):
        return DocumentFields(), (), text
    return *_about(values), text[match.end() :]


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return _broken(text)


def _yaml(text: str) -> object:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):  # An impossible date raises the latter.
        return _broken(text)


def _broken(text: str) -> dict[str, Any]:
    title = _TITLE.search(text)
    return {_WHOLE: text, **({"title": title.group(1)} if title else {})}


def _about(values: Mapping[str, Any]) -> tuple[DocumentFields, tuple[str, ...]]:
    """Return the fields that have the shape of ours, and the names of those that have another."""
    used: dict[str, Any] = {}
    unused = [name for name in (_WHOLE,) if name in values]
    for name, shape in _FIELDS.items():
        value = values.get(name)
        if value is None:
            continue
        try:
            used[name] = shape.validate_python(str(value) if _is_plain(name, value) else value)
        except ValidationError:
            unused.append(name)
    return DocumentFields(**used), tuple(unused)


def _is_plain(name: str, value: object) -> bool:
    """Return whether a title is a number or a date, which YAML takes for more than a text."""
    return name == "title" and not isinstance(value, str | list | dict)
