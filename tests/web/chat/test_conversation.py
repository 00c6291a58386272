"""A conversation keeps its turns, whatever happens to the script that shows it."""

import time

import pytest

from assistant.texts import UNKNOWN_ERROR
from assistant.types import Question
from tests.web.fakes import SLOW_S, FakeAssistant
from web import texts
from web.chat.conversation import Conversation
from web.http.limits import Limiter
from web.service import Service
from web.workers import ANSWER_WORKERS

LONG_S = 30.0


def test_earlier_questions_go_along_as_history(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    for text in ("Een?", "Twee keer?", "Drie?"):
        conversation.ask(service, text)
        assert conversation.follow(LONG_S)
    assert [question.history for question in fake.asked] == [(), ("Een?",), ("Een?", "Twee keer?")]
    assert [turn.question for turn in conversation.turns] == ["Een?", "Twee keer?", "Drie?"]


def test_a_failure_is_a_dutch_line_and_no_part_of_the_history(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    for text in ("Dit gaat stuk", "a" * 6_000, "Goed?"):
        conversation.ask(service, text)
        conversation.follow(LONG_S)
    assert [turn.failure for turn in conversation.turns[:1]] == [UNKNOWN_ERROR]
    assert "te lang" in conversation.turns[1].failure
    assert fake.asked[-1].history == ()


def test_an_answer_is_made_while_nobody_waits_for_it(service: Service) -> None:
    conversation = Conversation()
    conversation.ask(service, "traag")
    assert not conversation.follow(0)
    time.sleep(SLOW_S + 0.5)
    assert conversation.follow(0)
    assert conversation.turns[0].answer is not None


def test_a_question_during_an_answer_is_dropped(service: Service) -> None:
    conversation = Conversation()
    conversation.ask(service, "traag")
    conversation.ask(service, "Nog een?")
    conversation.follow(LONG_S)
    assert [turn.question for turn in conversation.turns] == ["traag"]


def test_a_conversation_can_start_over(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    conversation.ask(service, "Een?")
    conversation.follow(LONG_S)
    conversation.clear()
    conversation.ask(service, "Opnieuw?")
    conversation.follow(LONG_S)
    assert fake.asked[-1].history == ()


def test_an_answer_can_be_stopped_and_the_next_question_asked(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    conversation.ask(service, "traag")
    conversation.stop()
    assert not conversation.busy
    assert conversation.turns[0].failure == texts.STOPPED
    conversation.ask(service, "Verder?")
    assert conversation.follow(LONG_S)
    assert fake.asked[-1].history == ()


def test_a_turn_says_that_it_waits_and_then_that_it_is_answered(service: Service) -> None:
    for _ in range(ANSWER_WORKERS):
        service.submit(Question("traag"))
    conversation = Conversation()
    conversation.ask(service, "traag")
    assert conversation.turns[0].step == texts.QUEUED
    time.sleep(SLOW_S + SLOW_S / 2)
    assert conversation.turns[0].step == texts.SEEKING
    conversation.turns[0].progress.begin("drafting")
    assert conversation.turns[0].step == texts.DRAFTING
    conversation.turns[0].progress.begin("checking")
    assert conversation.turns[0].step == texts.CHECKING
    conversation.turns[0].progress.show("Een lab leert.")
    assert conversation.turns[0].step == texts.WRITING
    assert conversation.follow(LONG_S)


def test_a_turn_says_so_when_too_much_is_asked(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = Conversation()
    monkeypatch.setattr(service, "submit", lambda _question, _progress: None)
    conversation.ask(service, "Een?")
    assert conversation.turns[0].failure == texts.BUSY
    limited = Limiter(1)
    monkeypatch.setattr("web.chat.conversation.question_limit", lambda: limited)
    limited.wait_s("1.2.3.4")
    conversation.ask(service, "Twee?", "1.2.3.4")
    assert conversation.turns[1].failure == texts.TOO_MANY
