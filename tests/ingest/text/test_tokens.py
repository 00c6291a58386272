"""Dutch words for the lexical leg."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.tokens import folded, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeenten", "gemeente"),
        ("Lerende", "leren"),
        ("bewoners", "bewoner"),
        ("IDEEËN", "ideeen"),
        ("coöperatie", "cooperatie"),
        ("living-lab", "living lab"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert words(one) == words(other) != []


def test_order_and_repeats_are_kept() -> None:
    assert words("wijk en buurt en wijk") == ["wijk", "buurt", "wijk"]


@pytest.mark.parametrize("text", ["de het een en van", "wat is dat", "welke", "", "?!…", "🙂"])
def test_words_that_say_nothing_are_left_out(text: str) -> None:
    assert words(text) == []


def test_numbers_are_words() -> None:
    assert words("in 2018, stap 3") == ["2018", "stap", "3"]


@given(st.text())
def test_accents_and_case_make_no_difference(text: str) -> None:
    assert words(folded(text)) == words(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
