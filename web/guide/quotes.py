"""The quotes that the end of a guided conversation rests on, numbered in order of first use."""

from assistant.types import Citation
from web.shown.view import ShownIndex, ShownSource, source_of


class CitedPassages:
    """Numbers quotes; one that is not in its section, to the letter, gets no number."""

    def __init__(self, index: ShownIndex) -> None:
        """Keep the index that quotes are looked up in."""
        self._index = index
        self._cited: dict[tuple[str, str], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return where each quote is, by number."""
        return tuple(self._cited.values())

    def cite(self, section_id: str, quote: str) -> int | None:
        """Return the number of a quote, or None when its section does not hold it."""
        section = self._index.sections.get(section_id)
        start = section.text.find(quote) if section and quote else -1
        if section is None or start < 0:
            return None
        citation = Citation(
            n=len(self._cited) + 1,
            quote=quote,
            section_id=section_id,
            chunk_id="",
            start=start,
            end=start + len(quote),
            title=section.title,
            practice=section.practice,
            source=section.source,
            page=section.page_at(start),
            url=section.address_at(start),
        )
        return self._cited.setdefault((section_id, quote), citation).n

    def shown(self) -> tuple[ShownSource, ...]:
        """Return each cited section, cut at its quote."""
        return tuple(source_of(citation, self._index) for citation in self.citations)
