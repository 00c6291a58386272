"""What the text does not answer is refused; what it answers is not."""

import pytest

from assistant.chain import Assistant
from assistant.retrieval.coverage import covers


def covered(assistant: Assistant, text: str) -> bool:
    """Return whether the assistant's text covers a question."""
    query = assistant.retriever.query(text)
    return covers(assistant.index, query, assistant.retriever.search(query))


def test_without_passages_nothing_is_covered(word_assistant: Assistant) -> None:
    query = word_assistant.retriever.query("Wat is een living lab?")
    assert not covers(word_assistant.index, query, [])


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Hoe bak ik een appeltaart?",
        "Wie won het WK voetbal in 2014?",
        "Wat is de hoofdstad van Peru?",
        "Schrijf een gedicht over de zee",
        "Wat kost een treinkaartje van Utrecht naar Groningen?",
        "asdf qwer zxcv",
    ],
)
def test_a_question_about_something_else_is_not_covered(question: str, full_assistant: Assistant) -> None:
    assert not covered(full_assistant, question)


@pytest.mark.model
def test_questions_written_for_the_text_are_covered(full_assistant: Assistant) -> None:
    asked = [variant.text for variant in full_assistant.index.variants[::40]]
    assert sum(covered(full_assistant, question) for question in asked) / len(asked) >= 0.9
