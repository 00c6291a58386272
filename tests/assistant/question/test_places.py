"""Which items of a list a question asks for."""

import pytest

from assistant.question.places import Places, counts, how_many, places, resolved, step_from


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("en de tweede?", Places((2,))),
        ("Wat gebeurt er in stap 6?", Places((6,), "stap")),
        ("en wat is nummer vier?", Places((4,))),
        ("de laatste twee", Places((-2, -1))),
        ("wat doe je als allerlaatste?", Places((-1,))),
        ("En waar eindig je mee?", Places((-1,))),
        ("En de middelste, gaat die over dromen?", Places((0,))),
        ("Wat is de 3e fase?", Places((3,), "fase")),
        ("Wat is een living lab?", None),
    ],
)
def test_an_ordinal_says_which_item_is_asked_for(question: str, wanted: Places | None) -> None:
    assert places(question) == wanted


def test_a_long_question_is_read_when_it_may_be() -> None:
    asked = "Ik begin volgende week met mijn groep en wil weten wat de derde stap is"
    assert places(asked) is None
    assert places(asked, most_words=20) == Places((3,), "stap")


@pytest.mark.parametrize(("number", "place"), [(2, 2), (-1, 7), (0, 4)])
def test_a_place_is_counted_from_either_end_or_is_the_middle_one(number: int, place: int) -> None:
    assert resolved(number, 7) == place


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("Wat doe je na het evalueren?", 1),
        ("We hebben getest. Wat komt daarna?", 1),
        ("Wij zijn klaar met testen. Wat is nu aan de orde?", 1),
        ("Het evalueren zit erop. Wat is de volgende stap?", 1),
        ("Goed, en de volgende?", 1),
        ("We zijn net met het hele team klaar met testen. Wat moet er gebeuren?", 1),
        ("Het testen is af. En nu, wat is de bedoeling?", 1),
        ("en als dat erop zit?", 1),
        ("Wij hebben het getest. Welke van de acht stappen komt er dan?", 1),
        ("Welke stap volgt er op het testen?", 1),
        ("en wat gaat daaraan vooraf?", -1),
        ("Wat was de vorige?", -1),
        ("Wat doe je bij het evalueren?", 0),
        ("Wat is er voor nodig?", 0),
    ],
)
def test_what_comes_after_or_before_something_is_asked_for_in_so_many_words(question: str, step: int) -> None:
    assert step_from(question) == step


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Op welke drie pijlers rust een praktijkgemeenschap?", 3),
        ("Noem 6 valkuilen", 6),
        ("Wat zijn de pijlers?", 0),
        ("Onze drie teams willen beginnen", 0),
    ],
)
def test_a_question_may_say_how_many_items_there_are(question: str, number: int) -> None:
    assert how_many(question) == number


def test_a_line_tells_how_many_there_are_of_what_it_names() -> None:
    lead = "Zo werk je in zeven stappen, de aanloop en dan de zes blokken:"
    assert [counts(lead, noun) for noun in ("stap", "blok", "aanloop", "fase")] == [7, 6, 0, None]
