"""What a visitor does in the chat, for the tests that drive a browser."""

import time

from playwright.sync_api import Page, expect

from web import texts

PATIENCE_MS = 30_000
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


def open_chat(page: Page, address: str) -> list[str]:
    """Open the chat and return the list that all its requests are added to."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(WATCH)
    page.goto(address)
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    return requests


def ask(page: Page, text: str) -> None:
    """Type a question and send it with Enter."""
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")


def paste(page: Page, text: str) -> None:
    """Paste a text into the input."""
    page.get_by_test_id("stChatInputTextArea").evaluate(
        """(field, text) => {
          const pasted = new DataTransfer();
          pasted.setData("text", text);
          const paste = { clipboardData: pasted, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        text,
    )


def unfold(page: Page) -> None:
    """Show what can be done with the conversation, below the last answer."""
    page.get_by_role("button", name=texts.WORDS["keep"]).click()


def wait_until(page: Page, expression: str) -> None:
    """Wait until JavaScript is true; Playwright's own wait runs in the page, whose policy forbids `eval`."""
    deadline = time.monotonic() + PATIENCE_MS / 1_000
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"never true: {expression}"
        page.wait_for_timeout(50)


def outside(requests: list[str], address: str) -> list[str]:
    """Return the requests that went to another origin."""
    return [url for url in requests if not url.startswith((f"{address}/", "data:", f"blob:{address}/"))]
