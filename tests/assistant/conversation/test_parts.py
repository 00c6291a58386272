"""A question that asks two things is answered on both."""

import pytest

from assistant.chain import Assistant
from assistant.conversation.parts import two_questions
from assistant.types import Question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Wie maakt het pakket en wie keurt het goed?",
            ("Wie maakt het pakket", "wie keurt het goed?"),
        ),
        (
            "Photovoice, wat houdt dat in en kun je het ook met kinderen doen?",
            ("Photovoice, wat houdt dat in", "kun je het ook met kinderen doen?"),
        ),
        (
            "Hoe lang duurt het? Hoeveel mensen doen er mee?",
            ("Hoe lang duurt het", "Hoeveel mensen doen er mee?"),
        ),
        (
            "Wie heeft ze bedacht en wanneer was dat? (fasen)",
            ("Wie heeft ze bedacht (fasen)", "wanneer was dat? (fasen)"),
        ),
        ("Wie doet wat en wanneer?", ()),
        ("Wat is een groep die bepaalt wat er gebeurt?", ()),
        ("Wij leren samen en wie wil doet mee.", ()),
    ],
)
def test_a_question_is_split_where_a_second_one_begins(question: str, parts: tuple[str, ...]) -> None:
    assert two_questions(question) == parts


@pytest.mark.model
def test_both_things_that_are_asked_are_answered(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(
        Question("Hoeveel maanden duurt een Doorbraak en hoe vaak komen de teams bij elkaar?")
    )
    assert "6 tot 15 maanden" in answer.text
    assert "drie leerbijeenkomsten" in answer.text
