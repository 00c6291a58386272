"""Words that deny, with or without accents."""

import pytest

from ingest.text.negation import is_negated, narrowing


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
