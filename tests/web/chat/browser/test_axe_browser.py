"""axe-core finds nothing wrong: on wide and narrow screens, light and dark, with what can be opened open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PROJECT
from tests.web.axe import faults
from tests.web.serving import served_chat
from tests.web.visitor import ask, open_chat, paste, unfold
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(params=[1280, 375, 320])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a page of one width, without movement."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_chat_has_no_faults(screen: Page, either_chat: str) -> None:
    open_chat(screen, either_chat)
    screen.get_by_text(texts.WORDS["privacy"]).click()
    found = {"first screen, with what it says of questions open": faults(screen)}
    ask(screen, "Welk type past?")
    expect(screen.locator(".card")).to_be_visible()
    screen.get_by_role("button", name="Bron 1").first.click()
    screen.get_by_text(texts.WORDS["compare_types"]).click()
    found["advice with its source open"] = faults(screen)
    ask(screen, "Wat kost een paspoort?")
    expect(screen.locator(".refused")).to_be_visible()
    found["refusal"] = faults(screen)
    ask(screen, "Welke twee?")
    expect(screen.locator(".back-question")).to_be_visible()
    screen.get_by_role("button", name="Nuttig", exact=True).last.click()
    expect(screen.get_by_label(texts.WORDS["why_thumb"])).to_be_visible()
    unfold(screen)
    found["question back, thumbs and all that can be done"] = faults(screen)
    screen.get_by_role("button", name="Vergelijk").click()
    expect(screen.locator(".comparison")).to_be_visible()
    screen.locator(".comparison .marker").first.click()
    found["comparison with its source open"] = faults(screen)
    screen.get_by_text(texts.WORDS["compare_types"]).last.click()
    screen.get_by_role("button", name=texts.WORDS["compare_two"]).last.click()
    expect(screen.locator(".comparison.two")).to_be_visible()
    found["two types beside each other"] = faults(screen)
    assert {where: faulty for where, faulty in found.items() if faulty} == {}


def test_the_chat_has_no_faults_while_it_waits_and_when_a_text_is_too_long(
    page: Page, fake_chat: str
) -> None:
    open_chat(page, fake_chat)
    ask(page, "traag traag traag traag")
    expect(page.locator(".notice")).to_be_visible()
    assert faults(page) == []
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".answer")).to_be_visible()
    paste(page, "wij " * 5_000)
    expect(page.get_by_role("alert")).to_contain_text("te lang")
    assert faults(page) == []


def test_a_start_that_failed_has_no_faults(page: Page, tmp_path: Path) -> None:
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, tmp_path, {"FAKE_FAILS": "1"}, ready=False) as address:
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("De index is beschadigd")
        assert faults(page) == []


def test_the_pages_without_streamlit_have_no_faults(screen: Page, either_chat: str) -> None:
    found = {}
    for path in ("/vraag", "/vraag?q=Welke+twee", "/vraag?q=stuk", "/nergens", "/demo"):
        screen.goto(either_chat + path)
        found[path] = faults(screen)
    screen.get_by_role("button", name=texts.DEMO_OPEN).click()
    expect(screen.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    found["the widget, open"] = faults(screen)
    assert {where: faulty for where, faulty in found.items() if faulty} == {}
