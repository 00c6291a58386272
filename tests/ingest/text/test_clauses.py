"""Clauses: the pieces of a text that each can state one feature."""

from ingest.text.clauses import clauses, phrases


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


def test_phrases_end_where_a_reader_pauses() -> None:
    text = "Een lege kerk, inwoners en de school doen mee. Wat past?"
    assert [text[span.start : span.end] for span in phrases(text)] == [
        "Een lege kerk",
        "inwoners en de school doen mee.",
        "Wat past?",
    ]
