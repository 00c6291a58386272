"""PDFs drawn line by line, for what no word processor makes on demand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
LEFT, TOP, LEADING = 60.0, 760.0, 13.0


@dataclass(frozen=True)
class Drawn:
    """A text at a place: points from the left and from the bottom of the page."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = 10.0
    font: str = PLAIN


@dataclass
class Sheet:
    """The texts of a page, written from top to bottom."""

    drawn: list[Drawn] = field(default_factory=list)
    y: float = TOP

    def lines(
        self, *texts: str, size: float = 10.0, font: str = PLAIN, x: float = LEFT, gap: float = 8.0
    ) -> "Sheet":
        """Add lines below each other, with a gap before the first."""
        self.y -= gap
        for text in texts:
            self.y -= size * LEADING / 10
            self.drawn.append(Drawn(text, x, self.y, size, font))
        return self


def draw(
    file: Path, sheets: Sequence[Sheet], *, password: str | None = None, bookmarks: Sequence[str] = ()
) -> Path:
    """Write a PDF with these pages; bookmarks point at the first one."""
    locked = StandardEncryption(password, ownerPassword=f"{password}!") if password else None
    canvas = Canvas(str(file), pagesize=A4, encrypt=locked)
    for number, sheet in enumerate(sheets):
        for title in bookmarks if number == 0 else ():
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, 0)
        for one in sheet.drawn:
            canvas.setFont(one.font, one.size)
            canvas.drawString(one.x, one.y, one.text)
        canvas.showPage()
    canvas.save()
    return file


def draw_scan(file: Path, pages: int = 2) -> Path:
    """Write a PDF whose pages are pictures."""
    canvas = Canvas(str(file), pagesize=A4)
    for _ in range(pages):
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return file
