"""What a page of a PDF shows becomes text in reading order, and what only frames the page does not."""

from pathlib import Path

import pytest

from errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError, ScannedDocumentError
from ingest.readers import read
from ingest.types import Section
from tests.ingest.readers.drawn import BOLD, Drawn, Sheet, draw, draw_scan

BODY = (
    "Een lerende praktijk is een groep mensen die samen leert en samen iets",
    "verbetert in de wijk, met bewoners en met professionals.",
)


def texts(file: Path) -> list[tuple[str, str]]:
    """Return title and text of each section."""
    return [(section.title, section.text) for section in read(file, "stuk.pdf")]


def test_larger_type_is_a_heading_and_so_is_a_bold_line(tmp_path: Path) -> None:
    sheet = Sheet().lines("Living lab", size=20).lines("Doel", size=14).lines(*BODY)
    sheet.lines("Wie doet er mee?", font=BOLD).lines("Iedereen doet mee.").lines("Doorbraak", size=20)
    sheet.lines("Een doorbraak is kort.")
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        ("Living lab – Doel", " ".join(BODY)),
        ("Living lab – Doel – Wie doet er mee?", "Iedereen doet mee."),
        ("Doorbraak", "Een doorbraak is kort."),
    ]


def test_a_bold_sentence_is_text(tmp_path: Path) -> None:
    sheet = Sheet().lines(*BODY).lines("Dit is belangrijk voor alle mensen.", font=BOLD).lines(*BODY)
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        ("stuk", "\n\n".join([" ".join(BODY), "Dit is belangrijk voor alle mensen.", " ".join(BODY)]))
    ]


def test_a_bookmark_makes_a_heading_of_a_line_in_the_type_of_the_text(tmp_path: Path) -> None:
    sheet = Sheet().lines("Werkwijze").lines(*BODY)
    file = draw(tmp_path / "stuk.pdf", [sheet], bookmarks=["Werkwijze"])
    assert texts(file) == [("Werkwijze", " ".join(BODY))]


def test_a_bookmark_names_all_lines_of_a_heading_whose_first_line_is_another_bookmark(tmp_path: Path) -> None:
    sheet = Sheet().lines("Stappen (2)", size=14).lines(*BODY)
    sheet.lines("Stappen (2,", "bouwstenen)", size=14).lines(*BODY)
    sheet.lines("Stappen voor ver-", "anderen", size=14).lines(*BODY)
    bookmarks = ["Stappen (2)", "Stappen (2,bouwstenen)", "Stappen voor ver\u00adanderen"]
    assert texts(draw(tmp_path / "stuk.pdf", [sheet], bookmarks=bookmarks)) == [
        ("Stappen (2)", " ".join(BODY)),
        ("Stappen (2, bouwstenen)", " ".join(BODY)),
        ("Stappen voor veranderen", " ".join(BODY)),
    ]


def test_a_line_within_a_sentence_that_reads_as_a_bookmark_is_text(tmp_path: Path) -> None:
    sheet = Sheet().lines("Community of practice", size=14).lines(*BODY)
    sheet.lines("Mensen uit dezelfde beroepsgroep komen bij elkaar in een", "community of practice.")
    assert texts(draw(tmp_path / "stuk.pdf", [sheet], bookmarks=["Com\u00admunity of practice"])) == [
        (
            "Community of practice",
            " ".join(BODY)
            + "\n\nMensen uit dezelfde beroepsgroep komen bij elkaar in een community of practice.",
        )
    ]


def test_what_stands_on_every_page_is_left_out(tmp_path: Path) -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet(y=700).lines(f"Op bladzijde {number} staat deze zin.", *BODY)
        sheet.drawn += [
            Drawn("Movisie – Lerende praktijken", y=810, size=8),
            Drawn(f"pagina {number} van 4", x=480, y=30, size=8),
        ]
        sheets.append(sheet)
    (section,) = read(draw(tmp_path / "stuk.pdf", sheets), "stuk.pdf")
    assert "Movisie" not in section.text
    assert "pagina" not in section.text
    assert [section.page_at(section.text.index(f"Op bladzijde {n}")) for n in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_a_quote_has_the_page_on_which_it_begins_and_its_address(tmp_path: Path) -> None:
    file = draw(
        tmp_path / "stuk.pdf",
        [Sheet().lines("Deze zin begint hier en"), Sheet().lines("eindigt daar. Slot.")],
    )
    (section,) = read(file, "stuk.pdf")
    assert section.text == "Deze zin begint hier en eindigt daar. Slot."
    assert [section.page_at(section.text.index(word)) for word in ("Deze", "eindigt", "Slot")] == [1, 2, 2]
    known = Section(
        "a", "A", "algemeen", "a.pdf", section.text, 1, "https://voorbeeld.nl/a.pdf", pages=section.pages
    )
    assert known.address_at(section.text.index("Slot")) == "https://voorbeeld.nl/a.pdf#page=2"
    assert section.address_at(0) is None


def test_notes_stand_apart_at_the_end_of_their_section_and_their_number_goes(tmp_path: Path) -> None:
    sheet = Sheet().lines("Doel", size=14).lines("Leren begint bij de vraag en gaat door op de")
    sheet.drawn += [Drawn("1", x=262, y=sheet.y + 4, size=6), Drawn("1 Zie ook het boek.", y=60, size=8)]
    after = Sheet().lines("volgende bladzijde, met anderen.").lines("Wie", size=14).lines("Iedereen.")
    assert texts(draw(tmp_path / "stuk.pdf", [sheet, after])) == [
        (
            "Doel",
            "Leren begint bij de vraag en gaat door op de volgende bladzijde, met anderen."
            "\n\n1 Zie ook het boek.",
        ),
        ("Wie", "Iedereen."),
    ]


def test_two_columns_are_read_one_after_the_other_below_a_title_above_both(tmp_path: Path) -> None:
    sheet = Sheet().lines("Lerende praktijken in de wijk en in de stad", size=20)
    top = sheet.y
    for x, name in ((LEFT_COLUMN, "links"), (RIGHT_COLUMN, "rechts")):
        sheet.y = top
        sheet.lines(*(f"Regel {number} van de kolom {name} is" for number in range(6)), x=x)
    (section,) = read(draw(tmp_path / "stuk.pdf", [sheet]), "stuk.pdf")
    assert section.text == " ".join(
        f"Regel {number} van de kolom {name} is" for name in ("links", "rechts") for number in range(6)
    )


LEFT_COLUMN, RIGHT_COLUMN = 60.0, 310.0


def test_a_line_of_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    sheet = (
        Sheet().lines("Inhoud", size=14).lines("Doel .......................... 3", "Wie ............... 4")
    )
    sheet.lines("Doel", size=14).lines(*BODY)
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [("Doel", " ".join(BODY))]


def test_typed_bullets_and_numbers_open_items(tmp_path: Path) -> None:
    sheet = Sheet().lines("Neem mee:").lines("• een lijst", gap=0).lines("• een plan", gap=0)
    sheet.lines("1. Begin.", "2. Ga door.")
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        ("stuk", "Neem mee:\n- een lijst\n- een plan\n1. Begin.\n2. Ga door.")
    ]


def test_a_file_that_only_a_password_opens_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncryptedDocumentError):
        read(draw(tmp_path / "stuk.pdf", [Sheet().lines(*BODY)], password="geheim"), "stuk.pdf")  # noqa: S106


def test_a_scan_says_that_it_is_one(tmp_path: Path) -> None:
    with pytest.raises(ScannedDocumentError, match="ocrmypdf -l nld"):
        read(draw_scan(tmp_path / "stuk.pdf"), "stuk.pdf")


def test_empty_pages_hold_no_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        read(draw(tmp_path / "stuk.pdf", [Sheet(), Sheet()]), "stuk.pdf")


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    whole = draw(tmp_path / "heel.pdf", [Sheet().lines(*BODY)]).read_bytes()
    (tmp_path / "stuk.pdf").write_bytes(whole[:120])
    with pytest.raises(DamagedDocumentError):
        read(tmp_path / "stuk.pdf", "stuk.pdf")
