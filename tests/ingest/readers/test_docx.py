"""A Word document: headings by style or weight, lists, tables, notes, and changes that were tracked."""

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from errors import DamagedDocumentError, EmptyDocumentError
from ingest.readers import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def texts(document: WordDocument, folder: Path) -> list[tuple[str, str]]:
    """Return title and text of each section of a document."""
    document.save(str(folder / "stuk.docx"))
    return [(one.title, one.text) for one in read(folder / "stuk.docx", "stuk.docx")]


def test_heading_styles_make_sections_and_the_title_names_the_document(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Gids", 0)
    document.add_heading("Living lab", 1)
    document.add_heading("Doel", 2)
    document.add_paragraph("Leren.")
    document.add_heading("Doorbraak", 1)
    document.add_paragraph("Verbeteren.")
    assert texts(document, tmp_path) == [("Living lab – Doel", "Leren."), ("Doorbraak", "Verbeteren.")]


def test_without_heading_styles_a_bold_line_is_a_heading(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Doel").bold = True
    document.add_paragraph("Leren.")
    document.add_paragraph().add_run("Dit is belangrijk.").bold = True
    assert texts(document, tmp_path) == [("Doel", "Leren.\n\nDit is belangrijk.")]


def test_lists_and_tables_are_readable(tmp_path: Path) -> None:
    document = Document()
    for text in ("een", "twee"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("begin", "ga door"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Lab", "jaren"
    assert texts(document, tmp_path) == [("stuk", "- een\n- twee\n1. begin\n2. ga door\n\nLab | jaren")]


def test_inserted_text_counts_and_deleted_text_does_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Een ")
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>nieuwe</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>oude</w:delText></w:r></w:del>"))
    paragraph.add_run(" zin.")
    assert texts(document, tmp_path) == [("stuk", "Een nieuwe zin.")]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Doel\t3", style="TOC 1")
    document.add_paragraph("Leren.")
    assert texts(document, tmp_path) == [("stuk", "Leren.")]


def test_an_empty_or_broken_document_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        texts(Document(), tmp_path)
    (tmp_path / "leeg.docx").write_bytes(b"")
    with pytest.raises(EmptyDocumentError):
        read(tmp_path / "leeg.docx", "leeg.docx")
    (tmp_path / "half.docx").write_bytes((tmp_path / "stuk.docx").read_bytes()[:2_000])
    with pytest.raises(DamagedDocumentError):
        read(tmp_path / "half.docx", "half.docx")
