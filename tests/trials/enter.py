"""Kill the chat around the moment that a visitor presses Enter: the question is asked once, in its place."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from ingest.embedding.embeddings import load_embeddings
from ingest.pipeline import ingest
from settings import Settings
from tests.conftest import PROJECT, process_environment
from tests.trials.versions import QUESTIONS, write_version
from tests.web.conftest import CHROMIUM_FLAGS, chromium_path
from tests.web.serving import OWN_ADDRESS, answering, free_port
from tests.web.visitor import open_chat
from web import texts

AROUND_S = 0.1  # Half of the kills come at most so long before Enter, half after.
UNLIMITED = {"WEGWIJZER_QUESTIONS_PER_MINUTE": "0", "WEGWIJZER_REQUESTS_PER_MINUTE": "0"}


@dataclass
class Server:
    """A chat on one port, started again after each kill."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> str:
        """Start it and return its address once it is ready."""
        log = self.folder / "log.txt"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        index = {"WEGWIJZER_INDEX": str(self.folder / "index"), "WEGWIJZER_FEEDBACK": "off"}
        environment = process_environment({**OWN_ADDRESS, **UNLIMITED, **index})
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        return answering(f"http://127.0.0.1:{self.port}", self.process, log, ready=True)

    def kill(self) -> None:
        """Kill it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def enter_trials(folder: Path, trials: int, seed: int, end: float) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same trials every time.
    settings = Settings(index=folder / "index")
    ingest([write_version(folder / "corpus", 0)], settings, load_embeddings(settings))
    happened = Counter[str]()
    server = Server(folder, free_port())
    try:
        with _visitor(server.start()) as page:
            asked: list[str] = []
            for _trial, question in zip(range(trials), cycle(QUESTIONS), strict=False):
                if time.monotonic() > end:
                    break
                asked.append(question)
                happened[_kill_around_enter(page, server, question, chance.uniform(-AROUND_S, AROUND_S))] += 1
                server.start()
                happened[_outcome(page, asked)] += 1
                asked = page.locator(".question .asked").all_text_contents()
    finally:
        server.kill()
    return happened


def _kill_around_enter(page: Page, server: Server, question: str, after_s: float) -> str:
    """Press Enter and kill the server this long after it, or before; return which came first."""
    box = page.get_by_role("textbox", name=texts.INPUT)
    box.fill(question)
    if after_s > 0:
        box.press("Enter")
        time.sleep(after_s)
        server.kill()
        return "killed after Enter"
    server.kill()
    time.sleep(-after_s)
    page.keyboard.press("Enter")
    return "killed before Enter"


def _outcome(page: Page, asked: list[str]) -> str:
    """Return whether every question is on the page once, in order, with its answer."""
    try:
        expect(page.locator(".answer")).to_have_count(len(asked))
        expect(page.locator(".question .asked")).to_have_text(asked)
    except AssertionError:
        return f"WRONG: on the page are {page.locator('.question .asked').all_text_contents()[-2:]}"
    return "question asked once and answered"


@contextmanager
def _visitor(address: str) -> Iterator[Page]:
    """Give the page of a visitor who has the chat open."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        page = browser.new_page()
        open_chat(page, address)
        yield page
        browser.close()
