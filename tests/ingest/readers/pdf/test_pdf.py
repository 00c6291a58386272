"""What a page of a PDF shows becomes text in reading order, and what only frames the page does not."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError, ScannedDocumentError
from ingest.readers import read
from ingest.readers.pdf.headings import learn
from ingest.readers.pdf.letters.hyphens import learn_words
from ingest.readers.pdf.paragraphs import blocks
from ingest.readers.pdf.types import Line
from ingest.texts import unread as explained
from ingest.types import Section, Unread
from tests.ingest.readers.drawn import BOLD, TOP, Drawn, Sheet, draw, draw_scan

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
        ("Stuk", "\n\n".join([" ".join(BODY), "Dit is belangrijk voor alle mensen.", " ".join(BODY)]))
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


def test_a_letterspaced_heading_is_read_as_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    heading = canvas.beginText(60, 740)
    heading.setFont(BOLD, 14)
    heading.setCharSpace(6)
    heading.textOut("TARIEVEN EN REGELS")
    canvas.drawText(heading)
    text = canvas.beginText(60, 700)
    text.setFont("Helvetica", 10)
    text.setCharSpace(0)
    for line in BODY:
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("TARIEVEN EN REGELS", " ".join(BODY))]


def test_letters_in_a_row_that_are_no_word_stay_apart(tmp_path: Path) -> None:
    sheet = Sheet().lines("De groepen A, B, C en D doen mee.", "Kies a b of c.", *BODY)
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        ("Stuk", f"De groepen A, B, C en D doen mee. Kies a b of c. {' '.join(BODY)}")
    ]


def test_an_indented_list_is_read_line_by_line(tmp_path: Path) -> None:
    wide = "Kennis delen gaat beter met een vaste groep, een veilige sfeer en met duidelijke verwachtingen"
    items = [
        f"• Met bouwsteen {number} bedoelen we dat wie er aan meedoet er ook zelf altijd iets"
        for number in range(1, 6)
    ]
    sheet = Sheet().lines(wide + ":")
    for item in items:
        sheet.lines(item, x=80, gap=0).lines("beter van wordt.", x=90, gap=0)
    sheet.lines(wide + ".")
    (section,) = read(draw(tmp_path / "stuk.pdf", [sheet]), "stuk.pdf")
    whole = [f"{item.replace('•', '-')} beter van wordt." for item in items]
    assert section.text == "\n".join([f"{wide}:", *whole, "", f"{wide}."])


def test_a_column_of_lists_is_read_after_the_column_beside_it(tmp_path: Path) -> None:
    sheet = Sheet().lines(
        *(f"Regel {number} van de kolom links is er." for number in range(13)), x=LEFT_COLUMN
    )
    sheet.y = TOP
    sheet.lines("Neem mee naar het overleg:", x=RIGHT_COLUMN)
    for number in range(1, 5):
        sheet.lines(f"• punt {number} van de lijst, dat langer is", x=RIGHT_COLUMN + 19, gap=0)
        sheet.lines("dan een enkele regel.", x=RIGHT_COLUMN + 30, gap=0)
    sheet.lines("Na de lijst is er nog", "een alinea in de kolom.", x=RIGHT_COLUMN)
    (section,) = read(draw(tmp_path / "stuk.pdf", [sheet]), "stuk.pdf")
    assert section.text == "\n".join(
        [
            " ".join(f"Regel {number} van de kolom links is er." for number in range(13)) + "\n",
            "Neem mee naar het overleg:",
            *(f"- punt {number} van de lijst, dat langer is dan een enkele regel." for number in range(1, 5)),
            "\nNa de lijst is er nog een alinea in de kolom.",
        ]
    )


def test_an_item_of_a_list_that_reads_as_a_bookmark_is_text_where_its_title_is_printed(
    tmp_path: Path,
) -> None:
    sheet = Sheet().lines("Actie-onderzoek", size=14).lines(*BODY).lines("Methoden", size=14)
    sheet.lines("Er zijn twee methoden:").lines("• Actie-onderzoek", "• Waarderend veranderen", gap=0)
    assert texts(draw(tmp_path / "stuk.pdf", [sheet], bookmarks=["Actie-onderzoek", "Methoden"])) == [
        ("Actie-onderzoek", " ".join(BODY)),
        ("Methoden", "Er zijn twee methoden:\n- Actie-onderzoek\n- Waarderend veranderen"),
    ]


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
        ("Stuk", "Neem mee:\n- een lijst\n- een plan\n1. Begin.\n2. Ga door.")
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


def ruled(canvas: Canvas, y: float, rows: Sequence[Sequence[str]]) -> None:
    """Draw a table with rules."""
    canvas.setFont("Helvetica", 10)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.rect(LEFT_COLUMN + 180 * column, y - 20 * number, 180, 20)
            canvas.drawString(LEFT_COLUMN + 5 + 180 * column, y - 20 * number + 6, text)


def test_two_ruled_tables_after_each_other_are_read_and_empty_cells_keep_their_column(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    ruled(canvas, 700, [("Kaart", "Prijs"), ("Kind", "4 euro"), ("Groep", "")])
    ruled(canvas, 600, [("Zaal", "Huur"), ("Klein", "30 euro")])
    canvas.drawInlineImage(Image.new("L", (60, 80), 200), 400, 20, 60, 80)
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [
        (
            "Stuk",
            "Kaart | Prijs\nKind | 4 euro\n\nKaart | Prijs\nGroep |\n\nZaal | Huur\nKlein | 30 euro",
        )
    ]


def test_a_table_without_rules_keeps_its_rows(tmp_path: Path) -> None:
    sheet = Sheet()
    for name, price in (
        ("Dienst", "Tarief"),
        ("Paspoort", "86,85"),
        ("Rijbewijs", "52,25"),
        ("Spoed", "57,85"),
    ):
        sheet.lines(name)
        sheet.drawn.append(Drawn(price, 310, sheet.y))
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        (
            "Stuk",
            "Dienst | Tarief\nPaspoort | 86,85\n\nDienst | Tarief\nRijbewijs | 52,25\n\n"
            "Dienst | Tarief\nSpoed | 57,85",
        )
    ]


def test_text_that_is_printed_sideways_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.rotate(90)
    canvas.drawString(100, -200, "Huishoudelijke hulp: 29,50 euro per uur.")
    canvas.drawString(100, -230, "Begeleiding: 58,20 euro per uur.")
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [
        ("Stuk", "Huishoudelijke hulp: 29,50 euro per uur. Begeleiding: 58,20 euro per uur.")
    ]


def test_scanned_pages_among_others_are_named_and_a_stamp_makes_no_text(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(100, 700, "Een medewerker komt bij u langs voor een gesprek.")
    canvas.showPage()
    for _ in range(2):
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, *A4)
        canvas.drawString(400, 800, "Ontvangen 3 mei")
        canvas.showPage()
    canvas.save()
    unread: list[Unread] = []
    read(tmp_path / "stuk.pdf", "stuk.pdf", unread=unread)
    assert unread == [Unread(tmp_path / "stuk.pdf", "scans", (2, 3))]
    (line,) = explained(unread)
    assert "bladzijde 2 en 3" in line


def test_what_was_filled_in_on_a_form_stands_with_its_label(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 705, "Naam:")
    canvas.acroForm.textfield(name="naam", value="Fatima de Boer", x=110, y=700, width=200, height=18)
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", "Naam: Fatima de Boer")]


def test_titles_that_count_up_with_the_pages_are_titles(tmp_path: Path) -> None:
    sheets = [
        Sheet(y=815).lines(f"Bijeenkomst {number}", size=20).lines(f"Vandaag doen we deel {word}.")
        for number, word in enumerate(("een", "twee", "drie", "vier"), start=1)
    ]
    assert texts(draw(tmp_path / "stuk.pdf", sheets)) == [
        (f"Bijeenkomst {number}", f"Vandaag doen we deel {word}.")
        for number, word in enumerate(("een", "twee", "drie", "vier"), start=1)
    ]


def test_white_text_on_white_is_left_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "Dit ziet iedereen.")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 650, "Dit ziet niemand.")
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", "Dit ziet iedereen.")]


def _covered(canvas: Canvas, colour: float) -> None:
    canvas.drawString(60, 650, "Dit ziet niemand.")
    canvas.setFillGray(colour)
    canvas.rect(50, 645, 300, 15, stroke=0, fill=1)


def _transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 650, "Dit ziet niemand.")


@pytest.mark.parametrize(
    "hide",
    [
        lambda canvas: canvas.drawString(60, 650, "Dit ziet niemand.", mode=3),
        _transparent,
        lambda canvas: _covered(canvas, 1),
        lambda canvas: _covered(canvas, 0),
    ],
    ids=["invisible", "transparent", "below white", "below black"],
)
def test_text_that_does_not_show_is_left_out(hide: Callable[[Canvas], None], tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "Dit ziet iedereen.")
    hide(canvas)
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", "Dit ziet iedereen.")]


def test_what_was_read_from_a_picture_stands_unseen_on_it_and_is_kept(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.drawInlineImage(Image.effect_noise((600, 800), 90), 0, 0, *A4)
    for y in (700, 680, 660, 640):
        canvas.drawString(60, y, "Dit staat op de foto,", mode=3)
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", " ".join(["Dit staat op de foto,"] * 4))]


def test_the_numbers_that_the_file_gives_its_pages_are_kept_beside_their_place(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    for label in ("i", "ii", "1"):
        canvas.drawString(60, 700, "Een zin van deze bladzijde.")
        canvas.drawString(290, 30, label)
        canvas.showPage()
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    canvas.addPageLabel(2, style="ARABIC", start=1)
    canvas.save()
    (section,) = read(tmp_path / "stuk.pdf", "stuk.pdf")
    assert section.labels == ((1, "i"), (2, "ii"), (3, "1"))
    assert {*section.text.split()} == {*"Een zin van deze bladzijde.".split()}


def test_numbers_that_count_on_in_the_margins_are_the_printed_ones(tmp_path: Path) -> None:
    sheets = [Sheet().lines(f"Deel {word}", size=16).lines(f"De {word} zin.") for word in "abcde"]
    for number, sheet in enumerate(sheets[2:], start=1):
        sheet.drawn.append(Drawn(f"Pagina {number}", 290, 30))
    sections = read(draw(tmp_path / "stuk.pdf", sheets), "stuk.pdf")
    assert [one.labels for one in sections] == [(), (), ((3, "1"),), ((4, "2"),), ((5, "3"),)]
    assert [one.text for one in sections] == [f"De {word} zin." for word in "abcde"]


def test_a_file_of_titles_alone_keeps_them(tmp_path: Path) -> None:
    sheets = [Sheet(y=815).lines(f"Dag {number}", size=20) for number in range(1, 5)]
    assert texts(draw(tmp_path / "stuk.pdf", sheets)) == [("Stuk", "Dag 1 Dag 2 Dag 3 Dag 4")]


def test_a_cell_of_several_lines_stays_in_its_row(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = (
        ("Dienst", "Tarief", "Wie"),
        ("Uittreksel uit de|basisregistratie", "15 euro", "Inwoners van|de gemeente"),
        ("Paspoort", "86 euro", "Iedereen"),
        ("Verklaring omtrent|het gedrag", "41 euro", "Werknemers"),
    )
    y = 700.0
    for row in rows:
        for column, cell in enumerate(row):
            sheet.drawn += [
                Drawn(text, 60 + 160 * column, y - 12 * number) for number, text in enumerate(cell.split("|"))
            ]
        y -= 8 + 12 * max(len(cell.split("|")) for cell in row)
    assert texts(draw(tmp_path / "stuk.pdf", [sheet])) == [
        (
            "Stuk",
            "Dienst | Tarief | Wie\n"
            "Uittreksel uit de basisregistratie | 15 euro | Inwoners van de gemeente\n\n"
            "Dienst | Tarief | Wie\nPaspoort | 86 euro | Iedereen\n\n"
            "Dienst | Tarief | Wie\nVerklaring omtrent het gedrag | 41 euro | Werknemers",
        )
    ]


def test_a_note_that_was_typed_on_a_page_and_a_ticked_box_are_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, "Akkoord")
    canvas.acroForm.checkbox(name="akkoord", checked=True, x=110, y=697)
    canvas.acroForm.checkbox(name="post", checked=False, x=110, y=670)
    canvas.freeTextAnnotation(
        "Let op: vrijdag dicht.", DA="/Helv 10 Tf", Rect=(60, 640, 300, 660), addtopage=1
    )
    canvas.save()
    assert texts(tmp_path / "stuk.pdf") == [("Stuk", "Akkoord [x] Let op: vrijdag dicht.")]


def test_a_scan_with_a_stamp_on_each_page_is_a_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4)
    for _ in range(2):
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, *A4)
        canvas.drawString(400, 800, "Ontvangen 3 mei")
        canvas.showPage()
    canvas.save()
    with pytest.raises(ScannedDocumentError):
        read(tmp_path / "stuk.pdf", "stuk.pdf")


def test_a_page_that_is_damaged_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=A4, pageCompression=0)
    for text in ("Deel een.", "Deel twee.", "Deel drie."):
        canvas.drawString(60, 700, text)
        canvas.showPage()
    canvas.save()
    file = tmp_path / "stuk.pdf"
    file.write_bytes(file.read_bytes().replace(b"(Deel twee.) Tj", b"<< /a /b 1 >> x"))
    unread: list[Unread] = []
    (section,) = read(file, "stuk.pdf", unread=unread)
    assert section.text == "Deel een.\n\nDeel drie."
    assert unread == [Unread(file, "damaged", (2,))]
    (line,) = explained(unread)
    assert "bladzijde 2: beschadigd" in line


def test_letters_without_a_name_are_left_out_of_tables_too() -> None:
    table = Line("", 0, 1, 0, 1, 0.0, False, 1, rows=(("Kaart", "Prijs"), ("Kind(cid:28)", "4 euro")))
    (block,) = blocks([table], learn([table], []), learn_words([]))
    assert block.text == "Kaart | Prijs\nKind | 4 euro"
