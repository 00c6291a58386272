"""The chat on another website, in a real browser that blocks third-party cookies."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.conftest import PROJECT
from tests.web.conftest import CHROMIUM_FLAGS, chromium_path
from tests.web.serving import free_port, served_chat
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

MOST_BYTES = 5_000
OPENER = "Vraag het de wegwijzer"
HOSTILE_STYLE = "div, button { color: red !important; display: none !important; font-size: 90px !important; }"

FETCH = """(address) => fetch(address, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ question: "Welk type past?" }),
}).then((answer) => answer.json()).then((answer) => answer.status, () => "refused by the browser")"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@contextmanager
def website(folder: Path, port: int, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder as a website on another host name than the chat."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def listed_port() -> int:
    """Return the port of the website that may frame the chat."""
    return free_port()


@pytest.fixture(scope="module")
def chat(listed_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a chat that one website may frame."""
    folder = tmp_path_factory.mktemp("embedded-chat")
    listed = {"WEGWIJZER_EMBED_ORIGINS": f"http://localhost:{listed_port}"}
    with served_chat(PROJECT / "tests" / "web" / "fake_app.py", folder, listed) as address:
        yield address


@pytest.fixture(scope="module")
def pages(chat: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a website with the button, twice, among styles of its own, and the chat inline."""
    folder = tmp_path_factory.mktemp("website")
    script = f'<script src="{chat}/widget.js" data-title="{OPENER}" data-color="#7b1fa2" async></script>'
    inline = (
        f'<main><div id="plek"></div><script src="{chat}/widget.js" data-mode="inline" '
        'data-target="#plek" async></script></main>'
    )
    head = '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title>'
    body = "<h1>Gemeente</h1><p><a href='#'>Eerst</a></p>"
    (folder / "index.html").write_text(f"{head}</head><body dir='rtl'>{body}{script}{script}</body>", "utf-8")
    style = f"<style>{HOSTILE_STYLE}</style>"
    (folder / "stijl.html").write_text(f"{head}{style}</head><body>{body}{script}</body>", "utf-8")
    (folder / "inline.html").write_text(f"{head}</head><body>{body}{inline}</body>", "utf-8")
    return folder


@pytest.fixture(scope="module")
def gemeente(pages: Path, listed_port: int) -> Iterator[str]:
    """Return the address of the website that may frame the chat."""
    with website(pages, listed_port) as address:
        yield address


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """Return a browser that blocks third-party cookies."""
    (tmp_path / "Default").mkdir()
    blocked = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(blocked), encoding="utf-8")
    made = playwright.chromium.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(),
        args=CHROMIUM_FLAGS,
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
    )
    yield made
    made.close()


def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """Open a page and return it with the list that all its requests are added to."""
    requests: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address, wait_until="networkidle")
    return page, requests


def test_the_script_is_small_and_goes_out_packed(chat: str) -> None:
    with httpx.stream("GET", f"{chat}/widget.js", headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == (PROJECT / "web" / "browser" / "widget.js").read_bytes()
    assert len(packed) <= MOST_BYTES


def test_a_website_shows_the_chat_on_a_click_and_escape_closes_it(
    context: BrowserContext, chat: str, gemeente: str
) -> None:
    page, requests = opened(context, gemeente)
    assert {url for url in requests if url.startswith(chat)} == {f"{chat}/widget.js"}
    button = page.get_by_role("button", name=OPENER)
    expect(button).to_have_count(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    inside = page.frame_locator("iframe")
    inside.get_by_role("textbox", name=texts.INPUT).fill("Welk type past?")
    inside.get_by_role("textbox", name=texts.INPUT).press("Enter")
    expect(inside.locator(".card h3").first).to_contain_text("Living lab")
    inside.get_by_role("button", name="Bron 1").first.click()
    expect(inside.locator(".source:not([hidden])")).to_be_focused()
    page.keyboard.press("Escape")
    expect(inside.locator(".source:not([hidden])")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    button.click()
    expect(inside.locator(".card h3").first).to_contain_text("Living lab")


def test_a_listed_website_may_ask_the_api_and_another_may_not(
    context: BrowserContext, chat: str, gemeente: str, pages: Path
) -> None:
    page, _requests = opened(context, gemeente)
    assert page.evaluate(FETCH, f"{chat}/api/ask") == "answered"
    with website(pages, free_port()) as stranger:
        page, _requests = opened(context, stranger)
        assert page.evaluate(FETCH, f"{chat}/api/ask") == "refused by the browser"


def test_the_focus_stays_in_the_dialog(context: BrowserContext, gemeente: str) -> None:
    page, _requests = opened(context, gemeente)
    page.get_by_role("button", name=OPENER).click()
    expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") != "Eerst"
    page.get_by_role("button", name="Chat sluiten").click()
    expect(page.get_by_role("button", name=OPENER)).to_be_focused()


def test_styles_do_not_leak_in(context: BrowserContext, gemeente: str) -> None:
    page, _requests = opened(context, f"{gemeente}/stijl.html")
    button = page.get_by_role("button", name=OPENER)
    expect(button).to_be_visible()
    looks = "one => [getComputedStyle(one).color, getComputedStyle(one).fontSize]"
    assert button.evaluate(looks) == ["rgb(255, 255, 255)", "16px"]


def test_on_a_phone_the_dialog_fills_the_screen(context: BrowserContext, gemeente: str) -> None:
    page, _requests = opened(context, gemeente)
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("button", name=OPENER).click()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 640}


def test_the_chat_can_stand_in_a_page(context: BrowserContext, gemeente: str) -> None:
    page, _requests = opened(context, f"{gemeente}/inline.html")
    expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    expect(page.locator("#plek").get_by_text("De chat wordt geladen.")).to_be_hidden()


def test_a_website_that_is_not_listed_shows_a_link_to_the_chat(
    context: BrowserContext, chat: str, pages: Path
) -> None:
    with website(pages, free_port()) as stranger:
        page, _requests = opened(context, stranger)
        page.get_by_role("button", name=OPENER).click()
        link = page.get_by_role("link", name="Open de chat op een eigen pagina")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == f"{chat}/"
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name=OPENER)).to_be_focused()


def test_the_demonstration_shows_the_button_and_the_line_to_copy(context: BrowserContext, chat: str) -> None:
    page, requests = opened(context, f"{chat}/demo")
    expect(page.locator("pre").first).to_contain_text(f'<script src="{chat}/widget.js"')
    page.get_by_role("button", name=texts.DEMO_OPEN).click()
    expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    assert [url for url in requests if not url.startswith((f"{chat}/", "data:", f"blob:{chat}/"))] == []
