"""`python -m assistant` as a person types it: one question, a batch, a conversation."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.__main__ import main
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from tests.conftest import PROJECT, process_environment

Command = Callable[..., subprocess.CompletedProcess[str]]

QUESTION = "Wat is een living lab?"
GREETING = "Hallo! Vertel in je eigen woorden waar je voor staat, of stel een vraag over lerende praktijken."


def write_lines(file: Path, rows: Sequence[object]) -> Path:
    """Write JSON lines; a text is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def loaded(embeddings: SentenceTransformerEmbeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the command use the model that is loaded already."""
    monkeypatch.setattr("assistant.load.load_embeddings", lambda _settings: embeddings)


@pytest.mark.model
def test_a_question_gets_a_readable_answer_with_its_sources(small_index: Path, command: Command) -> None:
    asked = command("assistant", QUESTION, "--index", small_index)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "[1]" in asked.stdout
    assert "02-living-lab/" in asked.stdout


@pytest.mark.usefixtures("loaded")
@pytest.mark.model
def test_json_gives_the_answer_as_one_object(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([QUESTION, "--json", "--index", str(small_index)]) == 0
    shown = capsys.readouterr()
    (line,) = shown.out.splitlines()
    answer = json.loads(line)
    assert (answer["question"], answer["status"], answer["advice"]) == (QUESTION, "answered", None)
    assert shown.err == ""


@pytest.mark.model
def test_a_batch_gives_one_answer_a_line_in_order(
    small_index: Path, tmp_path: Path, command: Command
) -> None:
    rows = [
        {"id": "a", "question": QUESTION, "history": []},
        "",
        {"id": "b", "question": "En welke literatuur is daarover?", "history": [QUESTION]},
        {"id": "é", "question": "Hoe bak ik een appeltaart?"},
        {"id": "d", "question": ""},
        {"id": "e", "question": "x" * 100_000},
        json.dumps({"id": "half", "question": "\ud83d Hoe bak ik een appeltaart? \\ud800 \U0001f600 \ude00"}),
        {"id": "f", "question": QUESTION, "extra": 1},
    ]
    asked = command(
        "assistant", "--batch", write_lines(tmp_path / "vragen.jsonl", rows), "--index", small_index
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    answers = [json.loads(line) for line in asked.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "é", "d", "e", "half", "f"]
    assert "living lab" in answers[1]["standalone_question"].lower()
    assert [answer["status"] for answer in answers[3:5]] == ["refused"] * 2
    assert answers[5]["question"] == "\ufffd Hoe bak ik een appeltaart? \\ud800 \U0001f600 \ufffd"
    assert len({tuple(answer) for answer in answers}) == 1
    assert all(answer["timings_ms"]["total"] >= 0 for answer in answers)
    assert {**answers[0], "timings_ms": 0, "id": "f"} == {**answers[6], "timings_ms": 0}


@pytest.mark.usefixtures("loaded")
@pytest.mark.model
def test_a_broken_line_is_named_and_the_others_are_answered(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"id": "a", "question": QUESTION},
        "{kapot",
        {"question": "zonder id"},
        {"id": "b"},
        "[]",
        {"id": "c", "question": QUESTION, "history": "geen lijst"},
        {"id": "z", "question": QUESTION},
    ]
    file = write_lines(tmp_path / "vragen.jsonl", rows)
    assert main(["--batch", str(file), "--index", str(small_index)]) == 1
    shown = capsys.readouterr()
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == ["a", "z"]
    lines = shown.err.splitlines()
    assert len(lines) == 5
    assert all(str(file) in line for line in lines)
    for number, line in zip((2, 3, 4, 5, 6), lines, strict=True):
        assert f" {number}:" in line


@pytest.mark.model
def test_a_conversation_remembers_what_was_asked_and_ends_at_an_empty_line(
    small_index: Path, command: Command
) -> None:
    said = f"{QUESTION}\nEn welke literatuur is daarover?\n???\n\nniet meer gelezen\n"
    talked = command("assistant", "--index", small_index, stdin=said)
    assert (talked.returncode, talked.stderr) == (0, "")
    assert "02-living-lab/literatuur" in talked.stdout
    assert "Typ eerst een vraag" in talked.stdout


@pytest.mark.usefixtures("loaded")
@pytest.mark.model
def test_a_conversation_ends_with_its_input(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("hallo"))
    assert main(["--index", str(small_index)]) == 0
    shown = capsys.readouterr()
    assert GREETING in shown.out
    assert shown.err == ""


@pytest.mark.model
def test_bytes_that_are_no_utf8_are_read_as_replacement_characters(small_index: Path) -> None:
    here = [sys.executable, "-m", "assistant", "--index", str(small_index)]
    environment = process_environment({"PYTHONUTF8": "1"})
    asked = subprocess.run(
        [*map(os.fsencode, here), "--json", "Wat is een living lab?\xff".encode("latin-1")],
        capture_output=True, cwd=PROJECT, env=environment, check=False,
    )  # fmt: skip
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert json.loads(asked.stdout)["question"] == "Wat is een living lab?\ufffd"
    talked = subprocess.run(
        here, input=b"hallo \xff\n", capture_output=True, cwd=PROJECT, env=environment, check=False
    )
    assert (talked.returncode, talked.stderr) == (0, b"")
    assert GREETING in talked.stdout.decode("utf-8")


WRONG = [["--onbekend"], ["een", "twee"], ["--batch"], ["--index"], ["vraag", "--batch", "vragen.jsonl"]]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_call_exits_with_2_and_shows_the_usage_before_anything_is_loaded(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr("assistant.__main__.load_assistant")
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err
