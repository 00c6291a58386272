"""A text in another language is recognised, and Dutch with foreign titles stays Dutch."""

import pytest

from ingest.text.language import language

TEXTS = {
    "nl": "De gemeente en de bewoners werken samen aan een plan voor de wijk, en dat is niet makkelijk. ",
    "en": "The council and the people who live there work on a plan for the area, and that is not easy. ",
    "de": "Die Gemeinde und die Bewohner arbeiten an einem Plan für das Viertel, und das ist nicht einfach. ",
    "fr": "La commune et les habitants travaillent sur un plan pour le quartier, et ce n'est pas facile. ",
}


@pytest.mark.parametrize("spoken", TEXTS)
def test_the_language_of_a_page_is_recognised(spoken: str) -> None:
    assert language([TEXTS[spoken] * 10]) == spoken


@pytest.mark.parametrize(
    "text",
    ["", "Living Lab", TEXTS["en"], TEXTS["nl"] * 3 + TEXTS["en"] * 3],
    ids=["none", "title", "one line", "half"],
)
def test_little_text_or_a_mix_counts_as_dutch(text: str) -> None:
    assert language([text]) == "nl"
