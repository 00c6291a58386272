"""`python -m evals`, from its questions to its report."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.chain import Assistant
from evals.__main__ import ask_all, evaluate, main
from evals.compare.crossvalidation import figures
from evals.questions import ReferenceQuestion
from evals.report.results import UNKNOWN, revision, to_json
from evals.types import Measured
from tests.evals.builders import question

Command = Callable[..., subprocess.CompletedProcess[str]]
ABOUT = Measured("abc123", "model-1", "extractive", "f00d", "questions.jsonl", "dev", 4)
LAB = {"practices": ["living-lab"], "sections": ["02-living-lab/stappen"], "facts": [["stap"]]}
QUESTIONS = (
    question("steps", "k", question="Welke stappen heeft een living lab?", **LAB),
    question(
        "followup", "v", question="en de tweede?", history=["Welke stappen heeft een living lab?"], **LAB
    ),
    question(
        "advice_short", "a", question="Wat past bij samen uitproberen in de wijk?", practices=["living-lab"]
    ),
    question("far", "f", question="Hoe bak ik een appeltaart?", answerable=False),
)


def kept(assistant: Assistant) -> dict[str, object]:
    """Return the results as they are kept."""
    found: dict[str, object] = json.loads(to_json(evaluate(assistant, ask_all(assistant, QUESTIONS), ABOUT)))
    return found


def written(tmp_path: Path, questions: tuple[ReferenceQuestion, ...] = QUESTIONS) -> Path:
    """Write questions to a file."""
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(one.model_dump_json() + "\n" for one in questions), encoding="utf-8")
    return file


def test_two_evaluations_give_the_same_results(word_assistant: Assistant) -> None:
    first = kept(word_assistant)
    assert first == kept(word_assistant)
    assert [row["id"] for row in first["questions"]] == ["k", "v", "a", "f"]  # type: ignore[attr-defined]


def test_baselines_and_every_part_left_out_stand_beside_the_product(word_assistant: Assistant) -> None:
    results = evaluate(word_assistant, ask_all(word_assistant, QUESTIONS), ABOUT)
    names = list(results.retrieval)
    assert names[:4] == [
        "product",
        "BM25 alone, on the text",
        "BM25 alone, with question variants",
        "dense alone",
    ]
    assert {f"product without {part}" for part in ("dense", "sentence", "variant", "lexical")} <= set(names)


def test_in_brief_there_are_no_baselines(word_assistant: Assistant) -> None:
    results = evaluate(word_assistant, ask_all(word_assistant, QUESTIONS), ABOUT, brief=True)
    assert (results.retrieval, results.answers) == ({}, {})
    assert results.measures["asked"].n == 1


def test_answers_stand_beside_the_first_block_that_each_ranking_finds(word_assistant: Assistant) -> None:
    results = evaluate(word_assistant, ask_all(word_assistant, QUESTIONS), ABOUT)
    assert list(results.answers) == [
        "product",
        "first block of the product's ranking",
        "first block by BM25 alone",
        "first block by dense alone",
    ]
    assert results.answers["product"]["asked"] == results.measures["asked"].value


def test_the_product_among_the_systems_is_what_was_answered(word_assistant: Assistant) -> None:
    results = evaluate(word_assistant, ask_all(word_assistant, QUESTIONS), ABOUT)
    assert results.retrieval["product"]["ndcg_at_5"] == results.measures["ndcg_at_5"].value


def test_every_step_of_an_answer_is_timed(word_assistant: Assistant) -> None:
    timings = ask_all(word_assistant, QUESTIONS)[0].answer.timings_ms
    assert {"embed", "retrieve", "write", "total"} <= set(timings)
    assert all(step > 0 for step in timings.values())


def test_an_adviser_is_judged_on_its_held_out_logits() -> None:
    targets = np.asarray([0, 1, 2, 0] * 10)
    logits = np.zeros((40, 3), dtype=np.float32)
    logits[np.arange(40), targets] = 4.0
    logits[::4] = [0.0, 1.0, -1.0]
    found = figures(logits, targets, [f"subject {row}" for row in range(40)])
    assert found["advice_first"] == 0.75
    assert found["advice_first_two"] == 1.0
    assert 0 <= found["advice_calibration_error"] < 0.2


def test_outside_git_there_is_no_commit(tmp_path: Path) -> None:
    assert revision(tmp_path) == UNKNOWN


@pytest.mark.parametrize("call", [["--split", "holiday"], ["--split", "all", "--check"]])
def test_a_wrong_call_exits_with_2(call: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(call)
    assert stopped.value.code == 2


def test_a_file_that_is_missing_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--questions", str(tmp_path / "nowhere.json")]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "nowhere.json: " in line


def test_the_command_writes_results_and_a_report(
    word_assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("evals.__main__.load_assistant", lambda _: word_assistant)
    out = tmp_path / "new" / "out"
    assert main(["--questions", str(written(tmp_path)), "--out", str(out)]) == 0
    assert json.loads((out / "results.json").read_text(encoding="utf-8"))["about"]["n"] == 4
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "http" not in page
    assert f"Report: {out / 'report.html'}" in capsys.readouterr().out


@pytest.mark.model
def test_a_check_exits_with_1_and_names_the_bar_that_is_missed(
    command: Command, tmp_path: Path, small_index: Path
) -> None:
    file = written(tmp_path, QUESTIONS[3:])
    done = command("evals", "--questions", file, "--out", tmp_path, "--index", small_index, "--check")
    assert done.returncode == 1
    assert "far questions refused" in done.stdout
    assert "Bar missed: asked (Knowledge: asked facts in the answer): not measured" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.model
def test_a_missing_index_is_one_clear_line(command: Command, tmp_path: Path) -> None:
    done = command("evals", "--index", tmp_path / "none")
    assert done.returncode == 1
    assert done.stderr.startswith("No index at ")
    assert done.stderr.count("\n") == 1
