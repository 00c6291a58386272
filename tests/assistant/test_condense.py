"""A follow-up becomes a standalone question; a question that stands alone stays as it is."""

from collections.abc import Sequence

import pytest

from assistant.condense import Condensed, condense, favoured, leans_on_history
from ingest.index import Index
from ingest.lexical import words

LAB, RESEARCH = "Living lab", "Actie-onderzoek"


def no_advice(_turn: str) -> Sequence[str]:
    """Rank nothing, as for a turn that asks for knowledge."""
    return ()


def lab_then_research(_turn: str) -> Sequence[str]:
    """Rank two practices, as for a turn that asks for advice."""
    return ("living-lab", "actie-onderzoek")


def standalone(index: Index, question: str, *history: str) -> str:
    """Return the standalone form of a question after turns that ask for knowledge."""
    return condense(index, question, history, no_advice).text


def test_a_first_question_stays_as_it_is(opened: Index) -> None:
    assert condense(opened, "En hoe lang duurt dat?", [], no_advice) == Condensed("En hoe lang duurt dat?")


@pytest.mark.parametrize(
    "question",
    [
        "Wat is actie-onderzoek?",
        "Welke literatuur is er over communities of practice?",
        "Wij willen met bewoners onderzoeken waarom jongeren het buurthuis mijden, welk type past?",
        "Hoe duur is een living lab?",
    ],
)
def test_a_question_that_stands_alone_is_not_changed_by_earlier_turns(question: str, opened: Index) -> None:
    assert standalone(opened, question, "Wat is een doorbraak?") == question


@pytest.mark.parametrize(
    "question",
    [
        "En hoe lang duurt dat?",
        "Wie doen daaraan mee?",
        "hoe begin ik daarmee",
        "en de valkuilen?",
        "Hoe meet je dat?",
    ],
)
def test_a_follow_up_takes_the_practice_from_the_turn_before(question: str, opened: Index) -> None:
    text = standalone(opened, question, "Wat is een living lab?")
    assert LAB in text
    assert set(words(question)) <= set(words(text))


def test_the_latest_practice_counts(opened: Index) -> None:
    text = standalone(opened, "En hoe lang duurt dat?", "Wat is een living lab?", "Wat is actie-onderzoek?")
    assert RESEARCH in text
    assert LAB not in text


def test_a_turn_in_between_that_names_nothing_is_passed_over(opened: Index) -> None:
    text = standalone(opened, "En wie doen er dan mee?", "Wat is een living lab?", "En hoe lang duurt dat?")
    assert LAB in text


def test_the_same_question_is_asked_about_another_practice(opened: Index) -> None:
    text = standalone(opened, "En bij actie-onderzoek?", "Hoe lang duurt een living lab?")
    assert RESEARCH in text
    assert LAB.lower() not in text.lower()
    assert set(words("Hoe lang duurt")) <= set(words(text))


def test_advice_is_followed_up_by_its_first_practice_and_by_the_second_when_asked(opened: Index) -> None:
    history = ["Wij willen met bewoners iets nieuws bedenken voor het plein, wat past?"]
    assert LAB in condense(opened, "Hoe begin ik daarmee?", history, lab_then_research).text
    assert RESEARCH in condense(opened, "En de tweede optie?", history, lab_then_research).text


def test_a_follow_up_without_any_practice_takes_the_whole_turn_before(opened: Index) -> None:
    text = standalone(opened, "En hoeveel kost dat?", "Hoe organiseer je samen leren?")
    assert "Hoe organiseer je samen leren?" in text


def test_a_chosen_option_is_added_to_the_situation(opened: Index) -> None:
    situation = "Wij willen in de wijk aan de slag met eenzaamheid."
    choice = opened.choices[0]
    practice, option = next(iter(choice.options.items()))
    assert condense(opened, option, [situation], no_advice) == Condensed(f"{situation} {option}", (practice,))


def test_a_follow_up_after_a_choice_is_about_what_was_chosen(opened: Index) -> None:
    choice = next(choice for choice in opened.choices if set(choice.options) == set(lab_then_research("")))
    for practice, label in zip(lab_then_research(""), (LAB, RESEARCH), strict=True):
        history = ["Wij willen in de wijk aan de slag.", choice.options[practice]]
        assert label in condense(opened, "Hoe begin ik daarmee?", history, lab_then_research).text


def test_every_option_favours_its_own_practice_and_other_words_favour_none(opened: Index) -> None:
    for choice in opened.choices:
        for practice, option in choice.options.items():
            assert favoured(opened, f" {option} ") == [practice]
    assert favoured(opened, "Wat is een living lab?") == []


@pytest.mark.parametrize("turn", ["", "?", "🙂", "x" * 2_000])
def test_odd_turns_are_survived(turn: str, opened: Index) -> None:
    assert standalone(opened, "En hoe lang duurt dat?", turn)
    assert standalone(opened, turn, "Wat is een living lab?") == turn


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("En dan?", True),
        ("Hoe lang duurt dat?", True),
        ("Wat is daarvoor nodig?", True),
        ("en de tweede", True),
        ("Wat is een doorbraak?", False),
        (
            "Wij werken in een dorp waar het verenigingsleven stilvalt en dat willen wij samen veranderen",
            False,
        ),
    ],
)
def test_only_a_continuation_or_a_short_pointer_leans_on_history(question: str, leans: bool) -> None:
    assert leans_on_history(question) is leans
