"""`POST /api/ask`: the answer of the contract, who may ask, how much, and what goes wrong in Dutch."""

import json
from functools import partial

import pytest

from assistant.texts import UNKNOWN_ERROR, explain
from errors import EmptyQuestionError, QuestionTooLongError
from settings import load_settings
from tests.web.fakes import FakeAssistant
from tests.web.serving import LISTED, OWN, STRANGER, request
from web import service as service_module
from web import texts
from web.service import Service
from web.workers import MOST_ANSWERS

pytestmark = pytest.mark.usefixtures("service", "listed")

send = partial(request, "/api/ask")


def test_a_question_gets_the_answer_of_the_contract(fake: FakeAssistant) -> None:
    answer = send(json={"question": "Welk type past?", "history": ["Eerder?"], "meer": 1})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert [(asked.text, asked.history) for asked in fake.asked] == [("Welk type past?", ("Eerder?",))]
    assert answer.json() == fake.ask(fake.asked[0]).to_json()


def test_the_answer_also_comes_as_events(fake: FakeAssistant) -> None:
    answer = send(json={"question": "Welk type past?"}, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    started, done, rest = answer.text.split("\n\n")
    assert started == f'event: status\ndata: {{"text": "{texts.SEEKING}"}}'
    name, data = done.split("\ndata: ")
    assert name == "event: answer"
    assert json.loads(data) == fake.ask(fake.asked[0]).to_json()
    assert rest == ""


def test_an_answer_that_fails_is_an_event_too() -> None:
    answer = send(json={"question": "Dit gaat stuk"}, headers={"accept": "text/event-stream"})
    name, data = answer.text.split("\n\n")[1].split("\ndata: ")
    assert (name, json.loads(data)) == ("event: error", {"error": UNKNOWN_ERROR, "status": 500})


@pytest.mark.parametrize(
    ("body", "status", "line"),
    [
        (b'{"question": " "}', 400, explain(EmptyQuestionError())),
        (b"{}", 400, texts.BODY_UNREADABLE),
        (b'{"question": 3}', 400, texts.BODY_UNREADABLE),
        (b'{"question": "a", "history": "b"}', 400, texts.BODY_UNREADABLE),
        (b'{"question": "\\ud800"}', 400, texts.BODY_UNREADABLE),
        (b"\xff", 400, texts.BODY_UNREADABLE),
        (b"[" * 100_000, 400, texts.BODY_UNREADABLE),
        (json.dumps({"question": "a" * 5_001}).encode(), 413, explain(QuestionTooLongError(5_001, 5_000))),
        (b" " * 600_000, 413, texts.BODY_TOO_LONG),
        (b'{"question": "Dit gaat stuk"}', 500, UNKNOWN_ERROR),
    ],
)
def test_what_cannot_be_answered_gets_one_dutch_line(body: bytes, status: int, line: str) -> None:
    answer = send(content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()) == (status, {"error": line})


def test_only_json_is_read() -> None:
    answer = send(data={"question": "Welk type past?"})
    assert (answer.status_code, answer.json()) == (415, {"error": texts.JSON_WANTED})
    assert send("GET").status_code == 405


@pytest.mark.parametrize(
    ("origin", "status", "readable_by"),
    [
        (None, 200, None),
        (OWN, 200, None),
        (LISTED, 200, LISTED),
        (STRANGER, 403, None),
        (f"{LISTED}.kwaad.nl", 403, None),
        ("null", 403, None),
    ],
)
def test_only_listed_sites_may_ask_and_read(origin: str | None, status: int, readable_by: str | None) -> None:
    headers = {"origin": origin} if origin else {}
    answer = send(json={"question": "Welk type past?"}, headers=headers)
    assert answer.status_code == status
    assert answer.headers.get("access-control-allow-origin") == readable_by
    preflight = send("OPTIONS", headers=headers)
    assert preflight.headers.get("access-control-allow-origin") == readable_by
    assert (preflight.status_code == 204) is (status == 200)


def test_a_listed_site_may_also_read_why_there_is_no_answer() -> None:
    answer = send(json={"question": " "}, headers={"origin": LISTED})
    assert answer.headers["access-control-allow-origin"] == LISTED
    assert "origin" in answer.headers["vary"].lower()


def test_an_address_that_asks_too_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_QUESTIONS_PER_MINUTE", "2")
    load_settings.cache_clear()
    answers = [send(json={"question": "Welk type past?"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == {"error": texts.TOO_MANY}
    assert 1 <= int(answers[2].headers["retry-after"]) <= 30


def test_no_more_answers_wait_than_there_is_room_for(service: Service) -> None:
    for _ in range(MOST_ANSWERS):
        service.workers._under_way += 1
    refused = send(json={"question": "Welk type past?"})
    assert (refused.status_code, refused.json()) == (503, {"error": texts.BUSY})
    service.workers._under_way -= 1
    assert send(json={"question": "Welk type past?"}).status_code == 200
    assert send(json={"question": "Dit gaat stuk"}).status_code == 500
    assert send(json={"question": "Welk type past?"}).status_code == 200


def test_before_the_start_is_done_the_reason_is_given() -> None:
    service_module.current.cache_clear()
    answer = send(json={"question": "Welk type past?"})
    assert (answer.status_code, answer.json()) == (503, {"error": texts.STARTING})
    assert answer.headers["retry-after"] == "5"
