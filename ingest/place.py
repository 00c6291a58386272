"""Where in its document a place in a section stands: the page, and the address of that page."""

from bisect import bisect_right

from ingest.types import Section


def page_at(section: Section, offset: int) -> int | None:
    """Return the page on which the character at an offset stands, or None in a document without pages."""
    after = bisect_right(section.pages, offset, key=lambda start: start[0])
    return section.pages[after - 1][1] if after else section.page


def address_at(section: Section, offset: int) -> str | None:
    """Return the address of the document, at the page of the offset, or None when it has none."""
    page = page_at(section, offset)
    return f"{section.url}#page={page}" if section.url and page else section.url
