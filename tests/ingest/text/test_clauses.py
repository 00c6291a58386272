"""Clauses: the pieces of a text that each can state one feature."""

import pytest

from ingest.text.clauses import around, clauses


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in clauses(text)]


def test_a_sentence_is_split_at_commas_and_conjunctions() -> None:
    assert pieces("Vijf teams doen mee, de wachttijd moet omlaag en bewoners denken mee over het plan.") == [
        "Vijf teams doen mee",
        "de wachttijd moet omlaag",
        "en bewoners denken mee over het plan.",
    ]


def test_a_piece_too_short_to_say_something_stays_with_the_one_before() -> None:
    assert pieces("Wij willen leren, samen dus, van andere teams") == [
        "Wij willen leren, samen dus",
        "van andere teams",
    ]


def test_a_short_sentence_of_its_own_stays_alone() -> None:
    assert pieces("Wij zijn met acht. Help ons. De wachttijd is lang.") == [
        "Wij zijn met acht.",
        "Help ons.",
        "De wachttijd is lang.",
    ]


def test_an_empty_text_has_no_clauses() -> None:
    assert pieces("  ") == []


@pytest.mark.parametrize(
    ("text", "clause", "shown"),
    [
        (
            "Een bureau heeft iets bedacht. Zij testen het met bewoners en familie thuis.",
            "en familie thuis.",
            "Zij testen het met bewoners en familie thuis.",
        ),
        (
            "In al die jaren is er van alles gedaan wat niet hielp, en nu zoeken bewoners het zelf uit.",
            "en nu zoeken bewoners het zelf uit.",
            "en nu zoeken bewoners het zelf uit.",
        ),
        (
            "Ons team werkt met pubers die niet slapen en zou graag gevallen bespreken en trucs afkijken.",
            "en trucs afkijken.",
            "en zou graag gevallen bespreken en trucs afkijken.",
        ),
        (
            "Een lege kerk, inwoners en de school willen er samen van alles doen.",
            "en de school willen er samen van alles doen.",
            "inwoners en de school willen er samen van alles doen.",
        ),
    ],
)
def test_around_a_clause_is_what_reads_well_in_twelve_words(text: str, clause: str, shown: str) -> None:
    span = next(span for span in clauses(text) if text[span.start : span.end] == clause)
    whole = around(text, span, 12)
    assert text[whole.start : whole.end] == shown
