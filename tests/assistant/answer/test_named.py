"""What is asked about a name is answered with what is about it, and costs with what comes near them."""

import pytest

from assistant.chain import Assistant
from assistant.types import Question


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "opening"),
    [
        (("Ik zoek een voorbeeld van een living lab in Heerlen.",), "Heerlen-Noord."),
        (("Wat is een living lab?", "Is er een voorbeeld in Leeuwarden?"), "Leeuwarden."),
    ],
)
def test_an_example_in_a_town_is_the_one_of_that_town(
    turns: tuple[str, ...], opening: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == 1
    section = full_assistant.index.sections[answer.citations[0].section_id]
    paragraph = section.text[: answer.citations[0].end].rpartition("\n\n")[2]
    assert paragraph.startswith(opening)


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "holds"),
    [
        (
            (
                "Ken je het lab 'Gewoon bij Truus'? Wij zoeken iets rond schulden.",
                "Wie zijn daar bij betrokken?",
            ),
            "Gewoon bij Truus",
        ),
        (
            ("Wat was het Verbetertraject Toegang?", "Deden daar ook organisaties van cliënten aan mee?"),
            "Verbetertraject Toegang",
        ),
    ],
)
def test_a_follow_up_about_a_named_example_is_answered_from_that_example(
    turns: tuple[str, ...], holds: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    assert answer.citations
    assert all(holds in citation.quote for citation in answer.citations)


@pytest.mark.model
def test_a_list_of_others_does_not_answer_a_question_about_an_author(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("Welke tien stappen noemen Andringa en Reyn voor een CoP?"))
    assert answer.text == (
        "De tien stappen van Andringa en Reyn hebben we niet gezien. De volgorde van de tien stappen in "
        "deze tekst komt uit verschillende bronnen. [1]"
    )


@pytest.mark.model
def test_unknown_costs_come_with_what_is_known_of_costs(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(
        Question("Wat kost het gemiddeld om een Doorbraakproject te laten begeleiden?")
    )
    assert (answer.status, answer.text) == (
        "refused",
        "Dat staat niet in de tekst. Wel dit: De investering in tijd, staf en geld is voor een organisatie "
        "groot, zegt een presentatie over het IHI-model. [1]",
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "opening"),
    [
        (("Wie schreef 'Van respondent tot medeonderzoeker'?",), "Omlo, J. (2020)."),
        (("Wat schreef Migchelbrink over actie-onderzoek?",), "Migchelbrink, F. (2007)."),
        (
            (
                "Aan wie wordt het begrip actie-onderzoek toegeschreven?",
                "Hoe zet ik dat stuk van hem in mijn literatuurlijst?",
            ),
            "Lewin, K. (1946).",
        ),
    ],
)
def test_of_a_list_of_titles_only_the_one_of_the_asked_title_or_author_is_shown(
    turns: tuple[str, ...], opening: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    assert [citation.quote.startswith(opening) for citation in answer.citations] == [True]


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "left_out"),
    [
        (
            (
                "Ken je een gemeente die met het Kwaliteitskompas werkt?",
                "Nog een, maar niet over eenzaamheid.",
            ),
            "eenzaamheid",
        ),
        (("Welke voorbeelden van actie-onderzoek zijn er?", "Heb je er nog een, behalve in Zeist?"), "Zeist"),
    ],
)
def test_what_a_visitor_leaves_out_is_not_shown(
    turns: tuple[str, ...], left_out: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    assert answer.citations
    assert all(left_out not in citation.quote for citation in answer.citations)
