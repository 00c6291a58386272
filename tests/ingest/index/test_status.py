"""`python -m ingest --status` tells what is indexed and whether anything on disk changed since."""

from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.documents.changes import Changes, compare, find_files_read
from ingest.documents.files import documents
from ingest.pipeline import ingest
from settings import Settings
from tests.conftest import build_folder
from tests.word_embeddings import WordEmbeddings

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def index(plain_copy: Path, tmp_path: Path) -> Path:
    """Return an index of the plain copy."""
    ingest([plain_copy], Settings(index=tmp_path / "index"), WordEmbeddings())
    return tmp_path / "index"


def shown_by(index: Path, shown: Shown, code: int = 0) -> list[str]:
    """Return the lines that the status of an index prints."""
    assert main(["--status", "--index", str(index)]) == code
    return shown.readouterr().out.splitlines()


def test_the_status_tells_what_is_indexed_when_from_what_and_with_which_model(
    index: Path, plain_copy: Path, capsys: Shown
) -> None:
    lines = shown_by(index, capsys)
    files = len(find_files_read([plain_copy]).files)
    assert lines[0] == f"Index:    {index}"
    assert lines[1].startswith("Gemaakt:  20")
    assert lines[2] == f"Uit:      {plain_copy} ({files} bestanden)"
    assert lines[3].startswith("Inhoud:   7 secties, ")
    assert lines[4] == "Model:    words-1"
    assert lines[5].endswith(" MB")
    assert lines[6:] == ["Toestand: heel", "Sindsdien is in de bestanden niets gewijzigd."]


def test_the_status_names_the_files_that_changed_since(index: Path, plain_copy: Path, capsys: Shown) -> None:
    changed, removed, *_ = (document.path for document in documents([plain_copy]))
    changed.write_text("Anders.", encoding="utf-8")
    removed.unlink()
    (plain_copy / "extra.md").write_text("Nieuw.", encoding="utf-8")
    assert shown_by(index, capsys)[7:] == [
        "Sindsdien nieuw (1): extra.md",
        f"Sindsdien gewijzigd (1): {changed.name}",
        f"Sindsdien verdwenen (1): {removed.name}",
        f"Werk de index bij met: python -m ingest {plain_copy}",
    ]


def test_the_status_of_an_index_whose_documents_are_elsewhere_says_so(
    index: Path, plain_copy: Path, capsys: Shown
) -> None:
    plain_copy.rename(plain_copy.with_name("elders"))
    assert shown_by(index, capsys)[7:] == [f"Niet te vergelijken: {plain_copy} is er op deze machine niet."]


def test_the_status_of_a_damaged_index_is_damaged(index: Path, capsys: Shown) -> None:
    file = build_folder(index) / "sentences.npy"
    file.write_bytes(file.read_bytes()[:-1])
    assert "Toestand: beschadigd. Bouw de index opnieuw met: python -m ingest" in shown_by(index, capsys, 1)


def test_the_status_of_no_index_is_one_line_that_names_it(tmp_path: Path, capsys: Shown) -> None:
    assert main(["--status", "--index", str(tmp_path / "weg")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "weg") in line
    assert "python -m ingest" in line


def test_what_is_hidden_or_describes_the_folder_is_no_source(plain_copy: Path) -> None:
    before = find_files_read([plain_copy])
    for name in (".verborgen.md", "README.md", "foto.jpg"):
        (plain_copy / name).write_text("x", encoding="utf-8")
    assert find_files_read([plain_copy]) == before


def test_two_collections_differ_by_what_was_added_changed_and_removed() -> None:
    before, now = {"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "e": 5, "d": 6}
    assert compare(before, now) == Changes(("d", "e"), ("c",), ("a",), 1)
    assert not compare(now, now).any
