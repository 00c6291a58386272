"""Whatever a visitor types gets an answer or an error made on purpose."""

import pytest

from assistant.chain import Assistant
from assistant.types import Question
from errors import EmptyQuestionError, QuestionTooLongError


@pytest.fixture
def known(word_assistant: Assistant) -> str:
    """Return a question that was written for a sentence of the text."""
    return word_assistant.index.variants[0].text


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\0", "?", "...!?", "🙂", "\u200b", "-- ''"])
def test_a_question_without_words_is_an_error(text: str, word_assistant: Assistant) -> None:
    with pytest.raises(EmptyQuestionError):
        word_assistant.ask(Question(text))


@pytest.mark.parametrize("text", ["woord " * 20_000, "x" * 100_000, "\n".join(["regel"] * 20_000)])
def test_a_question_of_100_000_characters_is_an_error_that_says_how_long_it_may_be(
    text: str, word_assistant: Assistant
) -> None:
    most = word_assistant.settings.max_question_chars
    with pytest.raises(QuestionTooLongError, match=str(most)):
        word_assistant.ask(Question(text))


def test_white_space_does_not_count_towards_the_length(known: str, word_assistant: Assistant) -> None:
    padded = word_assistant.ask(Question(f"\n{known}{' ' * 5_000}"))
    assert padded.text == word_assistant.ask(Question(known)).text


def test_nul_characters_are_read_over(known: str, word_assistant: Assistant) -> None:
    spoiled = word_assistant.ask(Question(f"\0{known}\0"))
    assert spoiled.status == "answered"
    assert spoiled.text == word_assistant.ask(Question(known)).text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> living lab", "[1] [2] [99]", "'; DROP TABLE x; --", "ق عربي lab", "a\ud800b"],
)
def test_odd_characters_are_survived(text: str, word_assistant: Assistant) -> None:
    assert word_assistant.ask(Question(text)).status in {"answered", "refused", "clarify"}


def test_a_long_history_is_cut_and_blank_turns_are_skipped(known: str, word_assistant: Assistant) -> None:
    history = tuple(["", " "] + ["woord " * 5_000] * 50)
    assert word_assistant.ask(Question(known, history=history)).standalone_question == known
