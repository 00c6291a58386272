"""What a later turn takes back is no part of the situation any more."""

import pytest

from assistant.chain import Assistant
from assistant.conversation.corrections import without_retracted
from assistant.types import Question

TOLD = "Wij willen met bewoners van drie flats iets nieuws bedenken, en dat dit jaar nog. Wat past?"


@pytest.mark.parametrize(
    ("last", "left"),
    [
        ("De bewoners hoeven er eigenlijk niet bij.", "en dat dit jaar nog. Wat past?"),
        ("Nee, bewoners doen niet mee, het gaat om beheerders.", "en dat dit jaar nog. Wat past?"),
        ("De bewoners hebben niet veel tijd.", TOLD),
        ("Er doen ook bewoners van een vierde flat mee.", TOLD),
    ],
)
def test_phrases_that_the_last_turn_denies_are_left_out(last: str, left: str) -> None:
    assert without_retracted((TOLD, last)) == (left, last)


def test_a_chosen_answer_takes_nothing_back_and_is_kept() -> None:
    choice = "Nee, bewoners doen niet mee."
    assert without_retracted((TOLD, choice), [choice]) == (TOLD, choice)
    assert without_retracted((choice, "Eigenlijk zijn er geen bewoners."), [choice])[0] == choice


def test_one_turn_is_left_as_it_is() -> None:
    assert without_retracted((TOLD,)) == (TOLD,)


@pytest.mark.model
def test_what_was_taken_back_is_no_reason_any_more(full_assistant: Assistant) -> None:
    last = "De bewoners hoeven er eigenlijk niet bij, het gaat om beheerders die van elkaar willen leren."
    answer = full_assistant.ask(Question(last, (TOLD,)))
    assert answer.advice is not None
    assert answer.advice.ranking[0].practice == "community-of-practice"
    assert "met bewoners" not in answer.text
