"""HTML → blocks: the content of a page, without menus, banners and what is hidden."""

from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from errors import EmptyDocumentError, FramesError
from ingest.readers.blocks import ReadDocument, TextBlock
from ingest.readers.html.charset import decoded
from ingest.readers.html.content import content_of
from ingest.readers.html.walk import blocks
from ingest.types import Unread

__all__ = ["html_blocks", "read_html"]

_FRAMES = "//frame[@src] | //iframe[@src and not(ancestor::noscript)]"


def read_html(path: Path) -> ReadDocument:
    """Read a web page; raise FramesError when its text is in frames, EmptyDocumentError without text."""
    page = _page(path, decoded(path.read_bytes()))
    found = html_blocks(page)
    if not found and page.xpath(_FRAMES):
        raise FramesError(path)
    unread = (Unread(path, "frames"),) if page.xpath("//frame[@src]") else ()
    title = page.findtext("head/title")
    return ReadDocument(found, name=" ".join((title or "").split()) or None, unread=unread)


def html_blocks(page: HtmlElement) -> list[TextBlock]:
    """Return the blocks of the content of a page; of all that it shows when it seems to have none."""
    content = content_of(page)
    root = content.root()
    found = list(blocks(root, content))
    if not found or found[0].level is None:  # Content that begins with a heading has its title.
        found = [*(block for part in content.heads(root) for block in blocks(part, content)), *found]
    if any(block.level is None for block in found):
        return found
    return [] if page.xpath(_FRAMES) else list(blocks(page, content))


def _page(path: Path, text: str) -> HtmlElement:
    if not text.strip("\0 \t\r\n"):
        raise EmptyDocumentError(path)
    try:
        content = text.replace("\0", "").encode("utf-8", "replace")
        return document_fromstring(content, parser=HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise EmptyDocumentError(path) from error
