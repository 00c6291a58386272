"""Lines in reading order → blocks: headings, paragraphs, list items, rows of tables, notes."""

from collections.abc import Iterator, Sequence

from ingest.readers.blocks import TextBlock
from ingest.readers.pdf.groups import Group, groups, without_bullet
from ingest.readers.pdf.headings import Headings
from ingest.readers.pdf.letters.hyphens import WordCounts, clean, join
from ingest.readers.pdf.notes import notes_apart
from ingest.readers.pdf.types import Line, Rows
from ingest.readers.tables import header_rows, row_texts


def blocks(lines: Sequence[Line], headings: Headings, vocabulary: WordCounts) -> Iterator[TextBlock]:
    """Yield the blocks in reading order; notes come where the section in which they are ends."""
    text, notes = notes_apart(lines)
    done, waiting = 0, list(notes)
    header: Rows = ()
    for group in groups(text, headings):
        level = headings.level(group)
        while level is not None and waiting and waiting[0].place <= done:
            yield _block(waiting.pop(0).lines, vocabulary)
        if group[0].rows:
            header = _header(group[0], header)
            rows = group[0].rows if group[0].rows[: len(header)] == header else (*header, *group[0].rows)
            yield from (
                TextBlock(row, pages=((0, group[0].page),)) for row in row_texts(_cleaned(rows), len(header))
            )
        else:
            header = ()
            yield _block(group, vocabulary, level)
        done += len(group)
    yield from (_block(note.lines, vocabulary) for note in waiting)


def _header(table: Line, before: Rows) -> Rows:
    """Return the header of a table: its own, or that of the one before it that goes on in it."""
    own = header_rows(table.rows) if table.headers is None else table.headers
    goes_on = bool(before) and len(before[0]) == len(table.rows[0])
    return table.rows[:own] if own or not goes_on else before


def _cleaned(rows: Rows) -> Rows:
    """Return the rows without what letters without a name are written as."""
    return tuple(tuple(" ".join(clean(cell).split()) for cell in row) for row in rows)


def _block(group: Group, vocabulary: WordCounts, level: int | None = None) -> TextBlock:
    text = ""
    pages: list[tuple[int, int]] = []
    for number, line in enumerate(group):
        added = (without_bullet(line.text) if number == 0 else line.text).strip()
        text = join(text, added, vocabulary)
        if not pages or pages[-1][1] != line.page:
            pages.append((len(clean(text)) - len(clean(added)), line.page))
    return TextBlock(clean(text), level, tuple(pages))
