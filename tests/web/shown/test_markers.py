"""The text of an answer is cut into our words, quotes and markers without losing a character."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Citation
from web.shown.markers import Piece, paragraphs


def citation(n: int, quote: str) -> Citation:
    """Return a citation of which only the number and the quote matter."""
    return Citation(n, quote, "s", "c", 0, len(quote), "t", "p", "s.md", None, None)


def test_a_marker_after_a_quote_points_to_its_source() -> None:
    assert paragraphs("Kijk: Zo is het. [1]", [citation(1, "Zo is het.")]) == [
        (Piece("Kijk: "), Piece("Zo is het.", quote=True), Piece("[1]", cite=1))
    ]


def test_a_bracketed_number_inside_a_quote_stays_text() -> None:
    assert paragraphs("Zie [1] daar. [1]", [citation(1, "Zie [1] daar.")]) == [
        (Piece("Zie [1] daar.", quote=True), Piece("[1]", cite=1))
    ]


def test_a_number_without_a_source_stays_text() -> None:
    assert paragraphs("Zin. [7]", [citation(1, "Anders")]) == [(Piece("Zin. [7]"),)]


def test_two_markers_in_a_row_are_both_markers() -> None:
    found = paragraphs("Zin [1][2] verder", [citation(1, "x"), citation(2, "y")])
    assert found == [(Piece("Zin"), Piece("[1]", cite=1), Piece("[2]", cite=2), Piece(" verder"))]


def test_lines_become_paragraphs_but_a_line_break_inside_a_quote_does_not() -> None:
    found = paragraphs("Een\nTwee: a\nb [1]\n", [citation(1, "a\nb")])
    assert found == [(Piece("Een"),), (Piece("Twee: "), Piece("a\nb", quote=True), Piece("[1]", cite=1))]


@given(st.text(alphabet="ab [1]2\n"), st.lists(st.text(alphabet="ab [1]", min_size=1), max_size=3))
def test_every_visible_character_of_the_text_is_shown_in_order(text: str, quotes: list[str]) -> None:
    found = paragraphs(text, [citation(n, quote) for n, quote in enumerate(quotes, start=1)])
    shown = "".join(piece.text for line in found for piece in line)
    assert "".join(shown.split()) == "".join(text.split())
