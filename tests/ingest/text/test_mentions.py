"""Which practices and aspects a question names."""

import pytest

from ingest.text.mentions import Mentions, mentions
from ingest.types import Aspect, Practice

PRACTICES = (
    Practice("kompas", "Leertraject / Kompas", "", ("verbetertraject", "leer- en verbetertraject")),
    Practice("lab", "Living lab", "", ("livinglab", "stadslab")),
    Practice("cop", "Community of practice", "", ("CoP", "praktijkgemeenschap")),
    Practice("doorbraak", "Doorbraak", "", ("doorbraakmethode",)),
)
ASPECTS = (Aspect("duur", "Duur", ("hoe lang", "duurt")), Aspect("stappen", "Stappen", ("stap", "hoe begin")))


def named(text: str) -> tuple[str, ...]:
    """Return the practices that a text names."""
    return mentions(text, PRACTICES, ()).practices


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("Wat is een living lab?", "lab"),
        ("wat is een LIVING LAB", "lab"),
        ("living-lab in de wijk", "lab"),
        ("Hoe werkt een CoP", "cop"),
        ("Is dit een leer- en verbetertraject?", "kompas"),
        ("praktijkgemeenschap, wat is dat?", "cop"),
    ],
)
def test_an_alias_is_found_whatever_its_case_and_hyphens(text: str, practice: str) -> None:
    assert named(text) == (practice,)


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("Wat is een livng lab?", "lab"),
        ("Hoe start ik een comunity of practice", "cop"),
        ("community of practise opzetten", "cop"),
        ("de doorbraakmetode uitgelegd", "doorbraak"),
    ],
)
def test_a_spelling_error_is_forgiven(text: str, practice: str) -> None:
    assert named(text) == (practice,)


@pytest.mark.parametrize(
    "text",
    [
        "Waar staat de copier?",
        "Een copieerapparaat",
        "een kop koffie",
        "het laboratorium",
        "slabben",
        "",
        "???",
        "de lab",
    ],
)
def test_a_word_that_only_holds_or_resembles_an_alias_is_no_mention(text: str) -> None:
    assert named(text) == ()


def test_practices_come_in_order_of_first_mention() -> None:
    assert named("Verschil tussen doorbraak en een living lab of CoP, en nog eens doorbraak?") == (
        "doorbraak",
        "lab",
        "cop",
    )


def test_the_same_practice_is_named_once() -> None:
    assert named("Is een stadslab een living lab?") == ("lab",)


def test_aspects_are_found_by_their_cues_as_whole_words() -> None:
    assert mentions("Hoe lang duurt het en wat is de eerste stap?", (), ASPECTS) == Mentions(
        (), ("duur", "stappen")
    )
    assert mentions("Een stapel papier van duurte", (), ASPECTS) == Mentions()


def test_a_question_may_ask_what_helps_against_an_aspect() -> None:
    pitfalls = Aspect("valkuilen", "Valkuilen", cues=("valkuil",), remedies=("hoe voorkom",))
    assert mentions("Hoe voorkom je deze valkuil?", (), [pitfalls]) == Mentions(
        (), ("valkuilen",), ("valkuilen",)
    )
    assert mentions("Welke valkuil is dat?", (), [pitfalls]).remedied == ()


def test_without_practices_nothing_is_named() -> None:
    assert mentions("Wat is een living lab?", (), ()) == Mentions()
