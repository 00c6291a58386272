"""Firefox shows the same conversation, print and widget."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from tests.web.browser.firefox import ENTER, ESCAPE, Firefox, firefox
from tests.web.fakes import LAB
from web import texts

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="Firefox is no part of what the project needs"),
]
INPUT = 'document.querySelector("[data-testid=stChatInputTextArea]")'
DRAWN = f"{INPUT} && !document.getElementById('wegwijzer-eerst')"


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Firefox]:
    """Return a tab of Firefox."""
    with firefox(str(PROGRAM), tmp_path) as browser:
        yield browser


def ask(tab: Firefox, question: str, answers: int) -> None:
    """Type a question, and wait until there are so many answers."""
    tab.get(f"{INPUT}.focus()")
    tab.press(question + ENTER)
    tab.wait(f"all('.answer').length === {answers}")


def test_a_conversation_is_drawn_printed_and_brought_back(tab: Firefox, fake_chat: str) -> None:
    tab.open(fake_chat)
    tab.wait(DRAWN)
    assert tab.get("all('h1')[0].textContent") == "Wegwijzer leren"
    ask(tab, "Welke twee?", 1)
    tab.get("all('.back-question button')[1].click()")
    tab.wait("all('.answer').length === 2 && focused() === all('.card h3')[1]")
    ask(tab, "Welk type past?", 3)
    tab.get("all('.answer .marker').at(-1).click()")
    tab.wait("focused().matches('.source')")
    assert tab.get("all('mark')[0].textContent") == "Actie-onderzoek past bij een hardnekkig knelpunt."
    tab.press(ESCAPE)
    tab.wait("all('.source:not([hidden])').length === 0 && focused().matches('.marker')")
    with pdfplumber.open(BytesIO(tab.printed())) as paper:
        said = "\n".join(page.extract_text() for page in paper.pages)
        assert len(paper.pages) <= 2
    assert (LAB.title in said, texts.INPUT in said) == (True, False)
    tab.open(fake_chat)
    tab.wait("all('.answer').length === 3")


def test_the_widget_opens_answers_and_closes(tab: Firefox, fake_chat: str) -> None:
    tab.open(f"{fake_chat}/demo")
    tab.wait("all('.open').length === 1")
    tab.get("all('.open')[0].click()")
    chat = tab.frame()
    chat.wait(DRAWN)
    tab.wait("all('dialog p')[0].hidden")
    ask(chat, "Welk type past?", 1)
    tab.get("all('.close')[0].focus()")
    tab.press(ESCAPE)
    tab.wait("!all('dialog')[0].open && focused() === all('.open')[0]")
