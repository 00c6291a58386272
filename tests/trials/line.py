"""Visit the chat for the first time on a slow line: when there is text, an answer and all of the chat."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from ingest.embedding.embeddings import load_embeddings
from ingest.pipeline import ingest
from settings import Settings
from tests.trials.enter import Server
from tests.trials.versions import QUESTIONS, write_version
from tests.web.conftest import CHROMIUM_FLAGS, chromium_path
from tests.web.serving import free_port
from web import texts

LINES_KBIT = (500, 200)
LATENCY_MS = 100
PATIENCE_S = 120
MOST_BYTES = 700_000
TEXT_MS, TEXT_KBIT = 3_000, 500  # On such a line there is something to read by then.
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
FIRST = "document.getElementById('wegwijzer-eerst')"
ANSWERS = f"{FIRST}?.dataset.answers === ''"
ANSWERED = (
    f"[...({FIRST}?.querySelectorAll('.turn') ?? [])].some(one => one.shadowRoot.querySelector('.answer'))"
)
DRAWN = f"!{FIRST} && document.querySelector('[data-testid=stChatInputTextArea]')?.disabled === false"


def line_trials(folder: Path) -> Counter[str]:
    """Return the milliseconds, requests and bytes of a first visit; what must not be starts with 'WRONG'."""
    settings = Settings(index=folder / "index")
    ingest([write_version(folder / "corpus", 0)], settings, load_embeddings(settings))
    happened = Counter[str]()
    server = Server(folder, free_port())
    try:
        address = server.start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
            with _visitor(browser, 0) as (page, _cdp):  # The server packs its files at the first visit.
                page.goto(address, wait_until="commit")
                _when(page, DRAWN, time.monotonic())
            for kbit in LINES_KBIT:
                happened.update({f"{what}, at {kbit} kb/s": n for what, n in _visit(browser, address, kbit)})
            browser.close()
    finally:
        server.kill()
    return happened


def _visit(browser: Browser, address: str, kbit: int) -> Iterator[tuple[str, int]]:
    received: list[int] = []

    def note(event: dict[str, Any]) -> None:
        received.append(int(event["encodedDataLength"]))

    with _visitor(browser, kbit) as (page, cdp):
        cdp.on("Network.loadingFinished", note)
        times = _times(page, address)
    yield from times.items()
    yield "requests", len(received)
    yield "bytes", sum(received)
    if sum(received) > MOST_BYTES or (kbit == TEXT_KBIT and times["ms until text"] > TEXT_MS):
        yield "WRONG: too much, or too late", 1


def _times(page: Page, address: str) -> dict[str, int]:
    """Open the page, ask as soon as that is possible, and return when each thing was there, in ms."""
    started = time.monotonic()
    page.goto(address, wait_until="commit")
    asks = _when(page, ANSWERS, started)
    field = page.get_by_label(texts.ASK_HERE)
    field.fill(QUESTIONS[0])
    field.press("Enter")
    return {
        "ms until a question can be asked": asks,
        "ms until it is answered": _when(page, ANSWERED, started),
        "ms until all of the chat": _when(page, DRAWN, started),
        "ms until text": round(page.evaluate(PAINTED)),
    }


def _when(page: Page, expression: str, started: float) -> int:
    while not page.evaluate(expression):
        if time.monotonic() - started > PATIENCE_S:
            raise RuntimeError(f"never true: {expression}")
        page.wait_for_timeout(50)
    return round((time.monotonic() - started) * 1000)


@contextmanager
def _visitor(browser: Browser, kbit: int) -> Iterator[tuple[Page, CDPSession]]:
    """Give a page with an empty cache on a line of so many kilobits a second; 0 is no limit."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    if kbit:
        rate = kbit * 1000 / 8
        line = {"latency": LATENCY_MS, "downloadThroughput": rate, "uploadThroughput": rate}
        cdp.send("Network.emulateNetworkConditions", {"offline": False, **line})
    yield page, cdp
    page.context.close()
