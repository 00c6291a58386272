"""What an answer shows whatever was asked: its citations, and how readable it is."""

import re
from collections.abc import Mapping, Sequence

from wordfreq import zipf_frequency

from assistant.types import Answer, Citation
from evals.scoring.metrics.facts import plain_text
from ingest.text.sentences import sentences
from ingest.types import Section

COMMON_ZIPF = 3.5  # A word that occurs at least about 3 times in a million words (van Heuven et al., 2014).
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def citation_validity(citations: Sequence[Citation], sections: Mapping[str, Section]) -> float:
    """Return the share of the citations whose quote is, to the character, the stored text at its offsets."""
    return sum(_is_verbatim(citation, sections) for citation in citations) / len(citations)


def citation_precision(citations: Sequence[Citation], prefixes: Sequence[str]) -> float:
    """Return the share of the citations that are in a section that answers the question."""
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


def _is_verbatim(citation: Citation, sections: Mapping[str, Section]) -> bool:
    section = sections.get(citation.section_id)
    if section is None or not 0 <= citation.start < citation.end:
        return False
    return section.text[citation.start : citation.end] == citation.quote
