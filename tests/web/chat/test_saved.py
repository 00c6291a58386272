"""The saved conversation holds each question, its answer with chances and choices, and each quote once."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

from docx import Document

from assistant.types import Question
from ingest.types import About
from tests.web.fakes import HOSTILE, LAB, STUDY, FakeAssistant, cited
from web import texts
from web.chat.conversation import ChatTurn, Conversation
from web.chat.paper import printable, word
from web.chat.saved import Part, parts

DAY = date(2026, 11, 26)


def record(*questions: str) -> list[Part]:
    """Return the record of a conversation with these questions."""
    fake = FakeAssistant()
    turns = [ChatTurn(f"t{n}", text, answer=fake.ask(Question(text))) for n, text in enumerate(questions)]
    turns.append(ChatTurn("t9", "Mis?", failure="Er ging iets mis."))
    return list(parts(Conversation(turns), fake.index, "https://wegwijzer.example.nl", DAY))


def test_a_record_says_when_where_and_what_was_chosen_from() -> None:
    made = record("Welke twee?")
    assert made[:4] == [
        Part("title", "Wegwijzer leren"),
        Part("small", "Gesprek van 26 november 2026, https://wegwijzer.example.nl"),
        Part("small", texts.DISCLOSURE),
        Part("turn", "Vraag 1: Welke twee?"),
    ]
    assert Part("bullet", "Het loopt vast.") in made
    assert Part("heading", "Living lab") in made  # Where something is asked back, the shares come at the end.
    assert Part("bullet", "Living lab: 46%") in made
    assert made[-2:] == [Part("turn", "Vraag 2: Mis?"), Part("text", "Er ging iets mis.")]


def test_the_option_that_was_chosen_is_marked_in_every_form() -> None:
    made = record("Welke twee?", "Het loopt vast.")
    assert [part for part in made if part.kind == "bullet"][:2] == [
        Part("bullet", "Wij willen in de wijk testen."),
        Part("bullet", "Het loopt vast.", "Jouw keuze: "),
    ]
    lines = [line.text for line in Document(BytesIO(word(made, "Gemeente"))).paragraphs]
    assert lines.count("Jouw keuze: Het loopt vast.") == 1
    assert "<li><strong>Jouw keuze: </strong>Het loopt vast.</li>" in printable(made)


def test_each_quote_stands_there_once() -> None:
    said = "\n".join(part.key + part.text for part in record("Welk type past?"))
    assert said.count(STUDY.text) == said.count("In een wijk testen bewoners mee.") == 1
    assert (
        "[2] Actie-onderzoek – Wanneer past het? · Bladzijde 7 · https://example.org/brochure.pdf#page=7"
        in said
    )


def test_a_quote_of_two_sentences_whose_first_stands_apart_is_there_once_too() -> None:
    fake = FakeAssistant()
    quote = LAB.text.partition("\n")[0]
    answer = replace(
        fake.ask(Question("Wat kost een paspoort?")),
        status="answered",
        text=f"{quote} [1]",
        citations=(cited(1, LAB, quote),),
    )
    turns = [ChatTurn("t0", "Wat is het?", answer=answer)]
    said = [part.key + part.text for part in parts(Conversation(turns), fake.index, "https://a.nl", DAY)]
    first, second = "Een living lab past bij een 🌱 wijk.", "In een wijk testen bewoners mee."
    assert said[4:6] == [f"{first} [1]", f"{second} [1]"]
    assert said[-1] == "[1] Living lab – Wanneer past het? · Auteur, 2020"


def test_word_opens_the_record_with_its_headings() -> None:
    made = Document(BytesIO(word(record("Welk type past?", "vijandig"), "Gemeente")))
    assert (made.core_properties.author, made.core_properties.title) == ("Gemeente", "Wegwijzer leren")
    lines = [(line.style.name if line.style else "", line.text) for line in made.paragraphs]
    assert lines[0] == ("Title", "Wegwijzer leren")
    assert ("Heading 1", "Vraag 1: Welk type past?") in lines
    assert ("List Bullet", "In een wijk testen bewoners mee. [1]") in lines


def test_a_kept_file_is_the_owners_or_else_has_the_name_of_the_documents() -> None:
    assert [texts.author(About("De gids", owner=owner)) for owner in ("Gemeente", "")] == [
        "Gemeente",
        "De gids",
    ]


def test_the_page_to_print_holds_nothing_that_others_could_run() -> None:
    page = printable(record("Welk type past?", f"vijandig {HOSTILE[0]}"))
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= set("html head meta title style body main h1 h2 h3 p ul ol li small strong".split())
    assert "<p>Er ging iets mis.</p>" in page
