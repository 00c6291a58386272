"""The words of a visitor that are quoted for a criterion are few, and are in the text."""

import numpy as np

from assistant.advice.evidence import MOST_WORDS, turn_of
from ingest.learning.classifier import TextClassifier


def detector(**weights: float) -> TextClassifier:
    """Return a detector with one output that knows these words alone."""
    return TextClassifier(
        labels=("open:yes",),
        ngrams={f" {word} "[:5]: row for row, word in enumerate(weights)},
        idf=np.ones(len(weights), dtype=np.float32),
        ngram_weights=np.asarray([[weight] for weight in weights.values()], dtype=np.float32),
        embedding_weights=np.zeros((0, 1), dtype=np.float32),
        bias=np.zeros(1, dtype=np.float32),
        temperature=1.0,
    )


def quoted(text: str, **weights: float) -> str:
    return turn_of(text, detector(**weights)).evidence(0)


def test_the_clause_that_says_it_is_quoted_and_not_the_whole_message() -> None:
    text = (
        "Ik woon hier al heel lang en het is een fijne buurt, maar niemand weet wat helpt, "
        "en de gemeente belt nooit terug."
    )
    assert quoted(text, niemand=8.0, weet=8.0, belt=-4.0) == "niemand weet wat helpt"


def test_a_long_sentence_without_commas_is_not_quoted_whole() -> None:
    text = " ".join(["een lange zin"] * 10) + " en niemand weet wat helpt"
    assert len(quoted(text, niemand=8.0, weet=8.0).split()) <= MOST_WORDS


def test_a_quote_that_would_break_off_goes_on_to_where_the_text_pauses() -> None:
    text = "Dag. Wij beheren sinds kort een complex waar mensen die niemand kent door elkaar wonen. Help!"
    quote = "Wij beheren sinds kort een complex waar mensen die niemand kent door elkaar wonen"
    assert quoted(text, beheren=8.0, complex=8.0, kent=-8.0) == quote


def test_a_quote_that_would_begin_within_a_row_of_subjects_begins_with_the_first() -> None:
    text = "Het is stil. Bewoners, de winkels en een school in de buurt willen samen dingen bedenken."
    quote = "Bewoners, de winkels en een school in de buurt willen samen dingen bedenken"
    assert quoted(text, buurt=8.0, samen=8.0, dingen=8.0, school=-8.0) == quote


def test_a_quote_that_would_begin_within_a_clause_begins_with_it() -> None:
    text = "Dag. Elke week gaat er bij ons in de hal iets heel nieuws draaien en daarna zien zij wat blijft."
    assert quoted(text, draaien=8.0, blijft=8.0, daarna=8.0, week=-8.0).startswith("Elke week gaat er")


def test_a_quote_opens_with_no_joining_word_and_closes_every_bracket() -> None:
    assert (
        quoted("En niemand weet wat helpt (ook wij", niemand=8.0, weet=8.0, belt=-4.0)
        == "niemand weet wat helpt"
    )


def test_what_is_only_asked_is_not_quoted_as_what_was_told() -> None:
    text = "Niemand weet wat helpt in de flat. Wat helpt het beste?"
    assert quoted(text, helpt=8.0, beste=1.0) == "Niemand weet wat helpt in de flat"


def test_a_turn_without_words_gives_nothing_to_quote() -> None:
    assert quoted("  ", niemand=8.0) == ""
