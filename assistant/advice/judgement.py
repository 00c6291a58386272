"""MAIN PATH of advice: what a visitor told → which practice fits, how sure that is, why, and what to ask.

1. read    what the turns say of each criterion
2. rank    the learnt ranking joined with those features
3. ground  each feature with the passage that states what it says of a practice
4. ask     the one criterion that would decide, when two practices are close
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.advice.grounds import Grounded, Grounds
from assistant.advice.intent import term_of
from assistant.advice.question_back import QuestionBack, question_back
from assistant.advice.ranking import Ranking, after, best_question, rank_practices
from assistant.advice.reading import Features, Sign, read, sides
from assistant.retrieval.query import Query
from assistant.texts import LEAST_SECOND
from assistant.types import Option
from ingest.index.open import Index
from ingest.text.tokens import words
from ingest.types import Criterion, Term

REASONS = 2
KNOCKED_OUT = 0.5  # From this probability on a criterion with which no practice fits decides.
# Two are close from this share of the best probability on; without a feature that speaks for the best, from
# a smaller one: on three writers left out that asks back on about one in eleven of the clear cases.
CLOSE_RATIO, CLOSE_RATIO_BARE = 0.27, 0.15
MOST_QUESTIONS = 2  # After so many answers to questions back there is advice, however unsure.
# A feature this likely that speaks so much for another practice, and not for the first, makes that one the
# second, at this share of the first. Of 59 dev questions that two practices fit, 0.88 then name both or ask
# back (0.81 without); of 227 clear ones as many as before are asked back.
TORN, TORN_WEIGHT, TORN_SHARE = 0.2, 2.0, 0.06
SHARED_WORDS = 0.5  # Two reasons of which the shorter shares more of its words with the other say the same.
# What speaks against the first, or for a second, is right nine times in ten from this probability on.
SURE_SIGN = 0.75
LEAST_COUNTER = -1.0  # A sign speaks against a practice from this weight on.

TERM_WEIGHT = 20.0  # How much likelier a practice becomes that a policy term points to, as for a choice.


@dataclass(frozen=True, slots=True)
class Judgement:
    """A probability for each practice, best first, what the visitor said that tells, and what would decide.

    `reasons` are those for the first two; `counter` speaks against the first. `none_fits` tells why no
    practice fits. `change` is the condition under which another practice comes first, and which.
    """

    ranking: Ranking
    reading: Features
    reasons: Mapping[str, tuple[Grounded, ...]]
    counter: Grounded | None = None
    none_fits: Grounded | None = None
    change: tuple[str, str] | None = None
    term: Term | None = None
    named: tuple[str, ...] = ()
    asked: QuestionBack | None = None

    @property
    def first(self) -> str:
        """Return the practice that fits best."""
        return self.ranking[0][0]

    @property
    def second(self) -> str:
        """Return the runner-up."""
        return self.ranking[1][0]

    @property
    def close(self) -> bool:
        """Return whether something is asked back."""
        return self.asked is not None

    @property
    def question(self) -> str:
        """Return what is asked back, or nothing."""
        return self.asked.text if self.asked else ""

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the answers to what is asked back."""
        return self.asked.options if self.asked else ()


def judge(
    index: Index, grounds: Grounds, query: Query, turns: Sequence[str], *, asks: bool = True
) -> Judgement:
    """Judge a situation told in turns, oldest first; `query` is all that was told, as one text.

    Without `asks` a text without criteria asks nothing back: its one question has been answered.
    """
    told = read(index, turns, dict(rank_practices(index, query)))
    term = term_of(index, turns)
    ranked = rank_practices(index, query, told, _latest(index, turns))
    weighed = _term_first(ranked, term)
    ranking = _torn(weighed, told, index.criteria)
    reading = _with_reason(grounds, told, ranking[0][0])
    none_fits = _none_fits(reading, grounds)
    asked = None if none_fits or not (asks or index.criteria) else _asked(index, ranking, reading, term)
    first, second = ranking[0][0], ranking[1][0]
    return Judgement(
        ranking=ranking,
        reading=reading,
        reasons={first: _reasons(grounds, query, reading, first)[:REASONS]}
        | {second: _runner_up(grounds, query, reading, ranking, asked)},
        counter=_counter(reading, grounds, first),
        none_fits=none_fits,
        change=_change(index, weighed, reading),
        term=term,
        named=query.mentions.practices,
        asked=asked,
    )


def _with_reason(grounds: Grounds, reading: Features, practice: str) -> Features:
    """Return what was read with the surest guess that speaks for a practice, where no sign does."""
    if _speaking(grounds, reading.signs, practice):
        return reading
    guessed = _speaking(grounds, reading.guesses, practice)[:1]
    return replace(reading, signs=(*reading.signs, *(found.sign for found in guessed if found.sign)))


def _latest(index: Index, turns: Sequence[str]) -> Features | None:
    """Return what the last of several turns says by itself, unless it chose an answer."""
    if len(turns) < 2 or turns[-1].strip() in sides(index):
        return None
    return read(index, turns[-1:])


def _term_first(ranking: Ranking, term: Term | None) -> Ranking:
    """Return the ranking with the shares of a policy term's practices raised by TERM_WEIGHT."""
    if term is None:
        return ranking
    weights = {
        practice: share * (TERM_WEIGHT if practice in term.practices else 1.0) for practice, share in ranking
    }
    total = sum(weights.values())
    return tuple(sorted(((p, weight / total) for p, weight in weights.items()), key=lambda item: -item[1]))


def _torn(ranking: Ranking, reading: Features, criteria: Sequence[Criterion]) -> Ranking:
    """Return the ranking with a practice that the visitor's own words speak for beside the first."""
    first, most = ranking[0]
    shares = dict(ranking)
    for criterion in criteria:
        if reading.stated[criterion.id] >= TORN and criterion.weights.get(first, 0.0) <= 0:
            for practice in shares:
                if criterion.weights.get(practice, 0.0) >= TORN_WEIGHT:
                    shares[practice] = max(shares[practice], TORN_SHARE * most)
    total = sum(shares.values())
    return tuple(sorted(((p, share / total) for p, share in shares.items()), key=lambda item: -item[1]))


def _asked(index: Index, ranking: Ranking, reading: Features, term: Term | None) -> QuestionBack | None:
    """Return what to ask back when two practices are close, or nothing."""
    if sum(sign.chosen for sign in reading.signs) >= MOST_QUESTIONS:
        return None
    first, share = ranking[0]
    bare = not any(sign.weight(first) > 0 for sign in reading.signs)
    ratio = CLOSE_RATIO_BARE if bare else CLOSE_RATIO
    if ranking[1][1] < ratio * share and not (term and term.question and bare):
        return None
    return question_back(index, ranking, reading, term if bare else None)


def _none_fits(reading: Features, grounds: Grounds) -> Grounded | None:
    knocked = [
        sign
        for sign in (*reading.signs, *reading.guesses)
        if sign.criterion.none_fits and sign.value == "yes" and sign.probability >= KNOCKED_OUT
    ]
    return next((found for sign in knocked if (found := grounds.of(sign, None))), None)


def _reasons(grounds: Grounds, query: Query, reading: Features, practice: str) -> tuple[Grounded, ...]:
    """Return what the visitor said that speaks for a practice, strongest first; else a passage for it."""
    found = _in_other_words(_speaking(grounds, reading.signs, practice))
    return found or grounds.likeliest(reading.stated, practice) or grounds.nearest(query, practice)


def _in_other_words(found: Sequence[Grounded]) -> tuple[Grounded, ...]:
    """Return what rests on words of the visitor that no reason before it rests on."""
    kept: list[Grounded] = []
    for one in found:
        if not any(_share_words(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _share_words(one: Grounded, other: Grounded) -> bool:
    first, second = (set(words(g.sign.evidence)) if g.sign else set() for g in (one, other))
    return len(first & second) > SHARED_WORDS * min(len(first), len(second))


def _speaking(grounds: Grounds, signs: Sequence[Sign], practice: str) -> tuple[Grounded, ...]:
    speaking = [sign for sign in signs if sign.weight(practice) > 0]
    speaking.sort(key=lambda sign: -_force(sign, practice))
    return tuple(found for sign in speaking if (found := grounds.of(sign, practice)))


def _force(sign: Sign, practice: str) -> float:
    return sign.weight(practice) * sign.probability + float(sign.chosen)


def _runner_up(
    grounds: Grounds, query: Query, reading: Features, ranking: Ranking, asked: QuestionBack | None
) -> tuple[Grounded, ...]:
    """Return the one reason for the second: a feature of the visitor's, or any passage when it is asked."""
    second, share = ranking[1]
    if asked:
        return _reasons(grounds, query, reading, second)[:1]
    sure = [sign for sign in reading.signs if sign.probability >= SURE_SIGN]
    return _speaking(grounds, sure, second)[:1] if share >= LEAST_SECOND else ()


def _counter(reading: Features, grounds: Grounds, practice: str) -> Grounded | None:
    """Return what speaks most against a practice, when something does."""
    against = [
        sign
        for sign in reading.signs
        if sign.weight(practice) <= LEAST_COUNTER and sign.probability >= SURE_SIGN
    ]
    against.sort(key=lambda sign: sign.weight(practice) * sign.probability)
    return next((found for sign in against if (found := grounds.of(sign, practice))), None)


def _change(index: Index, ranking: Ranking, reading: Features) -> tuple[str, str] | None:
    """Return the condition under which another practice would come first, and which."""
    open_ = [one for one in index.criteria if not reading.answered(one.id)]
    changing = [one for one in open_ if _turns(ranking, one)]
    criterion = best_question(ranking, changing)
    if criterion is None:
        return None
    present = after(ranking, criterion, True)[0][0] != ranking[0][0]
    side = criterion.present if present else criterion.absent
    return side.condition, after(ranking, criterion, present)[0][0]


def _turns(ranking: Ranking, criterion: Criterion) -> bool:
    """Return whether an answer to a criterion puts another practice first."""
    return any(after(ranking, criterion, present)[0][0] != ranking[0][0] for present in (True, False))
