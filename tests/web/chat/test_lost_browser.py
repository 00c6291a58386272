"""A question that was just sent when the server died is asked again, and the visitor reads on there."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROJECT, process_environment
from tests.web.axe import faults
from tests.web.serving import answering, free_port
from tests.web.visitor import ask, open_chat, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.server]

Start = Callable[[], "subprocess.Popen[bytes]"]
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts the same chat again, always on one port; the test kills it."""
    port = free_port()
    processes: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "tests" / "web" / "fake_app.py")]
        extra = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "WEGWIJZER_FEEDBACK": str(tmp_path / "thumbs")}
        with (tmp_path / "log.txt").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [*command, "--server.port", str(port)],
                cwd=PROJECT,
                env=process_environment(extra),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        processes.append(process)
        answering(f"http://127.0.0.1:{port}", process, tmp_path / "log.txt", ready=True)
        process.args = [*command, f"http://127.0.0.1:{port}"]
        return process

    yield begin
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.parametrize("moment", ["noticed", "before", "at once"])
def test_a_question_that_the_server_did_not_live_to_hear_is_asked_again(
    page: Page, start: Start, moment: str
) -> None:
    server = start()
    open_chat(page, address_of(server))
    ask(page, "Welk type past?")
    expect(page.locator(".answer")).to_have_count(1)
    page.get_by_role("textbox").fill("Welke twee?")
    if moment != "at once":
        server.kill()
    if moment == "noticed":
        expect(page.get_by_role("textbox")).to_be_disabled()
    page.get_by_role("textbox").press("Enter")
    server.kill()
    server.wait()
    start()
    expect(page.locator(".answer")).to_have_count(2)
    assert page.locator(".question .asked").all_text_contents() == ["Welk type past?", "Welke twee?"]
    expect(page.get_by_role("textbox")).to_have_value("")


def test_a_start_question_that_was_clicked_is_not_lost_either(page: Page, start: Start) -> None:
    server = start()
    open_chat(page, address_of(server))
    server.kill()
    page.get_by_role("button", name="Welke twee passen?").click()
    server.wait()
    start()
    expect(page.locator(".answer")).to_have_count(1)
    assert page.locator(".question .asked").all_text_contents() == ["Welke twee passen?"]


def test_a_click_on_the_button_of_an_input_that_is_cut_off_is_not_lost(page: Page, start: Start) -> None:
    server = start()
    open_chat(page, address_of(server))
    page.get_by_role("textbox").fill("Welke twee?")
    server.kill()
    expect(page.get_by_role("textbox")).to_be_disabled()
    page.get_by_test_id("stChatInputSubmitButton").click(force=True)
    server.wait()
    start()
    expect(page.locator(".answer")).to_have_count(1)
    assert page.locator(".question .asked").all_text_contents() == ["Welke twee?"]


def test_after_a_restart_the_visitor_reads_on_at_the_same_place(page: Page, start: Start) -> None:
    server = start()
    page.set_viewport_size({"width": 375, "height": 600})
    # Under this name Streamlit's dialog also has a box with a command for developers.
    open_chat(page, address_of(server).replace("127.0.0.1", "localhost"))
    for count, question in enumerate(("Welk type past?", "Welke twee?", "Welk type?"), start=1):
        ask(page, question)
        expect(page.locator(".answer")).to_have_count(count)
    page.wait_for_timeout(700)
    page.mouse.wheel(0, -700)
    page.wait_for_timeout(300)
    place = page.evaluate(SCROLLED)
    assert place > 300
    server.kill()
    server.wait()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert faults(page) == []
    expect(dialog.locator("pre")).to_have_count(1)
    expect(dialog.locator("pre")).to_be_hidden()
    assert [one.get_attribute("aria-label") for one in dialog.get_by_role("button").all()] == ["Sluiten"]
    start()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".answer")).to_have_count(3)
    wait_until(page, f"Math.abs({SCROLLED} - {place}) <= 2")


def address_of(server: "subprocess.Popen[bytes]") -> str:
    """Return the address of a chat that was started."""
    return str(server.args[-1])  # type: ignore[index]  # A list of words.
