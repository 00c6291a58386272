"""Of a document in more languages than one, the Dutch part goes in."""

from pathlib import Path

import pytest

from ingest.documents.dutch import dutch_part
from ingest.documents.files import load_corpus
from ingest.types import Section, Unread

DUTCH_TEXT = "De gemeente helpt de mensen die in het huis wonen en dat is voor hen niet altijd zo."
ENGLISH = " ".join(["The town helps all the people in the house and this is for them not easy to do."] * 3)


def write(file: Path, text: str) -> None:
    """Write a file."""
    file.write_text(text, encoding="utf-8")


def test_the_dutch_part_of_a_bilingual_document_goes_in(tmp_path: Path) -> None:
    write(tmp_path / "a.md", f"# English\n\n{ENGLISH * 3}\n\n# Nederlands\n\n{DUTCH_TEXT}")
    unread: list[Unread] = []
    assert [section.title for section in load_corpus([tmp_path], [], unread).sections] == ["Nederlands"]
    assert unread == [Unread(tmp_path / "a.md", "language", name="en")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{DUTCH_TEXT}\n\n{ENGLISH}\n\n{DUTCH_TEXT}\n\n{ENGLISH}", f"{DUTCH_TEXT}\n\n{DUTCH_TEXT}"),
        (f"{ENGLISH}\n\n{DUTCH_TEXT}", DUTCH_TEXT),
        (f"{ENGLISH}\n\n{ENGLISH}\n\n{DUTCH_TEXT}\n\nMa 9-17 uur", f"{DUTCH_TEXT}\n\nMa 9-17 uur"),
    ],
    ids=["in turn", "below each other", "more of the other language"],
)
def test_the_dutch_part_goes_in_where_no_heading_parts_the_languages(
    text: str, kept: str, tmp_path: Path
) -> None:
    write(tmp_path / "a.md", f"# Hulp\n\n{text}")
    unread: list[Unread] = []
    (section,) = load_corpus([tmp_path], [], unread).sections
    assert section.text == kept
    assert unread == [Unread(tmp_path / "a.md", "language", name="en")]


def test_a_quote_in_another_language_stays_in_a_dutch_text(tmp_path: Path) -> None:
    text = "\n\n".join([*[DUTCH_TEXT] * 20, ENGLISH])
    write(tmp_path / "a.md", text)
    unread: list[Unread] = []
    assert [section.text for section in load_corpus([tmp_path], [], unread).sections] == [text]
    assert unread == []


def test_what_is_left_of_a_bilingual_pdf_keeps_its_pages(tmp_path: Path) -> None:
    section = Section(
        "a", "Hulp", "algemeen", "a.pdf", f"{ENGLISH}\n\n{DUTCH_TEXT}\n\n{ENGLISH}\n\n{DUTCH_TEXT}", page=1,
        pages=((0, 1), (len(ENGLISH) + 2 + 10, 2), (len(ENGLISH) * 2 + len(DUTCH_TEXT) + 6, 3)),
    )  # fmt: skip
    (kept,) = dutch_part(tmp_path / "a.pdf", [section], [])
    assert kept.text == f"{DUTCH_TEXT}\n\n{DUTCH_TEXT}"
    assert (kept.page, kept.pages) == (1, ((0, 1), (10, 2), (len(DUTCH_TEXT) + 2, 3)))
