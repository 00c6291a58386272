"""What a visitor says last counts most."""

import pytest

from assistant.chain import Assistant
from assistant.types import Question


@pytest.mark.model
def test_a_turn_that_changes_the_situation_changes_the_advice(full_assistant: Assistant) -> None:
    told = "Als raadslid wil ik samen met partners sturen op wat het inwoners oplevert. Welke vorm past?"
    changed = "Maar stel dat één wachttijd binnen een jaar aantoonbaar korter moet. Wat dan?"
    before = full_assistant.ask(Question(told)).advice
    after = full_assistant.ask(Question(changed, (told,))).advice
    assert before is not None
    assert after is not None
    assert (before.ranking[0].practice, after.ranking[0].practice) == ("leer-en-verbetertraject", "doorbraak")
