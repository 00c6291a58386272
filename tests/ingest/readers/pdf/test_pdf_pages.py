"""Pages of a PDF that are turned, scanned or filled in, and what names them."""

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from errors import ScannedDocumentError
from ingest.readers import read
from ingest.types import Unread
from tests.ingest.readers.drawn import BOLD, Drawn, Sheet, draw

WIDTH, HEIGHT = A4


def texts(file: Path, unread: list[Unread] | None = None) -> list[tuple[str, str]]:
    """Return title and text of each section."""
    return [(section.title, section.text) for section in read(file, "stuk.pdf", unread=unread)]


def picture(canvas: Canvas, share: float = 1.0) -> None:
    """Draw a picture that covers this share of both sides of the page."""
    canvas.drawInlineImage(Image.new("L", (60, 80), 200), 60, 60, share * WIDTH, share * HEIGHT)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_on_a_page_that_is_shown_turned_is_read(degrees: int, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.setPageRotation(degrees)
    canvas.translate(*{90: (HEIGHT, 0), 180: A4, 270: (0, WIDTH)}[degrees])
    canvas.rotate(degrees)
    canvas.drawString(60, 400, "Hulp kost 29,50 euro per uur,")
    canvas.drawString(60, 385, "ook op zondag.")
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", "Hulp kost 29,50 euro per uur, ook op zondag.")]


def test_text_that_is_printed_upside_down_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "Bijlage bij de nota.")
    canvas.translate(WIDTH, HEIGHT)
    canvas.rotate(180)
    canvas.drawString(60, 700, "Hulp kost 29,50 euro per uur.")
    canvas.drawString(60, 685, "Begeleiding kost 58,20 euro per uur.")
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [
        (
            "Stuk",
            "Bijlage bij de nota.\n\nHulp kost 29,50 euro per uur. Begeleiding kost 58,20 euro per uur.",
        )
    ]


def test_a_sentence_on_one_line_that_is_printed_sideways_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "De tarieven staan hiernaast.")
    canvas.rotate(90)
    canvas.drawString(100, -200, "Een urnengraf kost 650 euro voor twintig jaar.")
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [
        ("Stuk", "De tarieven staan hiernaast.\n\nEen urnengraf kost 650 euro voor twintig jaar.")
    ]


def test_numbered_titles_in_bold_of_the_size_of_the_text_are_titles(tmp_path: Path) -> None:
    words = ("wonen", "zorg", "jeugd", "sport")
    sheets = [
        Sheet(y=815).lines(f"Les {number}", font=BOLD).lines(f"Vandaag leren we wat {word} is.")
        for number, word in enumerate(words, start=1)
    ]
    assert texts(draw(tmp_path / "stuk.pdf", sheets)) == [
        (f"Les {number}", f"Vandaag leren we wat {word} is.") for number, word in enumerate(words, start=1)
    ]


def test_a_running_title_in_bold_with_the_number_of_the_page_is_left_out(tmp_path: Path) -> None:
    words = ("wonen", "zorg", "jeugd", "sport")
    sheets = [
        Sheet(y=815).lines(f"Nota van de raad | {number}", font=BOLD).lines(f"Dit deel gaat over {word}.")
        for number, word in enumerate(words, start=1)
    ]
    (section,) = texts(draw(tmp_path / "stuk.pdf", sheets))
    assert section == ("Stuk", "\n\n".join(f"Dit deel gaat over {word}." for word in words))


def test_a_bold_line_above_a_table_without_rules_is_its_title(tmp_path: Path) -> None:
    sheet = Sheet().lines("Tarieven", font=BOLD)
    for name, price in (("Dienst", "Tarief"), ("Paspoort", "86,85"), ("Spoed", "57,85")):
        sheet.lines(name)
        sheet.drawn.append(Drawn(price, 310, sheet.y))
    header = "Dienst | Tarief"
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        ("Tarieven", f"{header}\nPaspoort | 86,85\n\n{header}\nSpoed | 57,85")
    ]


def test_a_scan_with_a_long_stamp_at_its_edge_is_a_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    picture(canvas)
    for y in (800, 785, 770):
        canvas.drawString(60, y, "Ingekomen op 12 maart 2025 bij de gemeente Westerwolde")
    canvas.save()
    with pytest.raises(ScannedDocumentError):
        texts(tmp_path / "stuk.pdf")


def test_a_scanned_page_with_margins_is_named(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "Voorblad van het verslag.")
    canvas.showPage()
    picture(canvas, share=0.6)
    canvas.save()
    unread: list[Unread] = []
    assert texts(tmp_path / "stuk.pdf", unread) == [("Stuk", "Voorblad van het verslag.")]
    assert unread == [Unread(tmp_path / "stuk.pdf", "scans", (2,))]


def test_a_page_with_a_table_on_a_picture_is_no_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    picture(canvas)
    for y, row in zip(
        (700, 685, 670), (("Dienst", "Prijs"), ("Pas", "8,50"), ("Kaart", "5,00")), strict=True
    ):
        for x, cell in zip((60, 300), row, strict=True):
            canvas.drawString(x, y, cell)
    canvas.save()
    unread: list[Unread] = []
    header = "Dienst | Prijs"
    assert texts(tmp_path / "stuk.pdf", unread) == [
        ("Stuk", f"{header}\nPas | 8,50\n\n{header}\nKaart | 5,00")
    ]
    assert unread == []


def test_what_was_filled_in_beside_a_column_of_labels_stands_with_its_label(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    fields = (("Naam kind:", "Yusuf Jansen"), ("Groep:", "Groep 7"), ("School:", "De Wilg"))
    for number, (label, value) in enumerate(fields):
        canvas.drawString(60, 705 - 40 * number, label)
        canvas.acroForm.textfield(name=label, value=value, x=250, y=700 - 40 * number, width=200, height=18)
    canvas.save()
    ((_, text),) = texts(tmp_path / "stuk.pdf")
    assert text.split() == "Naam kind: Yusuf Jansen Groep: Groep 7 School: De Wilg".split()
