"""What a language model writes reaches page and API sentence by sentence, and stops with the visitor."""

import json
import time

import httpx
import pytest

from tests.web.fakes import WRITTEN, FakeAssistant
from tests.web.serving import run
from web import texts
from web.chat.conversation import Conversation
from web.server import routes
from web.service import Service

LONG_S = 30.0


def test_sentences_are_seen_before_the_answer_is_there(service: Service, fake: FakeAssistant) -> None:
    conversation = Conversation()
    conversation.ask(service, "Wat schrijft een model?")
    seen: list[tuple[str, ...]] = []
    while conversation.busy:
        seen.append(conversation.sentences)
        assert conversation.grows(len(conversation.sentences), LONG_S)
    assert () in seen
    assert WRITTEN[:1] in seen
    assert conversation.sentences == ()
    assert conversation.turns[0].answer is not None


def test_an_answer_that_is_there_is_not_waited_for(service: Service) -> None:
    conversation = Conversation()
    conversation.ask(service, "Een?")
    started = time.monotonic()
    while conversation.busy:
        conversation.grows(0, LONG_S)
    assert time.monotonic() - started < LONG_S / 2


def test_who_stops_ends_the_writing(service: Service, fake: FakeAssistant) -> None:
    fake.writes_until = time.monotonic() + LONG_S
    conversation = Conversation()
    conversation.ask(service, "Wat schrijft een model?")
    turn = conversation.turns[0]
    conversation.stop()
    assert turn.progress.stopped
    assert turn.failure == texts.STOPPED
    service.close()


@pytest.mark.usefixtures("service")
def test_the_api_says_once_that_it_drafts_and_checks_and_sends_each_sentence_as_an_event() -> None:
    events = run(_events("Wat schrijft een model?"))
    assert [name for name, _ in events] == [*["status"] * 3, "sentence", "sentence", "answer"]
    assert [data["text"] for name, data in events if name == "status"] == [
        *(texts.SEEKING, texts.DRAFTING, texts.CHECKING)
    ]
    assert [data["text"] for name, data in events if name == "sentence"] == list(WRITTEN)


async def _events(question: str) -> list[tuple[str, dict[str, str]]]:
    from starlette.applications import Starlette

    transport = httpx.ASGITransport(Starlette(routes=routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.post(
            "/api/ask", json={"question": question}, headers={"accept": "text/event-stream"}
        )
    blocks = [block.split("\n") for block in response.text.strip().split("\n\n") if block[:1] != ":"]
    return [(name[7:], json.loads(data[6:])) for name, data in blocks]
