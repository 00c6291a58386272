"""Ja, nee or dat hangt ervan af: where what is shown settles a yes/no question, as the examples taught."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.question.missing import is_common, names_asked
from assistant.question.yes_no import asks_yes_no, claimed
from assistant.retrieval.query import Query
from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.learning.verdicts import SETTLES, Asked, YesNo, asked_of, chances, evidence, votes, yes_no
from ingest.text.mentions import mentions
from ingest.text.negation import is_negated
from ingest.text.numbers import numbers_in
from ingest.types import Verdict

SAME = 0.97  # From this cosine on an example asks the same.
# A verdict less likely than SETTLED is not given, or than LEANS where the nearest example that denies or not,
# as the question does, has it too and is so NEAR. Of 580 yes/no questions by fourteen writers 230 then get
# one, 225 of them rightly. 360 of them chose it.
SETTLED, LEANS, NEAR = 0.85, 0.8, 0.8
AGREES = 0.8  # What denies is turned around easily: an example that denies too agrees from this cosine on.
ELSEWHERE = 0.05  # An example of other sentences that is so much nearer tells that they should be shown.
SHORTEST_ROOT = 5  # Letters that two forms of a name share: `Zeist`, `Zeister`.
# What is taken for granted is denied from this cosine with an example, so much more than the question has,
# and from this probability on: none of 32 true premises in questions by other writers.
DENIED_ALIKE, DENIED_NEARER, DENIED = 0.9, 0.05, 0.6
DENIED_NUMBER = 0.95  # From this probability on where it has another number.
_CLAIM = re.compile(r"\b(klopt|waar|juist) (het )?dat\b|\b(is|klopt) (het|dat) (waar|juist)\b", re.IGNORECASE)
_VERDICTS: tuple[Verdict, ...] = ("ja", "nee", "hangt")


def verdict(index: Index, query: Query, answer: Sentence) -> Verdict | None:
    """Return the verdict on a yes/no question that the shown answer settles, or None.

    `Moet iedereen meedoen?` → `nee`, when `Vrijwillig. Meedoen kun je niet verplichten.` is shown.
    """
    if SETTLES not in index.networks or not asks_yes_no(query.text, index.practices):
        return None
    question = yes_no(claimed(query.text), query.vector)
    if question.negated and _CLAIM.search(query.text):  # `Klopt het dat X niet hoeft?`: ja, and nee.
        return None
    numbers = _shown(index, answer)
    if _names_another(index, query, answer) or _asked_elsewhere(index, query, numbers):
        return None
    near = _near(index, query, numbers)
    same = [one for one in near if one.question.negated == question.negated]
    nearest = max(same, key=lambda one: one.cosine, default=None)
    if nearest and nearest.cosine >= SAME:
        return nearest.verdict
    told = _chances(index, query.text, question, answer, numbers, near)
    best = max(_VERDICTS, key=lambda one: told.get(one, 0.0))
    alike = nearest.cosine if nearest and nearest.verdict == best else 0.0
    if question.negated and alike < AGREES:
        return None
    return best if told.get(best, 0.0) >= (LEANS if alike >= NEAR else SETTLED) else None


def denial(index: Index, asked: Query, claim: Query) -> Sentence | None:
    """Return the sentence that denies what a question takes for granted, or None where none surely does.

    `claim` is that as a yes/no question. The example nearest to it is answered by nee, lies nearer to it than
    any other example to the question as asked, and its text has the names and numbers; what is learnt agrees.
    """
    rows = np.flatnonzero([one.verdict is not None for one in index.variants])
    if SETTLES not in index.networks or not len(rows):
        return None
    others = np.delete(asked.variants, rows)
    best = int(rows[claim.variants[rows].argmax()])
    example = index.variants[best]
    least = max(DENIED_ALIKE, float(others.max(initial=0.0)) + DENIED_NEARER)
    alike = float(claim.variants[best]) >= least and is_negated(example.text) == claim.negated
    if example.verdict != "nee" or not alike or _names(claim.text) - _names(example.text):
        return None
    number = np.asarray([index.variant_sentences[best]], dtype=np.int64)
    answer = rank_sentences(index, claim, number)[0]
    numbers = _shown(index, answer)
    question = yes_no(claim.text, claim.vector)
    told = _chances(index, claim.text, question, answer, numbers, _near(index, claim, numbers))
    named = mentions(example.text, index.practices, ()).practices
    if set(claim.mentions.practices) - {*named, answer.section.practice}:
        return None
    same = numbers_in(claim.text) <= numbers_in(example.text)
    return answer if told.get("nee", 0.0) >= (DENIED if same else DENIED_NUMBER) else None


def _near(index: Index, query: Query, numbers: NDArray[np.int64]) -> list[Asked]:
    """Return the yes/no questions that were asked of the sentences with these numbers."""
    rows = np.flatnonzero(np.isin(index.variant_sentences, numbers)).tolist()
    return asked_of(index.variants, index.variant_vectors, query.vector, rows)


def _chances(
    index: Index,
    text: str,
    question: YesNo,
    answer: Sentence,
    numbers: NDArray[np.int64],
    near: Sequence[Asked],
) -> Mapping[str, float]:
    """Return how likely each verdict is on a question that an answer, the sentences `numbers`, settles."""
    vectors = index.sentence_vectors[numbers]
    said = vectors[int((vectors @ question.vector).argmax())]
    told = evidence(text, question, answer.text, said, near)
    return chances(index.networks, told, votes(index.networks, question, near))


def _asked_elsewhere(index: Index, query: Query, numbers: NDArray[np.int64]) -> bool:
    """Return whether an example of other sentences is much nearer than all of the sentences `numbers`."""
    own = np.isin(index.variant_sentences, numbers)
    nearest = [float(query.variants[rows].max(initial=0.0)) for rows in (own, ~own)]
    return nearest[0] < nearest[1] - ELSEWHERE


def _names(text: str) -> set[str]:
    """Return how the names in a text begin."""
    names = (token for name in names_asked(text) for token in name.split())
    return {name[:SHORTEST_ROOT].lower() for name in names if not name.isdigit()}


def _shown(index: Index, answer: Sentence) -> NDArray[np.int64]:
    """Return the numbers of the sentences that are shown."""
    numbers = sentences_of(index, [answer.section.section_id])
    shown = [index.sentence_spans[number].overlaps(answer.span) for number in numbers]
    found: NDArray[np.int64] = numbers[np.asarray(shown, dtype=np.bool_)]
    return found


def _names_another(index: Index, query: Query, answer: Sentence) -> bool:
    """Return whether a question is about a name that the answer does not hold, other than a practice's.

    A name that much of the text has, as that of its publisher, tells no answers apart.
    """
    said = f"{answer.section.title} {answer.text}".lower()
    names = [name for name in names_asked(query.text) if not mentions(name, index.practices, ()).practices]
    missing = [name for name in names if name[:SHORTEST_ROOT].lower() not in said]
    return not all(is_common(index, name) for name in missing)
