"""What became of a language model's draft.

Whether what is shown of it is true is not judged here: the check that let it through cannot be its own judge.
Facts, polarity and citations are scored as for any answer, and readers grade (`python -m evals readers`).
"""

import re

from assistant.types import Answer

_CITED = re.compile(r"([^\[\]\n]+?) \[(\d+)\]")


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
    if not draft.fallback:
        scores["model_copied"] = copied(answer)
    if "first_sentence" in answer.timings_ms:
        scores["model_first_ms"] = answer.timings_ms["first_sentence"]
    return scores


def copied(answer: Answer) -> float:
    """Return the share of the sentences before a marker that are in their quote, word for word."""
    quotes = {citation.n: _folded(citation.quote) for citation in answer.citations}
    pairs = [(_folded(match[1]), quotes[int(match[2])]) for match in _CITED.finditer(answer.text)]
    return sum(sentence in quote for sentence, quote in pairs) / len(pairs) if pairs else 0.0


def _folded(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")
