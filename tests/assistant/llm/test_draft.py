"""A draft is cut at its markers, as soon as they are there, whatever form the model gives it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.draft import Drafted, drafted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een lab leert. [1] Een groep deelt [2].", [("Een lab leert.", 1), ("Een groep deelt.", 2)]),
        ("Een lab leert [1][2]. Klaar is het.", [("Een lab leert.", 1), ("Klaar is het.", None)]),
        ("Nee. Een lab leert. [1]", [("Nee. Een lab leert.", 1)]),
        ('"zelf? Ja. Doen": een lab leert. [1]', [('"zelf? Ja. Doen": een lab leert.', 1)]),
        ("Twee dingen: [1]\n", [("Twee dingen:", 1)]),
        (
            "# Kop\nEen lab leert. Het deelt [1]",
            [("Kop.", None), ("Een lab leert.", None), ("Het deelt.", 1)],
        ),
        ("", []),
        (" [1] [2] ", []),
        ("\n<think>Een groep deelt. [2]</think>\nEen lab leert. [1]", [("Een lab leert.", 1)]),
        ("<think>Een groep deelt. [2] En dan", []),
        ("<b>Een lab leert. [1]", [("<b>Een lab leert.", 1)]),
    ],
)
def test_each_sentence_gets_the_marker_behind_it(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert list(drafted([text])) == [Drafted(*one) for one in expected]
    assert list(drafted(text)) == [Drafted(*one) for one in expected]


def test_an_item_of_a_list_is_one_sentence_with_its_sign() -> None:
    text = "- **Een lab.** Leert dat? [1]\n2. een groep deelt [3]"
    assert list(drafted([text])) == [
        Drafted("Een lab. Leert dat?", 1, "-"),
        Drafted("Een groep deelt.", 3, "1"),
    ]
    assert all(one is not None and one.readable for one in drafted([text]))


@pytest.mark.parametrize(
    ("text", "quoting", "expected"),
    [
        ("Nee, een lab leert.", False, Drafted("Een lab leert.", 1, verdict="Nee.")),
        (
            "Dat hangt ervan af: een lab leert.",
            False,
            Drafted("Een lab leert.", 1, verdict="Dat hangt ervan af."),
        ),
        ("Jaren duurt een lab.", False, Drafted("Jaren duurt een lab.", 1)),
        ('"zelf testen": bewoners testen mee.', True, Drafted("bewoners testen mee.", 1, said="zelf testen")),
        (
            "Je schrijft “zelf testen”, bewoners testen.",
            True,
            Drafted("bewoners testen.", 1, said="zelf testen"),
        ),
        ("Bewoners testen mee.", True, Drafted("Bewoners testen mee.", 1)),
    ],
)
def test_what_comes_before_a_statement_is_set_apart(text: str, quoting: bool, expected: Drafted) -> None:
    assert Drafted(text, 1).apart(quoting=quoting) == expected


def test_a_sentence_is_there_before_the_next_one_is_written() -> None:
    written: list[str] = []

    def pieces() -> list[str]:
        return ["Een lab", " leert [", "1", "]", " En dan"]

    def noted() -> object:
        for piece in pieces():
            written.append(piece)
            yield piece

    first = next(drafted(noted()))  # type: ignore[arg-type]
    assert first == Drafted("Een lab leert.", 1)
    assert written == ["Een lab", " leert [", "1", "]"]


@pytest.mark.parametrize(
    "text",
    ["Wat is een lab?", "Ja.", "Een <b>lab</b> leert veel.", "Zie https://x.nl voor meer.", "woord " * 50,
     "Zie [bron] hier."],
)  # fmt: skip
def test_what_is_no_plain_statement_is_not_shown(text: str) -> None:
    assert not Drafted(text, 1).readable


@pytest.mark.parametrize(("text", "leans"), [
    ("Dat past bij een wijk.", True), ("Het is een groep.", True), ("Daarom past een lab.", True),
    ("Het living lab past bij een wijk.", False), ("Een lab past.", False), ("Er is één plek.", False),
    ("Er hoort een plek bij.", True), ("Diensten delen kennis.", False),
])  # fmt: skip
def test_a_sentence_that_points_back_is_known(text: str, leans: bool) -> None:
    assert Drafted(text, 1).leans is leans


@pytest.mark.parametrize(("text", "names"), [
    ("Dat is het principe contextualiteit: de plek telt mee.", True), ("Dit zijn de vijf stappen.", True),
    ("Dat is niet verplicht.", False), ("Dat past bij een wijk.", False), ("Dat heet 'ketenzorg'.", True),
])  # fmt: skip
def test_a_sentence_that_names_what_was_asked_is_known(text: str, names: bool) -> None:
    assert Drafted(text, 1).names is names


def test_where_nothing_more_has_come_yet_that_is_passed_on() -> None:
    pieces = ["Een lab", None, " leert [1]", None, None]
    assert list(drafted(pieces)) == [None, Drafted("Een lab leert.", 1), None, None]


@given(st.text(max_size=200), st.integers(1, 9))
def test_any_text_is_cut_without_an_error_however_it_comes(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert all(one is not None and one.text and one.passage != -1 for one in drafted(pieces))
