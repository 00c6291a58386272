"""Advice: a probability for each practice, reasons in the visitor's words, a question back that decides."""

from itertools import combinations

import pytest

from assistant.advice.grounds import grounds_of
from assistant.advice.guide import rank_answers
from assistant.advice.intent import asks_advice, to_assistant
from assistant.advice.judgement import Judgement, judge
from assistant.advice.ranking import rank_practices
from assistant.advice.reading import FIRM, read, sides, surest
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


def judged(assistant: Assistant, *turns: str) -> Judgement:
    """Judge a situation told in turns."""
    query = assistant.retriever.query(" ".join(turns))
    return judge(assistant.index, grounds_of(assistant.index, assistant.retriever.query), query, turns)


def test_every_practice_gets_a_probability_and_they_sum_to_one(word_assistant: Assistant) -> None:
    ranking = rank_practices(word_assistant.index, word_assistant.retriever.query(SITUATIONS["living-lab"]))
    assert {practice for practice, _ in ranking} == {
        practice.id for practice in word_assistant.index.practices
    }
    assert sum(probability for _, probability in ranking) == pytest.approx(1)
    assert [p for _, p in ranking] == sorted((p for _, p in ranking), reverse=True)


def test_a_chosen_answer_is_a_sign_in_the_words_of_the_answer(word_assistant: Assistant) -> None:
    for answer, (criterion, value) in sides(word_assistant.index).items():
        sign = read(word_assistant.index, (SITUATIONS["living-lab"], answer)).signs[0]
        assert (sign.criterion, sign.value, sign.evidence, sign.chosen) == (criterion, value, answer, True)


def test_two_answers_end_the_asking_back(word_assistant: Assistant) -> None:
    answers = list(sides(word_assistant.index))
    assert judged(word_assistant, SITUATIONS["living-lab"], answers[0], answers[3]).asked is None


def test_answers_without_a_situation_rank_as_in_the_guided_conversation(word_assistant: Assistant) -> None:
    index = word_assistant.index
    first, second, third = [one for one in index.criteria if one.opening and one.weights][:3]
    turns = (first.present.answer, second.absent.answer, third.present.answer)
    found = judged(word_assistant, "Welke vorm past bij ons?", *turns).ranking
    guided = rank_answers(
        index.practices, index.criteria, {first.id: "yes", second.id: "no", third.id: "yes"}
    )
    assert found[0][0] == guided[0][0]
    assert dict(found) == pytest.approx(dict(guided), abs=0.05)


def test_a_criterion_with_which_none_fits_gives_none(word_assistant: Assistant) -> None:
    blocking = next(one for one in word_assistant.index.criteria if one.none_fits)
    found = judged(word_assistant, SITUATIONS["living-lab"], blocking.present.answer).none_fits
    assert found is not None
    assert found.sign is not None
    assert found.sign.criterion == blocking
    assert found.sentence.text == blocking.grounds[0].quote


def test_reasons_stand_in_the_section_of_their_ground(word_assistant: Assistant) -> None:
    for text in SITUATIONS.values():
        for reasons in judged(word_assistant, text).reasons.values():
            for reason in reasons:
                stored = word_assistant.index.sections[reason.sentence.section.section_id].text
                assert reason.sentence.text in stored


@pytest.mark.model
def test_a_situation_asks_for_advice_and_a_question_for_knowledge_does_not(full_assistant: Assistant) -> None:
    assert [
        asks_advice(full_assistant.index, full_assistant.retriever.query(text))
        for text in SITUATIONS.values()
    ] == [True] * 5
    for question in (
        "Wat is een living lab?",
        "Welke boeken zijn er over living labs?",
        "Hoe begin ik met een lab?",
    ):
        assert not asks_advice(full_assistant.index, full_assistant.retriever.query(question))


@pytest.mark.model
def test_the_surest_feature_is_the_likeliest_that_is_read(full_assistant: Assistant) -> None:
    index = full_assistant.index
    for text in SITUATIONS.values():
        told = read(index, (text,))
        assert surest(index, text) == max(*told.stated.values(), *told.denied.values())
    assert surest(index, next(iter(sides(index)))) == FIRM


@pytest.mark.model
def test_words_to_the_assistant_itself_are_told_from_questions(full_assistant: Assistant) -> None:
    index, ask = full_assistant.index, full_assistant.retriever.query
    for said in ("Ben jij een mens?", "wat kun jij allemaal?", "lekker dan", "Jij begrijpt er niks van."):
        assert to_assistant(index, ask(said))
    for asked in ("Wat is een living lab?", "Wie doen er mee?", *SITUATIONS.values()):
        assert not to_assistant(index, ask(asked))


@pytest.mark.model
def test_a_question_about_something_else_is_no_request_for_advice(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Hoe bak ik een appeltaart?"))
    assert (answer.status, answer.advice) == ("refused", None)


@pytest.mark.model
def test_a_typical_situation_gets_its_practice_first(assistant: Assistant) -> None:
    firsts = {
        practice: rank_practices(assistant.index, assistant.retriever.query(text))[0][0]
        for practice, text in SITUATIONS.items()
    }
    assert firsts == {practice: practice for practice in SITUATIONS}


@pytest.mark.model
def test_the_visitors_words_stand_in_what_was_typed(full_assistant: Assistant) -> None:
    for text in SITUATIONS.values():
        advice = full_assistant.ask(Question(text)).advice
        assert advice is not None
        assert [feature for feature in advice.features if feature.evidence not in text] == []


@pytest.mark.model
def test_when_two_are_close_both_are_named_with_one_question(assistant: Assistant) -> None:
    for _, answer in clarified(assistant):
        assert answer.advice is not None
        assert answer.advice.clarifying_question in answer.text.splitlines()
        assert 2 <= len(answer.advice.options) <= 4
        assert len({option.text for option in answer.advice.options}) == len(answer.advice.options)


@pytest.mark.model
def test_the_chosen_option_is_taken_up(assistant: Assistant) -> None:
    for text, asked_back in clarified(assistant):
        assert asked_back.advice is not None
        for option in asked_back.advice.options:
            answer = assistant.ask(Question(option.text, history=(text,)))
            assert answer.advice is not None
            assert option.text in [feature.evidence for feature in answer.advice.features]


@pytest.mark.model
def test_a_policy_word_does_not_stand_in_the_way_of_what_the_rest_decides(full_assistant: Assistant) -> None:
    text = "Implementatie evidence-based methodiek huisbezoeken, zes teams, meetbaar binnen het kalenderjaar"
    answer = full_assistant.ask(Question(text))
    assert answer.advice is not None
    assert (answer.status, answer.advice.ranking[0].practice) == ("answered", "doorbraak")


@pytest.mark.model
def test_too_little_told_is_asked_back(full_assistant: Assistant) -> None:
    for text in (
        "Wij willen iets met dementie en samen leren.",
        "Wij willen iets doen met eenzaamheid in het dorp.",
        "We willen aan de slag met armoede, wat past?",
        "iets tegen laaggeletterdheid in de gemeente, welke vorm?",
    ):
        assert full_assistant.ask(Question(text)).status == "clarify"


@pytest.mark.model
def test_what_is_denied_is_not_read_as_said(full_assistant: Assistant) -> None:
    text = "Uitzoeken waarom het misgaat hoeft niet, dat weten we al. Zes teams gaan de werkwijze invoeren."
    found = judged(full_assistant, text)
    assert ("hardnekkig-waarom", "yes") not in {
        (sign.criterion.id, sign.value) for sign in (*found.reading.signs, *found.reading.guesses)
    }
    assert found.first == "doorbraak"


@pytest.mark.model
def test_what_is_asked_back_is_not_answered_yet(full_assistant: Assistant) -> None:
    asked = {criterion.question: criterion.id for criterion in full_assistant.index.criteria}
    for one, other in combinations(SITUATIONS.values(), 2):
        found = judged(full_assistant, f"{one} {other}")
        if found.question in asked:
            assert not found.reading.answered(asked[found.question])


@pytest.mark.model
def test_a_bare_policy_term_leaves_its_practices_level_and_asks_for_each(full_assistant: Assistant) -> None:
    advice = full_assistant.ask(Question("Welk type past bij een wijkgerichte aanpak?")).advice
    assert advice is not None
    first, second = advice.ranking[:2]
    assert first.probability == pytest.approx(second.probability, abs=0.01)
    assert len({option.favours for option in advice.options}) == len(advice.options) == 4


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "lead"),
    [
        (("Wij zetten het kompas in om slecht scorende aanbieders te korten. Goed plan?",), "Een leer- en"),
        (
            (
                "Zes teams willen hun intake verkorten.",
                "Turven mag niet en cijfers zijn er pas over drie jaar.",
            ),
            "Doorbraak",
        ),
    ],
)
def test_what_rules_out_the_practice_that_was_meant_is_told(
    turns: tuple[str, ...], lead: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    assert answer.text.startswith(lead)
    assert "past hier niet.\nJe schrijft" in answer.text
    assert answer.advice is not None
    assert answer.advice.none_fits in {c.id for c in full_assistant.index.criteria if c.rules_out}


@pytest.mark.model
def test_what_is_ruled_out_leaves_room_for_another_practice(full_assistant: Assistant) -> None:
    text = (
        "Actie-onderzoek of iets anders? Wijkverpleegkundigen uit vijf gemeenten willen elkaar elke maand "
        "blijven zien en van elkaar leren. De gemeente wil over twee weken alleen een antwoord op papier."
    )
    assert judged(full_assistant, text).first == "community-of-practice"


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("Zou je ons Doorbraak aanraden?", "Ja. Doorbraak past hier het best."),
        ("Is een community of practice iets voor ons?", "Nee. Een community of practice past hier niet"),
        ("Wij denken aan Doorbraak. Is er iets beters?", "Doorbraak past hier het best."),
    ],
)
def test_whether_a_named_practice_fits_is_told_with_ja_or_nee(
    asked: str, opening: str, full_assistant: Assistant
) -> None:
    text = f"De wachttijd is negen weken, in Almere drie. Dit jaar moet het naar vier. {asked}"
    assert full_assistant.ask(Question(text)).text.startswith(opening)


@pytest.mark.model
def test_a_practice_that_was_named_is_passed_over_with_a_reason(full_assistant: Assistant) -> None:
    text = (
        "Mijn baas wil een CoP. Vier teams moeten voor juli van 14 naar 6 weken wachttijd, elders lukt dat."
    )
    answer = full_assistant.ask(Question(text))
    assert answer.text.startswith("Een community of practice past hier niet het best. Doorbraak")
    assert '\nTegen een community of practice spreekt "' in answer.text
