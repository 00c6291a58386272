"""Whether quotes are what the text says."""

from collections.abc import Mapping, Sequence

from assistant.types import Citation
from ingest.types import Section


def citation_validity(citations: Sequence[Citation], sections: Mapping[str, Section]) -> float:
    """Return the share of the citations whose quote is, to the character, the stored text at its offsets."""
    return sum(_is_verbatim(citation, sections) for citation in citations) / len(citations)


def _is_verbatim(citation: Citation, sections: Mapping[str, Section]) -> bool:
    section = sections.get(citation.section_id)
    if section is None or not 0 <= citation.start < citation.end:
        return False
    return section.text[citation.start : citation.end] == citation.quote
