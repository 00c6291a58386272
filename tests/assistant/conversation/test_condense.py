"""A follow-up becomes a standalone question; a question that is standalone stays as it is."""

import numpy as np
import pytest

from assistant.chain import Assistant
from assistant.conversation.condense import condense
from assistant.conversation.followup_words import opens_subject, points_back, topic_words, without_opening
from assistant.conversation.list_items import (
    ListBlock,
    counted_places,
    described_name,
    describes_item,
)
from assistant.conversation.subject import Listener, listener
from assistant.conversation.topic import Condensed, Topic, favoured, topic_of
from assistant.question.places import Places, named_place
from assistant.types import Question
from ingest.text.tokens import words

LAB, RESEARCH = "Living lab", "Actie-onderzoek"
SITUATION = "Vijf wijkteams moeten hun intake dit jaar korter maken, met cijfers erbij. Welk type past?"


@pytest.fixture(scope="session")
def heard(word_assistant: Assistant) -> Listener:
    """Return a listener over the small index."""
    return listener(word_assistant.index, word_assistant.retriever.query)


@pytest.fixture(scope="session")
def fully_heard(full_assistant: Assistant) -> Listener:
    """Return a listener over the whole corpus, with the real model."""
    return listener(full_assistant.index, full_assistant.retriever.query)


def standalone(heard: Listener, question: str, *history: str) -> str:
    """Return the standalone form of a question."""
    return condense(heard, question, history).text


def test_a_first_question_stays_as_it_is(heard: Listener) -> None:
    assert condense(heard, "En hoe lang duurt dat?", []) == Condensed("En hoe lang duurt dat?")


@pytest.mark.parametrize("turn", ["hallo", "dank je wel"])
def test_nothing_leans_on_a_greeting_or_thanks(turn: str, heard: Listener) -> None:
    assert standalone(heard, "waarom?", turn) == "waarom?"
    assert standalone(heard, "Wie doen er mee?", "Wat is een living lab?", turn) == standalone(
        heard, "Wie doen er mee?", "Wat is een living lab?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Wat is actie-onderzoek?",
        "Welke literatuur is er over communities of practice?",
        "Wij willen met bewoners onderzoeken waarom jongeren het buurthuis mijden, welk type past?",
        "Hoe duur is een living lab?",
    ],
)
def test_a_question_that_stands_alone_is_not_changed_by_earlier_turns(question: str, heard: Listener) -> None:
    assert standalone(heard, question, "Wat is een doorbraak?") == question


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
def test_a_follow_up_takes_the_practice_from_the_turn_before(question: str, heard: Listener) -> None:
    text = standalone(heard, question, "Wat is een living lab?")
    assert LAB in text
    assert set(words(question)) <= set(words(text))


def test_the_latest_practice_counts(heard: Listener) -> None:
    text = standalone(heard, "En hoe lang duurt dat?", "Wat is een living lab?", "Wat is actie-onderzoek?")
    assert RESEARCH in text
    assert LAB not in text


def test_a_turn_in_between_that_names_nothing_is_passed_over(heard: Listener) -> None:
    text = standalone(heard, "En wie doen er dan mee?", "Wat is een living lab?", "En hoe lang duurt dat?")
    assert LAB in text


def test_the_same_question_is_asked_about_another_practice(heard: Listener) -> None:
    text = standalone(heard, "En bij actie-onderzoek?", "Hoe lang duurt een living lab?")
    assert RESEARCH in text
    assert LAB.lower() not in text.lower()
    assert set(words("Hoe lang duurt")) <= set(words(text))


def test_a_chosen_option_is_added_to_the_situation(heard: Listener) -> None:
    situation = "Wij willen in de wijk aan de slag met eenzaamheid."
    choice = heard.index.choices[0]
    practice, option = next(iter(choice.options.items()))
    assert condense(heard, option, [situation]) == Condensed(f"{situation} {option}", (practice,))


def test_every_option_favours_its_own_practice_and_other_words_favour_none(heard: Listener) -> None:
    for choice in heard.index.choices:
        for practice, option in choice.options.items():
            assert favoured(heard.index, f" {option} ") == [practice]
    assert favoured(heard.index, "Wat is een living lab?") == []


@pytest.mark.parametrize("turn", ["", "?", "🙂", "x" * 2_000])
def test_odd_turns_are_survived(turn: str, heard: Listener) -> None:
    assert standalone(heard, "En hoe lang duurt dat?", turn)
    assert turn.lower() in standalone(heard, turn, "Wat is een living lab?").lower()


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("En dan?", True),
        ("Hoe lang duurt dat?", True),
        ("Wat is daarvoor nodig?", True),
        ("en de tweede", True),
        ("Oké, dank. En de rest?", True),
        ("Wat is een doorbraak?", False),
        ("Wij werken in een dorp waar het verenigingsleven stilvalt en dat willen wij veranderen", False),
    ],
)
def test_only_a_continuation_or_a_short_pointer_leans_on_history(question: str, leans: bool) -> None:
    assert points_back(question) is leans


@pytest.mark.model
def test_who_says_what_was_meant_is_answered_the_last_question_of_that(full_assistant: Assistant) -> None:
    turn = Question("Sorry, ik bedoelde een community of practice.", ("Wie heeft het living lab bedacht?",))
    assert "Etienne Wenger" in full_assistant.ask(turn).text


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Oké duidelijk. Andere vraag, kan men gedwongen worden?", "Kan men gedwongen worden?"),
        ("Los daarvan, wie betaalde de brochure?", "Wie betaalde de brochure?"),
        ("Iets heel anders: wat is intervisie?", "Wat is intervisie?"),
        ("Laat maar zitten. Wat is een proeftuin?", "Wat is een proeftuin?"),
        ("Genoeg daarover. Wie was de projectleider?", "Wie was de projectleider?"),
    ],
)
def test_an_announced_change_of_subject_is_taken_off_and_nothing_is_carried(
    question: str, rest: str, heard: Listener
) -> None:
    assert opens_subject(question)
    assert without_opening(question) == rest


def test_an_ordinary_question_opens_no_other_subject() -> None:
    assert not opens_subject("Wat is er anders aan een living lab?")
    assert without_opening("Wat is er anders?") == "Wat is er anders?"
    assert without_opening("En?") == "En?"


STEPS = ListBlock(
    "Er zijn drie stappen:",
    ("Bereid voor.", "Kies samen een actie. Bepaal wie wat doet.", "Voer uit."),
    (7, 8, 9),
    place=1,
)


@pytest.mark.parametrize(
    ("numbers", "noun", "places"),
    [
        ((2,), "", [1]),
        ((-2, -1), "", [1, 2]),
        ((0,), "stap", [1]),
        ((12,), "", []),
        ((2,), "leerbijeenkomst", []),
    ],
)
def test_an_item_is_counted_in_the_list_whose_items_are_called_so(
    numbers: tuple[int, ...], noun: str, places: list[int]
) -> None:
    assert counted_places(STEPS, Places(numbers, noun), "Welke stappen zijn er?") == places


def test_an_item_comes_after_or_before_the_one_that_was_shown() -> None:
    assert STEPS.after(1) == [2]
    assert STEPS.after(-1) == [0]
    assert STEPS.after(2) == []
    assert ListBlock("Er zijn stappen:", STEPS.items).after(1) == []


def test_an_item_is_meant_when_its_whole_name_is_in_the_question() -> None:
    assert named_place(STEPS.items, set(words("de eerste stap, samen een actie kiezen"))) == 1
    assert named_place(STEPS.items, set(words("een actie"))) is None


def test_an_item_is_known_by_the_words_that_only_it_has() -> None:
    pitfalls = ListBlock("Twee valkuilen:", ("Advies in de la. Er gebeurt niets mee.", "Tempo. Het zakt."))
    assert describes_item("die met de la, wat bedoel je daarmee")
    assert described_name(pitfalls, set(words("la"))) == "Advies in de la"
    assert described_name(pitfalls, set(words("geld"))) == ""


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (("Wat doe je bij het evalueren in een living lab?", "En de stap daarna?"), "Verfijnen"),
        (("Wat doe je bij het evalueren in een living lab?", "En daarna?", "en dan?"), "Verspreiden"),
        (("Wat doe je bij het verfijnen in een living lab?", "Wat gaat daaraan vooraf?"), "Evalueren"),
        (("Noem de stappen van een living lab", "En wat doe je als allerlaatste?"), "Herhalen elders"),
        (("Noem de stappen van een living lab", "En de tweede stap, verspreiden?"), "Verspreiden"),
        (("Wij beginnen een living lab in de wijk.", "Wat regelen we als allereerste?"), "Start"),
    ],
)
def test_the_item_after_before_first_last_or_named_is_shown_alone(
    turns: tuple[str, ...], shown: str, full_assistant: Assistant
) -> None:
    answer = full_assistant.ask(Question(turns[-1], turns[:-1]))
    assert [citation.quote.partition(".")[0] for citation in answer.citations] == [shown]


@pytest.mark.parametrize(
    ("question", "rest"),
    [("kan dat korter", ""), ("nog een keer in gewone taal", ""), ("Noem ze eens", " Noem ze eens")],
)
def test_a_follow_up_without_a_subject_asks_the_last_question_again(
    question: str, rest: str, heard: Listener
) -> None:
    text = standalone(heard, question, "Wat is een living lab?")
    assert text == ("Noem ze eens (Living lab)" if rest else "Wat is een living lab?")


def test_a_follow_up_is_sought_between_its_own_words_and_the_last_question(heard: Listener) -> None:
    found = condense(heard, "En hoe lang duurt dat?", ["Wat is een living lab?"]).query
    assert found is not None
    assert found.text == "Hoe lang duurt dat? (Living lab)"
    assert found.mentions.practices == ("living-lab",)
    assert np.linalg.norm(found.vector) == pytest.approx(1)
    one, other = (
        heard.ask(text).vector
        for text in ("Hoe lang duurt dat?", "Wat is een living lab? Hoe lang duurt dat?")
    )
    assert found.vector @ one == pytest.approx(float(found.vector @ other), abs=1e-5)


def test_a_remark_on_an_answer_is_no_question_of_its_own(heard: Listener) -> None:
    history = ["Kunnen bewoners meedoen in een doorbraak?", "nogal beperkt dus"]
    assert standalone(heard, "en in actieonderzoek?", *history) == (
        f"Kunnen bewoners meedoen in een {RESEARCH}?"
    )


def test_an_aside_before_a_question_is_left_out() -> None:
    assert without_opening("Dank u, dat is duidelijk. Wat regel je eerst?") == "Wat regel je eerst?"
    assert without_opening("ah zes. wat is dan nummer vijf?") == "Wat is dan nummer vijf?"


@pytest.mark.model
def test_the_words_of_the_last_question_come_along_when_a_follow_up_points_to_them(
    fully_heard: Listener,
) -> None:
    history = ["Wat is een living lab?", "Wie is de kwartiermaker?"]
    assert (
        standalone(fully_heard, "En wie betaalt die?", *history) == f"Wie betaalt die? ({LAB}: kwartiermaker)"
    )


def test_the_name_of_a_practice_is_no_topic_word_even_misspelled(heard: Listener) -> None:
    assert topic_words(heard.index, "Wat is een livng lab?") == ()
    assert topic_words(heard.index, "Wat is een verbeterpakket?") == ("verbeterpakket",)


@pytest.mark.model
def test_of_a_long_turn_the_sentence_that_asks_is_the_topic(heard: Listener) -> None:
    turn = "Wij zoeken als wijkteam ideeën voor gezinnen met hoge schulden. Ken je het lab in Leeuwarden?"
    assert topic_words(heard.index, turn) == ("Leeuwarden",)


def test_two_compared_practices_both_stay_under_discussion(heard: Listener) -> None:
    topic = topic_of(heard, ["Wat is het verschil tussen een living lab en actieonderzoek?"])
    assert topic.practices == ("living-lab", "actie-onderzoek")


def test_without_turns_there_is_no_topic(heard: Listener) -> None:
    assert topic_of(heard, []) == Topic()


@pytest.mark.model
def test_advice_is_followed_up_by_its_first_practice_and_by_the_second_when_asked(
    fully_heard: Listener,
) -> None:
    topic = topic_of(fully_heard, [SITUATION])
    labels = {practice.id: practice.label for practice in fully_heard.index.practices}
    first, second = (labels[practice] for practice in topic.practices[:2])
    assert standalone(fully_heard, "Hoe begin ik daarmee?", SITUATION) == f"Hoe begin ik daarmee? ({first})"
    assert standalone(fully_heard, "En de tweede?", SITUATION) == f"Wat is {second} en wanneer past het?"


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "carried"),
    [
        ("Is meedoen verplicht?", True),
        ("wie doen er mee", True),
        ("Wat is het verschil tussen supervisie en intervisie?", False),
        ("Waarom zijn lerende praktijken eigenlijk populair?", False),
    ],
)
def test_a_question_without_a_pointer_carries_the_subject_unless_it_matches_another_text_better(
    question: str, carried: bool, fully_heard: Listener
) -> None:
    asked = standalone(fully_heard, question, "Hoe werkt een community of practice?")
    assert ("(Community of practice)" in asked) is carried


@pytest.mark.model
def test_the_question_which_type_fits_goes_with_the_situation_told_before(fully_heard: Listener) -> None:
    told = "De raad wil weten wat al onze projecten tegen armoede samen opleveren."
    assert standalone(fully_heard, "Welk type past dan?", told) == f"{told} Welk type past dan?"


@pytest.mark.model
def test_a_follow_up_after_a_choice_is_about_what_was_chosen(fully_heard: Listener) -> None:
    pair = {"living-lab": LAB, "actie-onderzoek": RESEARCH}
    choice = next(choice for choice in fully_heard.index.choices if set(choice.options) == set(pair))
    for practice, label in pair.items():
        history = ["Wij willen in de wijk aan de slag.", choice.options[practice]]
        assert label in standalone(fully_heard, "Hoe begin ik daarmee?", *history)


@pytest.mark.model
def test_a_follow_up_without_any_practice_takes_the_subject_of_the_turn_before(fully_heard: Listener) -> None:
    last = "Over welke brochure hebben jullie het?"
    asked = standalone(fully_heard, "En hoeveel pagina's telt die?", last)
    assert asked == "Hoeveel pagina's telt die? (brochure)"


@pytest.mark.model
def test_the_sources_of_what_was_shown_are_named_when_they_are_asked_for(full_assistant: Assistant) -> None:
    question = Question("Waar is dat op gebaseerd?", ("Wat zijn de stappen van een living lab?",))
    answer = full_assistant.ask(question)
    assert [citation.quote.partition(":")[0] for citation in answer.citations] == ["Bron S36"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "asked"),
    [
        (("Wat is een living lab?", "En waarin verschilt dat dan van actieonderzoek?"), f"({LAB})"),
        (
            ("Leg uit wat actieonderzoek is.", "En een living lab?", "Welke van die twee duurt het langst?"),
            f"({RESEARCH} en {LAB})",
        ),
        (("Hoe lang duurt een CoP?", "Geldt dat ook voor een living lab?"), f"Hoe lang duurt een {LAB}?"),
    ],
)
def test_another_practice_is_set_beside_the_one_under_discussion_or_takes_its_place(
    turns: tuple[str, ...], asked: str, fully_heard: Listener
) -> None:
    assert standalone(fully_heard, turns[-1], *turns[:-1]).endswith(asked)


@pytest.mark.model
@pytest.mark.parametrize("turn", ["Te lang, korter graag", "Kan dat ook in één zin?"])
def test_who_wants_it_shorter_gets_the_first_sentence_of_the_last_answer(
    turn: str, full_assistant: Assistant
) -> None:
    last = "Wat is actie-onderzoek?"
    whole, short = full_assistant.ask(Question(last)), full_assistant.ask(Question(turn, (last,)))
    assert short.text.removesuffix(" [1]") in whole.text
    assert len(short.text) < len(whole.text)


@pytest.mark.model
def test_who_wants_it_plainer_is_answered_the_last_question_and_no_other(full_assistant: Assistant) -> None:
    turn = Question("Ik ben vrijwilliger. Kan het in gewonemensentaal?", ("Wat is het Kwaliteitskompas?",))
    assert full_assistant.ask(turn).text == full_assistant.ask(Question("Wat is het Kwaliteitskompas?")).text


@pytest.mark.model
def test_a_turn_that_goes_on_about_another_practice_asks_the_same_of_it(full_assistant: Assistant) -> None:
    last = "Wie heeft de regie bij een leer- en verbetertraject?"
    answer = full_assistant.ask(Question("En Doorbraak, wie is daar de baas?", (last,)))
    assert "opdrachtgever en adviseurs" in answer.text


@pytest.mark.model
def test_what_is_no_practice_is_set_beside_one_by_its_words(fully_heard: Listener) -> None:
    asked = standalone(fully_heard, "Is dat hetzelfde als een living lab?", "Wat is een kenniswerkplaats?")
    assert asked.endswith("(kenniswerkplaats)")
