"""Headings tell which practice and which aspect a section is about."""

import pytest

from ingest.text.subjects import Subjects, aspect_of, practice_of
from ingest.types import Aspect, Practice

SUBJECTS = Subjects(
    (Practice("lab", "Living lab", "", ("proeftuin",)), Practice("kring", "Leerkring", "")),
    (
        Aspect("doel", "Doel", ("doelen",)),
        Aspect("stappen", "Aan de slag: stappen"),
        Aspect("keuze", "Kiezen"),
    ),
)


@pytest.mark.parametrize(
    ("headings", "practice"),
    [
        (("Living lab", "Doel"), "lab"),
        (("2. De proeftuin",), "lab"),
        (("Living lab", "Verschil met een leerkring"), "kring"),
        (("Living lab", "Living lab of leerkring?"), None),
        (("Inleiding",), None),
        ((), None),
    ],
)
def test_the_innermost_heading_that_names_one_practice_decides(
    headings: tuple[str, ...], practice: str | None
) -> None:
    assert practice_of(headings, SUBJECTS) == practice


@pytest.mark.parametrize(
    ("headings", "aspect"),
    [
        (("Living lab", "Doel"), "doel"),
        (("Kiezen", "Aan de slag: stappen (2)"), "stappen"),
        (("Living lab", "3.2 Doel"), "doel"),
        (("Living lab", "Welke doelen zijn er?"), "doel"),
        (("Living lab",), None),
        ((), None),
    ],
)
def test_a_heading_with_the_label_of_an_aspect_decides_and_else_its_words(
    headings: tuple[str, ...], aspect: str | None
) -> None:
    assert aspect_of(headings, SUBJECTS) == aspect
