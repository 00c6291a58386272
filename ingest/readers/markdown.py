"""Markdown → blocks, with what its front matter says about it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from errors import DocumentError, EmptyDocumentError, EncodingError, FrontMatterError
from ingest.readers.blocks import About, Block, Reading, row

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_ABOUT = TypeAdapter(About)


def read_markdown(path: Path) -> Reading:
    """Read a UTF-8 Markdown file; raise DocumentError if empty, not UTF-8 or with broken front matter."""
    about, body = _front_matter(path, _decoded(path))
    return Reading(list(_blocks(body)), about)


def _decoded(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EncodingError(path) from error
    except OSError as error:
        raise DocumentError(path, error.strerror or "cannot be opened") from error
    if not text.strip("\0 \t\r\n"):
        raise EmptyDocumentError(path)
    return text.replace("\0", "")


def _front_matter(path: Path, text: str) -> tuple[About, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return About(), text
    try:
        values: Mapping[str, Any] = yaml.load(match.group(1), Loader=yaml.CSafeLoader) or {}
        return _ABOUT.validate_python(values), text[match.end() :]
    except yaml.YAMLError as error:
        raise FrontMatterError(path, "the front matter is not valid YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise FrontMatterError(path, f"front matter '{name}': {first['msg']}") from error


def _blocks(body: str) -> Iterator[Block]:
    level: int | None = None
    cells: list[str] | None = None
    for marker, token in _walk(MarkdownIt("commonmark").enable("table").parse(body)):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield Block(row(cells or ()))
            cells = None
        elif token.type == "inline":
            text = _plain(token)
            if cells is not None:
                cells.append(text)
            elif text:
                yield Block(f"{marker}{text}", level)
            level = None
        elif token.type in {"code_block", "fence"} and token.content.strip():
            yield Block(token.content.strip())


def _walk(tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    """Yield each token with the list marker ('1. ', '- ') that its first text needs."""
    counters: list[int | None] = []
    marker = ""
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            counters.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            counters.pop()
        elif token.type == "list_item_open":
            number = counters[-1]
            marker = "- " if number is None else f"{number}. "
            if number is not None:
                counters[-1] = number + 1
        yield marker, token
        if token.type == "inline":
            marker = ""


def _plain(token: Token) -> str:
    """Return an inline token's text without markup, line breaks as spaces."""
    texts = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children or ()
        if child.type in {"text", "code_inline", "softbreak", "hardbreak"} or child.type == "image"
    ]
    return re.sub(r"\s+", " ", "".join(texts)).strip()
