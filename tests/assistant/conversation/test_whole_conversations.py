"""Conversations on the whole corpus: what the last turn is taken to mean, and answered with."""

import pytest

from assistant.chain import Assistant
from assistant.types import Answer, Question

pytestmark = pytest.mark.model


def _asked(assistant: Assistant, *turns: str) -> Answer:
    return assistant.ask(Question(turns[-1], turns[:-1]))


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        (
            (
                "Kun je iets vertellen over het living lab in Meppel?",
                "Leuk. Hoeveel mensen deden mee?",
                "En hoe is het afgerond?",
            ),
            "Meppel",
        ),
        (("Welke vijf typen zijn er?", "Die laatste, komt die uit Nederland?"), "Doorbraak, komt die uit"),
        (("Welke vijf typen zijn er?", "wat houdt de derde in?"), "Actie-onderzoek"),
        (
            ("Welke valkuilen heeft een living lab?", "Dank. Nu dezelfde vraag voor actieonderzoek."),
            "valkuilen heeft een Actie-onderzoek",
        ),
        (
            ("Wat doen inwoners bij het Kwaliteitskompas?", "En is dat bij actie-onderzoek anders?"),
            "Kwaliteitskompas en Actie-onderzoek",
        ),
        (
            (
                "Welke vijf typen zijn er?",
                "Sorry, de verbinding viel weg. Kun je ze nog eens onder elkaar zetten?",
            ),
            "Welke vijf typen zijn er?",
        ),
    ],
)
def test_a_turn_takes_what_it_leaves_out_from_those_before(
    full_assistant: Assistant, turns: tuple[str, ...], meant: str
) -> None:
    assert meant in _asked(full_assistant, *turns).standalone_question


@pytest.mark.parametrize(
    ("turns", "practice"),
    [
        (
            (
                "Wij zijn een hogeschool en willen met de gemeente iets opzetten in één wijk.",
                "Studenten moeten er kunnen leren en met bewoners komt er iets nieuws uit.",
                "Welke van de vijf is het dan voor ons?",
            ),
            "living-lab",
        ),
        (
            (
                "In onze streek zitten acht clubs voor mantelzorgers.",
                "Ze weten het niet van elkaar en willen steeds weer lessen uitwisselen, zonder einddatum.",
                "We twijfelen tussen een living lab en een community of practice. Welke wordt het?",
            ),
            "community-of-practice",
        ),
    ],
)
def test_a_situation_told_in_turns_is_advised_on_as_a_whole(
    full_assistant: Assistant, turns: tuple[str, ...], practice: str
) -> None:
    advice = _asked(full_assistant, *turns).advice
    assert advice is not None
    assert advice.ranking[0].practice == practice


def test_an_advice_says_whether_a_later_turn_changes_it(full_assistant: Assistant) -> None:
    told = "De wachttijd bij ons loket moet dit jaar van acht naar drie weken. Wat adviseert u?"
    same = _asked(full_assistant, told, "Er doen zes loketten mee. Blijft het advies dan hetzelfde?")
    other = _asked(full_assistant, told, "Stel dat niemand iets aan het werk mag veranderen. Blijft u erbij?")
    assert same.text.startswith("Het advies blijft hetzelfde. Doorbraak")
    assert other.text.startswith("Dan verandert het advies. Geen van de vijf")


@pytest.mark.parametrize(
    "question",
    ["Wat kost een parkeervergunning?", "Hoe laat gaat het zwembad open?", "Ik heb schulden, wie helpt mij?"],
)
def test_another_subject_is_refused_by_itself(full_assistant: Assistant, question: str) -> None:
    answer = _asked(full_assistant, "Wat is een community of practice?", question)
    assert answer.status == "refused"
    assert not answer.citations


def test_a_policy_term_is_told_of_only_where_it_is_used(full_assistant: Assistant) -> None:
    answer = _asked(
        full_assistant,
        "Welk type past bij een wijkgerichte aanpak?",
        "We zoeken een vorm voor een vraagstuk, wat past?",
    )
    assert "wijkgerichte" not in answer.text
