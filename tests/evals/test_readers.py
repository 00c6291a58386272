"""Readers' grades: means, shares, agreement and the worst, on cases worked by hand."""

import json
from pathlib import Path

import pytest

from errors import DocumentError
from evals.__main__ import main
from evals.readers import Grade, Mark, agreement, load_grades, report_readers, worst


def reader(*marks: Mark) -> dict[str, Grade]:
    """Return the grades of a reader for answers a, b, c and so on."""
    return {id_: Grade(id=id_, kind="list", grade=mark) for id_, mark in zip("abcdef", marks, strict=False)}


def written(file: Path, *lines: object) -> Path:
    """Write lines to a file; what is no text becomes JSON."""
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    return file


A = {"id": "a", "kind": "list", "grade": 3}


def test_readers_agree_on_the_answers_that_both_graded() -> None:
    assert agreement([reader(3, 2, 0, 1), reader(3, 1, 2)]) == (3, 1 / 3, 2 / 3)
    assert agreement([reader(3, 2)]) == (0, 0.0, 0.0)


def test_the_worst_have_the_lowest_mean_and_full_marks_are_left_out() -> None:
    found = worst([reader(3, 2, 0, 1), reader(3, 1, 2, 0)])
    assert [(grades[0].id, [grade.grade for grade in grades]) for grades in found] == [
        ("d", [1, 0]),
        ("c", [0, 2]),
        ("b", [2, 1]),
    ]


def test_the_command_tells_means_shares_agreement_and_the_worst(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step = {"id": "b", "kind": "step", "grade": 1, "remark": "padded"}
    one = written(tmp_path / "one.jsonl", A, "", step)
    two = written(tmp_path / "two.jsonl", {**A, "grade": 2}, {**step, "grade": 0, "remark": "lost"})
    assert main(["readers", str(one), str(two)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["all", "grades", "1.50", "0.50–2.50", "25%", "25%", "25%", "25%", "4"]
    named = ["one.jsonl", "two.jsonl", "By", "list", "step"]
    assert [line.split()[0] for line in lines[2:8] if line] == named
    assert "Agreement on 2 answers: equal 0%, within one 100%" in lines
    assert lines[-2].split() == ["b", "step", "1", "0", "padded", "/", "lost"]
    assert lines[-1].split() == ["a", "list", "3", "2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: Invalid JSON"),
        ({**A, "id": "b", "grade": 4}, "line 2: grade: Input should be"),
        (A, "line 2: 'a' is graded in an earlier line too"),
    ],
)
def test_a_grade_that_cannot_be_used_is_named(line: object, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=reason):
        load_grades(written(tmp_path / "grades.jsonl", A, line))


def test_a_file_without_grades_is_an_error(tmp_path: Path) -> None:
    for file in (written(tmp_path / "empty.jsonl"), tmp_path / "nowhere.jsonl"):
        with pytest.raises(DocumentError, match=file.name):
            report_readers([file])


@pytest.mark.parametrize("call", [["readers"], ["speed", "grades.jsonl"]])
def test_files_of_grades_go_with_readers_alone(call: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(call)
    assert stopped.value.code == 2
