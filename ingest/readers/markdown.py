"""Markdown → blocks, by the page that it makes, with what its front matter says about it."""

import html
from collections.abc import Sequence
from pathlib import Path

from lxml.html import HTMLParser, document_fromstring
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from errors import DocumentError, EmptyDocumentError, EncodingError
from ingest.readers.blocks import ReadDocument, TextBlock
from ingest.readers.front_matter import front_matter
from ingest.readers.html import html_blocks
from ingest.types import Unread


def read_markdown(path: Path) -> ReadDocument:
    """Read a UTF-8 Markdown file; raise DocumentError if empty or not UTF-8."""
    about, unused, body = front_matter(decoded(path))
    return ReadDocument(
        _blocks(body), about, unread=tuple(Unread(path, "field", name=name) for name in unused)
    )


def decoded(path: Path) -> str:
    """Return the text of a file; raise EncodingError, or EmptyDocumentError when there is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EncodingError(path) from error
    except OSError as error:
        raise DocumentError(path, error.strerror or "cannot be opened") from error
    if not text.strip("\0 \t\r\n"):
        raise EmptyDocumentError(path)
    return text.replace("\0", "")


def _blocks(body: str) -> list[TextBlock]:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.add_render_rule("image", _alternative)
    page = f"<html><body>{parser.render(body)}</body></html>"
    return html_blocks(document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8")))


def _alternative(_: RendererHTML, tokens: Sequence[Token], place: int, *__: object) -> str:
    """Return what is read in the place of a picture."""
    return html.escape(tokens[place].content)
