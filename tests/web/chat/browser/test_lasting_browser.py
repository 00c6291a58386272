"""A conversation lasts: a reload, a lost connection, a restart, and a visitor who stops."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROJECT
from tests.web.axe import faults
from tests.web.serving import free_port, served_chat
from tests.web.visitor import ask, open_chat, unfold, wait_until
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_start_and_answer_are_announced_once(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_have_text(texts.SEEKING)
    expect(page.locator(".card")).to_be_visible()
    done = "Het antwoord staat klaar. Living lab past hier naar verwachting het best."
    wait_until(page, "window.said.length >= 2")
    assert page.evaluate("window.said") == ["Ik zoek een antwoord.", done]


def test_an_answer_survives_a_dropped_connection(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_be_visible()
    page.evaluate("window.sockets.forEach((socket) => socket.close())")
    expect(page.locator(".card")).to_be_visible()
    assert page.evaluate("window.sockets.length") == 2


def test_a_reload_brings_the_conversation_back(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "Welk type past?")
    expect(page.locator(".card")).to_be_visible()
    ask(page, "vijandig")
    expect(page.locator(".answer")).to_have_count(2)
    page.reload()
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".sure").first).to_have_text("82% kans dat dit past – vrij zeker")
    assert page.evaluate("window.said") == []
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("Object.keys(sessionStorage)") == ["wegwijzer-gesprek"]
    unfold(page)
    page.get_by_role("button", name=texts.START_OVER).click()
    expect(page.locator(".answer")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("textbox")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.locator(".answer")).to_have_count(0)


def test_a_reload_in_the_middle_of_an_answer_asks_again(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_be_visible()
    page.reload()
    expect(page.locator(".card")).to_be_visible()
    expect(page.locator(".question")).to_have_count(1)


def test_a_restart_of_the_server_between_or_during_answers_loses_nothing(page: Page, tmp_path: Path) -> None:
    app, port = PROJECT / "tests" / "web" / "fake_app.py", free_port()
    with served_chat(app, tmp_path, {}, port=port) as address:
        open_chat(page, address)
        ask(page, "Welke twee?")
        expect(page.locator(".card")).to_be_visible()
        ask(page, "traag graag")
        expect(page.locator(".notice")).to_be_visible()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("De verbinding is weg")
    expect(dialog).to_contain_text("Blijft het zo, laad de pagina dan opnieuw.")
    expect(dialog).not_to_contain_text("treamlit")
    expect(dialog.get_by_role("button")).to_have_accessible_name("Sluiten")
    with served_chat(app, tmp_path, {}, port=port):
        expect(dialog).to_have_count(0)
        expect(page.locator(".card")).to_have_count(2)
        assert page.locator(".question .asked").all_text_contents() == ["Welke twee?", "traag graag"]
    expect(dialog).to_be_visible()
    with served_chat(app, tmp_path, {}, port=port):
        expect(dialog).to_have_count(0)
        ask(page, "Welk type past?")
        expect(page.locator(".card")).to_have_count(3)
        assert page.locator(".question .asked").all_text_contents()[1:] == ["traag graag", "Welk type past?"]


def test_a_second_tab_has_a_conversation_of_its_own(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "Welk type past?")
    expect(page.locator(".card")).to_be_visible()
    other = page.context.new_page()
    open_chat(other, either_chat)
    expect(other.locator(".question")).to_have_count(0)
    expect(page.locator(".card")).to_be_visible()


def test_an_answer_can_be_stopped(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "traag graag")
    page.get_by_role("button", name=texts.STOP, exact=True).click()
    expect(page.locator(".notice.failed")).to_have_text(texts.STOPPED)
    ask(page, "Welk type past?")
    expect(page.locator(".card")).to_be_visible()


def test_a_page_opened_during_the_start_goes_on_by_itself(page: Page, tmp_path: Path) -> None:
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, tmp_path, {"FAKE_START_S": "8"}, ready=False) as address:
        page.goto(address)
        expect(page.locator(".notice")).to_contain_text(texts.WAITING)
        expect(page.get_by_role("heading", level=1)).to_have_text("Wegwijzer leren")
        assert faults(page) == []
        expect(page.get_by_role("textbox")).to_be_visible()
