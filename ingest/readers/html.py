"""HTML → blocks: the main content, without navigation, banners and what is hidden."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from errors import EmptyDocumentError
from ingest.readers.blocks import Block, Reading, row

_DROPPED_TAGS = frozenset(
    "aside button canvas datalist dialog embed footer form head iframe map menu meter nav noscript object "
    "progress script select style svg template textarea video audio".split()
)
_DROPPED_ROLES = frozenset(
    "alertdialog banner complementary contentinfo dialog form menu menubar navigation search toolbar".split()
)
# Words in a class or id that name what stands around a text on websites.
_DROPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookie(?:banner|bar|consent|wall|melding|notice)|consent|gdpr|breadcrumbs?|"
    r"kruimelpad|navbar|navigation|navigatie|sidebar|skip-?links?|social|share|newsletter|nieuwsbrief|"
    r"pagination|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 "
    "h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_HEADING = re.compile(r"h([1-6])")
_HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """What is being read: text of the present block, the marker of its list item, lists and table rows.

    `tables` tells of each table around it whether it holds data; others only place their content on a page.
    """

    text: list[str] = field(default_factory=list)
    marker: str = ""
    counters: list[int | None] = field(default_factory=list)
    tables: list[bool] = field(default_factory=list)
    cells: list[str] | None = None
    level: int | None = None

    def close(self) -> Iterator[Block]:
        """Yield the present block, if it holds text, and begin another."""
        text = re.sub(r"\s+", " ", "".join(self.text)).replace("\u00ad", "").strip()
        self.text = []
        if text and self.cells:
            self.cells[-1] = f"{self.cells[-1]} {text}".strip()
        elif text:
            yield Block(text if self.level else f"{self.marker}{text}", self.level)
            self.marker = ""


def read_html(path: Path) -> Reading:
    """Read a web page; raise EmptyDocumentError when it holds no text."""
    content = path.read_bytes()
    if not content.strip():
        raise EmptyDocumentError(path)
    try:
        page = document_fromstring(content, parser=HTMLParser(encoding=_encoding(content)))
    except etree.ParserError as error:
        raise EmptyDocumentError(path) from error
    title = page.findtext("head/title")
    return Reading(list(_blocks(_main(page))), name=" ".join((title or "").split()) or None)


def _encoding(content: bytes) -> str:
    """Return UTF-8 where it fits, else what the page names, else what old Dutch pages are in."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(content)
        return named.group(1).decode("ascii") if named else "cp1252"
    return "utf-8"


def _main(page: HtmlElement) -> HtmlElement:
    """Return the element with the main content; the page itself when nothing is marked as such."""
    for places in (page.xpath("//main | //*[@role='main']"), page.xpath("//article")):
        if len(places) == 1:
            return places[0]
    return page


def _blocks(root: HtmlElement) -> Iterator[Block]:
    state = _Open()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"comment", "pi"}:
            state.text.append(element.tail or "")
        elif event == "start":
            if element is not root and _is_dropped(element, root):
                walk.skip_subtree()
                continue
            yield from _enter(element, state)
            state.text.append(element.text or "")
        else:
            if element is root or not _is_dropped(element, root):
                yield from _leave(element, state)
            if element is not root:
                state.text.append(element.tail or "")
    yield from state.close()


def _enter(element: HtmlElement, state: _Open) -> Iterator[Block]:
    tag = element.tag
    if tag == "br":
        state.text.append(" ")
    if tag not in _BLOCKS:
        return
    yield from state.close()
    if tag in {"ul", "ol"}:
        start = element.get("start", "1")
        state.counters.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
    elif tag == "li":
        state.marker = _marker(state.counters)
    elif tag == "table":
        state.tables.append(element.find(".//table") is None and not element.xpath(_HEADINGS))
    elif tag == "tr":
        state.cells = [] if state.tables and state.tables[-1] else None
    elif tag in {"td", "th"} and state.cells is not None:
        state.cells.append("")
    elif heading := _HEADING.fullmatch(tag):
        state.level = int(heading.group(1))


def _leave(element: HtmlElement, state: _Open) -> Iterator[Block]:
    tag = element.tag
    if tag not in _BLOCKS:
        return
    yield from state.close()
    if tag in {"ul", "ol"} and state.counters:
        state.counters.pop()
    elif tag == "table" and state.tables:
        state.tables.pop()
    elif tag == "tr":
        cells, state.cells = state.cells or [], None
        if any(cells):
            yield Block(row(cells))
    elif _HEADING.fullmatch(tag):
        state.level = None
    state.marker = "" if tag == "li" else state.marker


def _marker(counters: list[int | None]) -> str:
    number = counters[-1] if counters else None
    if number is None:
        return "- "
    counters[-1] = number + 1
    return f"{number}. "


def _is_dropped(element: HtmlElement, root: HtmlElement) -> bool:
    if element.tag in _DROPPED_TAGS or element.get("role", "") in _DROPPED_ROLES:
        return True
    if element.tag == "header" and root.tag == "html" and not _within_text(element):
        return True
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_DROPPED_NAMES.search(names) or _HIDDEN.search(element.get("style", "")))


def _within_text(element: HtmlElement) -> bool:
    ancestors: Sequence[HtmlElement] = list(element.iterancestors("article", "main", "section"))
    return bool(ancestors)
