"""A language model behind the chat, from its server to the browser: sentences come at once, nothing hangs."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from assistant.texts import MODEL_SILENT
from tests.conftest import PROJECT
from tests.model_server import Reply, ScriptedServer, good_draft, let_pass, model_server
from tests.web.serving import START_S, served_chat
from tests.web.visitor import ask, open_chat
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.model]

QUESTIONS = (
    "Wat is een living lab?",
    "Wat is actie-onderzoek?",
    "Welke stappen heeft een living lab?",
    "Wanneer past een living lab?",
    "Wanneer past actie-onderzoek?",
)
PAUSE_S = 0.02  # Between seven characters, so that a draft of three sentences takes about a second.
MARKER = " [1]"
BEGUN_CHARS = 12
TIMEOUT_S = 8.0
FAR = "Hoe bak ik een appeltaart?"
INVENTED = "Een living lab kost 5.000 euro per jaar. [1] Een living lab is verplicht. [1]"
FAILURES = {
    "hangs": Reply("Een living", end="hang"),
    "cut off": Reply(INVENTED, end="cut", pause_s=PAUSE_S),
    "web page": Reply("<html><body>Welkom</body></html>", html=True),
    "invents": Reply(INVENTED, pause_s=PAUSE_S),
    "English": Reply("A living lab is a place where people learn together [1]. It lasts two years [2]."),
    "ignores the format": Reply("Natuurlijk! Hier is je antwoord: een living lab is een soort proeftuin."),
}
# Remember what is first shown where a model's sentences come, and when: as Unix time, like the server's.
WATCH_DRAFT = """
  window.drafts = [];
  let stood = false;
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const text = document.querySelector('[data-testid="stText"]')?.textContent ?? "";
    if (text && !stood) window.drafts.push([text, (performance.timeOrigin + performance.now()) / 1000]);
    stood = Boolean(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true }));
"""


@dataclass(frozen=True)
class ModelChat:
    """The address of a chat, and the server of the language model that writes in it."""

    address: str
    server: ScriptedServer


@pytest.fixture(scope="module")
def model_chat(small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelChat]:
    """Return the chat as people start it, with a scripted language model."""
    folder = tmp_path_factory.mktemp("model-chat")
    with model_server() as server:
        let_pass(folder / "exams.jsonl", "openai:scripted", server.address)
        settings = {
            "WEGWIJZER_INDEX": str(small_index),
            "WEGWIJZER_LLM": "openai:scripted",
            "WEGWIJZER_LLM_BASE_URL": server.address,
            "WEGWIJZER_LLM_EXAMS": str(folder / "exams.jsonl"),
            "WEGWIJZER_LLM_TIMEOUT_S": str(TIMEOUT_S),
            "WEGWIJZER_LLM_USAGE": str(folder / "usage.json"),
            "WEGWIJZER_KEPT_ANSWERS": "0",
        }
        with served_chat(PROJECT / "app.py", folder, settings) as address:
            yield ModelChat(address, server)


def test_a_sentence_is_on_the_page_before_the_model_has_written_the_next(
    page: Page, model_chat: ModelChat
) -> None:
    model_chat.server.reply = begun_draft
    open_chat(page, model_chat.address)
    for number, question in enumerate(QUESTIONS, start=1):
        ask(page, question)
        expect(page.get_by_test_id("stText")).to_be_visible()
        written, begun = begun_draft(model_chat.server.prompts[-1]).text.split(MARKER)
        assert page.get_by_test_id("stText").inner_text() == written
        assert begun
        page.get_by_role("button", name=texts.STOP, exact=True).click()
        expect(page.get_by_text(texts.STOPPED)).to_have_count(number)


def begun_draft(prompt: str) -> Reply:
    """Write one sentence and the beginning of the next, and then nothing."""
    first, second, *_more = good_draft(prompt).text.split(MARKER)
    return Reply(f"{first}{MARKER}{second[:BEGUN_CHARS]}", end="hang")


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_the_model_does_the_page_shows_quotes_and_says_so(
    failure: str, page: Page, model_chat: ModelChat
) -> None:
    model_chat.server.answers(FAILURES[failure])
    page.add_init_script(WATCH_DRAFT)
    open_chat(page, model_chat.address)
    ask(page, QUESTIONS[0])
    expect(page.locator(".answer")).to_contain_text("Een living lab is een plek in het echte leven")
    expect(page.locator(".answer")).to_contain_text(MODEL_SILENT)
    assert page.evaluate("window.drafts") == []


def test_while_the_model_hangs_others_are_answered_and_who_stops_goes_on(
    page: Page, model_chat: ModelChat
) -> None:
    model_chat.server.answers(Reply("Een living", end="hang"))
    open_chat(page, model_chat.address)
    ask(page, QUESTIONS[0])
    expect(page.get_by_role("button", name=texts.STOP)).to_be_visible()
    answer = httpx.post(f"{model_chat.address}/api/ask", json={"question": FAR}).json()
    assert answer["status"] == "refused"
    page.get_by_role("button", name=texts.STOP).click()
    expect(page.get_by_text(texts.STOPPED)).to_be_visible()
    ask(page, FAR)
    expect(page.locator(".answer")).to_have_count(1)


def test_a_client_that_goes_away_ends_the_models_writing(model_chat: ModelChat) -> None:
    server = model_chat.server
    server.reply = endless_draft
    before = server.broken_off
    with httpx.stream(
        "POST",
        f"{model_chat.address}/api/ask",
        json={"question": QUESTIONS[0]},
        headers={"accept": "text/event-stream"},
        timeout=START_S,
    ) as response:
        assert next(line for line in response.iter_lines() if line == "event: sentence")
    expect_broken_off(server, before + 1)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/ask", json.dumps({"question": QUESTIONS[0]})),
        ("GET", f"/vraag?{urlencode({'q': QUESTIONS[0]})}", None),
    ],
)
def test_a_client_without_a_stream_that_goes_away_ends_it_too(
    method: str, path: str, body: str | None, model_chat: ModelChat
) -> None:
    server = model_chat.server
    server.reply = endless_draft
    before, asked = server.broken_off, len(server.prompts)
    connection = HTTPConnection(urlsplit(model_chat.address).netloc)
    connection.request(method, path, body, {"content-type": "application/json"})
    deadline = time.monotonic() + START_S
    while len(server.prompts) == asked and time.monotonic() < deadline:
        time.sleep(0.02)
    connection.close()
    expect_broken_off(server, before + 1)


def endless_draft(prompt: str) -> Reply:
    """Write a good draft and then on and on."""
    return Reply(good_draft(prompt).text + " en verder" * 2_000, pause_s=PAUSE_S)


def expect_broken_off(server: ScriptedServer, times: int) -> None:
    """Wait less than a time-out until so many calls of the model were broken off."""
    deadline = time.monotonic() + TIMEOUT_S / 2
    while server.broken_off < times and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.broken_off == times
