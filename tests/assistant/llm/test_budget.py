"""Tokens and cost of a day are kept in a file, over restarts, and a new day begins at nothing."""

import json
import logging
from pathlib import Path

import pytest

from assistant.llm.budget import Budget


def test_tokens_add_up_over_processes_until_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "usage.json"
    Budget(file, 100, 0, 0).spend(60)
    assert Budget(file, 100, 0, 0).left()
    Budget(file, 100, 0, 0).spend(40)
    assert not Budget(file, 100, 0, 0).left()
    assert Budget(file, 0, 0, 0).left()


def test_cost_is_limited_too(tmp_path: Path) -> None:
    budget = Budget(tmp_path / "usage.json", 0, 0.50, 2.0)
    budget.spend(249_999)
    assert budget.left()
    budget.spend(1)
    assert not budget.left()


def test_yesterday_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "usage.json"
    file.write_text(json.dumps({"day": "2020-01-01", "tokens": 10**9}), encoding="utf-8")
    assert Budget(file, 100, 0, 0).left()


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}"])
def test_a_broken_file_is_logged_and_counts_as_nothing(
    broken: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "usage.json"
    file.write_text(broken, encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert Budget(file, 100, 0, 0).left()
    assert str(file) in caplog.text
    Budget(file, 100, 0, 0).spend(100)
    assert not Budget(file, 100, 0, 0).left()


def test_a_folder_that_cannot_be_written_stops_nothing_until_the_limit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    budget = Budget(tmp_path / "bestand" / "usage.json", 100, 0, 0)
    budget.spend(60)
    assert "is not kept" in caplog.text
    assert budget.left()
    budget.spend(40)
    assert not budget.left()


def test_a_file_that_is_lost_or_broken_does_not_give_back_what_was_spent(tmp_path: Path) -> None:
    file = tmp_path / "usage.json"
    budget = Budget(file, 100, 0, 0)
    budget.spend(60)
    for broken in ("{", ""):
        file.write_text(broken, encoding="utf-8")
        assert budget.left()
    file.unlink()
    budget.spend(40)
    assert not budget.left()
    assert json.loads(file.read_text(encoding="utf-8"))["tokens"] == 100
