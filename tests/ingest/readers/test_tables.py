"""The header of a table, told by its cells, stands above each row."""

import pytest

from ingest.readers.tables import header_rows, row_texts


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ([["Kaart", "Prijs"], ["Los", "4,50"]], 1),
        ([["Kaart", "0-12 jaar", "65+"], ["Los", "4,50", "€ 5,00"], ["Tien", "", "gratis"]], 1),
        ([["Kaart", "Zone 1", "Zone 2"], ["Los", "2,50", "3 euro"]], 1),
        ([["Onderwerp", "Contactpersoon"], ["Huren", "Mevrouw De Boer"]], 1),
        ([["Eerste uur", "2,50"], ["Tweede uur", "4"]], 0),
        ([["Maandag", "9-12 uur"], ["Dinsdag", "gesloten"]], 0),
        ([["Naam", "Jan de Boer"], ["Plaats", "Lindermeer"]], 0),
        ([["Kaart", "0-12 jaar"]], 0),
    ],
    ids=[
        "words above figures",
        "ages above amounts",
        "zones above amounts",
        "names of columns above words",
        "amounts",
        "times above a word",
        "names beside values",
        "one row",
    ],
)
def test_the_first_row_is_a_header_when_it_names_the_columns(rows: list[list[str]], headers: int) -> None:
    assert header_rows(rows) == headers


def test_each_row_has_a_header_with_figures_above_it() -> None:
    assert row_texts([["Kaart", "0-12 jaar"], ["Los", "4,50"], ["Tien", "40,00"]]) == [
        "Kaart | 0-12 jaar\nLos | 4,50",
        "Kaart | 0-12 jaar\nTien | 40,00",
    ]
