"""A cell holds the sentences about one type alone, and the pieces of a row are its section."""

from ingest.types import Practice
from tests.web.fakes import COMPARED, FakeIndex
from web.shown.comparison import comparison


def test_each_type_has_its_own_sentences() -> None:
    compared = comparison(FakeIndex())
    assert compared is not None
    assert compared.labels == ("Living lab", "Actie-onderzoek", "Doorbraak")
    (row,) = compared.rows
    assert row.criterion == "Doel"
    assert row.cells == ((1,), (), (2, 3))
    said = {piece.cite: piece.text for piece in row.pieces if piece.cite}
    assert said == {
        1: "Een living lab zoekt iets nieuws.",
        2: "Een doorbraak is binnen een jaar klaar.",
        3: "Doorbraak meet elke maand veel.",
    }
    assert "".join(piece.text for piece in row.pieces) == COMPARED.text
    assert (row.origin, row.references) == ("Auteur, 2020", ("Auteur (2020). Titel",))


def test_a_section_about_two_of_many_types_is_no_criterion() -> None:
    many = (*FakeIndex().practices, Practice("a", "Aaa", ""), Practice("b", "Bbb", ""))
    assert comparison(FakeIndex(practices=many)) is None


def test_without_a_section_that_compares_there_is_no_comparison() -> None:
    assert comparison(FakeIndex(sections={})) is None
