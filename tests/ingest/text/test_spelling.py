"""A question is read as it was meant; what is spelled well stays as it is."""

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.spelling import Speller
from ingest.text.vocabulary import vocabulary
from ingest.types import Aspect, Corpus, Practice, Section

TEXT = (
    "Een werkzaam element helpt inwoners. De kerngroep kiest de ambitie en de casussen. "
    "Een actieonderzoeker doet actieonderzoek. De city deal liep af. Elke city deal telt. "
    "Rathenau schreef over co-creatie. Dus co-creatie. De brochure gaat over de verbetercyclus en de regie. "
    "De ideeën van de coördinator tellen. Samen met de gemeente."
)
CORPUS = Corpus(
    sections=(Section("a", "Kwaliteitskompas", "lab", "a.md", TEXT),),
    practices=(Practice("lab", "Living lab", "", ("livinglab",)),),
    aspects=(Aspect("duur", "Duur", ("hoe lang",)),),
    shorthand={"ff": "even", "t": "het", "n": "een", "hoelang": "hoe lang"},
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    """Return the speller of a small corpus."""
    return Speller(vocabulary(CORPUS))


@lru_cache
def without_joins() -> Speller:
    """Return a speller that joins no words, made once."""
    return Speller(replace(vocabulary(CORPUS), joins={}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("de kerngreop", "de kerngroep"),
        ("inwonners", "inwoners"),
        ("casusen", "casussen"),
        ("werkzam", "werkzaam"),
        ("kasussen", "casussen"),
        ("ambietsie", "ambitie"),
        ("brosjure", "brochure"),
        ("rezjie", "regie"),
        ("aktieonderzoek", "actieonderzoek"),
        ("ratenau", "rathenau"),
        ("hebbe", "hebben"),
        ("gehaalt", "gehaald"),
    ],
    ids="swapped doubled dropped missing sound sound sound sound sound name spoken dt".split(),
)
def test_a_misspelled_word_becomes_the_one_that_was_meant(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("de kern groep", "de kerngroep"),
        ("actie onderzoek", "actieonderzoek"),
        ("een kern, groep", "een kern, groep"),
        ("een living lab", "een living lab"),
        ("citydeal", "city deal"),
        ("cocreatie", "co-creatie"),
        ("kerngroep overleg", "kerngroep overleg"),
    ],
)
def test_a_compound_is_written_as_the_corpus_writes_it(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ff een vraag", "even een vraag"),
        ("hoelang duurt 't?", "hoe lang duurt het?"),
        ("zo’n lab in ’n wijk", "zo’n lab in een wijk"),
        ("FF", "even"),
    ],
)
def test_chat_language_is_read_in_full(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Hoe maak ik erwtensoep met rookworst?",
        "De trein naar Groningen vertrekt.",
        "jeugdhulpregio's en buurtteamleden",
        "ideeen van de coordinator",
        "Ideeën van de coördinator",
        "World Café en Theory of Change",
        "pdca, NJi, 2018 en 7,5 ton",
        "een abc def",
        "kijk op www.voorbeeld.nl/a?b=c",
        "",
        "?!… 🙂",
    ],
)
def test_what_is_spelled_well_stays_as_it_is(speller: Speller, text: str) -> None:
    assert speller.correct(text) == text


def test_without_a_corpus_general_dutch_is_still_known() -> None:
    assert Speller(vocabulary(Corpus(sections=()))).correct("de gemeete vraagd") == "de gemeente vraagt"


def test_a_word_of_the_corpus_wins_from_a_general_one_that_is_as_near(speller: Speller) -> None:
    assert speller.correct("kwaliteitskompass") == "kwaliteitskompas"
    other = replace(CORPUS, sections=(replace(CORPUS.sections[0], text="De wever weeft. " * 9),))
    assert Speller(vocabulary(other)).correct("de wefer") == "de wever"


@given(st.text())
def test_any_text_can_be_corrected(text: str) -> None:
    assert isinstance(without_joins().correct(text), str)


@given(st.lists(st.sampled_from(TEXT.replace(".", "").split()), max_size=8).map(" ".join))
def test_the_corpus_s_own_words_are_never_changed(text: str) -> None:
    assert without_joins().correct(text) == text
