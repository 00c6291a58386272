"""Which asked facts a text holds: words of `facts`, regular expressions of `expect` and `forbid`."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.types import Answer
from evals.questions import ReferenceQuestion
from ingest.text.tokens import folded

_MARKER = re.compile(r"\s*\[\d+\]")
_BOLD = re.compile(r"\*\*")
_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})


def plain_text(answer: Answer) -> str:
    """Return the answer's text without the markers of its citations."""
    return _BOLD.sub("", _MARKER.sub("", answer.text))


def said(answer: Answer) -> str:
    """Return all that an answer says: its text and its quotes."""
    return " ".join([plain_text(answer), *(citation.quote for citation in answer.citations)])


def groups_found(question: ReferenceQuestion, text: str) -> list[bool]:
    """Return for each group of facts, then of expressions, whether one alternative is in the text.

    For words, case, accents and the kind of dash do not count; a number matches a whole number: '6' is not in
    '2016'. For expressions case and white space do not count.
    """
    words = _plain(text)
    facts = [any(_stands_in(_plain(word), words) for word in group) for group in question.facts]
    return facts + [matches(group, text) for group in question.expect]


def all_facts(question: ReferenceQuestion, text: str) -> bool:
    """Return whether a text holds every asked fact, and nothing that only a wrong answer holds."""
    return all(groups_found(question, text)) and not matches(question.forbid, text)


def facts_at(question: ReferenceQuestion, texts: Sequence[str], cutoffs: Sequence[int]) -> dict[str, float]:
    """Return for each cutoff whether every asked fact is in one of so many of the texts, best first."""
    found = [groups_found(question, text) for text in texts[: max(cutoffs)]]
    groups = range(len(question.facts) + len(question.expect))
    return {
        f"facts_at_{k}": float(all(any(one[group] for one in found[:k]) for group in groups)) for k in cutoffs
    }


def matches(patterns: Sequence[str], text: str) -> bool:
    """Return whether an expression is found in the text, with its dashes and quotes as they are or plain."""
    line = " ".join(text.split())
    forms = {line, line.translate(_SAME)}
    return any(re.search(pattern, form, re.IGNORECASE) for pattern in patterns for form in forms)


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    return " ".join(folded(text.translate(_SAME)).split())


def _stands_in(wanted: str, text: str) -> bool:
    before = r"(?<!\d)" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return bool(wanted) and re.search(f"{before}{re.escape(wanted)}{after}", text) is not None
