"""Bad input costs one clear line and the right exit code, and never the index that serves."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant import __main__ as assistant_command
from ingest import __main__ as ingest_command
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.open import stored_sections
from tests.conftest import build_folder

Command = Callable[..., subprocess.CompletedProcess[str]]
Spoil = Callable[[Path], None]


def spoil_latin(corpus: Path) -> None:
    """Add a document that is not UTF-8."""
    (corpus / "fout.md").write_bytes("Café".encode("latin-1"))


def spoil_empty(corpus: Path) -> None:
    """Add an empty document."""
    (corpus / "fout.md").write_bytes(b"")


def spoil_practice(corpus: Path) -> None:
    """Add a document about an unknown practice."""
    (corpus / "fout.md").write_text("---\npractice: onbekend\n---\nTekst.", encoding="utf-8")


def spoil_practices(corpus: Path) -> None:
    """Break practices.yaml."""
    (corpus / "practices.yaml").write_text("practices: fout", encoding="utf-8")


def spoil_questions(corpus: Path) -> None:
    """Add questions for a sentence that does not exist."""
    (corpus / "fout.md").write_text("Een zin.", encoding="utf-8")
    (corpus / "fout.questions.yaml").write_text(
        "- {sentence: Weg., questions: ['Waar?']}\n", encoding="utf-8"
    )


def spoil_questions_file(corpus: Path) -> None:
    """Break the file with questions beside a document."""
    (corpus / "fout.md").write_text("Een zin.", encoding="utf-8")
    (corpus / "fout.questions.yaml").write_text("- sentence: [\n- ]", encoding="utf-8")


LEFT_OUT: Mapping[str, Spoil] = {
    "not UTF-8": spoil_latin,
    "empty": spoil_empty,
    "unknown practice": spoil_practice,
}
SPOILED: Mapping[str, tuple[Spoil, str]] = {
    "practices.yaml": (spoil_practices, "practices.yaml"),
    "questions": (spoil_questions, "fout.questions.yaml"),
    "broken questions": (spoil_questions_file, "fout.questions.yaml"),
}


@pytest.fixture
def quick_model(monkeypatch: pytest.MonkeyPatch, word_embeddings: SentenceTransformerEmbeddings) -> None:
    """Make the ingest command use the quick stand-in."""
    monkeypatch.setattr(ingest_command, "load_embeddings", lambda _settings: word_embeddings)


@pytest.mark.usefixtures("quick_model")
@pytest.mark.parametrize("spoil", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_a_document_that_cannot_be_read_is_named_and_the_others_go_in(
    spoil: Spoil, plain_copy: Path, plain_index_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (plain_copy / "nieuw.md").write_text("Een nieuwe zin.", encoding="utf-8")
    spoil(plain_copy)
    assert ingest_command.main([str(plain_copy), "--index", str(plain_index_copy)]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("Klaar")
    named, summary = shown.err.splitlines()[-2:]
    assert str(plain_copy / "fout.md") in named
    assert summary == "Overgeslagen: 1 (fout.md). De andere documenten staan wel in de index."
    assert "nieuw" in {section.section_id for section in stored_sections(plain_index_copy)}


@pytest.mark.usefixtures("quick_model")
def test_nothing_usable_leaves_the_old_index(
    tmp_path: Path, plain_index_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored_sections(plain_index_copy)
    for name in ("een.md", "twee.pdf"):
        (tmp_path / "map" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "map" / name).write_bytes(b"")
    assert ingest_command.main([str(tmp_path / "map"), "--index", str(plain_index_copy)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [
        name in line for name, line in zip(("een.md", "twee.pdf"), shown.err.splitlines()[-3:-1], strict=True)
    ]
    assert shown.err.splitlines()[-1] == "Er is niets ingelezen. Was er al een index, dan blijft die werken."
    assert stored_sections(plain_index_copy) == before


@pytest.mark.usefixtures("quick_model")
@pytest.mark.parametrize(("spoil", "named"), SPOILED.values(), ids=SPOILED.keys())
def test_a_bad_document_is_named_and_the_old_index_still_serves(
    spoil: Spoil, named: str, plain_copy: Path, plain_index_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored_sections(plain_index_copy)
    spoil(plain_copy)
    assert ingest_command.main([str(plain_copy), "--index", str(plain_index_copy)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert named in shown.err.splitlines()[-1]
    assert len(shown.err.splitlines()) <= 2  # One line may say what is being read.
    assert stored_sections(plain_index_copy) == before


@pytest.mark.usefixtures("quick_model")
def test_a_folder_without_documents_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leeg").mkdir()
    assert ingest_command.main([str(tmp_path / "leeg"), "--index", str(tmp_path / "index")]) == 1
    assert str(tmp_path / "leeg") in capsys.readouterr().err.splitlines()[-1]
    assert not (tmp_path / "index" / "current").exists()


@pytest.mark.usefixtures("quick_model")
@pytest.mark.parametrize("place", ["index", "builds", "lock"])
def test_an_index_folder_that_cannot_be_written_is_named(
    place: str, plain_corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    in_the_way = index if place == "index" else index / place
    if place == "lock":
        in_the_way.mkdir(parents=True)
    else:
        in_the_way.parent.mkdir(exist_ok=True)
        in_the_way.write_text("in de weg", encoding="utf-8")
    assert ingest_command.main([str(plain_corpus), "--index", str(index)]) == 1
    assert str(index) in capsys.readouterr().err.splitlines()[-1]
    assert in_the_way.is_dir() or in_the_way.read_text(encoding="utf-8") == "in de weg"


@pytest.mark.model
def test_a_bad_file_at_the_command_line_is_one_line_without_a_traceback(
    tmp_path: Path, command: Command
) -> None:
    file = tmp_path / "fout.md"
    file.write_bytes("Café".encode("latin-1"))
    made = command("ingest", file, "--index", tmp_path / "index")
    assert (made.returncode, made.stdout) == (1, "")
    assert "Traceback" not in made.stderr
    assert str(file) in made.stderr.splitlines()[-1]


@pytest.mark.model
def test_a_question_without_an_index_says_how_to_build_one(tmp_path: Path, command: Command) -> None:
    asked = command("assistant", "Wat is een living lab?", "--index", tmp_path / "weg")
    assert (asked.returncode, asked.stdout) == (1, "")
    (line,) = asked.stderr.splitlines()
    assert "python -m ingest" in line


def test_an_index_of_another_model_says_how_to_build_it_again(
    plain_index: Path,
    word_embeddings: SentenceTransformerEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    word_embeddings.model_id = "another"
    monkeypatch.setattr("assistant.load.load_embeddings", lambda _settings: word_embeddings)
    assert assistant_command.main(["Wat is een living lab?", "--index", str(plain_index)]) == 1
    shown = capsys.readouterr()
    (line,) = shown.err.splitlines()
    assert shown.out == ""
    assert all(named in line for named in ("words-1", "another", "python -m ingest"))


@pytest.mark.parametrize("question", ["", "?!", "x" * 100_000], ids=["empty", "marks", "100,000 characters"])
def test_a_question_that_cannot_be_read_is_one_line(
    question: str,
    plain_index: Path,
    word_embeddings: SentenceTransformerEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("assistant.load.load_embeddings", lambda _settings: word_embeddings)
    assert assistant_command.main([question, "--index", str(plain_index)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b""], ids=["missing", "not UTF-8", "empty"])
def test_a_batch_file_that_cannot_be_read_is_named(
    content: bytes | None,
    tmp_path: Path,
    plain_index: Path,
    word_embeddings: SentenceTransformerEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("assistant.load.load_embeddings", lambda _settings: word_embeddings)
    file = tmp_path / "vragen.jsonl"
    if content is not None:
        file.write_bytes(content)
    code = assistant_command.main(["--batch", str(file), "--index", str(plain_index)])
    shown = capsys.readouterr()
    assert shown.out == ""
    if content == b"":
        assert (code, shown.err) == (0, "")
    else:
        assert code == 1
        assert str(file) in shown.err
        assert len(shown.err.splitlines()) == 1


def test_an_index_without_its_chunks_in_chroma_is_one_line(
    plain_index_copy: Path,
    word_embeddings: SentenceTransformerEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("assistant.load.load_embeddings", lambda _settings: word_embeddings)
    shutil.rmtree(build_folder(plain_index_copy) / "chroma")
    assert assistant_command.main(["Wat is een living lab?", "--index", str(plain_index_copy)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "python -m ingest" in line
