"""A word that was broken over two lines is whole again, and a hyphen that belongs to a word stays."""

import pytest

from ingest.readers.pdf.letters.hyphens import WordCounts, join, joined, learn_words

WORDS = WordCounts({"praktijk": 3, "actie-onde": 2, "actie-onderzoek": 2})


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["een lerende prak-", "tijk"], "een lerende praktijk"),
        (["met actie-", "onderzoekers"], "met actie-onderzoekers"),
        (["een leer-", "en verbetertraject"], "een leer- en verbetertraject"),
        (["in Noord-", "Holland"], "in Noord-Holland"),
        (["in 2015-", "2018"], "in 2015-2018"),
        (["een zzp-", "er"], "een zzper"),
        (["een ZZP-", "er"], "een ZZP-er"),
        (["een ex-", "cliënt"], "een ex-cliënt"),
        (["een zee-", "eend"], "een zee-eend"),
        (["weten\u00ad", "schap"], "wetenschap"),
        (["weten\u00ad\u2010", "schap"], "wetenschap"),
        (["weten\u2010", "schap"], "wetenschap"),
        (["zie https://www.movisie.nl/", "praktijken"], "zie https://www.movisie.nl/praktijken"),
        (["het doel –", "leren"], "het doel – leren"),
        (["een", "", "zin"], "een zin"),
    ],
)
def test_lines_become_text(lines: list[str], text: str) -> None:
    assert joined(lines, WORDS) == text


def test_a_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    lines = ["Een zin zonder afbreking.", "De Bridge-", "methode."] * 30
    assert not learn_words(lines).hyphenates
    assert join("De Bridge-", "methode.", learn_words(lines)) == "De Bridge-methode."


def test_a_document_that_breaks_words_shows_it_by_words_that_it_also_writes_in_one() -> None:
    lines = ["De praktijk leert.", "Een prak-", "tijk is een verant-", "woording."] * 30
    assert learn_words(lines).hyphenates
    assert join("een verant-", "woording", learn_words(lines)) == "een verantwoording"
