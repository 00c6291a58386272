"""Reasons rest on the visitor's own words, each on words of its own."""

from dataclasses import replace

import pytest

from assistant.advice.grounds import Grounds, grounds_of
from assistant.advice.ranking import Ranking
from assistant.advice.reading import Features, Sign
from assistant.advice.reasons import counter_sign, reasons_for, runner_up, with_reason
from assistant.chain import Assistant
from assistant.retrieval.query import Query

FIRST, SECOND = "living-lab", "actie-onderzoek"
RANKING: Ranking = ((FIRST, 0.8), (SECOND, 0.2))


@pytest.fixture
def grounds(word_assistant: Assistant) -> Grounds:
    """Return the grounds of the small corpus."""
    return grounds_of(word_assistant.index, word_assistant.retriever.query)


@pytest.fixture
def query(word_assistant: Assistant) -> Query:
    """Return a situation that says nothing."""
    return word_assistant.retriever.query("Wat past bij ons?")


def sign(grounds: Grounds, criterion: str, evidence: str, probability: float = 0.9) -> Sign:
    found = next(one for one in grounds.index.criteria if one.id == criterion)
    return Sign(found, "yes", probability, evidence, alone=probability)


def features(grounds: Grounds, *signs: Sign, guesses: tuple[Sign, ...] = ()) -> Features:
    none = dict.fromkeys((criterion.id for criterion in grounds.index.criteria), 0.0)
    return Features(none, none, signs, guesses, none)


def test_a_guess_is_a_reason_only_where_no_sign_speaks(grounds: Grounds) -> None:
    guess = sign(grounds, "gebruikers-maken", "samen met de moeders uittesten", 0.4)
    sure = sign(grounds, "oplossing-open", "niemand weet wat helpt")
    assert with_reason(grounds, features(grounds, guesses=(guess,)), FIRST).signs == (guess,)
    assert with_reason(grounds, features(grounds, sure, guesses=(guess,)), FIRST).signs == (sure,)


def test_two_reasons_never_rest_on_the_same_words(grounds: Grounds, query: Query) -> None:
    one = sign(grounds, "gebruikers-maken", "bewoners bedenken samen iets nieuws", 0.95)
    same = sign(grounds, "oplossing-open", "samen iets nieuws bedenken")
    other = sign(grounds, "oplossing-open", "geen idee wat helpt")
    assert [r.sign for r in reasons_for(grounds, query, features(grounds, one, same), FIRST)] == [one]
    assert [r.sign for r in reasons_for(grounds, query, features(grounds, one, other), FIRST)] == [one, other]


def test_what_speaks_for_both_comes_last_when_both_are_named(grounds: Grounds, query: Query) -> None:
    both = sign(grounds, "oplossing-open", "geen idee wat helpt", 0.99)
    alone = sign(grounds, "gebruikers-maken", "bewoners maken mee", 0.8)
    reading = features(grounds, both, alone)
    assert [r.sign for r in reasons_for(grounds, query, reading, FIRST)] == [both, alone]
    assert [r.sign for r in reasons_for(grounds, query, reading, FIRST, SECOND)] == [alone, both]


def test_a_second_is_named_for_words_of_its_own_alone(grounds: Grounds, query: Query) -> None:
    first = sign(grounds, "gebruikers-maken", "bewoners bedenken iets nieuws")
    own = sign(grounds, "hardnekkig-waarom", "niemand snapt waarom het vastloopt")
    shared = sign(grounds, "hardnekkig-waarom", "bewoners bedenken iets")
    weak = sign(grounds, "hardnekkig-waarom", "niemand snapt waarom het vastloopt", 0.5)
    for second, named in ((own, [own]), (shared, []), (weak, [])):
        reading = features(grounds, first, second)
        reasons = reasons_for(grounds, query, reading, FIRST)
        found = runner_up(grounds, query, reading, RANKING, reasons, None)
        assert [reason.sign for reason in found] == named


def test_only_a_sure_sign_is_said_to_speak_against(grounds: Grounds) -> None:
    passage = grounds.passages["gebruikers-maken", FIRST]
    known = replace(grounds, passages={("vakgenoten-leren", FIRST): passage})
    sure, weak = (sign(grounds, "vakgenoten-leren", "van elkaar leren", chance) for chance in (0.9, 0.6))
    found = counter_sign(features(grounds, sure), known, FIRST)
    assert found is not None
    assert found.sign == sure
    assert counter_sign(features(grounds, weak), known, FIRST) is None
