"""Everybody can use the chat: by keyboard, on a small screen, in Dutch."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.fakes import COMPARED, LAB, STUDY
from tests.web.visitor import ask, open_chat, unfold, wait_until
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

ENGLISH = re.compile(
    r"\b(skip|send|stop|menu|deploy|close|message|loading|connect\w*|submit\w*|main|settings|button|error)\b",
    re.IGNORECASE,
)
# Everything inside an element, also inside the component.
WITHIN = """
  const within = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
"""
# Every name that is not on the screen.
NAMES = f"""() => {{ {WITHIN}
  return within(document.body)
    .flatMap((one) => ["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name)))
    .filter((name) => name);
}}"""
# What is cut off: text wider than the box that hides the rest of it.
CUT_OFF = f"""() => {{ {WITHIN}
  return within(document.querySelector("main"))
    .filter((one) => one.checkVisibility() && one.textContent.trim() && one.clientWidth > 1)
    .filter((one) => !["visible", "auto"].includes(getComputedStyle(one).overflowX))
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent.trim().slice(0, 60));
}}"""
OVERFLOW = "document.querySelector('[data-testid=stMain]').scrollWidth > document.documentElement.clientWidth"
MOST_STOPS = 60
# Nothing has the focus, and Tab begins at the top.
LET_GO = """() => {
  document.activeElement?.blur();
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
}"""
SMALLEST_TARGET = 24  # WCAG 2.2, 2.5.8.
# The name of what has the focus, also inside the component.
FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one?.getAttribute("aria-label") ?? one?.textContent.trim() ?? "";
}"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark"), (320, "light")])
def test_nothing_scrolls_sideways(browser: Browser, either_chat: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # One of the two.
    )
    page = context.new_page()
    open_chat(page, either_chat)
    for question in ("Welk type past?", "Welke twee?", "vijandig", "Wat kost een paspoort?"):
        ask(page, question)
        expect(page.locator(".question").last).to_contain_text(question)
        expect(page.locator(".answer").last).to_be_visible()
    page.locator(".marker").first.click()
    assert not page.evaluate(OVERFLOW)
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    context.close()


def test_every_control_has_a_dutch_name_and_streamlits_own_menu_is_gone(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    ask(page, "traag graag")
    expect(page.get_by_role("button", name=texts.STOP, exact=True)).to_be_visible()
    assert [name for name in page.evaluate(NAMES) if ENGLISH.search(name)] == []
    expect(page.locator(".card")).to_be_visible()
    page.get_by_role("button", name="Bron 1").first.click()
    page.get_by_role("button", name="Nuttig", exact=True).click()
    expect(page.get_by_label(texts.WORDS["why_thumb"])).to_be_visible()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".comparison")).to_be_visible()
    unfold(page)
    expect(page.get_by_role("button", name=texts.START_OVER)).to_be_visible()
    assert [name for name in page.evaluate(NAMES) if ENGLISH.search(name)] == []
    buttons = [*page.get_by_role("button").all(), *page.get_by_role("link").all()]
    names = [button.get_attribute("aria-label") or button.inner_text() for button in buttons]
    assert "" not in names
    assert [name for name in names if ENGLISH.search(name)] == []
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_have_count(1)


@pytest.mark.parametrize("way", ["page", "letters"])
def test_nothing_is_lost_at_twice_the_size(browser: Browser, either_chat: str, way: str) -> None:
    """A browser that zooms a page of 1280 by 900 to 200% lays it out on 640 by 450."""
    size = {"width": 640, "height": 450} if way == "page" else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, device_scale_factor=2)  # type: ignore[arg-type]
    page = context.new_page()
    open_chat(page, either_chat)
    if way == "letters":
        page.add_style_tag(content="html { font-size: 200% !important; }")
    ask(page, "Welke twee?")
    expect(page.locator(".back-question")).to_be_visible()
    page.get_by_role("button", name="Bron 1").first.click()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".comparison")).to_be_visible()
    assert not page.evaluate(OVERFLOW)
    assert page.evaluate(CUT_OFF) == []
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    unfold(page)
    for name in ("Het loopt vast.", "Nuttig", texts.START_OVER, texts.PRINT, texts.WORD):
        control = page.get_by_role("button", name=name, exact=True)
        control.scroll_into_view_if_needed()
        control.click(trial=True)
    context.close()


def test_the_focus_goes_through_the_page_in_the_order_of_reading(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    expect(page.get_by_role("button", name="Welke twee passen?")).to_be_visible()
    start = [
        "Naar de inhoud",
        "Gesprek met de wegwijzer",
        "Welk type past bij een wijk?",
        "Welke twee passen?",
        "Help me kiezen",
        "Vergelijk de drie typen",
        f"{texts.DISCLOSURE_SHORT} {texts.WORDS['privacy']}",
    ]
    assert tabbed(page) == [*start, texts.INPUT]
    ask(page, "Welk type past?")
    unfold(page)
    page.get_by_text(texts.WORDS["compare_types"]).click()
    expect(page.get_by_role("button", name=texts.PRINT)).to_be_visible()
    first, second = f"Bron 1: {LAB.title}", f"Bron 2: {STUDY.title}"
    page.get_by_role("button", name=first).first.click()
    expect(page.locator(".source:not([hidden])")).to_be_focused()
    assert tabbed(page) == [
        *start,
        first,
        texts.WORDS["back"],
        f"{texts.WORDS['background']} (1)",
        second,
        texts.WORDS["change"],
        texts.WORDS["compare_types"],
        texts.WORDS["compare_two"],
        first,
        second,
        texts.WORDS["thumb_up"],
        texts.WORDS["thumb_down"],
        texts.WORDS["keep"],
        texts.WORDS["copy"],
        texts.START_OVER,
        "Help me kiezen",
        texts.PRINT,
        texts.WORD,
        texts.PAGE,
        texts.INPUT,
    ]


def tabbed(page: Page) -> list[str]:
    """Return the names of all that Tab reaches, from the top of the page to its end."""
    page.evaluate(f"({LET_GO})()")
    names: list[str] = []
    while len(names) < MOST_STOPS:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return names
        names.append(page.evaluate(FOCUSED))
        if names[-1] == texts.INPUT:
            return names
    raise AssertionError(f"Tab does not come to an end: {names}")


@pytest.mark.parametrize(("width", "shown"), [(1280, 3), (375, 2), (320, 2)])
def test_the_comparison_is_readable_and_opens_its_sources(
    page: Page, either_chat: str, width: int, shown: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_chat(page, either_chat)
    page.get_by_role("button", name="Vergelijk de drie typen").click()
    table = page.get_by_role("table", name="De drie typen naast elkaar")
    expect(table).to_be_visible()
    columns = table.get_by_role("columnheader")
    assert columns.all_text_contents() == ["Living lab", "Actie-onderzoek", "Doorbraak"][:shown]
    if shown == 2:
        page.get_by_label(texts.WORDS["second_type"]).select_option("Doorbraak")
        assert columns.all_text_contents() == ["Living lab", "Doorbraak"]
        left, right = (one.bounding_box() for one in columns.all())
        assert left is not None
        assert right is not None
        assert (left["y"], left["x"] < right["x"]) == (right["y"], True)
    table.get_by_text(texts.WORDS["more"]).click()
    marker = table.get_by_role("button", name="Bron 3")
    marker.click()
    expect(page.locator(".source:not([hidden])")).to_be_focused()
    expect(page.locator("mark")).to_have_text("Doorbraak meet elke maand veel.")
    assert page.locator(".section-text").text_content() == COMPARED.text
    assert not page.evaluate(OVERFLOW)
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    expect(page.locator(".source-row")).to_have_count(0)


def test_a_whole_conversation_goes_by_keyboard_alone(page: Page, either_chat: str) -> None:
    open_chat(page, either_chat)
    go_to(page, texts.INPUT)
    page.keyboard.type("Welke twee?")
    page.keyboard.press("Enter")
    expect(page.locator(".back-question")).to_be_visible()
    go_to(page, f"Bron 1: {LAB.title}", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(".source:not([hidden])")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"Bron 1: {LAB.title}").last).to_be_focused()
    go_to(page, "Het loopt vast.", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator(".card")).to_have_count(2)
    go_to(page, "Nuttig")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Nuttig", exact=True).last).to_have_attribute(
        "aria-pressed", "true"
    )
    go_to(page, texts.WORDS["keep"])
    page.keyboard.press("Enter")
    go_to(page, texts.START_OVER)
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_count(0)


# Whether the top or bottom line of what has the focus can be seen: nothing lies over it.
SEEN = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  const box = one.getBoundingClientRect();
  const at = (x, y) => {
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot?.elementFromPoint(x, y) && top.shadowRoot.elementFromPoint(x, y) !== top) {
      top = top.shadowRoot.elementFromPoint(x, y);
    }
    return top !== null && (one.contains(top) || top.contains(one));
  };
  const x = box.left + Math.min(box.width / 2, 20);
  return at(x, box.top + 3) && at(x, box.bottom - 3);
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 700), (375, 667)])
def test_what_has_the_focus_is_never_behind_the_input(
    page: Page, either_chat: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_chat(page, either_chat)
    for count, question in enumerate(("Welk type past?", "Welke twee?"), start=1):
        ask(page, question)
        expect(page.locator(".answer")).to_have_count(count)
    page.wait_for_timeout(600)
    assert [hidden_stops(page, key) for key in ("Tab", "Shift+Tab")] == [[], []]


def hidden_stops(page: Page, key: str) -> list[str]:
    """Return the names of what a key brings the focus to without that it can be seen."""
    page.evaluate(f"({LET_GO})()")
    hidden = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press(key)
        name = page.evaluate(FOCUSED)
        if page.evaluate("document.activeElement === document.body"):
            break
        if name not in ("Naar de inhoud", "Gesprek met de wegwijzer") and not page.evaluate(SEEN):
            hidden.append(name)
    return hidden


def test_after_a_click_the_focus_is_on_the_new_answer_and_after_a_start_over_at_the_beginning(
    page: Page, fake_chat: str
) -> None:
    open_chat(page, fake_chat)
    page.get_by_role("button", name="Welke twee passen?").click()
    expect(page.locator(".card h3")).to_be_focused()
    page.get_by_role("button", name="Het loopt vast.").click()
    expect(page.locator(".card h3").nth(1)).to_be_focused()
    expect(page.get_by_role("heading", level=2).last).to_have_text("Vraag 2: Het loopt vast.")
    unfold(page)
    page.get_by_role("button", name=texts.START_OVER).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    wait_until(page, f"window.said.at(-1) === '{texts.WORDS['announce_cleared']}'")


@pytest.mark.parametrize("width", [1280, 375])
def test_an_answer_leads_to_the_comparison_of_its_two_types(page: Page, fake_chat: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 812})
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    page.get_by_text(texts.WORDS["compare_types"]).click()
    page.get_by_role("button", name=texts.WORDS["compare_two"]).click()
    expect(page.get_by_role("heading", name=texts.WORDS["two_types"])).to_be_focused()
    columns = page.get_by_role("table").get_by_role("columnheader")
    expect(columns).to_have_text(["Living lab", "Actie-onderzoek"])
    ask(page, "lange passage")
    expect(page.locator(".answer")).to_have_count(2)
    below = page.locator(".answer, .comparison").evaluate_all("all => all.map(one => one.classList[0])")
    assert below == ["answer", "comparison", "answer"]
    page.locator(".comparison").get_by_role("button", name=texts.HIDE_COMPARISON).click()
    expect(page.locator(".comparison")).to_have_count(0)


@pytest.mark.model
def test_on_a_phone_all_start_questions_are_on_the_first_screen(page: Page, real_chat: str) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    open_chat(page, real_chat)
    questions = page.locator(".intro .questions button")
    expect(questions).to_have_count(4)
    foot = page.get_by_role("textbox", name=texts.INPUT).evaluate("one => one.getBoundingClientRect().top")
    for one in [*questions.all(), page.get_by_text(texts.WORDS["privacy"])]:
        assert one.evaluate("one => one.getBoundingClientRect().bottom") < foot


def test_on_a_phone_the_deciding_question_is_on_the_first_screen(page: Page, fake_chat: str) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    options = page.locator(".back-question button")
    expect(options).to_have_count(2)
    page.wait_for_timeout(600)  # The new question comes to the top.
    foot = page.get_by_role("textbox", name=texts.INPUT).evaluate("one => one.getBoundingClientRect().top")
    for one in options.all():
        assert 0 < one.evaluate("one => one.getBoundingClientRect().bottom") < foot


def go_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Press Tab until the control with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"Tab does not reach '{name}'")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_control_is_large_enough_to_hit(page: Page, either_chat: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_chat(page, either_chat)
    ask(page, "Welke twee?")
    expect(page.locator(".card")).to_be_visible()
    page.get_by_role("button", name="Nuttig", exact=True).click()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".comparison")).to_be_visible()
    page.locator(".comparison .marker").first.click()
    controls = page.locator("button:visible, summary:visible, textarea:visible").all()
    boxes = {
        control.inner_text() or control.get_attribute("aria-label"): control.bounding_box()
        for control in controls
    }
    assert len(boxes) > 10
    assert [
        name for name, box in boxes.items() if box and min(box["width"], box["height"]) < SMALLEST_TARGET
    ] == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_chance_is_on_the_line_of_its_bar(page: Page, fake_chat: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    expect(page.locator(".pair .candidate")).to_have_count(2)
    expect(page.locator(".pair .bar")).to_have_count(0)  # What is asked back is still to decide.
    ask(page, "Welk type past?")
    expect(page.locator(".candidate .bar")).to_have_count(2)
    for row in page.locator(".candidate .sure").all():
        bar, share = row.evaluate(  # Both at once: the page may scroll between two calls.
            "row => ['.bar', '.percent'].map(p => row.querySelector(p).getBoundingClientRect().toJSON())"
        )
        assert share["top"] < bar["top"] < share["bottom"]
        assert share["left"] >= bar["right"]
