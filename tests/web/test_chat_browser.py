"""The chat as a visitor meets it, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PROJECT
from tests.web.fakes import EVIL, HOSTILE, LAB, STUDY
from tests.web.serving import served_chat
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

PATIENCE_MS = 30_000
ENGLISH = re.compile(r"\b(skip|send|stop|menu|deploy|close|message)\b", re.IGNORECASE)
OVERFLOW = "document.querySelector('[data-testid=stMain]').scrollWidth > document.documentElement.clientWidth"
# Remember what the live region says, and the sockets, to close them.
WATCH = """
  window.said = [];
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); window.sockets.push(this); }
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const text = document.getElementById("wegwijzer-status")?.textContent;
    if (text && window.said.at(-1) !== text) window.said.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true }));
"""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a new page of 1280 by 900."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    yield context.new_page()
    context.close()


def open_chat(page: Page, address: str) -> list[str]:
    """Open the chat and return the list that all its requests are added to."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(WATCH)
    page.goto(address)
    expect(page.get_by_role("textbox")).to_be_visible()
    return requests


def ask(page: Page, text: str) -> None:
    """Type a question and send it with Enter."""
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")


def outside(requests: list[str], address: str) -> list[str]:
    """Return the requests that went to another origin."""
    return [url for url in requests if not url.startswith((f"{address}/", "data:", f"blob:{address}/"))]


@pytest.mark.model
def test_a_question_gets_a_cited_answer_whose_source_opens_at_the_quote(page: Page, real_chat: str) -> None:
    requests = open_chat(page, real_chat)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.title() == texts.TITLE
    ask(page, "welk type past bij een wijkgerichte aanpak?")
    expect(page.locator(".card h3").first).to_contain_text("Living lab")
    reason = page.locator(".reasons li").first
    marker = reason.get_by_role("button")
    quote = reason.inner_text().removesuffix(marker.inner_text()).strip()
    marker.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".source:not([hidden])")
    expect(panel).to_be_focused()
    assert panel.locator("mark").inner_text() == quote
    assert quote in panel.locator(".section-text").inner_text()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    expect(panel).to_have_count(0)
    assert outside(requests, real_chat) == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf"}


def test_a_suggested_question_is_asked_with_one_click(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    page.get_by_role("button", name="Welk type past bij een wijk?").click()
    expect(page.locator(".question")).to_contain_text("Welk type past bij een wijk?")
    expect(page.locator(".sure").first).to_have_text("82% – vrij zeker")


def test_a_quote_is_marked_where_it_stands_also_after_an_emoji(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    page.get_by_role("button", name=f"Bron 1: {LAB.title}").first.click()
    expect(page.locator("mark")).to_have_text("In een wijk testen bewoners mee.")
    assert page.locator(".section-text").text_content() == LAB.text
    page.get_by_role("button", name=f"Bron 2: {STUDY.title}").first.click()
    expect(page.locator("mark")).to_have_text(STUDY.text)
    link = page.get_by_role("link", name="Open het document")
    assert link.get_attribute("href") == "https://example.org/brochure.pdf#page=7"
    page.get_by_role("button", name="Terug naar het antwoord").click()
    expect(page.locator("mark")).to_have_count(0)


def test_the_chosen_option_is_the_next_question(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    page.get_by_role("button", name="Het loopt vast.").click()
    expect(page.locator(".question").nth(1)).to_contain_text("Het loopt vast.")
    expect(page.locator(".back-question")).to_contain_text("Jouw keuze: Het loopt vast.")
    expect(page.get_by_role("button", name="Het loopt vast.")).to_have_count(0)


def test_start_and_answer_are_announced_once(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_have_text(texts.SEARCHING)
    expect(page.locator(".card")).to_be_visible()
    done = "Het antwoord staat klaar. Living lab past hier naar verwachting het best."
    page.wait_for_function("window.said.length >= 2")
    assert page.evaluate("window.said") == ["Ik zoek een antwoord.", done]


def test_an_answer_survives_a_dropped_connection(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_be_visible()
    page.evaluate("window.sockets.forEach((socket) => socket.close())")
    expect(page.locator(".card")).to_be_visible()
    assert page.evaluate("window.sockets.length") == 2


def test_what_others_wrote_is_shown_as_written_and_never_runs(page: Page, fake_chat: str) -> None:
    requests = open_chat(page, fake_chat)
    question = f"vijandig {HOSTILE[0]} {HOSTILE[1]}"
    ask(page, question)
    expect(page.locator(".question p")).to_have_text(question)
    shown = page.locator(".answer > p").all_text_contents()
    assert [line.removesuffix("[1]").strip() for line in shown[: len(HOSTILE)]] == list(HOSTILE)
    page.get_by_role("button", name="Bron 1").first.click()
    assert page.locator(".section-text").text_content() == EVIL.text
    assert page.evaluate("window.hacked") is None
    assert page.locator(".answer img, .answer script, .answer a").count() == 0
    assert outside(requests, fake_chat) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark"), (320, "light")])
def test_nothing_scrolls_sideways(browser: Browser, fake_chat: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # One of the two.
    )
    page = context.new_page()
    open_chat(page, fake_chat)
    for question in ("Welk type past?", "Welke twee?", "vijandig", "Wat kost een paspoort?"):
        ask(page, question)
        expect(page.locator(".question").last).to_contain_text(question)
        expect(page.locator(".answer").last).to_be_visible()
    page.locator(".marker").first.click()
    assert not page.evaluate(OVERFLOW)
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    context.close()


def test_every_control_has_a_dutch_name_and_streamlits_own_menu_is_gone(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    expect(page.locator(".card")).to_be_visible()
    expect(page.get_by_role("button", name=texts.START_OVER)).to_be_visible()
    buttons = [*page.get_by_role("button").all(), *page.get_by_role("link").all()]
    names = [button.get_attribute("aria-label") or button.inner_text() for button in buttons]
    assert "" not in names
    assert [name for name in names if ENGLISH.search(name)] == []
    assert page.get_by_role("textbox").get_attribute("aria-label") == texts.INPUT


def test_the_conversation_can_be_saved(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    with page.expect_download() as download:
        page.get_by_role("button", name=texts.DOWNLOAD).click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == texts.DOWNLOAD_NAME
    assert "> In een wijk testen bewoners mee." in saved


def test_a_page_opened_during_the_start_goes_on_by_itself(page: Page, tmp_path: Path) -> None:
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, tmp_path, {"FAKE_START_S": "6"}, ready=False) as address:
        page.goto(address)
        expect(page.locator(".notice")).to_contain_text(texts.WAITING)
        expect(page.get_by_role("textbox")).to_be_visible()
