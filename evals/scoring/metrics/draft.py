"""What became of a language model's draft, and whether what is shown of it rests on its quotes."""

import re
from collections.abc import Sequence

from assistant.llm.grammar.check import signals, supports
from assistant.types import Answer
from ingest.types import Practice

_CITED = re.compile(r"([^\[\]\n]+?) \[(\d+)\]")


def score_draft(answer: Answer, practices: Sequence[Practice] = ()) -> dict[str, float]:
    """Return the figures of an answer for which a model was asked; nothing for another one."""
    draft = answer.draft
    if draft is None:
        return {}
    shown = 0 if draft.fallback else draft.sentences - draft.dropped
    scores = {
        "model_fallback": float(bool(draft.fallback)),
        "model_drafted": float(draft.sentences),
        "model_shown": float(shown),
        "model_unsupported": float(len(unsupported(answer, practices))),
        "model_last_ms": answer.timings_ms["write"],
        "model_tokens": float(draft.tokens),
    }
    if draft.sentences:
        scores["model_dropped"] = draft.dropped / draft.sentences
    if "first_sentence" in answer.timings_ms:
        scores["model_first_ms"] = answer.timings_ms["first_sentence"]
    return scores


def unsupported(answer: Answer, practices: Sequence[Practice] = ()) -> list[str]:
    """Return the sentences that are before a marker and that the quote of that number does not support.

    Judged by words alone, apart from the writer: from the text and the quotes as they are shown.
    """
    cited = {citation.n: citation for citation in answer.citations}
    pairs = [(match[1].strip(), cited[int(match[2])]) for match in _CITED.finditer(answer.text)]
    return [
        sentence
        for sentence, citation in pairs
        if not sentence.endswith(citation.quote)
        and not supports(signals(sentence, citation.quote, citation.title, 1.0, practices))
    ]
