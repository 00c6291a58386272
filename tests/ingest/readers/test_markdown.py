"""Markdown becomes sections whose text is what a reader sees, and a file that cannot be read says so."""

from pathlib import Path

import pytest

from errors import DocumentError, EmptyDocumentError, EncodingError, UnsupportedFormatError
from ingest.readers import read
from ingest.types import Section, Unread

FRONT = "---\ntitle: Titel\npractice: living-lab\naspect: doel\norder: 2\nsources: [S01, S02]\n---\n\n"


def read_text(folder: Path, text: str | bytes, name: str = "stuk.md") -> list[Section]:
    """Return the sections of a file with this content."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file, f"map/{name}")


def body(folder: Path, text: str) -> str:
    """Return the text of the only section of a file with this content."""
    (section,) = read_text(folder, text)
    return section.text


def test_front_matter_describes_the_one_section_of_a_file(tmp_path: Path) -> None:
    assert read_text(tmp_path, f"{FRONT}Eerste zin.\nTweede zin.\n\nNieuwe alinea.\n") == [
        Section(
            section_id="map/stuk",
            title="Titel",
            practice="living-lab",
            source="map/stuk.md",
            text="Eerste zin. Tweede zin.\n\nNieuwe alinea.",
            aspect="doel",
            order=2,
            sources=("S01", "S02"),
        )
    ]


def test_without_front_matter_the_file_name_is_the_title(tmp_path: Path) -> None:
    (section,) = read_text(tmp_path, "Een zin.")
    assert (section.title, section.practice, section.aspect) == ("Stuk", "algemeen", None)


def test_every_heading_opens_a_section_with_its_own_title(tmp_path: Path) -> None:
    sections = read_text(
        tmp_path, "---\ntitle: Gids\n---\nVooraf.\n\n# Een\n\nTekst een.\n\n## Twee\n\nTekst twee.\n"
    )
    assert [(s.section_id, s.title, s.text) for s in sections] == [
        ("map/stuk/1", "Gids", "Vooraf."),
        ("map/stuk/2", "Gids – Een", "Tekst een."),
        ("map/stuk/3", "Gids – Een – Twee", "Tekst twee."),
    ]


def test_underlined_headings_and_lines_of_windows_make_sections(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Paspoort\r\n========\r\nKosten\r\n------\r\nDat kost\r\n86 euro.\r\n")
    assert [(one.title, one.text) for one in found] == [("Paspoort – Kosten", "Dat kost 86 euro.")]


def test_a_heading_without_text_makes_no_section(tmp_path: Path) -> None:
    assert [s.title for s in read_text(tmp_path, "# Leeg\n\n# Vol\n\nTekst.")] == ["Vol"]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Een **vet** en *schuin* woord met `code`.", "Een vet en schuin woord met code."),
        (
            "Zie [de site](https://example.org) of <https://example.org>.",
            "Zie de site of https://example.org.",
        ),
        ("- een\n- twee\n", "- een\n- twee"),
        ("1. een\n2. twee\n3. drie\n", "1. een\n2. twee\n3. drie"),
        ("4. vier\n5. vijf\n", "4. vier\n5. vijf"),
        ("> Een citaat.\n", "Een citaat."),
        ("```\nregel 1\nregel 2\n```\n", "regel 1\nregel 2"),
        ("    ingesprongen\n", "ingesprongen"),
        ("Een &amp; twee, caf&eacute;.", "Een & twee, café."),
        ("Met \\*sterretjes\\*.", "Met *sterretjes*."),
        ("Regel een  \nregel twee.", "Regel een regel twee."),
    ],
)
def test_markup_goes_and_what_a_reader_sees_stays(markdown: str, plain: str, tmp_path: Path) -> None:
    assert body(tmp_path, markdown) == plain


def test_nested_lists_keep_their_own_numbers(tmp_path: Path) -> None:
    text = body(tmp_path, "1. een\n   - onder\n   - nog\n2. twee\n")
    assert text.split("\n") == ["1. een", "- onder", "- nog", "2. twee"]


def test_a_table_stays_readable(tmp_path: Path) -> None:
    text = body(tmp_path, "| Type | Duur |\n|---|---|\n| Lab | jaren |\n| Traject | maanden |\n")
    positions = [text.index(word) for word in ("Type", "Duur", "Lab", "jaren", "Traject", "maanden")]
    assert positions == sorted(positions)
    assert "|---" not in text
    assert "Labjaren" not in text


def test_html_shows_its_text_and_not_its_tags(tmp_path: Path) -> None:
    text = body(tmp_path, "Een <b>vet</b> woord.\n\n<script>alert(1)</script>\n")
    assert text == "Een vet woord."


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf---\ntitle: Titel\n---\nEen zin.", b"---\r\ntitle: Titel\r\n---\r\nEen\r\nzin.\r\n"],
    ids=["byte order mark", "Windows line ends"],
)
def test_files_from_other_editors_read_the_same(content: bytes, tmp_path: Path) -> None:
    (section,) = read_text(tmp_path, content)
    assert (section.title, section.text.replace("\n", " ")) == ("Titel", "Een zin.")


def test_nul_characters_are_taken_out(tmp_path: Path) -> None:
    assert body(tmp_path, "Een\0 zin.\0") == "Een zin."


def test_a_line_of_dashes_further_on_is_no_front_matter(tmp_path: Path) -> None:
    assert (
        body(tmp_path, "Een zin.\n\n---\n\ntitle: geen front matter\n")
        == "Een zin.\n\ntitle: geen front matter"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n\t",
        b"\0\0\0",
        b"\xef\xbb\xbf",
        b"---\ntitle: Titel\n---\n",
        b"# Alleen een kop\n",
        b"<!-- niets -->\n",
    ],
)
def test_a_file_without_text_is_an_error_that_names_it(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError, match=r"stuk\.md"):
        read_text(tmp_path, content)


@pytest.mark.parametrize(
    "content", ["Café".encode("latin-1"), "Tekst".encode("utf-16"), b"PK\x03\x04\xff\xfe\x80"]
)
def test_a_file_that_is_not_utf_8_is_an_error_that_names_it(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match=r"stuk\.md.*UTF-8"):
        read_text(tmp_path, content)


@pytest.mark.parametrize(
    ("front", "title", "unused"),
    [
        ("title: Notulen\nsources: https://voorbeeld.nl", "Notulen", ["sources"]),
        ("title: Notulen\norder: eerste", "Notulen", ["order"]),
        ("title: {a: b}", "Stuk", ["title"]),
        ("title: 2024\ndate: 2024-05-01\ntags: [a, b]", "2024", []),
        ("title: Notulen: mei\nmap: [", "Notulen: mei", ["front matter"]),
        ("date: 2024-99-99", "Stuk", ["front matter"]),
    ],
)
def test_front_matter_of_others_is_passed_over(
    front: str, title: str, unused: list[str], tmp_path: Path
) -> None:
    (tmp_path / "stuk.md").write_text(f"---\n{front}\n---\nTekst.", encoding="utf-8")
    unread: list[Unread] = []
    (section,) = read(tmp_path / "stuk.md", "stuk.md", unread=unread)
    assert (section.title, section.text, section.sources) == (title, "Tekst.", ())
    assert unread == [Unread(tmp_path / "stuk.md", "field", name=name) for name in unused]


def test_front_matter_in_toml_is_read(tmp_path: Path) -> None:
    (section,) = read_text(tmp_path, '+++\ntitle = "Notulen"\ndraft = true\n+++\nTekst.')
    assert (section.title, section.text) == ("Notulen", "Tekst.")


@pytest.mark.parametrize(
    ("text", "title", "plain"),
    [
        (
            "---\n\nEerst een lijn. Let op: nog een.\n\n---\n\nTweede deel.",
            "Stuk",
            "Eerst een lijn. Let op: nog een.\n\nTweede deel.",
        ),
        ("---\nAlleen tekst\n---\nTweede deel.", "Alleen tekst", "Tweede deel."),
    ],
)
def test_a_text_between_two_lines_is_no_front_matter(
    text: str, title: str, plain: str, tmp_path: Path
) -> None:
    (section,) = read_text(tmp_path, text)
    assert (section.title, section.text) == (title, plain)


def test_html_in_markdown_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    text = (
        "# Paspoort\n\nInleiding.\n\n<details>\n<summary>Wat kost het?</summary>\n\nHet kost 80 euro.\n\n"
        '</details>\n\n<div class="tip">Neem een foto mee.</div>\n\n'
        "<table><tr><td>Spoed</td><td>58 euro extra</td></tr></table>\n\n<!-- intern -->\n\nSlot.\n"
    )
    assert [(one.title, one.text) for one in read_text(tmp_path, text)] == [
        ("Paspoort", "Inleiding."),
        ("Paspoort – Wat kost het?", "Het kost 80 euro."),
        ("Paspoort", "Neem een foto mee.\n\nSpoed | 58 euro extra\n\nSlot."),
    ]


def test_the_title_of_a_document_stands_in_the_titles_of_its_sections(tmp_path: Path) -> None:
    text = "# Tarieven 2024\n\n## Parkeren\n\nDat kost 30 euro.\n\n## Zwembad\n\nDat kost 5 euro.\n"
    assert [(one.title, one.text) for one in read_text(tmp_path, text)] == [
        ("Tarieven 2024 – Parkeren", "Dat kost 30 euro."),
        ("Tarieven 2024 – Zwembad", "Dat kost 5 euro."),
    ]


def test_a_heading_that_says_something_is_kept_without_text_below_it(tmp_path: Path) -> None:
    text = "# Eetcafé\n\n## Elke donderdag van 17.30 uur\n\n## Aanmelden\n\nBel ons.\n"
    assert [(one.title, one.text) for one in read_text(tmp_path, text)] == [
        ("Eetcafé – Elke donderdag van 17.30 uur", "Elke donderdag van 17.30 uur"),
        ("Eetcafé – Aanmelden", "Bel ons."),
    ]


def test_an_unknown_kind_of_file_names_what_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.xyz.*\.md"):
        read_text(tmp_path, "tekst", name="stuk.xyz")


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"weg\.md"):
        read(tmp_path / "weg.md", "weg.md")
