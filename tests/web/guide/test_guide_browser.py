"""The guided conversation in the chat, by mouse and by keyboard, on wide and narrow screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.axe import faults
from tests.web.visitor import ask, open_chat, wait_until
from web import texts as page_texts
from web.guide import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

FIRST, SECOND = "Testen bewoners het zelf mee?", "Loopt het steeds vast?"
AFTER_NO = "Moet het binnen een jaar klaar zijn?"
PAGES = (
    "keuzehulp",
    "keuzehulp?testen=yes&wijzig=testen",
    "keuzehulp?testen=yes&vast=no",
    "adviesnotitie?testen=yes&vast=no",
)
FOCUSED = """(() => {
  let one = document.activeElement;
  while (one?.shadowRoot) one = one.shadowRoot.activeElement;
  return one?.textContent;
})()"""


@pytest.fixture(params=[1280, 375])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a page of one width, without movement."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def begin(page: Page, address: str) -> None:
    """Open the chat and its guide."""
    open_chat(page, address)
    page.get_by_role("button", name=texts.OPEN).click()
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()


def width(page: Page, practice: str) -> str:
    """Return how wide a type's bar is."""
    bar = page.locator(f'.standing .fill[data-practice="{practice}"]')
    return str(bar.evaluate("one => one.style.width"))


def test_by_keyboard_each_new_question_has_the_focus_and_an_answer_can_be_changed(
    page: Page, fake_chat: str
) -> None:
    open_chat(page, fake_chat)
    page.get_by_role("button", name=texts.OPEN).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=texts.CLOSE)).to_be_visible()
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()
    wait_until(page, f"{FOCUSED} === {texts.OPEN!r}")
    page.keyboard.press("Tab")
    wait_until(page, f"{FOCUSED} === {page_texts.WORDS['close']!r}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_until(page, f"{FOCUSED} === {SECOND!r}")
    expect(page.locator(".given .row")).to_have_count(1)
    expect(page.locator(".given")).to_contain_text("Ja, zij testen mee.")
    assert "Living lab staat nu voorop" in page.evaluate("window.said.join(' ')")
    page.get_by_role("button", name=texts.WORDS["change_long"].format(question=FIRST)).focus()
    page.keyboard.press("Enter")
    wait_until(page, f"{FOCUSED} === 'Ja, zij testen mee.'")
    page.keyboard.press("Escape")
    wait_until(page, f"{FOCUSED} === {texts.WORDS['change']!r}")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".given")).to_contain_text("Nee, zij testen niet mee.")
    wait_until(page, f"{FOCUSED} === {AFTER_NO!r}")


def test_the_bars_move_and_the_end_gives_reasons_steps_and_the_note(page: Page, fake_chat: str) -> None:
    begin(page, fake_chat)
    assert width(page, "living-lab") == "33%"
    page.get_by_role("button", name="Ja, zij testen mee.").click()
    expect(page.get_by_role("heading", name=SECOND)).to_be_visible()
    expect(page.locator('.standing .fill[data-practice="living-lab"]')).to_have_attribute(
        "style", "width: 70%;"
    )
    page.get_by_role("button", name="Nee, het loopt goed.").click()
    expect(page.get_by_role("heading", name="Living lab lijkt hier het best te passen.")).to_be_visible()
    page.get_by_role("button", name="Bron 1").click()
    expect(page.locator(".source mark")).to_have_text("In een wijk testen bewoners mee.")
    page.keyboard.press("Escape")
    page.get_by_label(texts.WORDS["situation"]).fill("Onze wijk.")
    with page.expect_popup() as opened:
        page.get_by_role("button", name=texts.WORDS["print"]).click()
    expect(opened.value.get_by_role("heading", name="Adviesnotitie: welke vorm past?")).to_be_visible()
    expect(opened.value.get_by_text("Onze wijk.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name=texts.WORDS["word"]).click()
    assert saved.value.suggested_filename == texts.NOTE_NAME


@pytest.mark.parametrize(
    ("answers", "button", "columns"),
    [
        ("testen=no&vast=no&snel=yes", page_texts.WORDS["compare_two"], ["Actie-onderzoek", "Doorbraak"]),
        (
            "testen=unknown&vast=unknown&snel=unknown",
            page_texts.WORDS["compare_types"],
            ["Living lab", "Actie-onderzoek", "Doorbraak"],
        ),
    ],
)
def test_the_end_leads_to_the_comparison(
    page: Page, fake_chat: str, answers: str, button: str, columns: list[str]
) -> None:
    page.goto(f"{fake_chat}/?keuzehulp=1&{answers}")
    page.get_by_role("button", name=button).click()
    expect(page.locator(".comparison h2")).to_be_focused()
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_text(columns)
    below = page.locator(".guide, .comparison").evaluate_all("all => all.map(one => one.classList[0])")
    assert below == ["guide", "comparison"]


def test_the_guide_opens_below_the_newest_answer_and_stays_there(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    for count, question in enumerate(("Welk type past?", "lange passage"), start=1):
        ask(page, question)
        expect(page.locator(".answer")).to_have_count(count)
    page.get_by_role("button", name=texts.OPEN).click()
    expect(page.get_by_role("heading", name=FIRST)).to_be_in_viewport()
    assert order(page) == ["answer", "answer", "guide answer"]
    ask(page, "Welk type?")
    expect(page.locator(".answer")).to_have_count(4)
    assert order(page) == ["answer", "answer", "guide answer", "answer"]
    page.get_by_role("button", name=page_texts.WORDS["close"], exact=True).click()
    expect(page.get_by_role("heading", name=FIRST)).to_have_count(0)


def order(page: Page) -> list[str]:
    """Return what is shown, from top to bottom: answers and the guide."""
    names = page.locator(".answer").evaluate_all("all => all.map(one => one.className)")
    return [name.replace(" answered", "") for name in names]


def test_the_answers_survive_a_reload_and_the_way_back(page: Page, fake_chat: str) -> None:
    begin(page, fake_chat)
    page.get_by_role("button", name="Ja, zij testen mee.").click()
    expect(page.get_by_role("heading", name=SECOND)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=SECOND)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()
    page.get_by_role("button", name=texts.CLOSE).click()
    expect(page.get_by_role("heading", name=FIRST)).to_have_count(0)


def test_the_guide_has_no_faults(screen: Page, fake_chat: str) -> None:
    begin(screen, fake_chat)
    screen.get_by_role("button", name="Ja, zij testen mee.").click()
    expect(screen.get_by_role("heading", name=SECOND)).to_be_visible()
    screen.get_by_role("button", name=texts.WORDS["change"]).click()
    found = {"a question, with an answer to change": faults(screen)}
    screen.get_by_role("button", name="Ja, steeds weer.").click()
    expect(screen.get_by_role("heading", name=AFTER_NO)).to_be_visible()
    screen.get_by_role("button", name=texts.UNKNOWN).last.click()
    expect(screen.get_by_role("heading", name=texts.WORDS["note"])).to_be_visible()
    screen.get_by_text(texts.WORDS["checks"]).click()
    screen.get_by_role("button", name="Bron 1").click()
    found["the end with its source open"] = faults(screen)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth"
    assert screen.evaluate(wide)
    for path in PAGES:
        screen.goto(f"{fake_chat}/{path}")
        found[path] = faults(screen)
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert {where: faulty for where, faulty in found.items() if faulty} == {}


def test_the_plain_page_leads_to_the_guide(page: Page, fake_chat: str) -> None:
    page.goto(f"{fake_chat}/vraag")
    page.get_by_role("button", name=texts.OPEN).click()
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()
    page.get_by_role("button", name="Ja, zij testen mee.").click()
    expect(page.get_by_role("heading", name=SECOND)).to_be_visible()
    expect(page.get_by_role("link", name=page_texts.OWN)).to_be_visible()
