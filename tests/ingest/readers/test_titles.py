"""A document without headings has a title that people can read: its own, or its file's name made readable."""

from pathlib import Path

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read
from ingest.readers.titles import named_after, readable_title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Microsoft Word - wmo_beleid-2024.docx", "Wmo beleid 2024"),
        ("Nota parkeren.PDF", "Nota parkeren"),
        ("Wat mag er op leeuwenveld.nl", "Wat mag er op leeuwenveld.nl"),
        ("iPad-regels", "iPad regels"),
        ("Wmo-beleid in de wijk", "Wmo-beleid in de wijk"),
        ("untitled", ""),
        ("(anonymous)", ""),
        ("Document1", ""),
        ("  ", ""),
    ],
)
def test_a_title_is_readable_or_there_is_none(name: str, title: str) -> None:
    assert readable_title(name) == title


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("map/tarieven-per-jaar.md", "Tarieven per jaar"),
        ("verslag_2024-03-12.txt", "Verslag 2024-03-12"),
        ("2024.pdf", "2024"),
        ("document.docx", "document"),
    ],
)
def test_a_file_name_becomes_a_title(source: str, title: str) -> None:
    assert named_after(source) == title


@pytest.mark.parametrize(
    ("own", "title"), [("Nota parkeren", "Nota parkeren"), ("untitled", "Parkeer nota"), ("", "Parkeer nota")]
)
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_document_is_named_by_its_own_title_or_else_by_its_file(
    tmp_path: Path, ending: str, own: str, title: str
) -> None:
    file = tmp_path / f"parkeer_nota.{ending}"
    if ending == "pdf":
        canvas = Canvas(str(file))
        canvas.setTitle(own)
        canvas.drawString(60, 700, "Parkeren kost twee euro per uur.")
        canvas.save()
    else:
        document = Document()
        document.core_properties.title = own
        document.add_paragraph("Parkeren kost twee euro per uur.")
        document.save(str(file))
    assert [section.title for section in read(file, file.name)] == [title]
