"""A turn after an advice that asks why, whether another practice would do, or what becomes of it if."""

import pytest

from assistant.chain import Assistant
from assistant.conversation.advice_words import supposes, weighs, weighs_and_tells
from assistant.conversation.condense import condense
from assistant.conversation.followup_words import points_firmly
from assistant.conversation.subject import listener
from assistant.types import Question

TOLD = (
    "Zes welzijnsorganisaties willen ervaringen met valpreventie uitwisselen en van elkaar leren. "
    "Welke vorm past?"
)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Waarom geen living lab dan?", True),
        ("Zou actie-onderzoek ook kunnen?", True),
        ("En een doorbraak, past dat niet?", True),
        ("Dus een living lab valt af?", True),
        ("Mijn collega zegt dat een living lab beter past. Heeft ze gelijk?", True),
        ("Wat is een living lab?", False),
        ("Hoe lang duurt een living lab?", False),
        ("Kan een living lab ook digitaal?", False),
        ("Waarom niet?", False),
    ],
)
def test_a_turn_weighs_a_practice_when_it_says_little_else(
    question: str, bare: bool, word_assistant: Assistant
) -> None:
    assert weighs(word_assistant.index, question) == bare


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("Waarom geen living lab, wij zitten toch al elke maand om tafel?", True),
        ("Zou een doorbraak niet sneller iets opleveren?", True),
        ("Mijn collega zegt: doe gewoon Doorbraak. Waarom wel of niet?", True),
        ("De directie wil een living lab, is dat een goed idee?", True),
        ("Zou je het dan nog steeds een living lab noemen?", True),
        ("Mijn collega's zien meer in een living lab. Wat zou jij doen?", True),
        ("Waarom heet het een living lab?", False),
        ("Is een living lab duur?", False),
    ],
)
def test_a_turn_may_weigh_a_practice_and_tell_more(
    question: str, telling: bool, word_assistant: Assistant
) -> None:
    assert weighs_and_tells(word_assistant.index, question) == telling


def test_a_supposition_is_about_the_askers_own_situation() -> None:
    assert supposes("En als we wel bewoners laten meedoen, wat wordt het dan?")
    assert supposes("Stel dat er een termijn bij komt?")
    assert not supposes("Als wat begint een traject?")


def test_a_first_phrase_with_a_pronoun_points_firmly() -> None:
    assert points_firmly("Hoe lang duurt dat gemiddeld, en is dat overal hetzelfde getal?")
    assert points_firmly("Met hoeveel man doe je zoiets het beste?")
    assert points_firmly("Zaten daar ook een paar verenigingen van ouders uit de buurt bij?")
    assert not points_firmly("Hoe komt het dat zoveel jongeren afhaken, terwijl iedereen zijn best doet?")


@pytest.mark.model
def test_a_practice_that_is_weighed_is_judged_by_what_was_told(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("Waarom geen living lab dan?", (TOLD,)))
    assert answer.text.startswith("Een living lab past hier niet het best. Een community of practice past")
    assert '\nTegen een living lab spreekt "' in answer.text
    assert "Alleen professionals leren van elkaar." in answer.text
    assert '"Waarom geen' not in answer.text


@pytest.mark.model
def test_a_supposition_with_a_sign_changes_the_advice(full_assistant: Assistant) -> None:
    question = "En stel dat we niet snappen waarom ouderen steeds vallen?"
    answer = full_assistant.ask(Question(question, (TOLD,)))
    assert answer.text.startswith("Dan verandert het advies. Actie-onderzoek")


@pytest.mark.model
def test_another_subject_leaves_the_situation_told_before(full_assistant: Assistant) -> None:
    question = (
        "Heel andere vraag: vier teams moeten dit jaar de wachttijd halveren, met cijfers per week. Wat past?"
    )
    answer = full_assistant.ask(Question(question, (TOLD,)))
    assert answer.text.startswith("Doorbraak past hier het best.")


@pytest.mark.model
def test_a_comparison_asks_the_last_question_of_both(full_assistant: Assistant) -> None:
    heard = listener(full_assistant.index, full_assistant.retriever.query)
    history = ("Wie bepaalt in een community of practice waar het over gaat?",)
    text = condense(heard, "Leg dat eens naast actie-onderzoek.", history).text
    assert text.startswith("Wie bepaalt in een")
    assert all(name in text.lower() for name in ("actie-onderzoek", "community of practice"))
