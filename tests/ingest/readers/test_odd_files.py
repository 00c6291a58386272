"""A file is read for what it is, whatever it is called, and one that cannot be read says why."""

import logging
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import (
    DamagedDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    MisnamedDocumentError,
    UnsupportedFormatError,
)
from ingest.readers import READERS, read
from tests.ingest.readers import fuzz
from tests.ingest.readers.drawn import Sheet, draw
from tests.ingest.readers.producers import as_html, write_docx

TEXT = "# Doel\n\nEen lerende praktijk leert samen mee.\n\n- een\n- twee\n\n| A | B |\n|---|---|\n| c | d |\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED_INPUTS = 40


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return one small document of each kind."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    (folder / "b.html").write_text(as_html(TEXT), encoding="utf-8")
    write_docx(TEXT, folder / "c.docx")
    draw(folder / "d.pdf", [Sheet().lines("Doel", size=16).lines("Een zin op papier.")], bookmarks=["Doel"])
    return sorted(file for file in folder.iterdir() if file.is_file())


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".xyz"])
def test_a_pdf_by_another_name_is_read_as_a_pdf(suffix: str, tmp_path: Path) -> None:
    file = draw(tmp_path / f"stuk{suffix}", [Sheet().lines("Een zin op papier.")])
    assert [section.text for section in read(file, file.name)] == ["Een zin op papier."]


def test_word_and_html_by_another_name_are_read_as_what_they_are(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Een zin in Word.")
    document.save(str(tmp_path / "stuk.pdf"))
    (tmp_path / "stuk.docx").write_text("<!DOCTYPE html>\n<p>Een zin op het web.</p>", encoding="utf-8")
    assert [section.text for section in read(tmp_path / "stuk.pdf", "stuk.pdf")] == ["Een zin in Word."]
    assert [section.text for section in read(tmp_path / "stuk.docx", "stuk.docx")] == ["Een zin op het web."]


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_file_that_is_not_what_it_is_called_says_so(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"stuk{suffix}"
    file.write_text("Gewone tekst.", encoding="utf-8")
    with pytest.raises(MisnamedDocumentError, match=suffix):
        read(file, file.name)


def test_another_kind_of_package_says_what_can_be_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "blad.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(MisnamedDocumentError):
        read(tmp_path / "blad.docx", "blad.docx")


def test_an_office_file_with_a_password_says_so(tmp_path: Path) -> None:
    (tmp_path / "slot.docx").write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(EncryptedDocumentError):
        read(tmp_path / "slot.docx", "slot.docx")


def test_an_old_word_file_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "oud.doc").write_bytes(OLE + bytes(600))
    with pytest.raises(UnsupportedFormatError, match=r"\.docx"):
        read(tmp_path / "oud.doc", "oud.doc")


@pytest.mark.parametrize("suffix", READERS)
def test_an_empty_file_of_any_kind_says_so(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"leeg{suffix}"
    file.write_bytes(b"")
    with pytest.raises((EmptyDocumentError, DamagedDocumentError)):
        read(file, file.name)


@settings(max_examples=DAMAGED_INPUTS)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused_and_never_crash(seed: int, documents: list[Path]) -> None:
    logging.disable(logging.CRITICAL)
    try:
        folder = documents[0].parent / "damaged"
        folder.mkdir(exist_ok=True)
        outcomes, slowest = fuzz.fuzz(documents, len(documents), seed, folder)
    finally:
        logging.disable(logging.NOTSET)
    assert outcomes.total() == len(documents)
    assert slowest < fuzz.SLOWEST_S


@settings(max_examples=DAMAGED_INPUTS)
@given(
    content=st.binary(max_size=400),
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"---\n"]),
)
def test_any_bytes_are_read_or_refused_by_every_reader(
    content: bytes, start: bytes, documents: list[Path]
) -> None:
    for suffix in READERS:
        file = documents[0].parent / f"bytes{suffix}"
        file.write_bytes(start + content)
        try:
            sections = read(file, file.name)
        except DocumentError:
            continue
        assert all(section.text.strip() for section in sections)
