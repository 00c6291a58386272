"""Does a passage support a sentence? Decided in code: what the passage lacks may not be said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.llm.grammar.counts import other_holder, other_number, other_order
from assistant.llm.grammar.degree import new_comparison, opposite, other_focus, stronger, surer, swapped
from assistant.llm.grammar.missing import (
    Text,
    added_cause,
    other_actor,
    other_name,
    other_practice,
    unknown_words,
)
from assistant.llm.grammar.reversal import other_negation, other_owner
from assistant.llm.grammar.roles import exchanged
from assistant.llm.grammar.sentence import content, read
from ingest.types import Practice

# Chosen on the calibration part of evals/compare/support.jsonl, where they reject all wrong sentences and
# keep 85% of the paraphrases (`python -m evals support`). The cosine is a floor only, below every paraphrase
# there: it tells another subject, not another meaning. A regression on cosines of words, in context and
# alone, ranked the sentences of one writer well and those of another worse than chance; the words decide.
LEAST_SHARE = 1.0
LEAST_COSINE = 0.64
LEAST_WORDS = 2  # A sentence that shares fewer content words with the passage says too little of it.

VETOES: dict[str, Callable[[Text, Text, Text], bool]] = {
    "number": other_number,
    "name": other_name,
    "practice": other_practice,
    "cause": added_cause,
    "strength": stronger,
    "opposite": opposite,
    "negation": other_negation,
    "owner": other_owner,
    "swapped": swapped,
    "exchanged": exchanged,
    "surer": surer,
    "focus": other_focus,
    "comparison": new_comparison,
    "order": other_order,
    "actor": other_actor,
    "holder": other_holder,
}


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a supported sentence from another one.

    `share` of its content words that the passage has too, the `cosine` of the two, and `veto`: the first
    thing that it says and the passage does not, or nothing.
    """

    share: float
    cosine: float
    veto: str = ""


def supports(found: Signals) -> bool:
    """Return whether the passage supports the sentence."""
    return not found.veto and found.share >= LEAST_SHARE and found.cosine >= LEAST_COSINE


def signals(
    sentence: str, passage: str, title: str, cosine: float, practices: Sequence[Practice] = ()
) -> Signals:
    """Compare a sentence with one sentence of a passage, under the title of its section."""
    said, source, context = (read(text, practices) for text in (sentence, passage, title))
    own = {word.stem for word in content(said)}
    unknown = unknown_words(said, source, context)
    share = 1 - len(unknown) / max(1, len(own))
    little = "little" if len(own) - len(unknown) < LEAST_WORDS else ""
    veto = next((name for name, lacks in VETOES.items() if lacks(said, source, context)), little)
    return Signals(share, cosine, veto)
