"""Numbers are found however they are written."""

from ingest.text.numbers import numbers_in


def test_words_and_digits_are_the_same_numbers() -> None:
    assert numbers_in("Zes stappen in 2024") == numbers_in("6 van 2024") == {"6", "2024"}


def test_an_article_and_the_mark_of_an_item_are_no_numbers() -> None:
    assert numbers_in("één vorm:\n1. Kies.\n2. Doe.") == frozenset()
