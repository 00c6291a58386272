"""Section → Chunks: one block each, or, of a long block, whole sentences up to a number of words."""

from collections.abc import Iterator, Sequence

from ingest.text.sentences import blocks, sentences
from ingest.types import Chunk, Section, Span

NOTE = "Noot:"  # Opens a remark on the block before it, which it is stored with.


def split(section: Section, most_words: int) -> list[Chunk]:
    """Return the blocks of a section in order, with their sentences and offsets.

    A remark belongs to the block before it. A block of more than `most_words` words that is no list is cut
    between sentences; a list never is.
    """
    spans = sentences(section.text)
    groups = [
        group
        for start, end in _with_notes(section.text)
        for group in _packed(section.text, [span for span in spans if start <= span.start < end], most_words)
    ]
    return [_chunk(section, number, group) for number, group in enumerate(groups, start=1)]


def embedded_text(section: Section, chunk: Chunk) -> str:
    """Return what is embedded for a chunk: the section's title before its text."""
    return f"{section.title}\n{chunk.text}"


def is_note(text: str) -> bool:
    """Return whether a sentence is a remark on the text and no part of it."""
    return text.startswith(NOTE)


def _with_notes(text: str) -> list[tuple[int, int]]:
    """Return where each block begins and ends, a remark taken together with the block before it."""
    found: list[tuple[int, int]] = []
    for block in blocks(text):
        if found and is_note(text[block.start : block.end]):
            found[-1] = (found[-1][0], block.end)
        else:
            found.append((block.start, block.end))
    return found


def _packed(text: str, spans: Sequence[Span], most_words: int) -> Iterator[tuple[Span, ...]]:
    group: list[Span] = []
    words = 0
    for span in spans:
        length = len(text[span.start : span.end].split())
        same_list = bool(group) and "\n" in text[group[-1].start : span.start].strip(" ")
        if group and words + length > most_words and not same_list:
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
