"""What tests of the page share: the stand-in behind a service, chats served on a free port, and a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from settings import load_settings
from tests.conftest import PROJECT
from tests.web.fakes import FakeAssistant
from tests.web.serving import LISTED, served_chat, service_of
from tests.web.visitor import PATIENCE_MS
from web.service import Service

# The address bar's suggestions are pages of their own in each new window: 1.3 s of processor time a test.
# The other features are those that Playwright switches off and that call out; a second list replaces its own.
SWITCHED_OFF = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,"
    "HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PreconnectToSearch"
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    f"--disable-features={SWITCHED_OFF}",
]

expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str:
    """Return where Chromium is; the test fails when there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("No Chromium found. Install it (apt-get install chromium) or name it in CHROMIUM")
    return path


@pytest.fixture
def fake() -> FakeAssistant:
    """Return a fresh stand-in."""
    return FakeAssistant()


@pytest.fixture
def service(fake: FakeAssistant) -> Iterator[Service]:
    """Return this process's service, ready, with the stand-in behind it."""
    with service_of(lambda _service: fake) as made:
        fake.asked.clear()
        yield made


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Allow one other site to ask questions."""
    monkeypatch.setenv("WEGWIJZER_EMBED_ORIGINS", LISTED)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture(scope="session")
def fake_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a chat with the stand-in behind it."""
    folder = tmp_path_factory.mktemp("fake-chat")
    with served_chat(PROJECT / "tests" / "web" / "fake_app.py", folder, {}) as address:
        yield address


@pytest.fixture(scope="session")
def writing_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a chat with the stand-in behind it, in which a language model writes."""
    folder = tmp_path_factory.mktemp("writing-chat")
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, folder, {"FAKE_MODE": "llm:ollama:proef"}) as address:
        yield address


@pytest.fixture(params=["fake_chat", "writing_chat"], ids=["quoted", "model"])
def either_chat(request: pytest.FixtureRequest) -> str:
    """Return the address of a chat that quotes, and of one in which a language model writes."""
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture(scope="session")
def real_chat(small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the chat as people start it, on the index of the small corpus."""
    folder = tmp_path_factory.mktemp("real-chat")
    with served_chat(PROJECT / "app.py", folder, {"WEGWIJZER_INDEX": str(small_index)}) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what drives browsers; there can be one at a time."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a Chromium without a window."""
    chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a new page of 1280 by 900."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    yield context.new_page()
    context.close()
