"""`/vraag` gives the same cited answer without JavaScript, with everything that others wrote escaped."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import httpx
import pytest
from starlette.applications import Starlette

from settings import Settings, load_settings
from tests.web.fakes import EVIL, HOSTILE, LAB, FakeAssistant, FakeIndex
from tests.web.hostile import EVERY
from tests.web.serving import run
from web import service as service_module
from web import texts
from web.server import routes

pytestmark = pytest.mark.usefixtures("service")

OURS = set(
    "html head meta title link body main h1 h2 h3 h4 p div form label textarea input button ul ol li a "
    "section mark details summary strong".split()
)


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, attributes, texts of links and marked words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add a text to every element around it."""
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def values(self, tag: str, name: str) -> list[str]:
        """Return an attribute of every element of this kind."""
        return [
            str(attributes[name]) for kind, attributes in self.elements if kind == tag and name in attributes
        ]


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    """Forget the settings that a test made."""
    yield
    load_settings.cache_clear()


def get(**query: str | list[str]) -> httpx.Response:
    """Open the page."""

    async def opened() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://chat.nl") as client:
            return await client.get("/vraag", params=query)

    return run(opened())


def test_the_empty_page_tells_what_it_is_and_who_answers(fake: FakeAssistant) -> None:
    page = get()
    seen = Seen(page.text)
    assert page.status_code == 200
    assert ("html", {"lang": "nl"}) in seen.elements
    assert texts.DISCLOSURE in page.text
    assert seen.values("textarea", "id") == seen.values("label", "for") == ["q"]
    assert [link for link in seen.texts["a"] if link] == list(fake.index.suggestions)
    assert fake.asked == []


def test_a_question_in_the_address_gets_its_cited_answer(fake: FakeAssistant) -> None:
    page = get(q="Welk type past?", eerder=["Eerder?"])
    seen = Seen(page.text)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert fake.asked[0].history == ("Eerder?",)
    assert seen.texts["mark"][0] == "In een wijk testen bewoners mee."
    assert LAB.text in seen.texts["p"]
    assert "Living lab (82% kans dat dit past – vrij zeker)" in seen.texts["h4"]
    ids = {f"#{made['id']}" for _tag, made in seen.elements if "id" in made}
    inside = [link for link in seen.values("a", "href") if link.startswith("#")]
    assert set(inside) == {"#bron-1", "#bron-2", "#antwoord"}
    assert set(inside) <= ids
    assert "https://example.org/brochure.pdf#page=7" in seen.values("a", "href")
    assert seen.values("input", "value") == ["Eerder?", "Welk type past?"]


def test_the_options_of_a_question_back_are_links_that_take_the_question_along() -> None:
    page = get(q="Welke twee?")
    (link,) = [link for link in Seen(page.text).values("a", "href") if "Het+loopt+vast" in link]
    asked = httpx.URL(f"http://chat.nl/{link}").params
    assert (asked.get_list("q"), asked.get_list("eerder")) == (["Het loopt vast."], ["Welke twee?"])


def test_a_refusal_shows_what_can_be_asked(fake: FakeAssistant) -> None:
    page = get(q="Wat kost een paspoort?")
    assert [text for text in Seen(page.text).texts["a"] if text] == list(fake.index.suggestions)


def test_what_others_wrote_is_shown_as_written_and_never_markup() -> None:
    question = f"vijandig {HOSTILE[0]} {HOSTILE[1]} \" ' </textarea></title>"
    seen = Seen(get(q=question, eerder=[HOSTILE[0]]).text)
    assert {tag for tag, _attributes in seen.elements} <= OURS
    assert not [name for _tag, made in seen.elements for name in made if name.startswith("on")]
    assert not [link for link in seen.values("a", "href") if "javascript" in link.split("?")[0]]
    assert seen.texts["p"][1] == question
    assert EVIL.text in seen.texts["p"]
    assert seen.values("input", "value") == [HOSTILE[0], question]


@pytest.mark.parametrize("question", EVERY)
def test_a_hostile_question_is_shown_as_written(question: str) -> None:
    seen = Seen(get(q=question, eerder=[question]).text)
    assert {tag for tag, _attributes in seen.elements} <= OURS
    assert question.strip() in seen.texts["p"]
    assert seen.values("input", "value") == [question, question.strip()]


@pytest.mark.parametrize(("question", "status"), [("Dit gaat stuk", 500), ("?!" * 2_501, 413)])
def test_a_question_that_fails_gets_a_line_and_can_be_changed(question: str, status: int) -> None:
    page = get(q=question)
    assert page.status_code == status
    assert Seen(page.text).texts["textarea"] == [f"\n{question[:5_000]}"]
    assert 'role="alert"' in page.text


def test_an_address_that_asks_too_much_reads_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_QUESTIONS_PER_MINUTE", "1")
    load_settings.cache_clear()
    assert get(q="Welk type past?").status_code == 200
    refused = get(q="Welk type past?")
    assert refused.status_code == 429
    assert texts.TOO_MANY in refused.text
    assert get().status_code == 200


def test_before_the_start_is_done_the_page_says_so() -> None:
    service_module.current.cache_clear()
    page = get()
    assert page.status_code == 503
    assert texts.STARTING in page.text


def test_a_refusal_and_an_advice_name_who_can_be_asked(fake: FakeAssistant) -> None:
    fake.settings = Settings(feedback_contact="loket@example.nl", contact_hours="9 tot 17 uur")
    named = "Liever overleggen met een medewerker? loket@example.nl (9 tot 17 uur)"
    for question, times in (("", 1), ("Wat kost een paspoort?", 1), ("Welk type past?", 1), ("vijandig", 0)):
        assert Seen(get(q=question).text).texts["p"].count(named) == times


def test_documents_that_name_a_contact_are_enough(fake: FakeAssistant) -> None:
    fake.index = FakeIndex(about=replace(fake.index.about, contact="loket@example.nl"))
    named = "Liever overleggen met een medewerker? loket@example.nl"
    assert Seen(get(q="Wat kost een paspoort?").text).texts["p"].count(named) == 1


def test_a_page_of_a_failure_has_the_name_of_the_documents(fake: FakeAssistant) -> None:
    assert Seen(get(q="Dit gaat stuk").text).texts["title"] == [f"Geen antwoord – {fake.index.about.name}"]
