"""`/keuzehulp` and `/adviesnotitie`: the guide without JavaScript, its state in the address, and its note."""

from io import BytesIO

import httpx
import pytest
from docx import Document
from starlette.applications import Starlette

from settings import Settings
from tests.web.fakes import LAB, FakeAssistant, FakeIndex
from tests.web.hostile import EVERY
from tests.web.pages.test_plain_page import Seen
from tests.web.serving import run
from web import service as service_module
from web import texts as page_texts
from web.guide import texts
from web.server import routes

pytestmark = pytest.mark.usefixtures("service")

END = {"testen": "yes", "vast": "no", "snel": "unknown"}


def get(path: str, query: dict[str, str] | None = None) -> httpx.Response:
    """Open a page."""

    async def opened() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://chat.nl") as client:
            return await client.get(path, params=query)

    return run(opened())


def buttons(seen: Seen) -> list[tuple[str | None, str | None]]:
    """Return the names and values of the buttons and hidden fields of a page, in order."""
    return [
        (made.get("name"), made.get("value")) for tag, made in seen.elements if tag in ("button", "input")
    ]


def test_the_first_page_asks_the_first_question_with_a_button_for_each_answer() -> None:
    page = get("/keuzehulp")
    seen = Seen(page.text)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert seen.texts["h1"] == [texts.OPEN]
    assert seen.texts["h2"] == ["Testen bewoners het zelf mee?"]
    assert buttons(seen) == [("testen", "yes"), ("testen", "no"), ("testen", "unknown")]
    assert [text.strip() for text in seen.texts["button"]] == [
        "Ja, zij testen mee.",
        "Nee, zij testen niet mee.",
        texts.UNKNOWN,
    ]
    assert page_texts.DISCLOSURE in page.text


def test_the_answers_stay_and_each_can_be_changed_in_its_place() -> None:
    seen = Seen(get("/keuzehulp", {"testen": "yes", "vast": "unknown"}).text)
    assert buttons(seen)[:2] == [("testen", "yes"), ("vast", "unknown")]
    links = [httpx.URL(f"http://chat.nl/{link}") for link in seen.values("a", "href") if "wijzig" in link]
    assert [dict(link.params) for link in links] == [
        {"testen": "yes", "vast": "unknown", "wijzig": "testen"},
        {"testen": "yes", "vast": "unknown", "wijzig": "vast"},
    ]
    changed = Seen(get("/keuzehulp", dict(links[0].params)).text)
    assert changed.texts["h2"][0] == "Testen bewoners het zelf mee?"
    assert buttons(changed) == [
        ("testen", "yes"),
        ("testen", "no"),
        ("testen", "unknown"),
        ("vast", "unknown"),
    ]
    assert [made.get("value") for _tag, made in changed.elements if "aria-current" in made] == ["yes"]


def test_the_end_has_its_reasons_with_marked_quotes_and_the_form_of_the_note() -> None:
    page = get("/keuzehulp", END)
    seen = Seen(page.text)
    assert seen.texts["mark"] == [
        "In een wijk testen bewoners mee.",
        "Zo begin je:\n1. Kies. Kies een plek.\n2. Vraag. Vraag mensen.\n3. Probeer. Probeer het.\n4. Stop.",
    ]
    assert LAB.text in seen.texts["p"]
    inside = [link for link in seen.values("a", "href") if link.startswith("#")]
    assert set(inside) <= {f"#{made['id']}" for _tag, made in seen.elements if "id" in made}
    assert buttons(seen) == [*END.items(), ("als", "pagina"), ("als", "word")]
    assert texts.NONE_FITS_WHEN.format(condition="er geen ruimte is") in page.text


@pytest.mark.parametrize("hostile", EVERY)
def test_what_is_no_answer_is_left_out_and_nothing_becomes_markup(hostile: str) -> None:
    page = get("/keuzehulp", {**END, hostile: hostile, "snel": hostile, "wijzig": hostile})
    assert page.status_code == 200
    assert [one for one in buttons(Seen(page.text)) if one[0] == "testen"] == [("testen", "yes")]
    note = Seen(get("/adviesnotitie", {**END, "situatie": hostile}).text)
    assert hostile.strip() in note.texts["p"]
    assert {tag for tag, _made in note.elements} & {"script", "img", "svg", "iframe"} == set()
    [back] = note.values("a", "href")
    assert back.partition("?")[0].endswith("/keuzehulp")
    assert "hacked" not in back


def test_the_note_is_a_page_to_print_and_a_word_file_with_the_same_lines() -> None:
    page = get("/adviesnotitie", {**END, "situatie": "Onze wijk."})
    word = get("/adviesnotitie", {**END, "situatie": "Onze wijk.", "als": "word"})
    assert word.headers["content-disposition"] == 'attachment; filename="adviesnotitie.docx"'
    lines = [paragraph.text for paragraph in Document(BytesIO(word.content)).paragraphs]
    assert lines[0] == "Adviesnotitie: welke vorm past?"
    address = "http://chat.nl/keuzehulp?testen=yes&vast=no&snel=unknown"
    assert lines[1].endswith(f"‘Wegwijzer leren’. Deze antwoorden staan op {address}")
    assert lines[2:] == [
        f"{texts.NOTE_DISCLOSURE} {page_texts.OTHER_TEXT}",
        "De situatie",
        "Onze wijk.",
        "Advies",
        "Living lab lijkt hier het best te passen.",
        'Bewoners testen. Je antwoord was: "Ja, zij testen mee". Dat wijst op Living lab, want: '
        "“In een wijk testen bewoners mee.” [1]",
        "Kans dat een type past: Living lab 72%, Actie-onderzoek 18%, Doorbraak 10%.",
        "Zo pak je het aan",
        "Zo begin je: [2]",
        "1. Kies. Kies een plek.",
        "2. Vraag. Vraag mensen.",
        "3. Probeer. Probeer het.",
        "4. Stop.",
        "Geen van de typen past als …",
        "er geen ruimte is",
        "De antwoorden",
        "Testen bewoners het zelf mee? Ja, zij testen mee.",
        "Loopt het steeds vast? Nee, het loopt goed.",
        "Moet het binnen een jaar klaar zijn? Weet ik niet",
        "Bronnen",
        "[1] Living lab – Wanneer past het? · Auteur, 2020",
        "[2] Living lab – Stappen",
    ]
    shown = Seen(page.text)
    for line in ("Onze wijk.", "Living lab lijkt hier het best te passen.", "Zo begin je: [2]"):
        assert line in shown.texts["p"]


def test_a_note_before_the_end_leads_back_to_the_questions() -> None:
    page = get("/adviesnotitie", {"testen": "unknown"})
    assert (page.status_code, page.headers["location"]) == (303, "keuzehulp?testen=unknown")


def test_a_text_without_criteria_has_no_guide(fake: FakeAssistant) -> None:
    fake.index = FakeIndex(criteria=())
    page = get("/keuzehulp")
    assert page.status_code == 404
    assert texts.NONE in page.text


def test_before_the_start_is_done_the_page_says_so() -> None:
    service_module.current.cache_clear()
    page = get("/keuzehulp")
    assert page.status_code == 503
    assert page_texts.STARTING in page.text


def test_the_end_and_its_note_name_who_can_be_asked_and_the_documents(fake: FakeAssistant) -> None:
    fake.settings = Settings(feedback_contact="loket@example.nl", contact_hours="9 tot 17 uur")
    named = "Liever overleggen met een medewerker? loket@example.nl (9 tot 17 uur)"
    assert named not in get("/keuzehulp", {"testen": "yes"}).text
    end = Seen(get("/keuzehulp", END).text)
    assert end.texts["p"].count(named) == 1
    assert end.texts["title"] == [
        f"Living lab lijkt hier het best te passen. – {texts.OPEN} – {fake.index.about.name}"
    ]
    assert named in get("/adviesnotitie", END).text
