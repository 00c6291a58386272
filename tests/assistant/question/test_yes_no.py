"""Which questions ja or nee answers."""

import pytest

from assistant.question.yes_no import asks_whether_fits, asks_yes_no
from ingest.types import Practice


@pytest.mark.parametrize(
    "question",
    [
        "Moet iedereen meedoen?",
        "Wij doen dit al jaren. Is dat een lerende praktijk?",
        "Bewoners beslissen toch mee in een lab, toch?",
        "Je mag stoppen, of niet?",
        "Kies je bij zo'n traject altijd één aanpak?",
        "Dat is toch genoeg voor zo'n traject?",
        "Mag ik twee vormen combineren, of is dat vloeken in de kerk?",
        "Kunnen we nagaan of het helpt?",
        "Wie meedoet, leert wat. Zien zij dat ook zo?",
        "Niet iedereen komt. Ik wil het gewoon verplicht stellen. Verstandig?",
        "Is het gissen of het werkt? (doel)",
    ],
)
def test_ja_or_nee_answers_a_question_that_begins_with_a_verb_or_asks_to_agree(question: str) -> None:
    assert asks_yes_no(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wie doet er mee?",
        "Is het een lab of een CoP?",
        "Kan ik dat ook hier inzetten, of zijn dat twee verschillende dingen?",
        "En de tweede?",
        "Moet dat, en wanneer?",
        "Volgens de tekst een vaste duur?",
        "Wiens taak is het om mensen erbij te halen?",
        "verschil in regie tussen living lab en doorbraak",
        "Kan iemand me uitleggen wat een CoP is?",
        "Zou u ons de vijf waarden even willen noemen?",
    ],
)
def test_ja_or_nee_answers_no_open_question_choice_or_fragment(question: str) -> None:
    assert not asks_yes_no(question)


def test_a_practice_with_of_in_its_name_is_no_choice() -> None:
    named = (Practice("cop", "Community of practice", ""),)
    assert asks_yes_no("Kan ik collega's tot een community of practice verplichten?", named)
    assert not asks_yes_no("Is het een community of practice of een lab?", named)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Wij testen in de wijk. Ik dacht aan een lab. Past dat?", True),
        ("Is een lab dan verstandig?", True),
        ("Ik dacht aan een lab. Is er iets beters?", False),
        ("Ik dacht aan een lab. Past dat niet?", False),
        ("Ik dacht aan een lab. Heb je daar ideeën over?", False),
        ("Welke past, een lab?", False),
    ],
)
def test_whether_a_type_fits_is_asked_of_it_and_not_denied_or_compared(question: str, asks: bool) -> None:
    lab = Practice("lab", "Lab", "")
    assert asks_whether_fits(question, [lab]) == asks
