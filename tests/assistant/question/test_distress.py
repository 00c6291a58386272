"""Who writes to be in distress is heard; who asks about the subject is answered."""

import pytest

from assistant.question.distress import in_distress


@pytest.mark.parametrize(
    "said", ["Ik wil niet meer leven", "ik wil dood", "Ik zie het niet meer zitten", "ik denk aan zelfmoord"]
)
def test_a_visitor_in_distress_is_heard(said: str) -> None:
    assert in_distress(said)


@pytest.mark.parametrize(
    "asked",
    [
        "Welk type past bij suïcidepreventie onder jongeren?",
        "Wij willen zelfmoord onder jongeren voorkomen, wat past?",
        "Ik wil een living lab beginnen",
    ],
)
def test_a_question_about_the_subject_is_no_distress(asked: str) -> None:
    assert not in_distress(asked)
