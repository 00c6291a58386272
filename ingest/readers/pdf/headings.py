"""Which lines are headings: by their type (larger or bolder than the text) and by the bookmarks."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from ingest.readers.pdf.pages import Bookmark
from ingest.readers.pdf.types import Line
from ingest.text.tokens import folded

LARGER = 1.08  # Of the text's size: a heading in 11 points above text in 10.
MOST_WORDS, MOST_LINES = 25, 4  # A longer piece in large or bold type is an introduction.
MOST_BOLD_WORDS = 14  # Bold of the text's own size: a longer piece is stressed text.
_SENTENCE_END = re.compile(r"[.;,!…]['’”\")]*$")
_WORDS = re.compile(r"\w+")

Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Headings:
    """The text's own style, the level of each heading style, and the level of each bookmark.

    The bookmarks that are `printed` in the style of a heading name no line that is set as text.
    """

    text: Style
    styles: Mapping[Style, int]
    bookmarks: Mapping[str, int]
    printed: frozenset[str] = frozenset()

    def level(self, lines: Sequence[Line]) -> int | None:
        """Return the level of the heading that lines of one style form, or None when they are text."""
        heading = " ".join(line.text for line in lines)
        if not _may_be_heading(heading, lines):
            return None
        if self._names(_key(heading), lines[0]):
            return self.bookmarks[_key(heading)]
        size, bold = style = _style(lines[0])
        if size < self.text[0] * LARGER and not self._stands_out(lines, bold):
            return None
        return None if _SENTENCE_END.search(heading) else self.styles.get(style)

    def bookmarked(self, lines: Sequence[Line]) -> int:
        """Return how many of these lines, from the first on, are together what a bookmark names, or 0.

        The most lines count: the first line of a title may be all of another one.
        """
        titles = accumulate(takewhile(bool, (_key(line.text) for line in lines)))
        return max(
            (count for count, title in enumerate(titles, start=1) if self._names(title, lines[0])), default=0
        )

    def _names(self, title: str, line: Line) -> bool:
        """Return whether a bookmark has this title and may belong to what begins with this line."""
        return title in self.bookmarks and not (_style(line) == self.text and title in self.printed)

    def _stands_out(self, lines: Sequence[Line], bold: bool) -> bool:
        words = sum(len(line.text.split()) for line in lines)
        ends_open = lines[-1].text.endswith(":")
        return (
            bold
            and not self.text[1]
            and words <= MOST_BOLD_WORDS
            and not ends_open
            and _style(lines[0])[0] >= self.text[0]
        )


def learn(lines: Sequence[Line], bookmarks: Sequence[Bookmark]) -> Headings:
    """Learn from all lines which style is the text's, and rank those that are larger or bolder."""
    counted: Counter[Style] = Counter()
    for line in lines:
        if not line.rows:
            counted[_style(line)] += len(line.text)
    text = counted.most_common(1)[0][0] if counted else (10.0, False)
    if len(counted) == 1 and any(line.rows for line in lines):
        text = text[0], False  # The text is in tables: what is bold above them names them.
    named = {_key(title): level for level, title in reversed(bookmarks) if _key(title)}
    ranked = sorted((s for s in counted if s[0] >= text[0] * LARGER or (s[1] and not text[1])), reverse=True)
    return Headings(text, _levels(ranked, lines, named), named, _printed(ranked, lines, named))


def same_style(one: Line, other: Line) -> bool:
    """Return whether two lines are set in the same size and weight."""
    return _style(one) == _style(other)


def _levels(ranked: Sequence[Style], lines: Sequence[Line], named: Mapping[str, int]) -> dict[Style, int]:
    """Return a level for each style: its bookmarks' where it has any, else below them, by size."""
    levels: dict[Style, int] = {}
    for line in lines:
        level = named.get(_key(line.text))
        if level is not None and _style(line) in ranked:
            levels[_style(line)] = min(level, levels.get(_style(line), level))
    deepest = max(named.values(), default=0)
    others = [style for style in ranked if style not in levels]
    return {**{style: deepest + rank for rank, style in enumerate(others, start=1)}, **levels}


def _printed(ranked: Sequence[Style], lines: Sequence[Line], named: Mapping[str, int]) -> frozenset[str]:
    """Return the bookmarks that lines larger or bolder than the text show."""
    runs = (
        takewhile(lambda line: _style(line) in ranked, lines[place : place + MOST_LINES])
        for place in range(len(lines))
    )
    return frozenset(title for run in runs for title in accumulate(_key(line.text) for line in run)) & {
        *named
    }


def _may_be_heading(heading: str, lines: Sequence[Line]) -> bool:
    words = len(heading.split())
    letters = any(character.isalpha() for character in heading)
    return letters and words <= MOST_WORDS and len(lines) <= MOST_LINES and not lines[0].rows


def _style(line: Line) -> Style:
    return line.size, line.bold


def _key(title: str) -> str:
    """Return the letters: where a title was broken, bookmarks lack the space or have a soft hyphen."""
    return "".join(_WORDS.findall(folded(title)))
