"""Ja, nee or dat hangt ervan af: where what is shown settles a yes/no question, as the examples taught."""

import numpy as np
from numpy.typing import NDArray

from assistant.question.missing import names_asked
from assistant.question.yes_no import asks_yes_no
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import sentences_of
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.learning.examples import VERDICT
from ingest.learning.verdicts import asked_of, evidence
from ingest.text.mentions import mentions
from ingest.types import Verdict

SAME = 0.97  # From this cosine on an example asks the same.
SETTLED = 0.95  # A verdict less likely than this is not given.
SHORTEST_ROOT = 5  # Letters that two forms of a name share: `Zeist`, `Zeister`.
_VERDICTS: tuple[Verdict, ...] = ("ja", "nee", "hangt")


def verdict(index: Index, query: Query, answer: Sentence) -> Verdict | None:
    """Return the verdict on a yes/no question that the shown answer settles, or None.

    `Moet iedereen meedoen?` → `nee`, when `Vrijwillig. Meedoen kun je niet verplichten.` is shown.
    """
    classifier = index.classifiers.get(VERDICT)
    if classifier is None or not asks_yes_no(query.text) or _names_another(index, query, answer):
        return None
    numbers = _shown(index, answer)
    vectors = index.sentence_vectors[numbers]
    said = vectors[int((vectors @ query.vector).argmax())]
    rows = np.flatnonzero(np.isin(index.variant_sentences, numbers)).tolist()
    near = asked_of(index.variants, index.variant_vectors, query.vector, rows)
    nearest = max(near, key=lambda one: one.cosine, default=None)
    if nearest and nearest.cosine >= SAME and nearest.negated == query.negated:
        return nearest.verdict
    told = evidence(query.text, query.vector, answer.text, said, near)
    chances = classifier.probabilities(query.text, told)
    best = max(_VERDICTS, key=lambda one: chances.get(one, 0.0))
    return best if chances.get(best, 0.0) >= SETTLED else None


def _shown(index: Index, answer: Sentence) -> NDArray[np.int64]:
    """Return the numbers of the sentences that are shown."""
    numbers = sentences_of(index, [answer.section.section_id])
    spans = (index.sentence_spans[number] for number in numbers)
    shown = [span.start < answer.span.end and answer.span.start < span.end for span in spans]
    found: NDArray[np.int64] = numbers[np.asarray(shown, dtype=np.bool_)]
    return found


def _names_another(index: Index, query: Query, answer: Sentence) -> bool:
    """Return whether a question is about a name that the answer does not hold, other than a practice's."""
    said = f"{answer.section.title} {answer.text}".lower()
    names = [name for name in names_asked(query.text) if not mentions(name, index.practices, ()).practices]
    return any(name[:SHORTEST_ROOT].lower() not in said for name in names)
