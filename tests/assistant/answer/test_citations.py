"""Only quotes that are, character for character, in the stored section are shown."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answer.citations import cite, is_verbatim, place, verified
from assistant.types import Claim, Sentence
from ingest.types import Section, Span

TEXT = "De lerende praktijk begint bij de opgave. Bewoners doen mee. Bewoners doen mee."
SECTION = Section("map/stuk", "Titel", "lab", "map/stuk.md", TEXT, page=3, url="https://example.org/stuk")
SECTIONS = {SECTION.section_id: SECTION}


def make_evidence(start: int, end: int, section: Section = SECTION) -> Sentence:
    """Return the characters from start to end as evidence."""
    return Sentence(section, f"{section.section_id}#1", Span(start, end), 1.0, 0)


def make_claim(start: int, end: int, section: Section = SECTION) -> Claim:
    """Return a claim that quotes the characters from start to end."""
    evidence = make_evidence(start, end, section)
    return Claim(evidence.text, evidence)


def test_a_quote_at_its_place_is_kept_and_words_of_ours_too() -> None:
    claims = [Claim("Ons kader."), make_claim(0, 41)]
    assert verified(claims, SECTIONS) == claims


def test_a_quote_of_a_section_that_is_not_stored_is_dropped() -> None:
    assert verified([make_claim(0, 41, replace(SECTION, section_id="elders"))], SECTIONS) == []


def test_a_quote_from_a_changed_section_is_dropped() -> None:
    changed = replace(SECTION, text=TEXT.replace("begint", "eindigt"))
    assert verified([make_claim(0, 42, changed)], SECTIONS) == []


@given(st.integers(-5, 100), st.integers(-5, 100))
def test_offsets_outside_the_section_or_without_a_character_are_dropped(start: int, end: int) -> None:
    inside = 0 <= start < end <= len(TEXT)
    assert is_verbatim(make_evidence(start, end), SECTIONS) is inside


@given(st.text(min_size=1), st.data())
def test_a_quote_is_kept_at_its_own_offsets_and_dropped_when_they_are_tampered_with(
    text: str, data: st.DataObject
) -> None:
    end = data.draw(st.integers(1, len(text)))
    start = data.draw(st.integers(0, end - 1))
    section = replace(SECTION, text=text)
    assert is_verbatim(make_evidence(start, end, section), {section.section_id: section})
    shift = data.draw(st.integers(1, 3))
    stored = replace(section, text="\0" * shift + text)
    assume(stored.text[start:end] != text[start:end])
    assert not is_verbatim(make_evidence(start, end, section), {section.section_id: stored})


@given(st.text(min_size=1), st.data())
def test_one_changed_character_drops_the_quote(text: str, data: st.DataObject) -> None:
    place_of_change = data.draw(st.integers(0, len(text) - 1))
    other = "x" if text[place_of_change] != "x" else "y"
    stored = replace(SECTION, text=text[:place_of_change] + other + text[place_of_change + 1 :])
    section = replace(SECTION, text=text)
    assert verified([make_claim(0, len(text), section)], {section.section_id: stored}) == []


def test_quotes_are_numbered_by_first_use_and_a_repeated_one_keeps_its_number() -> None:
    first, second = make_claim(0, 41), make_claim(42, 60)
    cited = cite([Claim("Kader."), second, first, second])
    assert [(c.n, c.quote, c.start, c.end) for c in cited.values()] == [
        (1, "Bewoners doen mee.", 42, 60),
        (2, "De lerende praktijk begint bij de opgave.", 0, 41),
    ]


def test_the_same_words_at_another_place_are_another_citation() -> None:
    cited = cite([make_claim(42, 60), make_claim(61, 79)])
    assert [citation.n for citation in cited.values()] == [1, 2]
    assert {citation.quote for citation in cited.values()} == {"Bewoners doen mee."}


def test_a_citation_tells_where_its_quote_stands() -> None:
    evidence = make_evidence(42, 60)
    citation = cite([Claim(evidence.text, evidence)])[place(evidence)]
    assert (citation.section_id, citation.chunk_id, citation.title) == ("map/stuk", "map/stuk#1", "Titel")
    assert (citation.practice, citation.source) == ("lab", "map/stuk.md")
    assert (citation.page, citation.url) == (3, "https://example.org/stuk#page=3")
