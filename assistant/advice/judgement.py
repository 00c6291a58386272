"""MAIN PATH of advice: what a visitor told → which practice fits, how sure that is, why, and what to ask.

1. read    what the turns say of each criterion
2. rank    the learnt ranking joined with those features
3. ground  each feature with the passage that states what it says of a practice
4. ask     the one criterion that would decide, when two practices are close
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.advice.grounds import Grounded, Grounds
from assistant.advice.intent import term_of
from assistant.advice.question_back import QuestionBack, picked
from assistant.advice.ranking import Ranking, after, best_question, expected, rank_practices, ranked
from assistant.advice.reading import Features, Sign, read, sides
from assistant.advice.reasons import (
    counter_sign,
    passed_over,
    reasons_for,
    runner_up,
    speaks_for,
    with_reason,
)
from assistant.advice.ties import asked_back, of_picked, of_two_named, torn
from assistant.retrieval.query import Query
from assistant.texts import LEAST_SECOND
from assistant.types import Option
from ingest.index.open import Index
from ingest.types import Term

REASONS = 2
# From this probability on a criterion decides with which no practice fits, or one does not; with which none
# fits, where a sign from CERTAIN_SIGN on speaks for one, only from KNOCKED_SURE on.
KNOCKED_OUT, KNOCKED_SURE, CERTAIN_SIGN = 0.65, 0.85, 0.9
RULED_OUT = 0.001  # What is left of the share of a practice that is ruled out.
TERM_WEIGHT = 20.0  # How much likelier a practice becomes that a policy term points to, as for a choice.


@dataclass(frozen=True, slots=True)
class Judgement:
    """A probability for each practice, best first, what the visitor said that tells, and what would decide.

    `reasons` are those for the first two; `counter` speaks against the first. `none_fits` tells why no
    practice fits, or not the one that the visitor named. `change` is the condition under which another
    practice comes first, and which. `passed` is why a practice that the visitor named is not the first, and
    which one that is. `changed` tells whether the last turn changed the advice, where that was asked.
    """

    ranking: Ranking
    reading: Features
    reasons: Mapping[str, tuple[Grounded, ...]]
    counter: Grounded | None = None
    none_fits: Grounded | None = None
    change: tuple[str, str] | None = None
    term: Term | None = None
    named: tuple[str, ...] = ()
    passed: tuple[Grounded, str] | None = None
    asked: QuestionBack | None = None
    changed: bool | None = None

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


def changes(before: Judgement, after: Judgement) -> bool | None:
    """Return whether an advice differs from the one before; None where either is not settled."""
    if before.close or after.close:
        return None
    return (before.first, before.none_fits is None) != (after.first, after.none_fits is None)


def judge(
    index: Index,
    grounds: Grounds,
    query: Query,
    turns: Sequence[str],
    named: Sequence[str] = (),
    *,
    asks: bool = True,
) -> Judgement:
    """Judge a situation told in turns, oldest first; `query` is all that was told, as one text.

    `named` are the practices that the visitor thinks of. Without `asks` a text without criteria
    asks nothing back: its one question has been answered.
    """
    told = read(index, turns, expected(index, query))
    term = term_of(index, _last_told(index, turns))
    knocked = _knocked_out(told)
    ranking = _without(rank_practices(index, query, told, _latest(index, turns)), knocked)
    weighed = _term_first(ranking, term, told)
    settled = picked(index, turns)
    ranking = of_picked(of_two_named(torn(weighed, told, index.criteria), named), settled)
    reading = with_reason(grounds, told, ranking[0][0])
    none_fits = _none_fits(knocked, told, grounds, ranking[0][0], named)
    between = len(set(named)) == 2 and {practice for practice, _ in ranking[:2]} == set(named)
    asks_back = none_fits is None and settled is None and (asks or bool(index.criteria))
    asked = asked_back(index, ranking, reading, query.text, term, between=between) if asks_back else None
    first, second = ranking[0][0], ranking[1][0]
    usual = reasons_for(grounds, query, reading, first, second if asked else None)[:REASONS]
    reasons = tuple(grounds.closest(one, first, query) for one in usual)
    return Judgement(
        ranking=ranking,
        reading=reading,
        reasons={
            first: reasons,
            second: runner_up(grounds, query, reading, ranking, reasons[:1] if asked else reasons, asked),
        },
        counter=counter_sign(reading, grounds, first),
        none_fits=none_fits,
        change=_change(index, of_two_named(weighed, named), reading),
        term=term,
        named=tuple(named),
        passed=passed_over(grounds, reading, knocked, ranking, named),
        asked=asked,
    )


def _last_told(index: Index, turns: Sequence[str]) -> Sequence[str]:
    """Return the last turn that is no answer to a question back, with the answers after it."""
    answers = sides(index)
    last = max((place for place, turn in enumerate(turns) if turn.strip() not in answers), default=0)
    return turns[last:]


def _latest(index: Index, turns: Sequence[str]) -> Features | None:
    """Return what the last of several turns says by itself, unless it chose an answer."""
    if len(turns) < 2 or turns[-1].strip() in sides(index):
        return None
    return read(index, turns[-1:])


def _term_first(ranking: Ranking, term: Term | None, told: Features) -> Ranking:
    """Return the ranking with the shares of a policy term's practices raised by TERM_WEIGHT.

    They are as likely as each other where the term leaves that open and nothing else was told.
    """
    if term is None:
        return ranking
    shares = dict(ranking)
    if term.question and term.practices and not told.signs:
        level = sum(shares[one] for one in term.practices) / len(term.practices)
        shares |= dict.fromkeys(term.practices, level)
    return ranked({p: share * (TERM_WEIGHT if p in term.practices else 1.0) for p, share in shares.items()})


def _knocked_out(reading: Features) -> list[Sign]:
    """Return the signs with which no practice fits, and then those that rule one out."""
    speaks = any(sign.criterion.weights and sign.probability >= CERTAIN_SIGN for sign in reading.signs)
    signs = [
        sign
        for sign in (*reading.signs, *reading.guesses)
        if sign.criterion.none_fits
        and sign.value == "yes"
        and sign.probability >= (KNOCKED_SURE if speaks and not sign.criterion.rules_out else KNOCKED_OUT)
    ]
    return sorted(signs, key=lambda sign: bool(sign.criterion.rules_out))


def _without(ranking: Ranking, knocked: Sequence[Sign]) -> Ranking:
    """Return the ranking with little left of the practices that are ruled out."""
    out = {sign.criterion.rules_out for sign in knocked}
    return ranked({practice: share * (RULED_OUT if practice in out else 1.0) for practice, share in ranking})


def _none_fits(
    knocked: Sequence[Sign], told: Features, grounds: Grounds, first: str, named: Sequence[str]
) -> Grounded | None:
    """Return why no practice fits; or why that does not which was named, or for which all speaks."""
    other = speaks_for(grounds, told, first)
    for sign in knocked:
        out = sign.criterion.rules_out
        if not out or (not other and (out in named or speaks_for(grounds, told, out))):
            found = grounds.of(sign, out or None)
            if found:
                return found
    return None


def _change(index: Index, ranking: Ranking, reading: Features) -> tuple[str, str] | None:
    """Return the condition under which the second would come first, when that is near, and the second.

    It is one that many situations are about.
    """
    second, share = ranking[1]
    open_ = [
        criterion
        for criterion in index.criteria
        if criterion.opening
        and criterion.weights.get(second, 0.0) > 0
        and not reading.answered(criterion.id)
        and after(ranking, criterion, True)[0][0] == second
    ]
    criterion = best_question(ranking, open_) if share >= LEAST_SECOND else None
    return (criterion.present.condition, second) if criterion else None
