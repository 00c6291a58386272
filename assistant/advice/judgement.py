"""Which practice fits, how sure that is, why, and when to ask back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant import texts
from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.retrieval.retriever import Query
from assistant.types import Option, Sentence
from ingest.index.open import Index
from ingest.learning.examples import ADVICE, ASKS_ADVICE, INTENT, argues_for

Arguments = Mapping[str, NDArray[np.int64]]

# From these probabilities on a question is taken as a request for advice. One that names a practice mostly
# asks about it; one with a cue of an aspect about choosing ('welk type') mostly asks for advice. On the dev
# questions this finds 99% of the requests and takes 2% of the others for one.
ASKS_THRESHOLD, ASKS_THRESHOLD_NAMED, ASKS_THRESHOLD_CUED = 0.3, 0.6, 0.1
# The runner-up is close from this share of the best probability on: on the dev questions that asks back on
# half of the ambiguous situations and on one in twenty-five of the clear ones.
CLOSE_RATIO = 0.15
CHOICE_WEIGHT = 20.0  # How much likelier a practice becomes when the visitor chose the option for it.
REASONS_BEST, REASONS_RUNNER_UP = 2, 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """A probability for each practice, best first; reasons for the first two, and what decides."""

    ranking: tuple[tuple[str, float], ...]
    reasons: Mapping[str, tuple[Sentence, ...]]
    close: bool
    question: str
    options: tuple[Option, ...]

    @property
    def first(self) -> str:
        """Return the practice that fits best."""
        return self.ranking[0][0]

    @property
    def second(self) -> str:
        """Return the runner-up."""
        return self.ranking[1][0]


def asks_advice(index: Index, query: Query) -> bool:
    """Return whether a question asks which practice fits, or describes a situation."""
    intent = index.classifiers.get(INTENT)
    if intent is None or len(index.practices) < 2:
        return False
    cued = any(index.aspects[aspect].advice == "about" for aspect in query.mentions.aspects)
    threshold = ASKS_THRESHOLD_CUED if cued else ASKS_THRESHOLD
    if query.mentions.practices:
        threshold = ASKS_THRESHOLD_NAMED
    return intent.probabilities(query.text, query.vector)[ASKS_ADVICE] >= threshold


def rank_practices(index: Index, query: Query, chosen: Sequence[str] = ()) -> tuple[tuple[str, float], ...]:
    """Return each practice with its probability, best first; a chosen option makes its practice likelier."""
    fitted = index.classifiers[ADVICE].probabilities(query.text, query.vector)
    weights = {
        practice.id: fitted.get(practice.id, 0.0) * CHOICE_WEIGHT ** chosen.count(practice.id)
        for practice in index.practices
    }
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return tuple((practice, weight / total) for practice, weight in ranked)


def judge(index: Index, arguing: Arguments, query: Query, chosen: Sequence[str] = ()) -> Judgement:
    """Rank the practices for a situation and find the sentences that argue for the first two."""
    ranking = rank_practices(index, query, chosen)
    (first, most), (second, next_most) = ranking[:2]
    question, options = _question_back(index, ranking)
    close = not chosen and next_most >= CLOSE_RATIO * most
    return Judgement(
        ranking=ranking,
        reasons={
            first: _reasons(index, query, arguing[first], REASONS_BEST),
            second: _reasons(index, query, arguing[second], REASONS_BEST if close else REASONS_RUNNER_UP),
        },
        close=close,
        question=question,
        options=options,
    )


def _question_back(index: Index, ranking: Sequence[tuple[str, float]]) -> tuple[str, tuple[Option, ...]]:
    """Return what to ask when the first two are close, with an answer for each."""
    first, second = ranking[0][0], ranking[1][0]
    choice = next((choice for choice in index.choices if set(choice.options) == {first, second}), None)
    if choice:
        return choice.question, tuple(
            Option(choice.options[practice], practice) for practice in (first, second)
        )
    descriptions = {practice.id: practice.description for practice in index.practices}
    return texts.GENERIC_CHOICE, tuple(
        Option(descriptions[practice], practice) for practice in (first, second)
    )


def arguments(index: Index) -> dict[str, NDArray[np.int64]]:
    """Return for each practice the numbers of the sentences that argue for it; made once for an index."""
    found: dict[str, list[int]] = {practice.id: [] for practice in index.practices}
    for section in index.sections.values():
        aspect = index.aspects.get(section.aspect or "")
        role = aspect.advice if aspect else None
        for number in sentences_of(index, [section.section_id]).tolist() if role else ():
            span = index.sentence_spans[number]
            practices = argues_for(section, section.text[span.start : span.end], role, index.practices)
            if practices and practices[0] in found:
                found[practices[0]].append(number)
    return {practice: np.asarray(numbers, dtype=np.int64) for practice, numbers in found.items()}


def _reasons(index: Index, query: Query, numbers: NDArray[np.int64], most: int) -> tuple[Sentence, ...]:
    """Return the sentences among these that lie nearest to the situation."""
    ranked = rank_sentences(index, query, numbers, {})
    return tuple(sorted(ranked, key=lambda sentence: -sentence.score)[:most])
