"""Where sentences begin and end in Dutch text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.sentences import opens_with_name, refers_back, sentences

PIECES = (
    "Een lab",
    "de heer J. Jansen",
    "bijv. in",
    "o.a.",
    "2.5",
    "Stap 1.",
    "'Wat nu?'",
    "Ja!",
    "(zie p. 3)",
)
MARKS = ("…", ".", "?", " ", "\n", "\n\n", "- ", "1. ", "”", "é", "A", "\t", "\u00a0")
DUTCH = st.lists(st.sampled_from((*PIECES, *MARKS)), max_size=30).map(" ".join)


def texts(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een zin. Nog een zin.", ["Een zin.", "Nog een zin."]),
        ("Werkt het? Ja! Mooi…", ["Werkt het?", "Ja!", "Mooi…"]),
        ("Dat bestaat al. Kijk ernaar.", ["Dat bestaat al.", "Kijk ernaar."]),
        ("Zonder punt", ["Zonder punt"]),
        ("", []),
        (" \n\t\n ", []),
        ("Een kop\n\nEen alinea zonder punt\n\nNog een.", ["Een kop", "Een alinea zonder punt", "Nog een."]),
        ("Een regel die\nhier verdergaat. Klaar.", ["Een regel die\nhier verdergaat.", "Klaar."]),
    ],
)
def test_a_sentence_ends_at_a_mark_or_a_blank_line(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Dat geldt bijv. Voor wijkteams en scholen.",
        "Zo zeggen Strating et al. Ook anderen.",
        "Deelnemers zijn o.a. Movisie en de VNG.",
        "De gemeente, i.s.m. partners, begint klein.",
        "Dit kost ca. 10 uur per week.",
        "Zie p. 12 en vgl. Wenger.",
        "Volgens dr. Jansen en mevr. De Vries werkt het.",
        "Huisartsen, wijkteams enz. doen mee.",
    ],
)
def test_a_dutch_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert texts(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Het begrip komt van E. Wenger en J. Lave.",
        "Het boek van W.M. Snyder uit 2002 legt het uit.",
        "Een traject duurt 6.5 maand en kost 1.200 euro.",
        "Op 1. staat het vraagstuk.",
        "1. Kies het vraagstuk.",
    ],
)
def test_initials_numbers_and_numbering_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zij zei: 'Het werkt.' Daarna begon het.", ["Zij zei: 'Het werkt.'", "Daarna begon het."]),
        ("Lees 'Wat werkt?' van Movisie.", ["Lees 'Wat werkt?' van Movisie."]),
        ("Lees 'Wat werkt?' (Movisie, 2020). Klaar.", ["Lees 'Wat werkt?' (Movisie, 2020).", "Klaar."]),
        ("(Dat is zo.) Nu verder.", ["(Dat is zo.)", "Nu verder."]),
        ("“Doen we.” ‘Goed.’ Klaar.", ["“Doen we.”", "‘Goed.’", "Klaar."]),
    ],
)
def test_quotes_and_brackets_stay_with_their_sentence(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    assert texts("Nodig zijn:\n- tijd\n- geld\n1. eerst dit\n2. dan dat") == [
        "Nodig zijn:",
        "- tijd",
        "- geld",
        "1. eerst dit",
        "2. dan dat",
    ]


@given(st.one_of(DUTCH, st.text()))
def test_spans_are_ordered_disjoint_stripped_and_cover_all_that_is_no_space(text: str) -> None:
    spans = sentences(text)
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False))
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)
    starts = [*(span.start for span in spans), len(text)]
    assert [text[end:start] for end, start in zip(ends, starts, strict=True) if text[end:start].strip()] == []


def test_a_name_that_opens_a_paragraph_belongs_to_the_sentence_after_it() -> None:
    assert texts("Meppel. Hier doen studenten mee.") == ["Meppel. Hier doen studenten mee."]
    assert texts("Een lab. Hier doen studenten mee.") == ["Een lab.", "Hier doen studenten mee."]


def test_an_item_of_a_list_is_one_unit() -> None:
    assert texts("Nodig:\n- Tijd. Plan die ruim.\n- Ruimte.") == [
        "Nodig:",
        "- Tijd. Plan die ruim.",
        "- Ruimte.",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Meppel. Hier doen studenten mee.", True),
        ("Nederlands Jeugdinstituut (NJi). Het schreef een boek.", True),
        ("Studenten doen mee. Dat werkt.", False),
        ("Meppel.", False),
    ],
)
def test_a_paragraph_may_open_with_the_name_that_it_is_about(text: str, named: bool) -> None:
    assert opens_with_name(text) is named


def test_a_sentence_refers_back_by_how_it_opens() -> None:
    assert refers_back("In veel daarvan beslissen bewoners niet mee.")
    assert refers_back("Hun thema's waren jong en vitaal.")
    assert refers_back("Daarin verschilt het een van het ander.")
    assert refers_back("Hij telt 16 bladzijden.")
    assert refers_back("In 1991 gebruikten zij het in hun boek.")
    assert refers_back("Movisie noemt zulke vraagstukken 'taai'.")
    assert refers_back("Het gaat over zorg door vrijwilligers.")
    assert not refers_back("Het lab telt 16 mensen.")
    assert not refers_back("De brochure telt 16 bladzijden.")
    assert not refers_back("")
