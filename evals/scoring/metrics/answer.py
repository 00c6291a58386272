"""What an answer says: the asked facts, its citations, and how readable it is."""

import re
from collections.abc import Mapping, Sequence

from wordfreq import zipf_frequency

from assistant.types import Answer, Citation
from ingest.text.sentences import sentences
from ingest.text.tokens import folded
from ingest.types import Section

COMMON_ZIPF = 3.5  # A word that occurs at least about 3 times in a million words (van Heuven et al., 2014).
_MARKER = re.compile(r"\s*\[\d+\]")
_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def fact_groups_found(answer: Answer, groups: Sequence[Sequence[str]]) -> float:
    """Return the share of the groups of which one alternative stands in the answer's text or quotes.

    Case, accents and the kind of dash do not count; a number matches a whole number: '6' is not in '2016'.
    """
    said = _plain(" ".join([plain_text(answer), *(citation.quote for citation in answer.citations)]))
    found = [any(_stands_in(_plain(alternative), said) for alternative in group) for group in groups]
    return sum(found) / len(found)


def citation_validity(citations: Sequence[Citation], sections: Mapping[str, Section]) -> float:
    """Return the share of the citations whose quote is, to the character, the stored text at its offsets."""
    return sum(_is_verbatim(citation, sections) for citation in citations) / len(citations)


def citation_precision(citations: Sequence[Citation], prefixes: Sequence[str]) -> float:
    """Return the share of the citations that stand in a section that answers the question."""
    right = [citation for citation in citations if citation.section_id.startswith(tuple(prefixes))]
    return len(right) / len(citations)


def readability(answer: Answer) -> dict[str, float]:
    """Return words a sentence, the share of common words, and words in all: a proxy for ease of reading."""
    text = plain_text(answer)
    words = _WORD.findall(text)
    common = [word for word in words if zipf_frequency(word, "nl") >= COMMON_ZIPF]
    return {
        "sentence_words": len(words) / max(1, len(sentences(text))),
        "common_words": len(common) / max(1, len(words)),
        "answer_words": float(len(words)),
    }


def plain_text(answer: Answer) -> str:
    """Return the answer's text without the markers of its citations."""
    return _MARKER.sub("", answer.text)


def _is_verbatim(citation: Citation, sections: Mapping[str, Section]) -> bool:
    section = sections.get(citation.section_id)
    if section is None or not 0 <= citation.start < citation.end:
        return False
    return section.text[citation.start : citation.end] == citation.quote


def _plain(text: str) -> str:
    return " ".join(folded(text.translate(_SAME)).split())


def _stands_in(wanted: str, said: str) -> bool:
    before = r"(?<!\d)" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return bool(wanted) and re.search(f"{before}{re.escape(wanted)}{after}", said) is not None
