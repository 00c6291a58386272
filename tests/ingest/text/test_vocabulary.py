"""The vocabulary of a build: what a misspelled word can be meant as."""

from pathlib import Path

import numpy as np
import pytest

from ingest.text.tokens import sound
from ingest.text.vocabulary import checksum, load_vocabulary, parts, save_vocabulary, vocabulary
from ingest.types import Corpus, QuestionVariant, Section

SECTION = Section("a", "Kringgesprek", "algemeen", "a.md", "De leerkring leert. Zo leert de leerkring.")
ONCE = tuple(QuestionVariant(f"wat is een {word}?", "a", 0, 19) for word in ("leerkrng", *["zorgkring"] * 3))
CORPUS = Corpus(sections=(SECTION,), variants=ONCE, shorthand={"ff": "even"})


def test_a_misspelling_in_one_example_question_is_no_word() -> None:
    words = vocabulary(CORPUS)
    assert ("leerkrng" in words.weights, "zorgkring" in words.weights) == (False, True)
    assert checksum("leerkrng") not in words.known


def test_a_word_weighs_more_the_more_often_the_corpus_has_it() -> None:
    weights = vocabulary(CORPUS).weights
    assert (weights["kringgesprek"], weights["leerkring"], weights["zorgkring"]) == (20, 40, 60)


def test_what_is_stored_is_what_is_read(tmp_path: Path) -> None:
    words = vocabulary(CORPUS)
    save_vocabulary(tmp_path, words)
    stored = load_vocabulary(tmp_path)
    assert stored.sounds == words.sounds
    assert stored.weights == pytest.approx(words.weights, abs=0.001)
    assert (stored.splits, stored.joins, stored.shorthand) == (words.splits, words.joins, words.shorthand)
    assert np.array_equal(stored.known, words.known)


@pytest.mark.parametrize(
    ("one", "other"),
    [("projekt", "project"), ("zyn", "zijn"), ("verschil", "versgil"), ("actie", "aksie"), ("werdt", "werd")],
)
def test_spellings_that_sound_alike_are_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_a_word_is_cut_where_both_parts_could_be_words() -> None:
    assert list(parts("kerngroep")) == [("kern", "groep"), ("kerng", "roep")]
    assert list(parts("lab")) == []
