"""Where a section comes from, as people say it: by publisher and year, never by file name."""

import re
from collections.abc import Sequence

from ingest.types import Section
from web import texts

MOST_NAMED = 2
_REFERENCE = re.compile(r"(?P<who>.+?) \((?P<year>[^)]*\d{4}[^)]*)\)")


def origin(references: Sequence[str]) -> str:
    """Return who published what a section rests on, and when.

    `('Movisie (2018). Lerende praktijken',)` → 'Movisie, 2018'; of several the first two, and how many more.
    """
    named = list(dict.fromkeys(name for reference in references if (name := _name(reference))))
    more = len(named) - MOST_NAMED
    said = "; ".join(named[:MOST_NAMED])
    return texts.MORE_SOURCES.format(named=said, more=more) if more > 0 else said


def _name(reference: str) -> str:
    """Return the publisher, or of authors the first: `'Rensen, Keuzenkamp & Van Pelt / Movisie (2018)'`."""
    found = _REFERENCE.match(reference)
    if found is None:
        return ""
    authors, _slash, publisher = found["who"].rpartition(" / ")
    who = publisher if authors else found["who"]
    return f"{who}, {found['year']}"


def page_shown(page: int | None, section: Section | None) -> str | None:
    """Return the number that is printed on a page, with its place in the file where the two differ."""
    label = dict(section.labels).get(page) if section and page else None
    if page is None or label is None:
        return None if page is None else str(page)
    return texts.PRINTED_PAGE.format(label=label, page=page)


def web_address(url: str | None) -> str | None:
    """Return the address of a document, or None when there is none that a browser may open."""
    return url if url is not None and url.startswith(("https://", "http://")) else None
