"""Markdown → Sections: one per heading, or one per file when front matter gives the title."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, ValidationError

from errors import DocumentError, EmptyDocumentError, EncodingError, FrontMatterError
from ingest.types import GENERAL, Section

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)


class FrontMatter(BaseModel):
    """What a Markdown file may say about itself before its text."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: str | None = None
    practice: str = GENERAL
    aspect: str | None = None
    order: int = 0
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class _Part:
    """A heading with the blocks below it, while a document is being read."""

    heading: str | None
    blocks: list[str] = field(default_factory=list)


def read_markdown(path: Path, source: str) -> list[Section]:
    """Read a UTF-8 Markdown file; raise DocumentError if empty, not UTF-8 or with broken front matter."""
    front, body = _front_matter(path, _decoded(path))
    parts = [part for part in _parts(body) if part.blocks]
    if not parts:
        raise EmptyDocumentError(path)
    stem = str(PurePosixPath(source).with_suffix(""))
    titles = [" – ".join(filter(None, (front.title, part.heading))) or path.stem for part in parts]
    return [
        Section(
            section_id=stem if len(parts) == 1 else f"{stem}/{number}",
            title=title,
            practice=front.practice,
            source=source,
            text="\n\n".join(part.blocks),
            aspect=front.aspect,
            order=front.order,
            sources=front.sources,
        )
        for number, (part, title) in enumerate(zip(parts, titles, strict=True), start=1)
    ]


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


def _front_matter(path: Path, text: str) -> tuple[FrontMatter, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return FrontMatter(), text
    try:
        values: Mapping[str, Any] = yaml.safe_load(match.group(1)) or {}
        return FrontMatter.model_validate(values), text[match.end() :]
    except yaml.YAMLError as error:
        raise FrontMatterError(path, "the front matter is not valid YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise FrontMatterError(path, f"front matter '{name}': {first['msg']}") from error


def _parts(body: str) -> list[_Part]:
    parts = [_Part(None)]
    heading = False
    for depth, token in _walk(MarkdownIt("commonmark").enable("table").parse(body)):
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline":
            text = _plain(token)
            if heading:
                parts.append(_Part(text))
            elif text:
                parts[-1].blocks.append(f"{depth}{text}")
            heading = False
        elif token.type in {"code_block", "fence"} and token.content.strip():
            parts[-1].blocks.append(token.content.strip())
    return parts


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
