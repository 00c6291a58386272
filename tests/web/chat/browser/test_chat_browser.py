"""The chat as a visitor meets it, in a real browser."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from assistant.feedback import Summary, summary
from tests.conftest import PROJECT
from tests.web.fakes import EVIL, HOSTILE, LAB, LONG, LONG_LINE, STUDY
from tests.web.hostile import EVERY
from tests.web.serving import served_chat
from tests.web.visitor import PATIENCE_MS, ask, open_chat, outside, paste, unfold, wait_until
from web import texts
from web.shown.blocks import without_bullet

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.mark.model
def test_a_question_gets_a_cited_answer_whose_source_opens_at_the_quote(page: Page, real_chat: str) -> None:
    requests = open_chat(page, real_chat)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.title() == "Wegwijzer lerende praktijken"
    ask(page, "We willen met bewoners uitproberen wat werkt tegen eenzaamheid in de flat. Wat past?")
    expect(page.locator(".card h3").first).to_contain_text("living lab", ignore_case=True)
    reason = page.locator(".reasons .said").first
    marker = reason.get_by_role("button")
    quote = reason.inner_text().removesuffix(marker.inner_text()).strip()
    marker.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".source:not([hidden])")
    expect(panel).to_be_focused()
    assert without_bullet(panel.locator("mark").inner_text()) == quote
    assert quote in panel.locator(".section-text").inner_text()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    expect(panel).to_have_count(0)
    assert outside(requests, real_chat) == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf"}


def test_a_suggested_question_is_asked_with_one_click(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    page.get_by_role("button", name="Welk type past bij een wijk?").click()
    expect(page.locator(".question")).to_contain_text("Welk type past bij een wijk?")
    expect(page.locator(".sure").first).to_have_text("82% kans dat dit past – vrij zeker")


def test_a_quote_is_marked_where_it_stands_also_after_an_emoji(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    page.get_by_role("button", name=f"Bron 1: {LAB.title}").first.click()
    expect(page.locator("mark")).to_have_text("In een wijk testen bewoners mee.")
    assert page.locator(".section-text").text_content() == LAB.text
    page.get_by_role("button", name=f"Bron 2: {STUDY.title}").first.click()
    expect(page.locator("mark")).to_have_text(STUDY.text)
    link = page.get_by_role("link", name="Open het document")
    assert link.get_attribute("href") == "https://example.org/brochure.pdf#page=7"
    page.get_by_role("button", name="Terug naar het antwoord").click()
    expect(page.locator("mark")).to_have_count(0)


def test_the_chosen_option_is_the_next_question(page: Page, fake_chat: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chat(page, fake_chat)
    ask(page, "Welke twee?")
    page.get_by_role("button", name="Het loopt vast.").click()
    expect(page.locator(".question").nth(1)).to_contain_text("Het loopt vast.")
    expect(page.locator(".back-question").first).to_contain_text("Jouw keuze: Het loopt vast.")
    expect(page.locator(".past li")).to_have_text(
        ["Wij willen in de wijk testen.", "Jouw keuze: Het loopt vast."]
    )
    expect(page.get_by_role("button", name="Het loopt vast.")).to_have_count(0)
    page.get_by_role("button", name=texts.WORDS["copy"]).first.click()
    expect(page.get_by_role("button", name=texts.WORDS["copied"])).to_be_visible()
    options = "- Wij willen in de wijk testen.\n- Jouw keuze: Het loopt vast."
    assert options in page.evaluate("navigator.clipboard.readText()")


def test_what_others_wrote_is_shown_as_written_and_never_runs(page: Page, fake_chat: str) -> None:
    requests = open_chat(page, fake_chat)
    for question in ("vijandig", *packed(EVERY, 1_900)):
        ask(page, question)
        expect(page.locator(".answer").last).to_be_visible()
        expect(page.locator(".question .asked").last).to_have_js_property("textContent", question.strip())
    shown = page.locator(".answer").first.locator("> p, > .list > li").all_text_contents()
    assert [line.removesuffix("[1]").strip() for line in shown[: len(HOSTILE)]] == [
        without_bullet(line).strip() for line in HOSTILE
    ]
    page.get_by_role("button", name="Bron 1").first.click()
    assert page.locator(".section-text").text_content() == EVIL.text
    assert page.evaluate("window.hacked") is None
    assert page.locator(".answer img, .answer script, .answer a").count() == 0
    assert outside(requests, fake_chat) == []


def packed(lines: Sequence[str], most_chars: int) -> list[str]:
    """Join lines to as few texts as their length allows."""
    texts_so_far = [""]
    for line in lines:
        if len(texts_so_far[-1]) + len(line) >= most_chars:
            texts_so_far.append("")
        texts_so_far[-1] += f" {line}"
    return [text.strip() for text in texts_so_far]


def test_the_conversation_can_be_saved_for_word_and_as_a_page(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    unfold(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=texts.WORD).click()
    assert download.value.suggested_filename == texts.WORD_NAME
    written = [line.text for line in Document(str(download.value.path())).paragraphs]
    assert written[0] == "Wegwijzer leren"
    assert written[1].endswith(f", {fake_chat}")
    assert "In een wijk testen bewoners mee. [1]" in written
    with page.expect_download() as download:
        page.get_by_role("button", name=texts.PAGE).click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert "<li>In een wijk testen bewoners mee. [1]</li>" in saved


def test_the_print_button_prints_and_three_turns_take_two_pages(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    for count, question in enumerate(("Welk type past?", "Welke twee?", "Welk type?"), start=1):
        ask(page, question)
        expect(page.locator(".answer")).to_have_count(count)
    page.evaluate("window.print = () => { window.printed = true; }")
    unfold(page)
    page.get_by_role("button", name=texts.PRINT, exact=True).click()
    wait_until(page, "window.printed === true")
    pages = PdfDocument(page.pdf(format="A4"))
    said = [one.get_textpage().get_text_range() for one in pages]
    assert len(said) <= 2
    assert "In een wijk testen bewoners mee." in said[0]
    assert texts.INPUT not in "".join(said)
    assert texts.START_OVER not in "".join(said)
    assert texts.WORDS["others"] not in "".join(said)  # What is folded says nothing on paper.
    margin_pt = 40
    assert min(one.get_textpage().get_charbox(0)[0] for one in pages) > margin_pt
    page.emulate_media(media="print")
    label, lead = (page.locator(f".card > {one}").first.bounding_box() for one in (".label", "h3"))
    assert label is not None
    assert lead is not None
    assert label["y"] + label["height"] <= lead["y"]


def test_a_thumb_with_a_reason_is_stored(page: Page, tmp_path: Path) -> None:
    app, file = PROJECT / "tests" / "web" / "fake_app.py", tmp_path / "thumbs"
    with served_chat(app, tmp_path, {}) as address:
        open_chat(page, address)
        page.get_by_text(texts.WORDS["privacy"]).click()
        expect(page.get_by_text(texts.THUMB_KEPT)).to_be_visible()
        ask(page, "Welk type past?")
        page.get_by_role("button", name="Niet nuttig").click()
        expect(page.get_by_role("button", name="Niet nuttig")).to_be_focused()
        page.get_by_label("Wil je zeggen waarom?").fill("<b>Te lang</b>")
        page.get_by_role("button", name="Toelichting versturen").click()
        expect(page.get_by_text("Bedankt voor je toelichting.", exact=True).first).to_be_visible()
        wait_until(page, "window.said.at(-1) === 'Bedankt voor je toelichting.'")
        assert summed_up(file) == Summary(0, 1, (("lab#1", 1), ("study#1", 1)), ((False, "<b>Te lang</b>"),))


def test_a_thumb_that_is_not_stored_is_told(page: Page, tmp_path: Path) -> None:
    app, no_file = PROJECT / "tests" / "web" / "fake_app.py", tmp_path / "map"
    no_file.mkdir()
    with served_chat(app, tmp_path, {"WEGWIJZER_FEEDBACK": str(no_file)}) as address:
        open_chat(page, address)
        ask(page, "Welk type past?")
        page.get_by_role("button", name="Bron 1").first.click()
        for _again in range(2):
            page.get_by_role("button", name="Nuttig", exact=True).click()
            expect(page.locator(".thumbs .failed")).to_have_text(texts.WORDS["thumb_failed"])
            expect(page.get_by_role("button", name="Nuttig", exact=True)).to_be_focused()
            expect(page.get_by_role("button", name="Nuttig", exact=True)).to_have_attribute(
                "aria-pressed", "false"
            )
        wait_until(page, f"window.said.at(-1) === '{texts.WORDS['thumb_failed']}'")
        expect(page.get_by_text("Bedankt")).to_have_count(0)
        expect(page.locator(".source:not([hidden])")).to_be_visible()


def test_an_answer_can_be_copied_with_its_sources(page: Page, fake_chat: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    unfold(page)
    page.get_by_role("button", name=texts.WORDS["copy"]).click()
    expect(page.get_by_role("button", name=texts.WORDS["copied"])).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Living lab past hier naar verwachting het best.\n"
        "Living lab (82% kans dat dit past – vrij zeker)\n- In een wijk testen bewoners mee. [1]\n"
        "Actie-onderzoek (12% kans dat dit past – onzeker)\n"
        f"- Een tweede mogelijkheid is Actie-onderzoek. {STUDY.text} [2]\n"
        "Het advies verandert in Actie-onderzoek als dit meer op jullie lijkt: iets loopt vast.\n\n"
        f"{texts.WORDS['sources']}:\n"
        f"[1] {LAB.title}, Auteur, 2020: “In een wijk testen bewoners mee.”\n"
        f"[2] {STUDY.title}, https://example.org/brochure.pdf#page=7: “{STUDY.text}”"
    )


def test_the_input_stays_where_it_is(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    place = page.get_by_role("textbox").bounding_box()
    ask(page, "traag graag")
    expect(page.locator(".notice")).to_be_visible()
    assert page.get_by_role("textbox").bounding_box() == place
    expect(page.locator(".card")).to_be_visible()
    assert page.get_by_role("textbox").bounding_box() == place


def summed_up(file: Path) -> Summary:
    """Return what is stored, once the reason is there too."""
    deadline = time.monotonic() + PATIENCE_MS / 1_000
    while not summary(file).reasons and time.monotonic() < deadline:
        time.sleep(0.05)
    return summary(file)


def test_what_a_language_model_wrote_is_shown_as_written_and_named(page: Page, writing_chat: str) -> None:
    requests = open_chat(page, writing_chat)
    expect(page.locator(".disclosure")).to_contain_text("opgesteld door taalmodel ollama:proef")
    expect(page.locator(".disclosure")).to_contain_text(texts.PRIVACY_MODEL)
    ask(page, "vijandig")
    expect(page.locator(".answer")).to_be_visible()
    shown = page.locator(".answer > p, .answer > .list > li").all_text_contents()
    assert [line.removesuffix("[1]").strip() for line in shown[: len(HOSTILE)]] == [
        without_bullet(line).strip() for line in HOSTILE
    ]
    assert page.evaluate("window.hacked") is None
    assert outside(requests, writing_chat) == []
    ask(page, "Welk type past?")
    expect(page.locator(".card")).to_be_visible()
    page.reload()
    expect(page.locator(".card")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 700), (375, 667), (320, 568)])
def test_the_cited_words_are_seen_at_once_and_the_whole_passage_on_request(
    page: Page, fake_chat: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_chat(page, fake_chat)
    ask(page, "lange passage")
    page.get_by_role("button", name="Bron 1").first.click()
    quote, passage = page.locator("mark"), page.locator(".section-text")
    expect(quote).to_be_in_viewport(ratio=1)
    shown = passage.inner_text().strip("…\n").split("\n")
    assert shown == LONG.text.split("\n")[LONG_LINE - 3 : LONG_LINE + 4]
    assert passage.evaluate("one => one.scrollHeight === one.clientHeight")
    opener = page.locator(".source").get_by_role("button", name=texts.WORDS["whole"])
    opener.hover()  # It may lie below the view.
    top = quote.evaluate("one => one.getBoundingClientRect().top")
    opener.click()
    expect(passage).to_be_focused()
    assert passage.inner_text() == LONG.text
    assert abs(quote.evaluate("one => one.getBoundingClientRect().top") - top) < 2
    page.keyboard.press("Escape")
    expect(page.locator(".source")).to_be_hidden()


def test_the_whole_passage_is_read_at_once_where_that_was_asked(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    ask(page, "lange passage")
    page.get_by_role("button", name=texts.WORDS["whole"]).click()
    assert page.locator(".section-text").inner_text() == LONG.text


@pytest.mark.parametrize("question", ["Welk type past?", "Welke twee?"])
def test_below_an_advice_are_at_most_four_controls_and_its_options(
    page: Page, fake_chat: str, question: str
) -> None:
    open_chat(page, fake_chat)
    ask(page, question)
    expect(page.locator(".card")).to_be_visible()
    expect(page.get_by_role("button", name=texts.WORDS["keep"])).to_be_visible()
    marked = ":not(.marker):not(.questions *)"
    controls = page.locator(
        f".answer :is(button, summary){marked}:visible, .st-key-gereedschap button:visible"
    )
    thumbs = [texts.WORDS["thumb_up"], texts.WORDS["thumb_down"]]
    change = [texts.WORDS["change"]] if question == "Welk type past?" else []
    expected = [*change, texts.WORDS["compare_types"], *thumbs, texts.WORDS["keep"]]
    assert controls.all_inner_texts() == expected
    unfold(page)
    for label in (texts.WORDS["copy"], texts.START_OVER, texts.PRINT, texts.WORD, texts.PAGE):
        expect(page.get_by_role("button", name=label)).to_be_visible()


def test_a_text_that_is_too_long_is_told_and_kept_out(page: Page, fake_chat: str) -> None:
    open_chat(page, fake_chat)
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill("Onze situatie:")
    expect(page.locator(".st-key-invoer").get_by_text("14/5000")).to_be_visible()
    paste(page, "wij " * 5_000)
    expect(page.get_by_role("alert")).to_contain_text("te lang: 20.014 van hoogstens 5.000 tekens")
    expect(field).to_have_value("Onze situatie:")
    field.press_sequentially(" kort")
    expect(page.locator("#wegwijzer-te-lang")).to_have_text("")


@pytest.mark.parametrize("height", [900, 640])
def test_what_is_unfolded_below_an_answer_comes_into_view(page: Page, fake_chat: str, height: int) -> None:
    page.set_viewport_size({"width": 375, "height": height})
    open_chat(page, fake_chat)
    ask(page, "Welk type past?")
    page.get_by_role("button", name=texts.WORDS["keep"]).click()
    bar = page.locator(".st-key-invoer").bounding_box()
    expect(page.get_by_role("button", name=texts.START_OVER)).to_be_in_viewport()
    tools = page.locator(".st-key-gereedschap").bounding_box()
    assert bar
    assert tools
    assert tools["y"] + tools["height"] <= bar["y"]
