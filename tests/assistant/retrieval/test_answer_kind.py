"""A question for an amount, a time or a name is answered by a text that holds one."""

import pytest

from assistant.retrieval.answer_kind import alike, asked_kinds, gives
from ingest.text.tokens import words


@pytest.mark.parametrize(
    ("question", "answer", "beside"),
    [
        ("Wat kost een vergunning?", "Dat kost € 25 per jaar.", "Vraag de vergunning aan bij de balie."),
        ("Hoe laat gaat de balie open?", "De balie opent om 9.00 uur.", "De balie is op de begane grond."),
        ("Wanneer begint de cursus?", "De cursus begint op 3 maart.", "De cursus is in het buurthuis."),
        ("Hoe lang duurt het?", "Het duurt zes weken.", "Het gaat vanzelf over."),
        ("Welk percentage slaagt?", "Van hen slaagt 80%.", "De meesten slagen."),
        ("Hoe heet de directeur?", "De leiding is bij Anna de Vries.", "De leiding wisselt elk jaar."),
        ("Op welk telefoonnummer?", "Bel 088 123 45 67.", "Bel ons gerust."),
        ("Waarom mag dat niet?", "Dat mag niet, omdat het glad is.", "Dat mag niet."),
    ],
)
def test_an_answer_holds_what_is_asked_for(question: str, answer: str, beside: str) -> None:
    kinds = asked_kinds(question)
    assert (bool(kinds), gives(kinds, answer), gives(kinds, beside)) == (True, True, False)


def test_most_questions_ask_for_no_kind_in_particular() -> None:
    assert asked_kinds("Mag mijn hond mee naar binnen?") == ()
    assert gives((), "Honden mogen mee.")


def test_a_compound_is_like_its_parts() -> None:
    (permit,) = words("vergunning")
    assert alike(permit, set(words("vergunning"))) == 1.0
    assert 0.4 < alike(permit, set(words("parkeervergunning"))) < 1.0
    assert alike(permit, set(words("hond"))) == 0.0
