"""The page's logic, run as Streamlit runs it, with the stand-in behind it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from assistant.texts import explain
from errors import EmptyQuestionError, IndexDamagedError
from tests.conftest import PROJECT
from tests.web.fakes import FakeAssistant
from tests.web.serving import service_of
from web import texts
from web.ready import ChatAssistant
from web.service import Service

RUN_S = 20


@pytest.fixture
def fake() -> FakeAssistant:
    """Return a fresh stand-in."""
    return FakeAssistant()


@pytest.fixture
def page(fake: FakeAssistant) -> Iterator[AppTest]:
    """Return the page after its first run."""
    with service_of(lambda _service: fake):
        fake.asked.clear()
        yield AppTest.from_file(PROJECT / "app.py", default_timeout=RUN_S).run()


def parts(page: AppTest) -> list[dict[str, Any]]:
    """Return the data of every part that the page shows through its component, in order."""
    data = [json.loads(part.proto.json)[0] for part in page.get("bidi_component")]
    return [part for part in data if part["kind"] != "memory"]


def ask(page: AppTest, text: str) -> AppTest:
    """Type a question and send it."""
    return page.chat_input[0].set_value(text).run()


def test_the_server_finds_the_application() -> None:
    found = discover_asgi_app(PROJECT / "app.py")
    assert (found.is_asgi_app, found.app_name) == (True, "app")


def test_the_first_screen_says_what_it_is_and_suggests_questions(page: AppTest, fake: FakeAssistant) -> None:
    assert not page.exception
    intro, disclosure = parts(page)
    said = " ".join(disclosure["lines"])
    assert intro["title"] == "Wegwijzer leren"
    assert "Je praat met een computerprogramma, niet met een mens." in said
    assert texts.MODE_WORD_FOR_WORD in said
    assert texts.OTHER_TEXT in said
    assert texts.OWN_TEXT not in said
    assert intro["suggestions"] == list(fake.index.suggestions)


def test_a_question_gets_its_answer_and_goes_along_with_the_next(page: AppTest, fake: FakeAssistant) -> None:
    ask(ask(page, "Welk type past?"), "En wat kost een paspoort?")
    _intro, _disclosure, first, second = parts(page)
    assert first["question"] == "Welk type past?"
    assert first["answer"]["card"]["lead"] == "Living lab past hier naar verwachting het best."
    assert (first["last"], second["last"]) == (False, True)
    assert second["answer"]["status"] == "refused"
    assert second["answer"]["suggestions"] == list(fake.index.suggestions)
    assert [question.history for question in fake.asked] == [(), ("Welk type past?",)]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Dit gaat stuk", "Er ging iets mis."),
        (" ", explain(EmptyQuestionError())),
    ],
)
def test_a_question_that_fails_gets_one_dutch_line(page: AppTest, question: str, line: str) -> None:
    failed = parts(ask(page, question))[2]
    assert failed["failure"].startswith(line)
    assert not page.exception


def test_the_input_names_how_long_a_question_may_be(page: AppTest) -> None:
    assert page.chat_input[0].proto.max_chars == 5_000


def test_a_slow_answer_is_followed_until_it_is_there(page: AppTest) -> None:
    assert parts(ask(page, "traag"))[2]["answer"]["status"] == "answered"


def test_start_over_forgets_the_conversation_and_closes_the_comparison(
    page: AppTest, fake: FakeAssistant
) -> None:
    ask(page, "Welk type past?")
    page.button(key="vergelijk").click().run()
    next(button for button in page.button if button.label == texts.START_OVER).click().run()
    assert [part["kind"] for part in parts(page)] == ["intro", "disclosure"]
    ask(page, "Opnieuw?")
    assert fake.asked[-1].history == ()


def test_a_failed_start_shows_one_dutch_line() -> None:
    def fail(_service: Service) -> ChatAssistant:
        raise IndexDamagedError(Path("index"), "x")

    with service_of(fail):
        page = AppTest.from_file(PROJECT / "app.py", default_timeout=RUN_S).run()
    assert parts(page)[1]["text"] == explain(IndexDamagedError(Path("index"), "x"))
    assert not page.chat_input


def test_the_comparison_opens_and_closes(page: AppTest) -> None:
    assert page.button(key="vergelijk").label == "Vergelijk de drie typen"
    page.button(key="vergelijk").click().run()
    shown = parts(page)[2]
    assert (shown["kind"], shown["title"]) == ("comparison", "De drie typen naast elkaar")
    assert shown["comparison"]["rows"][0]["cells"] == [[1], [], [2, 3]]
    assert page.button(key="vergelijk").label == texts.HIDE_COMPARISON
    page.button(key="vergelijk").click().run()
    assert [part["kind"] for part in parts(page)] == ["intro", "disclosure"]
