"""A question that was just sent when the server died is asked again, and the visitor reads on there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROJECT, process_environment
from tests.web.axe import faults
from tests.web.serving import answering, free_port
from tests.web.visitor import ask, open_chat, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.server]

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


class Server:
    """A chat on one port, which a test kills and starts again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the chat, unless it runs, and wait until it is ready."""
        if self._process is not None and self._process.poll() is None:
            return
        app, log_file = PROJECT / "tests" / "web" / "fake_app.py", self._folder / "log.txt"
        extra = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "WEGWIJZER_FEEDBACK": str(self._folder / "thumbs")}
        with log_file.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(self._port)],
                cwd=PROJECT,
                env=process_environment(extra),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        answering(self.address, self._process, log_file, ready=True)

    def kill(self) -> None:
        """End the chat at once."""
        assert self._process is not None
        self._process.kill()

    def wait(self) -> None:
        """Wait until the chat has ended."""
        assert self._process is not None
        self._process.wait()


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a chat that each test leaves running for the next, as a start takes seconds."""
    server = Server(tmp_path_factory.mktemp("lost-chat"))
    server.start()
    yield server
    server.kill()
    server.wait()


@pytest.fixture
def server(chat: Server) -> Server:
    """Return the chat, running, also after a test that failed."""
    chat.start()
    return chat


# To be killed at the very moment of sending is a race, which a busy machine decides in other ways.
@pytest.mark.parametrize("moment", ["noticed", "before", pytest.param("at once", marks=pytest.mark.alone)])
def test_a_question_that_the_server_did_not_live_to_hear_is_asked_again(
    page: Page, server: Server, moment: str
) -> None:
    open_chat(page, server.address)
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
    server.start()
    expect(page.locator(".answer")).to_have_count(2)
    assert page.locator(".question .asked").all_text_contents() == ["Welk type past?", "Welke twee?"]
    expect(page.get_by_role("textbox")).to_have_value("")


def test_a_start_question_that_was_clicked_is_not_lost_either(page: Page, server: Server) -> None:
    open_chat(page, server.address)
    server.kill()
    page.get_by_role("button", name="Welke twee passen?").click()
    server.wait()
    server.start()
    expect(page.locator(".answer")).to_have_count(1)
    assert page.locator(".question .asked").all_text_contents() == ["Welke twee passen?"]


def test_a_click_on_the_button_of_an_input_that_is_cut_off_is_not_lost(page: Page, server: Server) -> None:
    open_chat(page, server.address)
    page.get_by_role("textbox").fill("Welke twee?")
    server.kill()
    expect(page.get_by_role("textbox")).to_be_disabled()
    page.get_by_test_id("stChatInputSubmitButton").click(force=True)
    server.wait()
    server.start()
    expect(page.locator(".answer")).to_have_count(1)
    assert page.locator(".question .asked").all_text_contents() == ["Welke twee?"]


def test_after_a_restart_the_visitor_reads_on_at_the_same_place(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 375, "height": 600})
    # Under this name Streamlit's dialog also has a box with a command for developers.
    open_chat(page, server.address.replace("127.0.0.1", "localhost"))
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
    server.start()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".answer")).to_have_count(3)
    wait_until(page, f"Math.abs({SCROLLED} - {place}) <= 2")
