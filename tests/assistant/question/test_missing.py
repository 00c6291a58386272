"""Names that the text never uses are found; those of the visitor's own situation are left alone."""

import pytest

from assistant.chain import Assistant
from assistant.question.missing import missing_names, missing_nouns


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hoeveel mensen deden mee in de wijk Haagse Beemden?", ("Haagse Beemden",)),
        ("Hoe ging het living lab in Meppel?", ()),
        ("Wij werken in Sneek. Hoe begin je een living lab?", ()),
        ("Hoe beginnen wij in Sneek een living lab?", ()),
    ],
)
def test_only_names_that_are_asked_about_are_missing(
    question: str, names: tuple[str, ...], full_assistant: Assistant
) -> None:
    assert missing_names(full_assistant.index, question) == names


@pytest.mark.model
def test_a_thing_that_the_text_never_mentions_is_named(full_assistant: Assistant) -> None:
    assert missing_nouns(full_assistant.index, "Is er een keurmerk voor begeleiders?") == ("keurmerk",)
    assert missing_nouns(full_assistant.index, "Hoeveel heeft dat gekost?") == ()
