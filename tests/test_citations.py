"""Over the dev questions: every quote is where it says, and another run answers the same."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Answers = list[dict[str, Any]]

PROJECT = Path(__file__).resolve().parent.parent
QUESTIONS = PROJECT / "evals" / "questions" / "dev.jsonl"
AGAIN = 5  # Every so many-th question is asked again, by another process.

pytestmark = pytest.mark.model


@pytest.fixture
def sections(full_index: Path, command: Command) -> dict[str, str]:
    """Return the text of every stored section, as the dump gives it."""
    dumped = command("ingest", "--dump", "--index", full_index)
    assert dumped.returncode == 0, dumped.stderr
    return {row["section_id"]: row["text"] for row in map(json.loads, dumped.stdout.splitlines())}


def answered(questions: Path, full_index: Path, command: Command) -> Answers:
    """Return the answers of one batch."""
    asked = command("assistant", "--batch", questions, "--index", full_index)
    assert asked.returncode == 0, asked.stderr
    return [json.loads(line) for line in asked.stdout.splitlines()]


def test_every_quote_stands_where_it_says_and_another_run_in_another_order_answers_the_same(
    full_index: Path, sections: dict[str, str], command: Command, tmp_path: Path
) -> None:
    answers = answered(QUESTIONS, full_index, command)
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    assert [answer["id"] for answer in answers] == [json.loads(line)["id"] for line in lines]
    citations = [citation for answer in answers for citation in answer["citations"]]
    assert len(citations) > len(answers)
    wrong = [
        c
        for c in citations
        if sections[c["section_id"]][c["start"] : c["end"]] != c["quote"] or not c["quote"]
    ]
    assert wrong == []
    shown = [(answer["id"], c["n"]) for answer in answers for c in answer["citations"]]
    assert [
        (a["id"], c["n"]) for a in answers for c in a["citations"] if f"{c['quote']} [{c['n']}]" in a["text"]
    ] == shown

    some = tmp_path / "some.jsonl"
    some.write_text("\n".join(lines[::-AGAIN]) + "\n", encoding="utf-8")
    again = answered(some, full_index, command)
    assert [{**answer, "timings_ms": 0} for answer in again] == [
        {**answer, "timings_ms": 0} for answer in answers[::-AGAIN]
    ]
