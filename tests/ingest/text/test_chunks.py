"""Chunks are whole sentences of a section, with offsets that hold."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.text.chunks import embedded_text, split
from ingest.text.sentences import sentences
from ingest.types import Section, Span

WORDS = st.text(alphabet="abcdeé ", min_size=1, max_size=40).map(lambda text: f"A{text.strip()}")
TEXTS = st.lists(WORDS, max_size=12).map(lambda parts: ". ".join(parts))


def make_section(text: str) -> Section:
    """Return a section with this text."""
    return Section(section_id="map/stuk", title="Titel", practice="algemeen", source="map/stuk.md", text=text)


def test_sentences_are_packed_in_order_up_to_the_most_words() -> None:
    section = make_section("Een twee drie. Vier vijf. Zes zeven acht negen. Tien.")
    chunks = split(section, most_words=5)
    assert [chunk.text for chunk in chunks] == ["Een twee drie. Vier vijf.", "Zes zeven acht negen. Tien."]
    assert [chunk.chunk_id for chunk in chunks] == ["map/stuk#1", "map/stuk#2"]
    assert [(chunk.start, chunk.end) for chunk in chunks] == [(0, 25), (26, 53)]
    assert chunks[0].sentences == (Span(0, 14), Span(15, 25))


def test_a_sentence_longer_than_the_most_words_stands_alone() -> None:
    chunks = split(make_section("Dit is kort. Een twee drie vier vijf zes. Kort."), most_words=3)
    assert [chunk.text for chunk in chunks] == ["Dit is kort.", "Een twee drie vier vijf zes.", "Kort."]


def test_a_text_without_sentences_has_no_chunks() -> None:
    assert split(make_section("  \n "), most_words=10) == []


def test_the_title_is_embedded_with_the_text() -> None:
    section = make_section("Een zin.")
    (chunk,) = split(section, most_words=10)
    assert embedded_text(section, chunk) == "Titel\nEen zin."


@given(TEXTS, st.integers(min_value=1, max_value=30))
def test_chunks_hold_every_sentence_once_at_their_offsets_within_the_most_words(
    text: str, most_words: int
) -> None:
    section = make_section(text)
    chunks = split(section, most_words)
    assert [span for chunk in chunks for span in chunk.sentences] == sentences(text)
    for chunk in chunks:
        assert chunk.text == section.text[chunk.start : chunk.end]
        assert (chunk.start, chunk.end) == (chunk.sentences[0].start, chunk.sentences[-1].end)
        assert len(chunk.sentences) == 1 or len(chunk.text.split()) <= most_words
