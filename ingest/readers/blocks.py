"""What every reader gives: the headings and texts of a document, in reading order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.types import Unread

PageStarts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading (`level` 1 is the highest) or, without level, a paragraph, list item or row of a table.

    `pages` are the offsets in `text` where a page begins, with its number; none in a document without pages.
    """

    text: str
    level: int | None = None
    pages: PageStarts = ()


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What a document says about itself: a Markdown file in its front matter, others their title at most."""

    title: str | None = None
    practice: str | None = None
    aspect: str | None = None
    order: int = 0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read; `name` is its title where no heading gives one, `unread` what it holds besides.

    `labels` are the numbers that are printed on its pages, by their own, where the two differ.
    """

    blocks: Sequence[TextBlock]
    about: DocumentFields = field(default_factory=DocumentFields)
    name: str | None = None
    unread: tuple[Unread, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)


def row(cells: Sequence[str]) -> str:
    """Return one row of a table as a line of text."""
    return " | ".join(cell for cell in cells if cell)
