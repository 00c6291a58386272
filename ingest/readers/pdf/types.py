"""What is seen on the pages of a PDF: words, and the lines that they form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space; places are in points from the top left corner of the page.

    A table is one such word that covers its area and holds its `rows`.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    rows: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page; `images` tells whether it shows pictures."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    images: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line within a column, or a table; `start` tells whether a column begins with it."""

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
    rows: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2
