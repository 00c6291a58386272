"""The chat's script is a file that the browser loads once; Streamlit's messages hold what changed alone."""

import re

import httpx
import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.web.visitor import ask, open_chat
from web import texts
from web.chat.component_host import script, script_address

MOST_BYTES = 20_000  # Of an answer: with the script in them, its messages were 96,000.


@pytest.mark.server
def test_the_page_loads_the_script_early_and_the_browser_keeps_it(fake_chat: str) -> None:
    assert f'<script type="module" src="./{script_address()}"></script>' in httpx.get(fake_chat).text
    answer = httpx.get(f"{fake_chat}/{script_address()}")
    assert answer.text == script()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.server
def test_what_the_chat_is_drawn_with_is_named_in_the_page(fake_chat: str) -> None:
    named = re.findall(
        r'modulepreload" fetchpriority="low" crossorigin href="\./static/js/([^"]+)"',
        httpx.get(fake_chat).text,
    )
    assert {"BidiComponent", "Button", "ChatInput"} <= {name.partition(".")[0] for name in named}
    assert len(named) == len(set(named))


@pytest.mark.server
@pytest.mark.browser
def test_an_answer_takes_few_bytes(page: Page, fake_chat: str) -> None:
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.on("websocket", listen)
    open_chat(page, fake_chat)
    received.clear()
    ask(page, "Welk type past?")
    expect(page.get_by_role("button", name=texts.WORDS["keep"])).to_be_visible()
    assert 1_000 < sum(received) < MOST_BYTES
