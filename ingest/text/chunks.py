"""Section → Chunks: whole sentences packed up to a number of words, with offsets into the section."""

from collections.abc import Iterator, Sequence

from ingest.text.sentences import sentences
from ingest.types import Chunk, Section, Span


def split(section: Section, most_words: int) -> list[Chunk]:
    """Pack the section's sentences, in order, into chunks of at most `most_words` words."""
    groups = _packed(section.text, sentences(section.text), most_words)
    return [_chunk(section, number, group) for number, group in enumerate(groups, start=1)]


def embedded_text(section: Section, chunk: Chunk) -> str:
    """Return what is embedded for a chunk: the section's title before its text."""
    return f"{section.title}\n{chunk.text}"


def _packed(text: str, spans: Sequence[Span], most_words: int) -> Iterator[tuple[Span, ...]]:
    group: list[Span] = []
    words = 0
    for span in spans:
        length = len(text[span.start : span.end].split())
        if group and words + length > most_words:
            yield tuple(group)
            group, words = [], 0
        group.append(span)
        words += length
    if group:
        yield tuple(group)


def _chunk(section: Section, number: int, group: tuple[Span, ...]) -> Chunk:
    start, end = group[0].start, group[-1].end
    return Chunk(
        f"{section.section_id}#{number}", section.section_id, start, end, section.text[start:end], group
    )
