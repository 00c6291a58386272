"""What a question takes for granted, and what the text says of that."""

import pytest

from assistant.chain import Assistant
from assistant.question.premise import premise
from assistant.types import Question


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        ("Waarom is meedoen verplicht?", ""),
        ("Waarom is meedoen altijd verplicht?", "Is meedoen altijd verplicht?"),
        ("En in welk jaar begon het lab in de wijk?", "Begon het lab in de wijk?"),
        ("Waarom geen living lab in onze wijk?", ""),
        ("Wie doen er mee aan een living lab?", ""),
    ],
)
def test_what_is_taken_for_granted_is_put_as_a_yes_no_question(question: str, taken: str) -> None:
    assert premise(question) == taken


@pytest.mark.model
def test_a_false_premise_is_named_before_the_text_that_denies_it(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("Waarom is Doorbraak geschikt voor fundamenteel onderzoek?"))
    assert (answer.status, answer.text) == (
        "answered",
        "Dat klopt niet helemaal. Fundamenteel onderzoek of nieuwe kennis. Daar is Doorbraak niet voor "
        "bedoeld. [1]",
    )


@pytest.mark.model
def test_a_true_premise_is_answered_as_it_is_asked(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("Waarom twijfelen critici aan actieonderzoek?"))
    assert answer.text.startswith("Critici twijfelen")
