"""What is seen on the pages of a PDF: words, and the lines that they form."""

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space; places are in points from the top left corner of the page.

    A table is one such word that covers its area and holds the cells of its `rows`, of which the first
    `headers` are its header: None when its type does not tell.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    rows: Rows = ()
    headers: int | None = None

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page, and the share of it that pictures cover.

    What is printed sideways on a page is a page of the same number by itself, `turned` upright.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    pictures: float = 0.0
    turned: bool = False

    @property
    def count(self) -> int:
        """Return the number of words, those in tables too."""
        return sum(len(cell.split()) for word in self.words for row in word.rows for cell in row) + sum(
            not word.rows for word in self.words
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line within a column, or a table; `start` says whether a column begins with it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    start: bool = False
    note: bool = False
    rows: Rows = ()
    headers: int | None = None

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2
