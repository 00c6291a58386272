"""The extractive writer: blocks and sentences word for word, lists whole, one item where one is asked."""

import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.answer.plan import ANSWER_WORDS
from assistant.answer.quotes import Found
from assistant.chain import Assistant
from assistant.retrieval.retriever import one_a_section
from assistant.types import Claim, Question, Sentence
from ingest.text.sentences import is_item


def write(assistant: Assistant, question: str) -> list[Claim]:
    """Return the claims for a question."""
    query = assistant.retriever.query(question)
    blocks = assistant.retriever.search_blocks(query)
    found = Found(assistant.index, query, tuple(one_a_section(blocks, 10)), None, tuple(blocks))
    return ExtractiveWriter().write(found)


def evidence_of(claims: list[Claim]) -> list[Sentence]:
    """Return the evidence of claims that have some."""
    return [claim.evidence for claim in claims if claim.evidence]


QUESTIONS = (
    "Wat is een living lab?",
    "Hoe begin ik met een living lab?",
    "Wat is het verschil tussen een living lab en actie-onderzoek?",
    "Welke boeken zijn er over living labs?",
    "Wanneer past actie-onderzoek?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_stands_word_for_word(question: str, word_assistant: Assistant) -> None:
    claims = write(word_assistant, question)
    assert evidence_of(claims)
    for claim in claims:
        if claim.evidence:
            text = claim.evidence.section.text
            assert claim.text == text[claim.evidence.span.start : claim.evidence.span.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_said_twice_and_outside_lists_an_answer_is_short(
    question: str, word_assistant: Assistant
) -> None:
    quotes = [evidence.text for evidence in evidence_of(write(word_assistant, question))]
    assert len(set(quotes)) == len(quotes)
    if not any("\n" in quote for quote in quotes):
        assert sum(len(quote.split()) for quote in quotes) <= ANSWER_WORDS


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("Hoe begin ik met een living lab?", 8),
        ("hoe start ik een CoP", 10),
        ("Hoe begin ik met Doorbraak?", 8),
        ("Noem de valkuilen van een living lab", 7),
    ],
)
def test_who_asks_for_a_list_gets_all_of_it_in_one_quote(
    question: str, items: int, full_assistant: Assistant
) -> None:
    first = evidence_of(write(full_assistant, question))[0]
    lines = first.text.splitlines()
    assert lines[0].endswith(":")
    assert len([line for line in lines if is_item(line)]) == items


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Wat is de vierde stap van een living lab?", "Uitvoeren."),
        ("Wat gebeurt er in de derde stap van een PDSA-rondje?", "Onderzoek (study)."),
        ("We hebben ons living lab net samen geëvalueerd. Wat komt er daarna?", "Verfijnen."),
        ("Welke stap komt na monitoring en ambities in het Kwaliteitskompas?", "Maatschappelijk resultaat."),
        (
            "We keken in ons living lab samen wat de oplossing deed. Welke stap komt daarna en wat is die?",
            "Verfijnen.",
        ),
    ],
)
def test_a_step_that_is_counted_to_or_comes_after_another_is_shown_alone(
    question: str, opening: str, full_assistant: Assistant
) -> None:
    (quote,) = evidence_of(write(full_assistant, question))
    assert quote.text.startswith(opening)


@pytest.mark.model
def test_nothing_follows_a_list_that_was_asked_for(full_assistant: Assistant) -> None:
    (quote,) = evidence_of(write(full_assistant, "Zet de vijf vormen uit het boekje eens op een rijtje"))
    assert quote.text.count("\n") == 5


@pytest.mark.model
def test_who_asks_for_one_item_of_a_list_gets_that_item_without_its_marker(full_assistant: Assistant) -> None:
    claims = write(full_assistant, "Wat doe je in de laatste stap van een community of practice?")
    first = evidence_of(claims)[0]
    assert first.text.startswith("Besluit hoe verder.")
    assert not is_item(first.text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "opening"),
    [
        (
            "Wat gebruik je bij actie-onderzoek als mensen moeite hebben met lezen?",
            "Photovoice.",
        ),
        (
            "Ons plan ligt klaar en de buurt mag reageren. Is dat een living lab?",
            "Mogen bewoners alleen reageren",
        ),
        ("Waar vergelijk je bij PDSA de cijfers mee?", "Onderzoek (study)."),
    ],
)
def test_who_asks_about_one_item_without_its_name_gets_it_and_not_its_list(
    question: str, opening: str, full_assistant: Assistant
) -> None:
    first = evidence_of(write(full_assistant, question))[0]
    assert first.text.startswith(opening)
    assert "\n" not in first.text


@pytest.mark.model
def test_a_short_keyword_is_left_out_where_yes_or_no_is_asked(full_assistant: Assistant) -> None:
    first = evidence_of(write(full_assistant, "Mag ik mijn team verplichten om aan een CoP mee te doen?"))[0]
    assert first.text == "Meedoen kun je niet verplichten, dus de groep moet de moeite waard zijn."


@pytest.mark.model
def test_a_follow_up_that_does_not_name_its_item_is_shown_the_name(full_assistant: Assistant) -> None:
    history = ("Welke acht stappen heeft een living lab volgens Steen en Van Bueren?",)
    answer = full_assistant.ask(Question("en de tweede?", history))
    assert answer.citations[0].quote.startswith("Plan maken.")


@pytest.mark.model
def test_a_step_that_is_named_goes_before_the_number_that_it_is_given(full_assistant: Assistant) -> None:
    question = "Wat doe je in het kompas bij de derde stap, de activiteiten?"
    (quote,) = evidence_of(write(full_assistant, question))
    assert quote.text.startswith("Activiteiten. Bepaal welke activiteiten bijdragen")


@pytest.mark.model
def test_a_quote_that_holds_another_is_shown_in_its_place(full_assistant: Assistant) -> None:
    question = "Is er een gemeente waar maatschappelijk werk en welzijn het kompas gebruikten, en waarvoor?"
    quotes = [citation.quote for citation in full_assistant.ask(Question(question)).citations]
    assert sum("Welzijn Kampen werkten" in quote for quote in quotes) == 1


@pytest.mark.model
def test_a_comparison_on_one_criterion_shows_the_named_practices_alone(full_assistant: Assistant) -> None:
    question = "Wat is de rol van bewoners in een living lab en bij Doorbraak?"
    names = [quote.text.split(":")[0] for quote in evidence_of(write(full_assistant, question))][:2]
    assert names == ["Living lab", "Doorbraak"]


@pytest.mark.model
def test_a_comparison_shows_the_criterion_that_is_asked_for(full_assistant: Assistant) -> None:
    question = "Verschillen een living lab en Doorbraak in de rol van bewoners en in looptijd?"
    shown = [quote.text.split(":")[0] for quote in evidence_of(write(full_assistant, question))]
    assert {"Living lab", "Doorbraak"} <= set(shown) or {"Bewoners", "Duur"} <= set(shown)


@pytest.mark.model
def test_a_comparison_with_one_practice_named_shows_that_one(full_assistant: Assistant) -> None:
    shown = evidence_of(write(full_assistant, "Hoelang ben je kwijt aan een actieonderzoek, grof geschat?"))
    assert not any(quote.text.startswith("Doorbraak") for quote in shown)


@pytest.mark.model
def test_a_comparison_is_on_every_criterion_that_is_asked(full_assistant: Assistant) -> None:
    question = "Hoe verschillen Doorbraak en actie-onderzoek in duur en in de rol van onderzoek?"
    titles = {quote.section.title.split(" – ")[-1] for quote in evidence_of(write(full_assistant, question))}
    assert titles == {"Duur", "Rol van onderzoek"}


@pytest.mark.model
def test_a_quote_begins_where_it_can_be_understood(full_assistant: Assistant) -> None:
    quotes = evidence_of(write(full_assistant, "Hoeveel studenten deden mee in Meppel?"))
    assert quotes[0].text.startswith("In het eerste jaar van het living lab deden ruim twintig studenten")


@pytest.mark.model
def test_a_question_that_an_example_settles_opens_with_its_verdict(full_assistant: Assistant) -> None:
    settled = [
        variant
        for variant in full_assistant.index.variants
        if variant.verdict == "nee" and variant.text.startswith(("Moet ", "Is ", "Kan "))
    ][:20]
    opened = [write(full_assistant, variant.text)[0].text for variant in settled]
    assert opened.count("Nee.") >= 15
    assert "Ja." not in opened


@pytest.mark.model
def test_a_question_when_it_does_not_fit_is_answered_by_what_speaks_against(
    full_assistant: Assistant,
) -> None:
    for practice in ("een living lab", "Doorbraak", "actie-onderzoek", "een community of practice"):
        answer = full_assistant.ask(Question(f"Wanneer past {practice} niet?"))
        section = full_assistant.index.sections[answer.citations[0].section_id]
        assert section.aspect == "wanneer-niet"


@pytest.mark.model
def test_the_sentence_that_answers_is_among_what_is_shown(assistant: Assistant) -> None:
    asked = assistant.index.variants[::10]
    right = 0
    for variant in asked:
        right += any(
            quote.section.section_id == variant.section_id
            and quote.span.start < variant.end
            and variant.start < quote.span.end
            for quote in evidence_of(write(assistant, variant.text))
        )
    assert right / len(asked) >= 0.85


@pytest.mark.model
def test_a_definition_opens_the_answer_to_what_something_is(assistant: Assistant) -> None:
    first = evidence_of(write(assistant, "Wat is een living lab?"))[0]
    assert first.section.aspect == "omschrijving"
    assert first.text.startswith("Een living lab is ")


@pytest.mark.model
def test_a_list_is_never_cut(assistant: Assistant) -> None:
    for variant in assistant.index.variants[::25]:
        for quote in evidence_of(write(assistant, variant.text)):
            if quote.text.splitlines()[0].endswith(":"):
                assert not is_item(quote.section.text[quote.span.end :].lstrip("\n"))


@pytest.mark.model
def test_an_item_that_is_shown_alone_is_said_to_be_a_pitfall(full_assistant: Assistant) -> None:
    said, quoted, *_ = write(full_assistant, "Wat als de begeleider van een CoP al het werk doet?")
    assert said.text == "Een bekende valkuil bij een community of practice:"
    assert quoted.text.startswith("De begeleider doet alles. De groep leunt dan achterover.")


@pytest.mark.model
def test_a_comparison_on_nothing_in_particular_shows_the_list_of_differences(
    full_assistant: Assistant,
) -> None:
    (quote,) = evidence_of(write(full_assistant, "verschil CoP en Doorbraak?"))
    assert quote.section.title.startswith("Vergelijking") or "verschil" in quote.section.section_id
    assert quote.text.count("\n") > 2


@pytest.mark.model
def test_a_list_that_goes_on_with_another_is_shown_behind_it(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question("In welke gevallen past een andere vorm beter dan een living lab?"))
    first, second = (
        answer.text.find(lead) for lead in ("past niet goed in drie gevallen:", "In nog zes gevallen")
    )
    assert 0 <= first < second


@pytest.mark.model
def test_a_long_question_may_ask_for_one_step_by_what_it_is_called(full_assistant: Assistant) -> None:
    asked = (
        "Voor het draaiboek van een living lab in onze straat volgen wij de stappen van Steen en Van Bueren "
        "zo goed als dat gaat, met veel hulp van de gemeente. Wat doe je in de allerlaatste stap?"
    )
    answer = full_assistant.ask(Question(asked))
    assert answer.text.startswith("Herhalen elders.")


@pytest.mark.model
def test_what_helps_against_a_pitfall_is_not_answered_with_the_pitfall(full_assistant: Assistant) -> None:
    asked = (
        "Steeds dezelfde bewoners komen naar ons lab. Wat hebben andere labs gedaan om anderen te bereiken?"
    )
    answer = full_assistant.ask(Question(asked))
    assert answer.citations
    assert not any(citation.section_id.endswith("valkuilen") for citation in answer.citations)
