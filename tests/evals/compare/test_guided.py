"""The guided conversation, played, agrees with the chat when the same facts are typed there."""

import pytest

from assistant.chain import Assistant
from evals.compare.guided import CASES, measure_guide, spread
from ingest.documents.practices import merged_practices
from ingest.documents.sidecars import situations
from tests.conftest import CORPUS

PRACTICES = merged_practices([CORPUS])
PLAYED = spread([one for one in situations(CORPUS, PRACTICES) if one.asks == "advice"], PRACTICES.criteria)


def test_cases_are_clear_and_taken_evenly() -> None:
    assert len(PLAYED) == CASES
    assert {one.practice for one in PLAYED} == {practice.id for practice in PRACTICES.practices}
    assert not any(one.acceptable for one in PLAYED)


@pytest.mark.model
def test_a_played_case_is_right_in_few_questions_and_the_chat_says_the_same(
    full_assistant: Assistant,
) -> None:
    found = measure_guide(full_assistant, PLAYED)
    assert found["guide_right"].value >= 0.95
    assert found["guide_right_told"].value >= 0.94
    assert found["guide_questions"].value <= 4
    assert found["guide_as_answers"].value >= 0.95
    assert found["guide_as_text"].value >= 0.95
