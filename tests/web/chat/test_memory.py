"""What a browser kept comes back as it was, as long as its quotes are in the text; the rest is left out."""

import json

import pytest

from assistant.types import Question
from tests.web.fakes import FakeAssistant, FakeIndex
from web.chat.conversation import ChatTurn, Conversation
from web.chat.memory import kept, recalled
from web.service import Service

ID = "t" + "0" * 32
LONG_S = 30.0


def answered(fake: FakeAssistant, question: str, turn_id: str = ID) -> ChatTurn:
    """Return a turn with its answer."""
    return ChatTurn(turn_id, question, answer=fake.ask(Question(question, id=turn_id)))


@pytest.mark.parametrize("question", ["Welk type past?", "Welke twee?", "Wat kost een paspoort?", "vijandig"])
def test_a_turn_comes_back_as_it_was(fake: FakeAssistant, question: str) -> None:
    turn = answered(fake, question)
    (back,) = recalled(f"[{kept(turn)}]", fake.index)
    assert (back.id, back.question, back.answer, back.recalled) == (ID, question, turn.answer, True)


def test_an_answer_whose_quote_no_longer_stands_is_left_out(fake: FakeAssistant) -> None:
    turn = answered(fake, "Welk type past?")
    assert [back.answer for back in recalled(f"[{kept(turn)}]", FakeIndex(sections={}))] == [None]
    moved = json.loads(str(kept(turn)))
    moved["answer"]["citations"][0]["start"] += 1
    assert [back.answer for back in recalled(json.dumps([moved]), fake.index)] == [None]
    moved["answer"]["citations"] = []
    assert [back.answer for back in recalled(json.dumps([moved]), fake.index)] == [None]


@pytest.mark.parametrize("mode", ["", "x", "extractive" * 2, "llm:", "llm:" + "x" * 1_000_000, "llm:a b"])
def test_an_answer_by_nobody_that_writes_here_is_left_out(fake: FakeAssistant, mode: str) -> None:
    sent = json.loads(str(kept(answered(fake, "Welk type past?"))))
    sent["answer"]["mode"] = mode
    assert [back.answer for back in recalled(json.dumps([sent]), fake.index)] == [None]


def test_an_answer_of_a_language_model_comes_back() -> None:
    writes = FakeAssistant("llm:ollama:hf.co/maker/name:Q4_K_M")
    turn = answered(writes, "Welk type past?")
    (back,) = recalled(f"[{kept(turn)}]", writes.index)
    assert back.answer == turn.answer


@pytest.mark.parametrize(
    "sent",
    [
        None,
        3,
        [],
        "",
        "{}",
        "[3]",
        '[{"id": "intro", "question": "a"}]',
        f'[{{"id": "{ID}"}}]',
        " " * 2_000_001,
    ],
)
def test_what_is_no_conversation_brings_nothing(fake: FakeAssistant, sent: object) -> None:
    assert recalled(sent, fake.index) == []


def test_a_turn_that_failed_is_not_kept() -> None:
    assert kept(ChatTurn(ID, "a", failure="Mis.")) is None


def test_a_recalled_conversation_goes_on(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    conversation.recall(service, [answered(fake, "Een?"), ChatTurn("t2", "Twee?", recalled=True)])
    assert conversation.follow(LONG_S)
    assert [turn.question for turn in conversation.turns] == ["Een?", "Twee?"]
    assert fake.asked[-1].history == ("Een?",)
    assert conversation.turns[1].answer is not None


def test_a_conversation_that_has_begun_is_not_replaced(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    conversation.ask(service, "Nieuw?")
    unanswered = ChatTurn("t" + "2" * 32, "Onbeantwoord?")
    conversation.recall(service, [answered(fake, "Oud?"), conversation.turns[0], unanswered])
    assert [turn.question for turn in conversation.turns] == ["Oud?", "Nieuw?"]


def test_a_question_that_came_before_what_was_kept_is_asked_after_it(
    service: Service, fake: FakeAssistant
) -> None:
    conversation = Conversation(waiting="En dan?")
    conversation.recall(service, [answered(fake, "Oud?"), ChatTurn("t" + "2" * 32, "Onbeantwoord?")])
    assert conversation.follow(LONG_S)
    assert [turn.question for turn in conversation.turns] == ["Oud?", "En dan?"]
    assert fake.asked[-1].history == ("Oud?",)
    assert conversation.waiting == ""
