"""The record of a conversation as a Word document, and as one HTML page that needs nothing else."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import groupby

from web import texts
from web.chat.saved import Kind, Part
from web.http.html import page

_STYLES: Mapping[Kind, str] = {
    "title": "Title",
    "turn": "Heading 1",
    "heading": "Heading 2",
    "bullet": "List Bullet",
    "number": "List Paragraph",  # Word would count on from the list before it: the numbers are written.
}
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SMALL_PT = 9
A4_MM, MARGIN_MM = (210, 297), 20
COMPACT_PT, COMPACT_SPACE_PT = 10, 3


def printable(parts: Iterable[Part], back: str = "") -> str:
    """Return the record as one HTML file, on a screen with a way `back`; what others wrote is escaped."""
    record = list(parts)
    groups = groupby(record, key=lambda part: part.kind)
    return page("chat/record.html", title=_title(record), groups=groups, back=back, texts=texts)


def _title(record: Iterable[Part]) -> str:
    return next((part.text for part in record if part.kind == "title"), texts.TITLE)


def word(parts: Iterable[Part], author: str, *, compact: bool = False) -> bytes:
    """Return the record as a Word document; a compact one has smaller letters and little space."""
    from docx import Document
    from docx.shared import Mm, Pt

    made, record = Document(), list(parts)
    paper = made.sections[0]
    paper.page_width, paper.page_height = Mm(A4_MM[0]), Mm(A4_MM[1])
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(MARGIN_MM)
    made.core_properties.title, made.core_properties.language = _title(record), "nl-NL"
    made.core_properties.author = author
    if compact:
        normal = made.styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = Pt(COMPACT_PT), Pt(COMPACT_SPACE_PT)
        normal.paragraph_format.line_spacing = 1.0
        made.styles["Heading 1"].paragraph_format.space_before = Pt(COMPACT_PT)
    number = 0
    for part in record:
        number = number + 1 if part.kind == "number" else 0
        line = made.add_paragraph(style=_STYLES.get(part.kind))
        key = f"{number}. {part.key}" if number else part.key
        runs = [line.add_run(_readable(key)), line.add_run(_readable(part.text))]
        runs[0].bold = bool(part.key) or None
        for run in runs if part.kind == "small" else []:
            run.font.size = Pt(SMALL_PT)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _readable(text: str) -> str:
    """Return text without the control characters that XML forbids."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
