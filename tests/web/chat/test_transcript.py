"""The saved conversation holds every answer with its sources, as text."""

import re

from assistant.types import Question
from tests.web.fakes import HOSTILE, FakeAssistant
from web.chat.conversation import Conversation, Turn
from web.chat.transcript import escaped, printable, transcript


def test_a_saved_conversation_holds_questions_answers_and_quotes(fake: FakeAssistant) -> None:
    turns = [
        Turn("t1", "Welk type?", answer=fake.ask(Question("Welk type?"))),
        Turn("t2", "Stuk", failure="Er ging iets mis."),
    ]
    saved = transcript(Conversation(turns))
    assert saved.startswith("# Wegwijzer lerende praktijken\n")
    assert "## Welk type?\n\nLiving lab past hier naar verwachting het best." in saved
    assert "Bron 1: Living lab – Wanneer past het? (lab.md)\n\n> In een wijk testen bewoners mee." in saved
    assert saved.endswith("## Stuk\n\nEr ging iets mis.\n")


def test_what_others_wrote_is_no_markdown() -> None:
    assert escaped(HOSTILE[1].split(" ")[0]) == r"\[klik\](javascript:window.hacked=1)"
    assert escaped("a\n# kop <b>") == r"a \# kop \<b\>"


def test_the_page_to_print_holds_the_conversation_and_nothing_that_others_could_run() -> None:
    fake = FakeAssistant()
    conversation = Conversation()
    for text in ("Welk type past?", f"vijandig {HOSTILE[0]}"):
        conversation.turns.append(Turn("t1", text, answer=fake.ask(Question(text))))
    conversation.turns.append(Turn("t2", "Mis?", failure="Er ging iets mis."))
    page = printable(conversation)
    tags = set(re.findall(r"<(\w+)", page))
    assert tags == set("html head meta title style body main h1 h2 p blockquote".split())
    assert "<p>In een wijk testen bewoners mee.</p>" in page
    assert "<p>Er ging iets mis.</p>" in page
