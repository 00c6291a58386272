"""Words that deny, with or without accents."""

import pytest

from ingest.text.negation import is_negated, narrowing, sameness


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Wanneer past het niet?", True),
        ("Wanneer kun je het beter níét doen?", True),
        ("Waarom géén lab?", True),
        ("Wanneer past het wel?", False),
    ],
)
def test_a_question_denies_by_a_word_for_it(question: str, negated: bool) -> None:
    assert is_negated(question) is negated


def test_what_narrows_a_question_is_told() -> None:
    assert narrowing("Doen alléén bewoners mee?") == frozenset({"alleen"})


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Is dat dezelfde methode?", 1),
        ("Is het hetzelfde als een lab?", 1),
        ("Een leernetwerk is een ander woord voor een CoP.", 1),
        ("Die methode is iets anders.", -1),
        ("Zijn dat verschillende dingen?", -1),
        ("Is het hetzelfde of iets anders?", 0),
        ("Wie doet er mee?", 0),
    ],
)
def test_what_is_the_same_is_told_from_what_is_another(text: str, about: int) -> None:
    assert sameness(text) == about
