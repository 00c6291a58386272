"""What needs no label: whether quotes are what the text says, and what became of a language model's draft.

Whether what is shown of it is true is not judged here: the check that let it through cannot be its own judge.
Facts, polarity and citations are scored as for any answer, and readers grade (`python -m evals readers`).
"""

from collections.abc import Mapping, Sequence

from assistant.types import Answer, Citation
from ingest.types import Section


def score_draft(answer: Answer) -> dict[str, float]:
    """Return the figures of an answer for which a model was asked; nothing for another one."""
    draft = answer.draft
    if draft is None:
        return {}
    scores = {
        "model_fallback": float(bool(draft.fallback)),
        "model_last_ms": answer.timings_ms["write"],
        "model_tokens": float(draft.tokens),
    }
    if draft.sentences:
        scores["model_dropped"] = draft.dropped / draft.sentences
    if "first_sentence" in answer.timings_ms:
        scores["model_first_ms"] = answer.timings_ms["first_sentence"]
    return scores


def citation_validity(citations: Sequence[Citation], sections: Mapping[str, Section]) -> float:
    """Return the share of the citations whose quote is, to the character, the stored text at its offsets."""
    return sum(_is_verbatim(citation, sections) for citation in citations) / len(citations)


def _is_verbatim(citation: Citation, sections: Mapping[str, Section]) -> bool:
    section = sections.get(citation.section_id)
    if section is None or not 0 <= citation.start < citation.end:
        return False
    return section.text[citation.start : citation.end] == citation.quote
