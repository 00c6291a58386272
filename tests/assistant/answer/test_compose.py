"""The extractive writer: sentences word for word, in an order that suits the question, without repeats."""

import re

import pytest

from assistant.answer.compose import MOST_WORDS, ExtractiveWriter, Found
from assistant.chain import Assistant
from assistant.types import Claim, Passage, Sentence
from ingest.text.sentences import sentences
from ingest.types import Span


def write(assistant: Assistant, question: str, section: str | None = None) -> list[Claim]:
    """Return the claims for a question, from one section when that is given."""
    query = assistant.retriever.query(question)
    passages: list[Passage] = assistant.retriever.search(query)
    if section:
        passages = [passage for passage in passages if passage.section.section_id == section]
    return ExtractiveWriter().write(Found(assistant.index, query, tuple(passages), None))


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
def test_every_quote_is_one_whole_sentence_word_for_word(question: str, word_assistant: Assistant) -> None:
    claims = write(word_assistant, question)
    assert evidence_of(claims)
    for claim in claims:
        if claim.evidence:
            text = claim.evidence.section.text
            assert claim.text == text[claim.evidence.span.start : claim.evidence.span.end]
            assert Span(claim.evidence.span.start, claim.evidence.span.end) in sentences(text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_said_twice_and_not_much_more_than_150_words(
    question: str, word_assistant: Assistant
) -> None:
    quotes = [evidence.text for evidence in evidence_of(write(word_assistant, question))]
    assert len(set(quotes)) == len(quotes)
    assert sum(len(quote.split()) for quote in quotes) <= MOST_WORDS * 1.5


def test_steps_come_all_and_in_order(word_assistant: Assistant) -> None:
    section = word_assistant.index.sections["02-living-lab/stappen"]
    steps = [section.text[s.start : s.end] for s in sentences(section.text)]
    expected = [step for step in steps if re.match(r"Stap \d", step)]
    claims = write(word_assistant, "Hoe begin ik met een living lab?", section.section_id)
    assert [evidence.text for evidence in evidence_of(claims)] == expected
    assert len(expected) >= 3


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Hoe begin ik met een living lab?",
        "hoe start ik een CoP",
        "Hoe begin ik met Doorbraak?",
        "Welke stappen heeft het kwaliteitskompas?",
        "hoe begin ik met actieonderzoek",
    ],
)
def test_who_asks_how_to_begin_gets_the_steps_of_each_practice(
    question: str, full_assistant: Assistant
) -> None:
    steps = [evidence.text for evidence in evidence_of(write(full_assistant, question))]
    assert [step.split()[1] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert len(steps) >= 6
    assert all(step.startswith("Stap ") for step in steps)


def test_a_comparison_shows_both_sides_under_their_names(word_assistant: Assistant) -> None:
    claims = write(word_assistant, "Wat is het verschil tussen een living lab en actie-onderzoek?")
    names = [claim.text for claim in claims if claim.evidence is None]
    assert names == ["Living lab:", "Actie-onderzoek:"]
    places = [number for number, claim in enumerate(claims) if claim.evidence is None]
    assert all(claims[place + 1].evidence for place in places)


def test_sentences_of_one_section_stand_together_in_their_own_order(word_assistant: Assistant) -> None:
    for variant in word_assistant.index.variants[::20]:
        found = [
            (e.section.section_id, e.span.start) for e in evidence_of(write(word_assistant, variant.text))
        ]
        sections = list(dict.fromkeys(section for section, _ in found))
        if not any(claim.evidence is None for claim in write(word_assistant, variant.text)):
            assert found == sorted(found, key=lambda place: (sections.index(place[0]), place[1]))


@pytest.mark.model
def test_the_sentence_that_answers_is_among_the_quotes(assistant: Assistant) -> None:
    asked = assistant.index.variants[::10]
    right = 0
    for variant in asked:
        places = {(e.section.section_id, e.span.start) for e in evidence_of(write(assistant, variant.text))}
        right += (variant.section_id, variant.start) in places
    assert right / len(asked) >= 0.8


@pytest.mark.model
def test_a_definition_opens_the_answer_to_what_something_is(assistant: Assistant) -> None:
    first = evidence_of(write(assistant, "Wat is een living lab?"))[0]
    assert first.section.aspect == "omschrijving"
    assert first.text.startswith("Een living lab is ")
