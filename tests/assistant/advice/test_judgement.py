"""Advice: a probability for each practice, reasons that argue for it, a question back when two are close."""

from itertools import combinations

import pytest

from assistant.advice.judgement import arguments, asks_advice, judge, rank_practices
from assistant.chain import Assistant
from assistant.types import Answer, Question

SITUATIONS = {
    "living-lab": "Wij willen met bewoners iets nieuws bedenken voor het plein en het in de wijk proberen.",
    "actie-onderzoek": "Wij snappen niet waarom jongeren wegblijven; "
    "onderzoekers en jongeren zoeken dat samen uit en veranderen het meteen.",
    "community-of-practice": "Wijkverpleegkundigen uit tien dorpen willen regelmatig van elkaar leren.",
    "doorbraak": "Vijf teams willen de wachttijd in een half jaar meetbaar halveren, zoals elders is gelukt.",
    "leer-en-verbetertraject": "Gemeente en aanbieders willen samen volgen "
    "of inwoners er over jaren beter van worden en daar het beleid op bijsturen.",
}


def clarified(assistant: Assistant) -> list[tuple[str, Answer]]:
    """Return situations that mix two practices and get a question back, with that answer."""
    mixed = [f"{one} {other}" for one, other in combinations(SITUATIONS.values(), 2)]
    answers = [(text, assistant.ask(Question(text))) for text in mixed]
    return [(text, answer) for text, answer in answers if answer.status == "clarify"]


def test_every_practice_gets_a_probability_and_they_sum_to_one(word_assistant: Assistant) -> None:
    ranking = rank_practices(word_assistant.index, word_assistant.retriever.query(SITUATIONS["living-lab"]))
    assert {practice for practice, _ in ranking} == {
        practice.id for practice in word_assistant.index.practices
    }
    assert sum(probability for _, probability in ranking) == pytest.approx(1)
    assert [p for _, p in ranking] == sorted((p for _, p in ranking), reverse=True)


def test_a_chosen_option_puts_its_practice_first(word_assistant: Assistant) -> None:
    index = word_assistant.index
    query = word_assistant.retriever.query(SITUATIONS["living-lab"])
    before = dict(rank_practices(index, query))
    for first, second in combinations([practice for practice, _ in rank_practices(index, query)[:2]], 2):
        for chosen in (first, second):
            ranking = rank_practices(index, query, (chosen,))
            assert ranking[0][0] == chosen
            assert ranking[0][1] > before[chosen]
            assert sum(probability for _, probability in ranking) == pytest.approx(1)


def test_a_choice_ends_the_asking_back(word_assistant: Assistant) -> None:
    index, query = word_assistant.index, word_assistant.retriever.query(SITUATIONS["living-lab"])
    for practice in index.practices:
        assert not judge(index, arguments(index), query, (practice.id,)).close


def test_the_question_back_has_an_option_for_each_of_the_first_two(word_assistant: Assistant) -> None:
    index = word_assistant.index
    for text in SITUATIONS.values():
        judgement = judge(index, arguments(index), word_assistant.retriever.query(text))
        assert judgement.question
        assert [option.favours for option in judgement.options] == [judgement.first, judgement.second]
        assert len({option.text for option in judgement.options}) == 2


def test_arguments_are_sentences_of_sections_that_argue(word_assistant: Assistant) -> None:
    index = word_assistant.index
    found = arguments(index)
    assert set(found) == {practice.id for practice in index.practices}
    for practice, numbers in found.items():
        for number in numbers.tolist():
            section = index.sections[index.chunks[int(index.sentence_chunks[number])].section_id]
            assert section.aspect is not None
            assert index.aspects[section.aspect].advice in {"for", "about"}
            assert section.practice in {practice, "algemeen"}


def test_reasons_of_the_first_two_come_from_their_own_arguments(word_assistant: Assistant) -> None:
    index = word_assistant.index
    found = arguments(index)
    for text in SITUATIONS.values():
        judgement = judge(index, found, word_assistant.retriever.query(text))
        assert set(judgement.reasons) == {judgement.first, judgement.second}
        for practice, reasons in judgement.reasons.items():
            assert {reason.number for reason in reasons} <= set(found[practice].tolist())


@pytest.mark.model
def test_a_situation_asks_for_advice_and_a_question_for_knowledge_does_not(assistant: Assistant) -> None:
    assert [
        asks_advice(assistant.index, assistant.retriever.query(text)) for text in SITUATIONS.values()
    ] == [True] * 5
    for question in (
        "Wat is een living lab?",
        "Welke boeken zijn er over living labs?",
        "Hoe begin ik met een lab?",
    ):
        assert not asks_advice(assistant.index, assistant.retriever.query(question))


@pytest.mark.model
def test_a_typical_situation_gets_its_practice_first(assistant: Assistant) -> None:
    firsts = {
        practice: rank_practices(assistant.index, assistant.retriever.query(text))[0][0]
        for practice, text in SITUATIONS.items()
    }
    assert firsts == {practice: practice for practice in SITUATIONS}


@pytest.mark.model
def test_when_two_are_close_both_are_named_with_reasons_and_one_question(assistant: Assistant) -> None:
    found = clarified(assistant)
    assert found
    for _, answer in found:
        assert answer.advice is not None
        first, second = answer.advice.ranking[:2]
        assert first.label in answer.text
        assert second.label in answer.text
        assert answer.advice.clarifying_question in answer.text.splitlines()
        assert 2 <= len(answer.advice.options) <= 4
        assert {first.practice, second.practice} <= {option.favours for option in answer.advice.options}


@pytest.mark.model
def test_the_chosen_option_settles_the_advice(assistant: Assistant) -> None:
    for text, asked_back in clarified(assistant):
        assert asked_back.advice is not None
        for option in asked_back.advice.options:
            answer = assistant.ask(Question(option.text, history=(text,)))
            assert answer.status == "answered"
            assert answer.advice is not None
            assert answer.advice.ranking[0].practice == option.favours
            assert (answer.advice.clarifying_question, answer.advice.options) == (None, ())
