"""What a conversation leaves in the browser and sends elsewhere, and what a hostile model can do: nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROJECT
from tests.web.hostile import EVERY
from tests.web.serving import served_chat
from tests.web.visitor import ask, open_chat, outside, unfold
from web import texts
from web.shown.blocks import without_bullet

pytestmark = [pytest.mark.browser, pytest.mark.server]

KEPT = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def test_a_conversation_leaves_nothing_but_itself_and_goes_nowhere_else(page: Page, either_chat: str) -> None:
    requests = open_chat(page, either_chat)
    page.evaluate("localStorage.setItem('stActiveTheme-/-v2', 'van vroeger')")
    for question in ("Welk type past?", "Welke twee?", "Wat kost een paspoort?"):
        ask(page, question)
        expect(page.locator(".question").last).to_contain_text(question)
        expect(page.locator(".answer").last).to_be_visible()
    page.get_by_role("button", name="Bron 1").first.click()
    page.get_by_role("button", name="Nuttig", exact=True).last.click()
    expect(page.get_by_label(texts.WORDS["why_thumb"])).to_be_visible()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator(".comparison")).to_be_visible()
    page.reload()
    expect(page.locator(".answer")).to_have_count(3)
    assert page.evaluate(KEPT) == {
        "local": [],
        "session": ["wegwijzer-gesprek"],
        "databases": [],
        "caches": [],
        "workers": 0,
    }
    assert [(one["name"], one["expires"]) for one in page.context.cookies()] == [("_streamlit_xsrf", -1)]
    assert outside(requests, either_chat) == []


def test_where_storage_is_refused_the_page_does_not_promise_to_keep_the_conversation(
    page: Page, fake_chat: str
) -> None:
    refused = 'Object.defineProperty(window, "sessionStorage", { get() { throw new Error("refused"); } });'
    page.add_init_script(refused)
    open_chat(page, fake_chat)
    page.get_by_text(texts.WORDS["privacy"]).click()
    expect(page.locator(".disclosure").get_by_text(texts.NOT_IN_TAB)).to_be_visible()
    expect(page.locator(".disclosure").get_by_text(texts.TAB_KEPT)).to_have_count(0)
    ask(page, "Welk type past?")
    expect(page.locator(".answer")).to_be_visible()


def test_whatever_a_writer_writes_is_shown_as_written(page: Page, plain_index: Path, tmp_path: Path) -> None:
    app = PROJECT / "tests" / "web" / "writer_app.py"
    with served_chat(app, tmp_path, {"WEGWIJZER_INDEX": str(plain_index)}) as address:
        requests = open_chat(page, address)
        expect(page.locator(".disclosure")).to_contain_text(texts.mode_line("llm:proef:vijandig"))
        ask(page, "Wat is een living lab?")
        expect(page.locator(".answer")).to_be_visible()
        shown = page.locator(".answer > p, .answer > .list > li").all_text_contents()
        assert [line.removesuffix("[1]").strip() for line in shown] == [
            without_bullet(line).strip() for line in EVERY
        ]
        unfold(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=texts.PAGE).click()
        page.goto(f"{address}/vraag?q=Wat+is+een+living+lab%3F")
        plain = page.locator("#antwoord ~ p, #antwoord ~ ul > li").all_text_contents()[: len(EVERY)]
        expect(page.locator("mark").first).to_be_visible()
        assert page.evaluate("window.hacked") is None
        assert page.locator("main :is(script, img, iframe, svg, style, base, form form)").count() == 0
        assert [text.removesuffix("[1]").strip() for text in plain] == [
            as_parsed(without_bullet(line)) for line in EVERY
        ]
        assert outside(requests, address) == []
        saved = tmp_path / texts.PAGE_NAME
        download.value.save_as(saved)
        page.goto(saved.as_uri())
        expect(page.locator("h2").first).to_have_text("Vraag 1: Wat is een living lab?")
        assert page.evaluate("window.hacked") is None


def as_parsed(text: str) -> str:
    """Return what a browser's HTML parser makes of a text that was escaped: it drops null characters."""
    return text.replace("\0", "").strip()
