"""Verified citations: a claim is shown only when its quote is in the stored section, to the letter."""

from collections.abc import Mapping, Sequence

from assistant.types import Citation, Claim, Sentence
from ingest.types import Section


def verified(claims: Sequence[Claim], sections: Mapping[str, Section]) -> list[Claim]:
    """Return the claims whose evidence is in the stored section; words of ours need none."""
    return [claim for claim in claims if claim.evidence is None or is_verbatim(claim.evidence, sections)]


def is_verbatim(evidence: Sentence, sections: Mapping[str, Section]) -> bool:
    """Return whether `section.text[start:end]` of the stored section is the quote, and a quote at all."""
    stored = sections.get(evidence.section.section_id)
    span = evidence.span
    if stored is None or not 0 <= span.start < span.end <= len(stored.text):
        return False
    return stored.text[span.start : span.end] == evidence.text


def cite(claims: Sequence[Claim]) -> dict[tuple[str, int, int], Citation]:
    """Return the citations of claims by place, numbered in order of first use; one quote has one number."""
    cited: dict[tuple[str, int, int], Citation] = {}
    for claim in claims:
        if claim.evidence is not None:
            cited.setdefault(place(claim.evidence), _citation(len(cited) + 1, claim.evidence))
    return cited


def place(evidence: Sentence) -> tuple[str, int, int]:
    """Return where a quote is."""
    return evidence.section.section_id, evidence.span.start, evidence.span.end


def _citation(n: int, evidence: Sentence) -> Citation:
    section = evidence.section
    return Citation(
        n=n,
        quote=evidence.text,
        section_id=section.section_id,
        chunk_id=evidence.chunk_id,
        start=evidence.span.start,
        end=evidence.span.end,
        title=section.title,
        practice=section.practice,
        source=section.source,
        page=section.page_at(evidence.span.start),
        url=section.address_at(evidence.span.start),
    )
