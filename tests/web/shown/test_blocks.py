"""An answer's lines become text, lists with their keywords, and notes."""

import pytest

from assistant.types import Citation
from web.shown.blocks import ShownBlock, blocks, ends_in_bullet, lead_apart, without_bullet
from web.shown.markers import Piece, paragraphs


def quoted(n: int, quote: str) -> Citation:
    """Return a citation of a quote, wherever it is."""
    return Citation(n, quote, "s#1", "s#1:0", 0, len(quote), "Titel", "algemeen", "s.md", None, None)


def found(text: str, *quotes: str) -> tuple[ShownBlock, ...]:
    """Return the blocks of an answer with these quotes."""
    return blocks(paragraphs(text, [quoted(n, quote) for n, quote in enumerate(quotes, start=1)]))


def test_a_quote_of_several_lines_is_a_lead_with_its_marker_and_a_list_with_keywords() -> None:
    quote = "Drie elementen:\n- Domein: het onderwerp.\n- Praktijk: het werk."
    lead, listed = found(f"{quote} [1]", quote)
    assert lead == ShownBlock("text", ((Piece("Drie elementen:", quote=True), Piece("[1]", cite=1)),))
    assert listed == ShownBlock(
        "bullets",
        (
            (Piece("Domein:", quote=True, strong=True), Piece(" het onderwerp.", quote=True)),
            (Piece("Praktijk:", quote=True, strong=True), Piece(" het werk.", quote=True)),
        ),
    )


def test_quotes_of_one_item_each_are_one_numbered_list_that_counts_from_its_first() -> None:
    quotes = "2. Begin klein. Kies er een.", "3. Werf teams. Bereid ze voor."
    lead, listed = found(f"De stappen:\n{quotes[0]} [1]\n{quotes[1]} [2]", *quotes)
    assert lead.kind == "text"
    assert (listed.kind, listed.first) == ("numbers", 2)
    assert listed.lines[0] == (
        Piece("Begin klein.", quote=True, strong=True),
        Piece(" Kies er een.", quote=True),
        Piece("[1]", cite=1),
    )


def test_items_that_follow_on_one_line_are_items_all_the_same() -> None:
    quotes = "- Klein beginnen.", "- Samen meten."
    lead, listed = found(f"Voor een lab spreekt: {quotes[0]} [1] {quotes[1]} [2]", *quotes)
    assert lead.lines == ((Piece("Voor een lab spreekt: "),),)
    assert [line[0].text for line in listed.lines] == ["Klein beginnen.", "Samen meten."]


def test_a_list_in_which_an_item_has_no_keyword_has_none() -> None:
    (listed,) = found("- Domein: het onderwerp.\n- Samen leren", "- Domein: het onderwerp.\n- Samen leren")
    assert [piece.strong for line in listed.lines for piece in line] == [False, False]


def test_a_note_stands_apart_without_its_word() -> None:
    assert found("Noot: dit is onze afweging.") == (ShownBlock("note", ((Piece("dit is onze afweging."),),)),)


def test_the_first_cited_sentence_stands_apart() -> None:
    first, rest = lead_apart(found("Een. [1] Twee. [2]", "Een.", "Twee."))
    assert first.lines == ((Piece("Een.", quote=True), Piece("[1]", cite=1)),)
    assert rest.lines[0][0].text.strip() == "Twee."


def test_of_a_quote_of_several_sentences_the_first_stands_apart_and_both_parts_have_its_marker() -> None:
    quote = "Het is bijv. een wijk. Daar leer je. Samen."
    first, rest = lead_apart(found(f"Nee. {quote} [1] Twee. [2]", quote, "Twee."))
    marker = Piece("[1]", cite=1)
    assert first.lines == ((Piece("Nee. "), Piece("Het is bijv. een wijk.", quote=True), marker),)
    assert rest.lines[0][:2] == (Piece("Daar leer je. Samen.", quote=True), marker)
    assert [piece.cite for piece in rest.lines[0]] == [None, 1, None, None, 2]


@pytest.mark.parametrize(
    ("line", "plain"),
    [("- a - b", "a - b"), ("12. a", "a"), ("1965. Een jaar", "1965. Een jaar"), ("a", "a")],
)
def test_the_sign_of_an_item_is_left_out(line: str, plain: str) -> None:
    assert without_bullet(line) == plain


def test_the_keyword_of_an_item_is_no_first_sentence() -> None:
    quote = "Tijd en ruimte. Deelnemers krijgen die van hun werkgever. Zo kan het."
    first, rest = lead_apart(found(f"{quote} [1]", quote), {1})
    assert first.lines[0][0].text == "Tijd en ruimte. Deelnemers krijgen die van hun werkgever."
    assert rest.lines[0][0].text == "Zo kan het."
    short = "Tijd en ruimte. Deelnemers krijgen die van hun werkgever."
    assert lead_apart(found(f"{short} [1]", short), {1}) == found(f"{short} [1]", short)


def test_what_is_before_an_item_ends_in_its_sign() -> None:
    assert [ends_in_bullet(text) for text in ("Zo:\n- ", "3. ", "Zo:\n", "", "Het is er - ")] == [
        True,
        True,
        False,
        False,
        False,
    ]
