"""A Word document: headings by style or weight, lists, tables, notes, and changes that were tracked."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.shared import Pt

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
    assert texts(document, tmp_path) == [
        ("Gids – Living lab – Doel", "Leren."), ("Gids – Doorbraak", "Verbeteren.")
    ]  # fmt: skip


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
    assert texts(document, tmp_path) == [("Stuk", "- een\n- twee\n1. begin\n2. ga door\n\nLab | jaren")]


def test_inserted_text_counts_and_deleted_text_does_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Een ")
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>nieuwe</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>oude</w:delText></w:r></w:del>"))
    paragraph.add_run(" zin.")
    assert texts(document, tmp_path) == [("Stuk", "Een nieuwe zin.")]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Doel\t3", style="TOC 1")
    document.add_paragraph("Leren.")
    assert texts(document, tmp_path) == [("Stuk", "Leren.")]


def test_an_empty_or_broken_document_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        texts(Document(), tmp_path)
    (tmp_path / "leeg.docx").write_bytes(b"")
    with pytest.raises(EmptyDocumentError):
        read(tmp_path / "leeg.docx", "leeg.docx")
    (tmp_path / "half.docx").write_bytes((tmp_path / "stuk.docx").read_bytes()[:2_000])
    with pytest.raises(DamagedDocumentError):
        read(tmp_path / "half.docx", "half.docx")


def test_text_boxes_are_read_once_and_notes_also_in_tables(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Het loket.")
    box = "<w:txbxContent><w:p><w:r><w:t>Bel 0512 345 678.</w:t></w:r></w:p></w:txbxContent>"
    document.element.body.insert(
        1,
        parse_xml(
            f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
            f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert texts(document, tmp_path) == [("Stuk", "Het loket.\n\nBel 0512 345 678.")]


def test_hidden_text_and_rows_that_tracked_changes_deleted_are_left_out(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("De subsidie is 1.000 euro. ")
    paragraph.add_run("Intern: 2.500 euro.").font.hidden = True
    table = document.add_table(2, 2)
    for row, texts_of_row in zip(table.rows, (("Oud", "30 euro"), ("Nieuw", "40 euro")), strict=True):
        for cell, text in zip(row.cells, texts_of_row, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="a"/>'))
    assert texts(document, tmp_path) == [("Stuk", "De subsidie is 1.000 euro.\n\nNieuw | 40 euro")]


def test_a_table_in_a_table_is_read_once(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Huur", "Per dagdeel:"
    inner = outer.cell(0, 1).add_table(2, 2)
    for row, (name, price) in zip(inner.rows, (("Ochtend", "45 euro"), ("Avond", "60 euro")), strict=True):
        row.cells[0].text, row.cells[1].text = name, price
    assert texts(document, tmp_path) == [
        ("Stuk", "Huur\n\nPer dagdeel:\n\nOchtend | 45 euro\n\nAvond | 60 euro")
    ]


def test_headings_in_a_style_of_the_organisation_are_headings(tmp_path: Path) -> None:
    document = Document()
    style = document.styles.add_style("Blok groot", 1)
    style.font.bold, style.font.size = True, Pt(16)
    document.add_paragraph("Verzekering", style="Blok groot")
    for _ in range(3):
        document.add_paragraph("Iedereen is verzekerd.")
    assert texts(document, tmp_path) == [("Verzekering", "\n\n".join(["Iedereen is verzekerd."] * 3))]


def test_of_bold_lines_below_each_other_the_first_is_a_heading_and_the_others_are_facts(
    tmp_path: Path,
) -> None:
    document = Document()
    for text in ("Eetcafé", "Elke donderdag om 17.30 uur", "Drie gangen voor 6 euro"):
        document.add_paragraph().add_run(text).bold = True
    document.add_paragraph("Kom gezellig mee-eten.")
    assert texts(document, tmp_path) == [
        ("Eetcafé", "Elke donderdag om 17.30 uur\n\nDrie gangen voor 6 euro\n\nKom gezellig mee-eten.")
    ]


def test_numbers_that_word_gives_to_headings_are_read(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="70"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="Artikel %1"/></w:lvl><w:lvl w:ilvl="1">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3."/>'
            "</w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="70"/></w:num>'))
    for text, depth in (
        ("Begrippen", 0),
        ("Wij lezen.", 1),
        ("Termijn", 0),
        ("Acht weken.", 1),
        ("Of tien.", 2),
    ):
        paragraph = document.add_heading(text, 1) if depth == 0 else document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, 77
    assert texts(document, tmp_path) == [
        ("Artikel 1 Begrippen", "1.1 Wij lezen."),
        ("Artikel 2 Termijn", "2.1 Acht weken.\n\n- a) Of tien."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "suffix"),
    [
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ".docx",
        ),
        (
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
            ".docm",
        ),
        (b"word/document.xml", b"word/document2.xml", ".docx"),
    ],
    ids=["strict", "with macros", "Word Online"],
)
def test_a_document_of_another_make_is_read(before: bytes, after: bytes, suffix: str, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Jaarverslag", 1)
    document.add_paragraph("De vereniging telde 250 leden.")
    document.save(str(tmp_path / "gewoon.docx"))
    file = tmp_path / f"stuk{suffix}"
    with zipfile.ZipFile(tmp_path / "gewoon.docx") as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            name = part.filename.replace(before.decode(), after.decode())
            name = name.replace("document.xml.rels", "document2.xml.rels") if b"2.xml" in after else name
            new.writestr(name, old.read(part.filename).replace(before, after))
    assert [(one.title, one.text) for one in read(file, file.name)] == [
        ("Jaarverslag", "De vereniging telde 250 leden.")
    ]


def test_headings_in_a_table_that_only_places_them_are_headings(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(1, 2)
    for cell, title, text in zip(
        table.rows[0].cells, ("Open", "Contact"), ("Van negen tot vijf.", "Bel 14 0123."), strict=True
    ):
        cell.paragraphs[0].style = document.styles["Heading 1"]
        cell.paragraphs[0].add_run(title)
        cell.add_paragraph(text)
    assert texts(document, tmp_path) == [("Open", "Van negen tot vijf."), ("Contact", "Bel 14 0123.")]


def test_the_first_row_is_a_header_where_the_style_of_the_table_shows_it(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    for row, cells in zip(table.rows, (("Vraag", "Aanspreekpunt"), ("Huren", "De Boer")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    assert texts(document, tmp_path) == [("Stuk", "Vraag | Aanspreekpunt\nHuren | De Boer")]


def test_headings_in_an_own_style_are_below_those_of_word(tmp_path: Path) -> None:
    document = Document()
    style = document.styles.add_style("Tussenkop", 1)
    style.font.bold = True
    document.add_heading("Zwembad", 1)
    for title, text in (
        ("Kinderen", "Kinderen zwemmen met een volwassene."),
        ("Duiken", "Duik alleen diep."),
    ):
        document.add_paragraph(title, style="Tussenkop")
        document.add_paragraph(text)
    assert texts(document, tmp_path) == [
        ("Zwembad – Kinderen", "Kinderen zwemmen met een volwassene."),
        ("Zwembad – Duiken", "Duik alleen diep."),
    ]


def test_headings_in_an_own_style_in_a_table_that_places_them_are_headings(tmp_path: Path) -> None:
    document = Document()
    style = document.styles.add_style("Tussenkop", 1)
    style.font.bold = True
    table = document.add_table(1, 2)
    asked = (("Open", "Wij zijn open van negen tot vijf."), ("Contact", "Bel ons voor een afspraak."))
    for cell, (title, text) in zip(table.rows[0].cells, asked, strict=True):
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(title)
        cell.add_paragraph(text)
    assert texts(document, tmp_path) == list(asked)


def test_a_table_in_a_price_list_stands_in_its_row(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(3, 2)
    for row, cells in zip(outer.rows, (("Soort", "Prijs"), ("Zaal", "45 euro"), ("Pakket", "")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    inner = outer.cell(2, 1).add_table(2, 2)
    for row, cells in zip(inner.rows, (("Groot", "90 euro"), ("Klein", "70 euro")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    assert texts(document, tmp_path) == [
        (
            "Stuk",
            "Soort | Prijs\nZaal | 45 euro\n\nSoort | Prijs\nPakket | Groot 90 euro, Klein 70 euro",
        )
    ]


def test_what_stands_in_content_controls_is_read(tmp_path: Path) -> None:
    document = Document()
    text = "<w:p><w:r><w:t>De zaal kost </w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>45 euro.</w:t></w:r>"
    control = f"<w:sdt {W}><w:sdtContent>{text}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    assert texts(document, tmp_path) == [("Stuk", "De zaal kost 45 euro.")]


def test_an_equation_is_read_as_its_text(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("De bijdrage is ")
    paragraph._p.append(
        parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            "<m:r><m:t>b=</m:t></m:r><m:f><m:num><m:r><m:t>inkomen</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>12</m:t></m:r></m:den></m:f></m:oMath>"
        )
    )
    assert texts(document, tmp_path) == [("Stuk", "De bijdrage is b=inkomen/12")]
