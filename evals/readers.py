"""Grades that independent readers gave answers → their mean, the share of each grade, agreement, the worst.

A reader's file holds a line for each answer: `{"id": "r-01", "kind": "list", "grade": 2, "remark": "…"}`. A
grade is 3 for what a good adviser would say, 2 for right and usable but padded, 1 for a part of it or buried,
and 0 for wrong, beside the point, or a refusal where there is an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict

from errors import DocumentError
from evals.report.table import Table, TableRow, as_text
from evals.scoring.resample import estimate, mean
from ingest.documents.data_files import read_lines

Mark = Literal[0, 1, 2, 3]
MARKS: tuple[Mark, ...] = get_args(Mark)
MOST_WORST = 10


class Grade(BaseModel):
    """What one reader thinks of one answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    grade: Mark
    remark: str = ""


Reader = Mapping[str, Grade]  # The grades of one reader by the id of the answer.


def load_grades(file: Path) -> Reader:
    """Read the grades of one reader; raise DocumentError if they cannot be used."""
    grades: dict[str, Grade] = {}
    for number, grade in read_lines(file, Grade):
        if grade.id in grades:
            raise DocumentError(file, f"line {number}: '{grade.id}' is graded in an earlier line too")
        grades[grade.id] = grade
    if not grades:
        raise DocumentError(file, "it holds no grades")
    return grades


def agreement(readers: Sequence[Reader]) -> tuple[int, float, float]:
    """Return the number of pairs of grades for one answer, the share that is equal, and within one."""
    gaps = [
        abs(one[id_].grade - other[id_].grade)
        for one, other in combinations(readers, 2)
        for id_ in one.keys() & other.keys()
    ]
    if not gaps:
        return 0, 0.0, 0.0
    return len(gaps), float(np.mean(np.asarray(gaps) == 0)), float(np.mean(np.asarray(gaps) <= 1))


def worst(readers: Sequence[Reader]) -> list[list[Grade]]:
    """Return the grades of the answers with the lowest mean, lowest first; those below full marks alone."""
    ids = dict.fromkeys(id_ for reader in readers for id_ in reader)
    together = [[reader[id_] for reader in readers if id_ in reader] for id_ in ids]
    below = [grades for grades in together if any(grade.grade < max(MARKS) for grade in grades)]
    return sorted(below, key=lambda grades: sum(grade.grade for grade in grades) / len(grades))[:MOST_WORST]


def report_readers(files: Sequence[Path]) -> str:
    """Return the grades of the readers as a table, with how far they agree and the worst answers."""
    readers = [load_grades(file) for file in files]
    everything = [grade for reader in readers for grade in reader.values()]
    kinds = sorted({grade.kind for grade in everything})
    rows = [
        _row("all grades", everything),
        *(_row(file.name, [*reader.values()]) for file, reader in zip(files, readers, strict=True)),
        TableRow("By kind of question"),
        *(_row(kind, [grade for grade in everything if grade.kind == kind]) for kind in kinds),
    ]
    table = Table("Readers", ["mean", "95% interval", *map(str, MARKS), "n"], rows)
    return "\n".join([as_text(table), *_agreement(readers), *_worst(readers)])


def _row(name: str, grades: Sequence[Grade]) -> TableRow:
    marks = np.asarray([[grade.grade] for grade in grades], dtype=float)
    found = estimate(marks, mean)
    shares = [f"{float(np.mean(marks == mark)):.0%}" for mark in MARKS]
    return TableRow(name, [f"{found.value:.2f}", f"{found.low:.2f}–{found.high:.2f}", *shares, str(found.n)])


def _agreement(readers: Sequence[Reader]) -> Iterator[str]:
    count, equal, near = agreement(readers)
    if count:
        yield f"\nAgreement on {count} answers: equal {equal:.0%}, within one {near:.0%}"


def _worst(readers: Sequence[Reader]) -> Iterator[str]:
    yield "\nThe worst answers"
    for grades in worst(readers):
        marks = " ".join(str(grade.grade) for grade in grades)
        remarks = " / ".join(grade.remark for grade in grades if grade.remark)
        yield f"  {grades[0].id:<12}{grades[0].kind:<16}{marks:<6}{remarks}".rstrip()
