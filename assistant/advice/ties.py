"""When two practices are about as defensible: which comes second, and whether something is asked back."""

import math
from collections.abc import Sequence

from assistant.advice.question_back import QuestionBack, choice_between, question_back
from assistant.advice.ranking import Ranking, ranked
from assistant.advice.reading import Features
from assistant.retrieval.decision import Decision
from ingest.index.open import Index
from ingest.types import Criterion, Term

# Whether two practices are about as defensible: `python -m evals fit`. Something is asked back on one in ten
# of the clear dev cases, and on two in three of those that two practices fit.
TIED = Decision(
    -0.04, {"ratio": 0.37, "first": -0.34, "second": 1.81, "strongest": 0.48, "length": -1.18}, 0.48
)
# From here on, where a visitor names just these two: 10 of 11 that fit both are asked back then, and 3 of 13
# that fit one of them.
DOUBTED = 0.25
LONG = 30.0  # Words that count as a length of one.
LEAST_SHARE = 1e-4  # Added to the share of the second, so that one of nothing has a logarithm.
BARE_RATIO = 0.03  # Where nothing that was said speaks for the first, a second of so much is asked about.
MOST_QUESTIONS = 2  # After so many answers to questions back there is advice, however unsure.
# A feature this likely that speaks so much for another practice, and not for the first, makes that one the
# second, at this share of the first.
TORN, TORN_WEIGHT, TORN_SHARE = 0.15, 2.0, 0.06
PICKED_WEIGHT = 3.0  # How much likelier than any other a practice is that a visitor chose between two.
NAMED_WEIGHT = 4.0  # How much likelier each of two practices becomes between which a visitor asks to choose.


def evidence_for_tie(
    ranking: Ranking, reading: Features, criteria: Sequence[Criterion], told: str
) -> dict[str, float]:
    """Return what tells whether two practices are about as defensible, by name.

    That is the ratio of their shares, how much was said that speaks for the practice with most of it and for
    the one after it, the strongest sign, and how long all that was told is.
    """
    (_, best), (_, second) = ranking[:2]
    spoken = sorted(
        sum(max(one.weights.get(practice, 0.0), 0.0) * reading.stated[one.id] for one in criteria)
        for practice, _ in ranking
    )
    signs = (*reading.signs, *reading.guesses)
    return {
        "ratio": math.log((second + LEAST_SHARE) / best),
        "first": spoken[-1],
        "second": spoken[-2],
        "strongest": max(
            (max(sign.weight(p), 0.0) * sign.alone for sign in signs for p, _ in ranking), default=0.0
        ),
        "length": len(told.split()) / LONG,
    }


def of_two_named(ranking: Ranking, named: Sequence[str]) -> Ranking:
    """Return the ranking with the shares of two practices raised when a visitor names just these."""
    if len(set(named)) != 2:
        return ranking
    shares = {p: share * (NAMED_WEIGHT if p in named else 1.0) for p, share in ranking}
    (first, _), (_, second), *_ = ranked(shares)
    if first in named:  # The other one named is what it is weighed against.
        shares |= {p: max(shares[p], second * sum(shares.values())) for p in named}
    return ranked(shares)


def of_picked(ranking: Ranking, practice: str | None) -> Ranking:
    """Return the ranking with a practice first that a visitor chose when asked to, if any."""
    shares = dict(ranking)
    if practice is None or practice == ranking[0][0]:
        return ranking
    return ranked(shares | {practice: PICKED_WEIGHT * ranking[0][1]})


def torn(ranking: Ranking, reading: Features, criteria: Sequence[Criterion]) -> Ranking:
    """Return the ranking with a practice that the visitor's own words speak for beside the first."""
    first, most = ranking[0]
    shares = dict(ranking)
    for criterion in criteria:
        if reading.stated[criterion.id] >= TORN and criterion.weights.get(first, 0.0) <= 0:
            for practice in shares:
                if criterion.weights.get(practice, 0.0) >= TORN_WEIGHT:
                    shares[practice] = max(shares[practice], TORN_SHARE * most)
    return ranked(shares)


def asked_back(
    index: Index, ranking: Ranking, reading: Features, told: str, term: Term | None, *, between: bool
) -> QuestionBack | None:
    """Return what to ask back when two practices are close, or nothing.

    `between` tells that a visitor doubts between just these two: then it need be less likely that both fit.
    """
    if sum(sign.chosen for sign in reading.signs) >= MOST_QUESTIONS:
        return None
    (first, share), (second, other) = ranking[:2]
    bare = not any(sign.weight(first) > 0 for sign in reading.signs)
    likely = TIED.probability(evidence_for_tie(ranking, reading, index.criteria, told))
    doubts = between and likely >= DOUBTED
    settled = term is not None and not term.question and first in term.practices
    open_term = term is not None and bool(term.question)
    little = bare and not settled and (open_term or other >= BARE_RATIO * share)
    tied = likely >= TIED.threshold
    if not (doubts or little or tied):
        return None
    level = ((first, 0.5), (second, 0.5))  # Only these two are in question.
    only_two = doubts or (tied and not bare)
    choice = choice_between(index, first, second) if only_two else None
    return choice or question_back(index, level if only_two else ranking, reading, term if bare else None)
