"""The elements of a page → blocks, in the order in which they are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from ingest.readers.blocks import TextBlock
from ingest.readers.html.content import Content
from ingest.readers.html.folds import name_buttons, unfolds
from ingest.readers.html.grid import Cell, Grid, is_data, span
from ingest.readers.tables import row_texts

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details div dl dt fieldset figcaption "
    "figure form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_HEADING = re.compile(r"h([1-6])")
_OPEN_END = re.compile(r"[?!:]$")
DEEPEST = 9


@dataclass(slots=True)
class Walk:
    """What is being read: the text of the present block and what is around it.

    `tables` tells of each table around it whether it holds data; `term` is what a definition defines, and
    `left` the heading to return to behind an answer that unfolds.
    """

    text: list[str] = field(default_factory=list)
    marker: str = ""
    counters: list[int | None] = field(default_factory=list)
    tables: list[Grid | None] = field(default_factory=list)
    level: int | None = None
    above: list[tuple[int, str]] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)
    left: TextBlock | None = None
    terms: list[str] = field(default_factory=list)
    in_term: bool = False
    preformatted: bool = False

    def close(self) -> Iterator[TextBlock]:
        """Yield the present block, if it holds text, and begin another."""
        text = "".join(self.text).replace("\u00ad", "").replace("\u200b", "")
        text = text.strip() if self.preformatted else " ".join(text.split())
        self.text = []
        grid = self.tables[-1] if self.tables else None
        if not text:
            return
        if grid is not None and grid.lines and grid.lines[-1]:
            cell = grid.lines[-1][-1]
            cell.text = f"{cell.text} {text}".strip()
        elif self.in_term and self.level is None:
            self.terms.append(text)
        elif self.level is not None:
            self._open(text)
            yield TextBlock(text, self.level)
        else:
            if self.left is not None:
                yield self.left
                self.left = None
            yield TextBlock(f"{self.marker}{self._term()}{text}")
            self.marker = ""

    def close_terms(self) -> Iterator[TextBlock]:
        """Yield the terms that nothing defines."""
        if self.terms:
            yield TextBlock(", ".join(self.terms))
            self.terms = []

    def deeper(self) -> int:
        """Return the level of a heading below the present one."""
        return min(self.above[-1][0] + 1, DEEPEST) if self.above else 2

    def fold(self, start: int) -> None:
        """Return to the heading above what unfolds, as soon as text follows it."""
        self.above = [one for one in self.above if one[0] < start]
        if self.above:
            self.left = TextBlock(self.above[-1][1], self.above[-1][0])

    def _open(self, text: str) -> None:
        self.left = None
        level = self.level or 1
        self.above = [*(one for one in self.above if one[0] < level), (level, text)]

    def _term(self) -> str:
        terms, self.terms = ", ".join(self.terms), []
        return f"{terms}{'' if _OPEN_END.search(terms) else ':'} " if terms else ""


def blocks(root: HtmlElement, content: Content, drops: bool = True) -> Iterator[TextBlock]:
    """Yield the blocks of an element; without `drops`, also what looks like no content."""
    state = Walk()
    name_buttons(root, content)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: HtmlElement | None = None
    for event, element in walk:
        if event in {"comment", "pi"}:
            state.text.append(element.tail or "")
        elif event == "start":
            if element is not root and _is_skipped(element, content, state, drops):
                walk.skip_subtree()
                skipped = element
                continue
            yield from _enter(element, state)
            state.text.append(element.text or "")
        else:
            if element is not skipped:
                yield from _leave(element, state)
            if element is not root:
                state.text.append(element.tail or "")
    yield from state.close()
    yield from state.close_terms()


def _is_skipped(element: HtmlElement, content: Content, state: Walk, drops: bool) -> bool:
    if element.tag == "button" and state.level is None and not state.in_term:
        return not unfolds(element, content)
    if element.tag in {"script", "style", "head", "select", "textarea", "noframes", "template"}:
        return True
    return drops and content.drops(element)


def _enter(element: HtmlElement, state: Walk) -> Iterator[TextBlock]:  # noqa: C901 - a case for each tag.
    tag = element.tag
    if tag == "br":
        state.text.append("\n" if state.preformatted else " ")
    if tag not in _BLOCKS or (tag == "button" and (state.level is not None or state.in_term)):
        return
    yield from state.close()
    if tag in {"ul", "ol"}:
        start = element.get("start", "1")
        state.counters.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
    elif tag == "li":
        state.marker = _marker(state.counters)
    elif tag == "pre":
        state.preformatted = True
    elif tag in {"table", "tr", "td", "th"}:
        _enter_table(element, state)
    elif tag == "dt":
        state.in_term = True
    elif heading := _HEADING.fullmatch(tag):
        state.level = int(heading.group(1))
    elif tag in {"summary", "button"}:
        if tag == "button" and state.folded:
            state.above = [one for one in state.above if one[0] < state.folded[-1]]
        state.level = _level_of_fold(element, state)
    yield from _enter_panel(element, state)


def _level_of_fold(element: HtmlElement, state: Walk) -> int | None:
    """Return the level of a question that unfolds; those beside each other are as high."""
    if element.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6") or (state.tables and state.tables[-1]):
        return None
    if element.tag == "button":
        if not state.folded:
            state.folded.append(state.deeper())
        return state.folded[-1]
    return state.deeper()


def _enter_panel(element: HtmlElement, state: Walk) -> Iterator[TextBlock]:
    """Yield what a tab is called, above what it shows."""
    label = element.get("aria-labelledby") if element.get("role") == "tabpanel" else None
    found = element.getroottree().xpath("//*[@role='tab'][@id=$name]", name=label) if label else []
    if found and (name := " ".join(found[0].text_content().split())):
        level = state.folded[-1] if state.folded else state.deeper()
        state.folded = state.folded or [level]
        state.level = level
        state.text.append(name)
        yield from state.close()
        state.level = None


def _enter_table(element: HtmlElement, state: Walk) -> None:
    if element.tag == "table":
        state.tables.append(Grid() if is_data(element) else None)
    elif state.tables and (grid := state.tables[-1]) is not None:
        if element.tag == "tr":
            grid.lines.append([])
        elif grid.lines:
            header = element.tag == "th"
            grid.lines[-1].append(Cell(span(element, "colspan"), span(element, "rowspan"), header))


def _leave(element: HtmlElement, state: Walk) -> Iterator[TextBlock]:  # noqa: C901 - a case for each tag.
    tag = element.tag
    if tag not in _BLOCKS or (tag == "button" and state.in_term):
        return
    if tag == "button" and state.level is not None and any(True for _ in element.iterancestors(*_TITLES)):
        return
    yield from state.close()
    if tag in {"ul", "ol"} and state.counters:
        state.counters.pop()
    elif tag == "table" and state.tables:
        grid = state.tables.pop()
        if grid is not None:
            yield from map(TextBlock, row_texts(*grid.rows()))
    elif tag == "pre":
        state.preformatted = False
    elif tag == "dt":
        state.in_term = False
    elif tag == "dl":
        yield from state.close_terms()
    elif tag == "details" and state.above and element.find("summary") is not None:
        state.fold(state.above[-1][0])
    elif _HEADING.fullmatch(tag) or tag in {"summary", "button"}:
        if _HEADING.fullmatch(tag):
            state.folded = []
        state.level = None
    state.marker = "" if tag == "li" else state.marker


_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")


def _marker(counters: list[int | None]) -> str:
    number = counters[-1] if counters else None
    if number is None:
        return "- "
    counters[-1] = number + 1
    return f"{number}. "
