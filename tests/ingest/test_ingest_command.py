"""`python -m ingest` as a person types it: exit codes, one clear line for an error, and the dump."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import __main__ as ingest_command
from ingest.documents.files import load_corpus
from ingest.embedding.embeddings import SentenceTransformerEmbeddings

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.model
def test_documents_go_in_and_the_dump_gives_them_back(
    small_corpus: Path, tmp_path: Path, command: Command
) -> None:
    index = tmp_path / "index"
    first = command("ingest", small_corpus, "--index", index)
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr
    assert str(len(load_corpus([small_corpus]).sections)) in first.stdout
    again = command("ingest", small_corpus, "--index", index)
    assert again.returncode == 0
    assert again.stdout.startswith("Niets te doen")
    dumped = command("ingest", "--dump", "--index", index)
    assert dumped.returncode == 0
    rows = [json.loads(line) for line in dumped.stdout.splitlines()]
    assert [row["text"] for row in rows] == [section.text for section in load_corpus([small_corpus]).sections]
    assert {tuple(row) for row in rows} == {("section_id", "title", "practice", "source", "page", "text")}


def test_the_corpus_and_the_index_can_be_set_by_the_environment(
    plain_corpus: Path,
    tmp_path: Path,
    word_embeddings: SentenceTransformerEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(ingest_command, "load_embeddings", lambda _settings: word_embeddings)
    monkeypatch.setenv("WEGWIJZER_CORPUS", str(plain_corpus))
    monkeypatch.setenv("WEGWIJZER_INDEX", str(tmp_path / "elders"))
    assert ingest_command.main([]) == 0
    assert (tmp_path / "elders" / "current").is_file()
    assert str(plain_corpus) in capsys.readouterr().err


def test_the_dump_of_no_index_is_one_line_that_names_it(tmp_path: Path, command: Command) -> None:
    dumped = command("ingest", "--dump", "--index", tmp_path / "weg")
    assert (dumped.returncode, dumped.stdout) == (1, "")
    (line,) = dumped.stderr.splitlines()
    assert str(tmp_path / "weg") in line
    assert "python -m ingest" in line


def test_a_reader_that_stops_early_is_no_crash(word_index: Path, tmp_path: Path, command: Command) -> None:
    script = tmp_path / "stop_early.py"
    script.write_text(
        "import subprocess, sys\n"
        "run = subprocess.Popen([sys.executable, '-m', 'ingest', *sys.argv[1:]], stdout=subprocess.PIPE)\n"
        "run.stdout.read(1)\n"
        "run.stdout.close()\n"
        "run.wait()\n",
        encoding="utf-8",
    )
    assert "Traceback" not in command("stop_early", "--dump", "--index", word_index).stderr


def test_a_wrong_call_exits_with_2_and_shows_the_usage(command: Command) -> None:
    wrong = command("ingest", "--onbekend")
    assert wrong.returncode == 2
    assert "usage: python -m ingest" in wrong.stderr


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        ingest_command.main(["--help"])
    assert ended.value.code == 0
    assert "[--index INDEX] [--dump | --status] [--all]" in capsys.readouterr().out


def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, command: Command) -> None:
    wrong = command("ingest", "--dump", "--index", tmp_path, WEGWIJZER_THREADS="veel")
    assert wrong.returncode == 1
    (line,) = wrong.stderr.splitlines()
    assert "WEGWIJZER_THREADS=veel" in line
