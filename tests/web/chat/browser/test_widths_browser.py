"""The page where there is little room: 1,024 wide, 1,280 by 1,024 at 400%, and the widget's 440."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROJECT
from tests.web.axe import faults
from tests.web.chat.browser.test_access_browser import OVERFLOW, WITHIN, hidden_stops
from tests.web.serving import served_chat
from tests.web.visitor import ask, open_chat
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

# The words of these elements that are broken over two lines, and how many words there are.
BROKEN = f"""(selector) => {{ {WITHIN}
  const words = within(document.querySelector("main"))
    .filter((one) => one.matches(selector) && one.checkVisibility())
    .flatMap((one) => [...one.childNodes]).filter((one) => one.nodeType === Node.TEXT_NODE)
    .flatMap((node) => [...node.data.matchAll(/[^\\s\\/-]+/g)].map((word) => {{
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      return [word[0], new Set([...range.getClientRects()].map((part) => Math.round(part.top))).size];
    }}));
  return [words.map(([word]) => word), words.filter(([, lines]) => lines > 1).map(([word]) => word)];
}}"""
NAMES_OF_TYPES = ".comparison th, .candidate h4, .types span, .card h3, button, summary"


@pytest.fixture(scope="module")
def whole_chat(full_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the chat as people start it, on the index of the whole corpus."""
    folder = tmp_path_factory.mktemp("whole-chat")
    with served_chat(PROJECT / "app.py", folder, {"WEGWIJZER_INDEX": str(full_index)}) as address:
        yield address


@pytest.mark.model
def test_at_1024_no_name_is_broken_and_every_control_is_seen(page: Page, whole_chat: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, whole_chat)
    ask(page, "Welk type past? Gemeente en aanbieders sturen samen op resultaat en willen vaker verbeteren.")
    expect(page.locator(".answer")).to_be_visible()
    page.get_by_role("button", name="Vergelijk de vijf typen").click()
    expect(page.locator(".comparison th[scope=col]")).to_have_count(5)
    words, broken = page.evaluate(BROKEN, NAMES_OF_TYPES)
    assert "Kwaliteitskompas" in words
    assert broken == []
    assert not page.evaluate(OVERFLOW)
    assert [hidden_stops(page, key) for key in ("Tab", "Shift+Tab")] == [[], []]
    assert faults(page) == []


@pytest.mark.model
def test_in_the_widget_all_start_questions_are_seen_below_one_title(page: Page, whole_chat: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{whole_chat}/demo")
    page.get_by_role("button", name=texts.DEMO_OPEN).click()
    chat = page.frame_locator("iframe")
    field = chat.get_by_role("textbox", name=texts.INPUT)
    expect(field).to_be_visible()
    dialog = page.get_by_role("dialog").bounding_box()
    assert dialog
    assert dialog["width"] == 440
    questions = chat.locator(".intro .questions button")
    expect(questions).to_have_count(4)
    foot = field.evaluate("one => one.getBoundingClientRect().top")
    for one in questions.all():
        assert 0 < one.evaluate("one => one.getBoundingClientRect().bottom") < foot
    title = chat.get_by_role("heading", level=1)
    assert (
        title.evaluate("one => getComputedStyle(one).clipPath") == "inset(50%)"
    )  # Only a screen reader has it.


def test_at_400_per_cent_the_input_leaves_room_to_read(page: Page, fake_chat: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    expect(page.locator(".card h3")).to_be_in_viewport()
    field = page.get_by_role("textbox", name=texts.INPUT)
    expect(field).not_to_be_in_viewport()
    assert not page.evaluate(OVERFLOW)
    assert hidden_stops(page, "Tab") == []
    field.fill("wij " * 1_000)
    assert field.evaluate("one => one.getBoundingClientRect().height") < 256 / 2
