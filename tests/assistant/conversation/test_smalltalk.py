"""Small talk gets a friendly line; a question never does."""

import pytest

from assistant import texts
from assistant.conversation.smalltalk import about_itself, small_talk
from ingest.types import About

ADVISING = {texts.GREETING: texts.GREETING_ADVICE, texts.HELP: texts.HELP_ADVICE}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("hallo", texts.GREETING),
        ("Hoi!", texts.GREETING),
        ("Goedemorgen", texts.GREETING),
        ("goede middag", texts.GREETING),
        ("dank je wel", texts.THANKS),
        ("Bedankt!", texts.THANKS),
        ("Oké, hartelijk dank", texts.THANKS),
        ("doei", texts.FAREWELL),
        ("Oké top, dat was 't voor vandaag, merci!", texts.THANKS),
        ("Helder, bedankt. Tot ziens!", texts.FAREWELL),
        ("Tot ziens.", texts.FAREWELL),
        ("help", texts.HELP),
        ("Wat kan je?", texts.HELP),
        ("Wie ben je?", texts.HELP),
    ],
)
def test_small_talk_gets_a_line_that_suits_it(said: str, line: str) -> None:
    about = About(subject="afval", choice="welke bak")
    assert small_talk(said, about, advises=False) == line.format(subject="afval")
    assert small_talk(said, about, advises=True) == ADVISING.get(line, line).format(
        subject="afval", choice="welke bak"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Hallo, wat is een living lab?",
        "Hoi, wij zoeken een aanpak voor onze wijk",
        "Welke hulp krijg je bij een doorbraak?",
        "dag van de wijk",
        "Later in het traject, wie doet dan mee?",
        "bedankt, en hoe begin ik?",
        "Oké, top.",
        "Hoe werkt dit bij actie-onderzoek?",
        "",
        "?",
    ],
)
def test_a_question_is_no_small_talk(question: str) -> None:
    assert small_talk(question, About(), advises=True) is None


@pytest.mark.parametrize(
    "question",
    [
        "Ben jij een mens?",
        "Bent u eigenlijk een echt persoon",
        "ben je een robot of een mens",
        "Praat ik met een mens?",
    ],
)
def test_who_asks_for_a_person_reads_that_this_is_a_program(question: str) -> None:
    about = About(subject="afval")
    assert small_talk(question, about, advises=False) == about_itself(about, advises=False)
