"""A thumb is stored with what it is about, without the question unless the operator wants that."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.feedback import MOST_SECTIONS
from assistant.types import Question
from settings import Settings, load_settings
from tests.web.fakes import FakeAssistant
from web import texts
from web.chat.rating import rate, version

ANSWER = FakeAssistant().ask(Question("Welk type past?", id="t1"))


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return what is stored, without the time."""
    with closing(sqlite3.connect(path)) as thumbs:
        asked = "SELECT answer_id, up, reason, status, mode, version, sections, question FROM thumbs"
        return thumbs.execute(asked).fetchall()


@pytest.mark.parametrize(("log_questions", "question"), [(False, None), (True, "Welk type past?")])
def test_a_thumb_is_stored_and_a_later_one_takes_its_place(
    tmp_path: Path, question: str | None, *, log_questions: bool
) -> None:
    file = tmp_path / "nieuw" / "thumbs.sqlite3"
    settings = Settings(feedback=file, log_questions=log_questions)
    assert rate(settings, ANSWER, {"up": True})
    assert rate(settings, ANSWER, {"up": False, "reason": " Te lang. ", "id": "x"})
    sections = json.dumps(["lab#1", "study#1"])
    assert rows(file) == [("t1", 0, "Te lang.", "answered", "extractive", version(), sections, question)]


def test_a_question_is_stored_no_longer_than_one_can_be(tmp_path: Path) -> None:
    file = tmp_path / "thumbs.sqlite3"
    settings = Settings(feedback=file, log_questions=True, max_question_chars=100)
    assert rate(settings, replace(ANSWER, question="x" * 1_000_000), {"up": True})
    assert rows(file)[0][-1] == "x" * 100


def test_the_oldest_thumbs_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.feedback.MOST_THUMBS", 3)
    settings = Settings(feedback=tmp_path / "thumbs.sqlite3")
    for given in ("t5", "t4", "t3", "t5", "t2", "t1"):
        assert rate(settings, replace(ANSWER, id=given), {"up": True})
    assert {row[0] for row in rows(tmp_path / "thumbs.sqlite3")} == {"t5", "t2", "t1"}


def test_a_thumb_names_no_more_sections_than_an_answer_of_ours_cites(tmp_path: Path) -> None:
    file = tmp_path / "thumbs.sqlite3"
    citations = tuple(replace(ANSWER.citations[0], section_id=f"lab#{number:03}") for number in range(500))
    assert rate(Settings(feedback=file), replace(ANSWER, citations=citations), {"up": True})
    assert rows(file)[0][6] == json.dumps([f"lab#{number:03}" for number in range(MOST_SECTIONS)])


@pytest.mark.parametrize(
    "sent", [None, "up", {"up": 1}, {"up": True, "reason": 3}, {"up": True, "reason": "\ud800"}]
)
def test_what_is_no_thumb_is_not_stored(tmp_path: Path, sent: object) -> None:
    file = tmp_path / "thumbs.sqlite3"
    assert not rate(Settings(feedback=file), ANSWER, sent)
    assert not file.exists() or rows(file) == []


def test_a_file_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "thumbs").mkdir()
    assert not rate(Settings(feedback=tmp_path / "thumbs"), ANSWER, {"up": True})
    assert not rate(Settings(feedback=None), ANSWER, {"up": True})


@pytest.fixture
def summed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], tuple[int, str, str]]:
    """Return a function that runs `python -m assistant feedback` on the file of this test."""
    monkeypatch.setenv("WEGWIJZER_FEEDBACK", str(tmp_path / "thumbs"))
    load_settings.cache_clear()

    def run() -> tuple[int, str, str]:
        code = main(["feedback"])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_the_command_sums_up(tmp_path: Path, summed_up: Callable[[], tuple[int, str, str]]) -> None:
    assert summed_up() == (0, "Er zijn nog geen beoordelingen.\n", "")
    rate(Settings(feedback=tmp_path / "thumbs"), ANSWER, {"up": False, "reason": "Te\nlang."})
    assert summed_up() == (
        0,
        "Beoordelingen: 0 keer nuttig, 1 keer niet nuttig.\n\n"
        "Passages in antwoorden die niet nuttig waren:\n- lab#1: 1\n- study#1: 1\n\n"
        "Laatste toelichtingen:\n- niet nuttig: Te lang.\n",
        "",
    )


def test_the_command_names_a_file_that_cannot_be_read(
    tmp_path: Path, summed_up: Callable[[], tuple[int, str, str]]
) -> None:
    (tmp_path / "thumbs").write_text("geen database, maar wel een lange regel tekst\n" * 50, encoding="utf-8")
    code, out, err = summed_up()
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert str(tmp_path / "thumbs") in err


def test_the_privacy_text_follows_the_settings() -> None:
    kept = texts.privacy_line("extractive", thumbs=True, with_question=True)
    assert texts.QUESTION_KEPT in kept
    assert texts.NOT_KEPT not in kept
    assert texts.THUMB_KEPT in texts.privacy_line("llm:x", thumbs=True)
    assert texts.privacy_line("extractive") == f"{texts.PRIVACY} {texts.NOT_KEPT}"


def test_feedback_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_FEEDBACK", "off")
    load_settings.cache_clear()
    assert load_settings().feedback is None
