"""What a visitor sees, split into sentences and list items, and which of it answers."""

import pytest

from assistant.types import Answer
from evals.scoring.metrics.shown import Unit, score_shown, shown_units
from tests.evals.builders import answer, citation, question

LIST = "Een lab kent drie rollen:\n- **Bewoners** testen mee.\n- De gemeente betaalt.\n- Studenten meten."


def quoting(text: str, *quotes: str) -> Answer:
    """Return an answer with quotes."""
    return answer(text, citations=[citation("02/time", quote=quote) for quote in quotes])


def test_sentences_of_a_line_are_shown_one_by_one_without_markers() -> None:
    assert shown_units(
        answer("Een lab duurt drie jaar. [1] Bewoners doen mee. [2]\nHet is **echt**. [3]")
    ) == [
        Unit("Een lab duurt drie jaar."),
        Unit("Bewoners doen mee."),
        Unit("Het is echt."),
    ]


def test_the_lead_of_a_list_belongs_to_it() -> None:
    assert shown_units(
        quoting(f"Een lab duurt drie jaar. [1] {LIST} [2]\n\nDat is al.", "Een lab duurt drie jaar.", LIST)
    ) == [
        Unit("Een lab duurt drie jaar."),
        Unit("Een lab kent drie rollen:", 1),
        Unit("Bewoners testen mee.", 1),
        Unit("De gemeente betaalt.", 1),
        Unit("Studenten meten.", 1),
        Unit("Dat is al."),
    ]


def test_two_lists_have_their_own_number() -> None:
    units = shown_units(answer(f"{LIST} [1]\nDaarna komt:\n1. Meten.\n2. Delen."))
    assert [unit.list_number for unit in units] == [1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("opening", ["Nee.", "Dat hangt ervan af.", "Simpel gezegd:", "Uit deze drie delen."])
def test_a_verdict_and_a_frame_join_what_follows(opening: str) -> None:
    shown = shown_units(quoting(f"{opening} [1]\n\nEen lab duurt drie jaar. [1]", "Een lab duurt drie jaar."))
    assert shown == [Unit(f"{opening} Een lab duurt drie jaar.")]


def test_the_keyword_of_an_item_belongs_to_the_item() -> None:
    item = "**Bekende gezichten.** Steeds dezelfde mensen doen mee."
    assert shown_units(quoting(f"{item} [1]", item)) == [
        Unit("Bekende gezichten. Steeds dezelfde mensen doen mee.")
    ]


def test_a_frame_before_a_list_belongs_to_the_list() -> None:
    assert shown_units(quoting(f"Zij doen mee. [1]\n{LIST}", LIST))[0] == Unit(
        "Zij doen mee. Een lab kent drie rollen:", 1
    )


def test_a_long_line_of_ours_is_a_sentence_by_itself() -> None:
    long = "Dit is een lange zin van ons waarin veel staat dat niemand heeft gevraagd."
    shown = shown_units(quoting(f"{long}\nEen lab duurt drie jaar. [1]", "Een lab duurt drie jaar."))
    assert [unit.text for unit in shown] == [long, "Een lab duurt drie jaar."]


def test_what_is_shown_is_scored_by_first_share_and_words() -> None:
    one = question("duration", expect=[["drie jaar"]])
    assert score_shown(one, answer("Bewoners doen er volop mee. [1] Een lab duurt drie jaar. [2]")) == {
        "first_answers": 0.0,
        "shown_answers": 0.5,
        "outside_words": 10.0,
    }
    assert score_shown(one, answer("Bewoners doen mee. [1]")) == {
        "first_answers": 0.0,
        "shown_answers": 0.0,
        "outside_words": 3.0,
    }
    assert score_shown(one, answer("")) == {"first_answers": 0.0}


def test_every_item_of_a_list_that_was_asked_for_answers() -> None:
    groups = [["bewoners"], ["gemeente"], ["studenten"]]
    asked, other = question("who", expect=groups, list=True), question("who", expect=groups[1:2])
    assert score_shown(asked, quoting(LIST, LIST)) == {
        "first_answers": 1.0,
        "shown_answers": 1.0,
        "outside_words": 0.0,
    }
    assert score_shown(other, quoting(LIST, LIST))["shown_answers"] == 0.25
    elsewhere = question("who", expect=[["bewoners"], ["vissers"], ["boeren"]], list=True)
    assert score_shown(elsewhere, quoting(LIST, LIST))["shown_answers"] == 0.25
