"""`POST /wegwijzer/beurt`: what the page shows of an answer before Streamlit has drawn the chat."""

import json
import re
from dataclasses import asdict
from functools import partial

import pytest

from assistant.texts import UNKNOWN_ERROR
from tests.web.fakes import FakeAssistant
from tests.web.serving import request
from web import texts
from web.chat.conversation import ChatTurn
from web.chat.memory import kept
from web.http.files import EARLY_TURN
from web.shown.view import view

pytestmark = pytest.mark.usefixtures("service")

send = partial(request, EARLY_TURN)


def test_a_question_gets_the_turn_that_the_chat_shows_and_keeps(fake: FakeAssistant) -> None:
    given = send(json={"question": "Welk type past?", "history": ["Eerder?"]})
    assert (given.status_code, given.headers["cache-control"]) == (200, "no-store")
    assert [(asked.text, asked.history) for asked in fake.asked] == [("Welk type past?", ("Eerder?",))]
    answer = fake.ask(fake.asked[0])
    turn = given.json()
    shown = json.loads(json.dumps(asdict(view(answer, fake.index))))
    assert (turn["answer"], turn["contact"]) == (shown, "")
    recorded = json.loads(turn["kept"])
    assert re.fullmatch("t[0-9a-f]{32}", recorded["id"])
    assert recorded == json.loads(str(kept(ChatTurn(recorded["id"], "Welk type past?", answer=answer))))


@pytest.mark.parametrize(
    ("body", "status", "line"),
    [({"vraag": "a"}, 400, texts.BODY_UNREADABLE), ({"question": "Dit gaat stuk"}, 500, UNKNOWN_ERROR)],
)
def test_what_cannot_be_answered_gets_a_line_in_dutch(body: dict[str, str], status: int, line: str) -> None:
    given = send(json=body)
    assert (given.status_code, given.json()) == (status, {"error": line})
