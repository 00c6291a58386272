"""The types beside each other: one row for each section that compares, one cell for each type, cited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.text.mentions import mentions
from ingest.text.sentences import sentences
from ingest.types import Practice, Section
from web.shown.markers import Piece
from web.shown.origin import origin, page_shown, web_address
from web.shown.view import ShownIndex

ASPECT = "vergelijking"  # Sections about it compare all types on one criterion.
LEAST_TOLD = 0.5  # Of the types, for a section to be a criterion: one about two types out of five is none.


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A criterion: per type the numbers of the sentences about it, and their section, cut there."""

    criterion: str
    cells: tuple[tuple[int, ...], ...]
    title: str
    pieces: tuple[Piece, ...]
    origin: str
    page: str | None
    url: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The types as columns and the criteria as rows."""

    practices: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]


def comparison(index: ShownIndex) -> Comparison | None:
    """Return the types beside each other, or None when no section compares them."""
    comparing = [section for section in index.sections.values() if section.aspect == ASPECT]
    rows: list[ComparisonRow] = []
    for section in sorted(comparing, key=lambda one: one.order):
        row = _row(section, index, first=1 + sum(len(cell) for row in rows for cell in row.cells))
        if sum(map(bool, row.cells)) > len(row.cells) * LEAST_TOLD:
            rows.append(row)
    if not rows:
        return None
    ids, labels = (one.id for one in index.practices), (one.label for one in index.practices)
    return Comparison(tuple(ids), tuple(labels), tuple(rows))


def _row(section: Section, index: ShownIndex, first: int) -> ComparisonRow:
    """Return one criterion; its sentences are numbered in the order of the text."""
    pieces = tuple(_pieces(section.text, index.practices, first))
    references = tuple(index.references[code] for code in section.sources if code in index.references)
    about = {piece.cite: _only(piece.text, index.practices) for piece in pieces if piece.cite}
    return ComparisonRow(
        criterion=section.title.partition(" – ")[2] or section.title,
        cells=tuple(tuple(n for n, name in about.items() if name == one.id) for one in index.practices),
        title=section.title,
        pieces=pieces,
        origin=origin(references),
        page=page_shown(section.page, section),
        url=web_address(section.address_at(0)),
        references=references,
    )


def _pieces(text: str, practices: Sequence[Practice], first: int) -> Iterable[Piece]:
    """Cut a text; a sentence about one type alone gets a number, and the pieces together are the text."""
    end = 0
    number = first
    for span in sentences(text):
        if _only(text[span.start : span.end], practices) is not None:
            yield Piece(text[end : span.start])
            yield Piece(text[span.start : span.end], quote=True, cite=number)
            end, number = span.end, number + 1
    yield Piece(text[end:])


def _only(sentence: str, practices: Sequence[Practice]) -> str | None:
    """Return the type that a sentence is about, or None when it names none or several."""
    named = mentions(sentence, practices, ()).practices
    return named[0] if len(named) == 1 else None
