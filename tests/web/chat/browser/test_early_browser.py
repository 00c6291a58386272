"""On a slow line the first page answers by itself, and the chat goes on from there when it has loaded."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.axe import faults
from tests.web.fakes import LAB
from tests.web.visitor import WATCH, ask
from web import texts

HELD = "**/static/js/index.*.js"  # Streamlit's main scripts.
pytestmark = [pytest.mark.browser, pytest.mark.server]


def begun(page: Page, address: str) -> list[Route]:
    """Open the page with Streamlit's main scripts held back, and return them."""
    held: list[Route] = []
    page.add_init_script(WATCH)
    page.route(HELD, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    expect(page.get_by_label(texts.ASK_HERE)).to_be_visible()
    return held


def go_on(page: Page, held: list[Route]) -> None:
    """Send the scripts that were held back."""
    for route in held:
        route.continue_()
    page.unroute(HELD)


def test_a_visitor_asks_before_the_chat_has_loaded_and_it_goes_on_from_there(
    page: Page, fake_chat: str
) -> None:
    held = begun(page, fake_chat)
    page.get_by_label(texts.ASK_HERE).fill("Welke twee?")
    page.get_by_label(texts.ASK_HERE).press("Enter")
    expect(page.locator(".back-question")).to_be_visible()
    expect(page.get_by_label(texts.ASK_HERE)).to_have_value("")
    page.get_by_role("button", name=f"Bron 1: {LAB.title}").first.click()
    expect(page.locator("mark")).to_have_text("Een living lab past bij een 🌱 wijk.")
    page.get_by_role("button", name="Het loopt vast.").click()
    expect(page.locator(".card h3").nth(1)).to_be_focused()
    expect(page.locator(".past li").last).to_have_text("Jouw keuze: Het loopt vast.")
    assert page.url == f"{fake_chat}/"
    page.get_by_label(texts.ASK_HERE).fill("En dan?")
    go_on(page, held)
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_have_value("En dan?")
    expect(page.locator(".answer")).to_have_count(2)
    ask(page, "Welk type past?")
    expect(page.locator(".answer")).to_have_count(3)
    questions = ["Welke twee?", "Het loopt vast.", "Welk type past?"]
    assert page.locator(".question .asked").all_text_contents() == questions
    page.reload()
    expect(page.locator(".answer")).to_have_count(3)
    assert page.locator(".question .asked").all_text_contents() == questions


def test_the_link_to_the_plain_page_is_seen_at_once_and_leads_there(page: Page, fake_chat: str) -> None:
    page.route(HELD, lambda _route: None)
    page.goto(fake_chat, wait_until="commit")
    link = page.get_by_role("link", name=texts.PLAIN_PAGE)
    expect(link).to_be_visible()
    late = "one => document.getAnimations().some(({ effect }) => effect.target.contains(one))"
    assert not link.evaluate(late)
    link.click()
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    assert page.url == f"{fake_chat}/vraag"


def test_a_start_question_is_asked_in_place_and_announced_once(page: Page, fake_chat: str) -> None:
    held = begun(page, fake_chat)
    page.get_by_role("link", name="Welke twee passen?").click()
    expect(page.locator(".card h3")).to_be_focused()
    said = page.get_by_role("status")
    expect(said).to_contain_text("Het antwoord staat klaar.")
    go_on(page, held)
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    expect(page.locator(".card h3")).to_be_focused()
    assert page.evaluate("window.said") == [said.text_content()]  # Since the chat has loaded: no other.


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_first_page_has_no_faults_and_does_not_scroll_sideways(
    page: Page, fake_chat: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    begun(page, fake_chat)
    page.get_by_role("link", name="Welke twee passen?").click()
    expect(page.locator(".card h3")).to_be_focused()
    assert page.evaluate("document.getElementById('wegwijzer-eerst').scrollWidth") <= width
    assert faults(page) == []


def test_a_question_without_an_answer_yet_is_answered_once(page: Page, fake_chat: str) -> None:
    held = begun(page, fake_chat)
    page.get_by_label(texts.ASK_HERE).fill("traag graag")
    page.get_by_label(texts.ASK_HERE).press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    go_on(page, held)
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(1)
    assert page.locator(".question .asked").all_text_contents() == ["traag graag"]


def test_a_question_that_failed_says_why_and_the_chat_comes(page: Page, fake_chat: str) -> None:
    held = begun(page, fake_chat)
    page.get_by_label(texts.ASK_HERE).fill("Dit gaat stuk")
    page.get_by_role("button", name=texts.SEND).click()
    expect(page.locator(".notice.failed")).to_be_visible()
    go_on(page, held)
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_be_enabled()


def test_where_the_browser_keeps_nothing_the_turns_are_handed_over_too(page: Page, fake_chat: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('no storage'); };")
    held = begun(page, fake_chat)
    page.get_by_label(texts.ASK_HERE).fill("Welke twee?")
    page.get_by_label(texts.ASK_HERE).press("Enter")
    expect(page.locator(".card")).to_be_visible()
    go_on(page, held)
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(1)
