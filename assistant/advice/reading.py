"""What a visitor's turns say of each criterion, with the words that say so."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.advice.evidence import Turn, turn_of
from ingest.index.open import Index
from ingest.learning.examples import FEATURES
from ingest.text.clauses import clauses
from ingest.types import Criterion, Value

_VALUES: tuple[Value, ...] = ("yes", "no")

ANSWERED = 0.15  # From this probability on a criterion is not asked about.
DENIED = 0.5  # From this probability on a side takes the other back: who denies a thing uses its words too.
GUESSED = 0.3  # From this probability on a sign can be the reason for a practice that is told anyway.
FIRM = 0.999  # What a visitor chose is taken as said.
# Logistic regressions on the best clause and the whole text, and for what is shown also on how much the
# criterion speaks for the practices that the learnt ranking expects (`python -m evals reading`). On eight
# writers left out 0.71 of the features are found at a precision of 0.90; 0.54 by the mean of both.
CLAUSE, WHOLE, BASE = 0.54, 0.82, 1.27
SHOWN_CLAUSE, SHOWN_WHOLE, SHOWN_EXPECTED, SHOWN_BASE = 0.6, 0.54, 1.17, -0.09
# What knocks a practice out by its clause and the whole, and by a classifier of whole texts, which knows
# their meaning too. On six writers left out 0.43 of these are found at a precision of 0.90; without it 0.33.
KNOCKED_CLAUSE, KNOCKED_WHOLE, KNOCKED_TEXT, KNOCKED_BASE = 0.4, 0.39, 0.63, 2.59
LEAST_ODDS = 1e-5


@dataclass(frozen=True, slots=True)
class Sign:
    """A feature that the visitor states or denies, how sure that is, and in which words; or chose.

    `alone` is how sure it is by the words alone, whatever practice is expected.
    """

    criterion: Criterion
    value: Value
    probability: float
    evidence: str
    chosen: bool = False
    alone: float = 1.0

    def weight(self, practice: str) -> float:
        """Return how much it speaks for (+) or against (-) a practice."""
        weight = self.criterion.weights.get(practice, 0.0)
        return weight if self.value == "yes" else -weight


@dataclass(frozen=True, slots=True)
class Expected:
    """What the whole text makes likely: each practice, and each criterion that knocks one out."""

    practices: Mapping[str, float]
    knocked: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Features:
    """How likely each criterion is stated and denied, and the signs that are sure enough to show.

    `guesses` are signs that are less sure; `told` is how likely anything was said of a criterion.
    """

    stated: Mapping[str, float]
    denied: Mapping[str, float]
    signs: tuple[Sign, ...]
    guesses: tuple[Sign, ...] = ()
    told: Mapping[str, float] = field(default_factory=dict)

    def answered(self, criterion: str) -> bool:
        """Return whether the visitor already said something about a criterion."""
        return self.told.get(criterion, 0.0) >= ANSWERED

    def lean(self, criterion: str) -> float:
        """Return by how much likelier the criterion is stated than denied, between -1 and 1."""
        return self.stated[criterion] - self.denied[criterion]


@dataclass(frozen=True, slots=True)
class Said:
    """A side of a criterion: its logits in the best clause and in the whole, the turn, and the column."""

    clause: float
    whole: float
    turn: int
    column: int

    @property
    def alone(self) -> float:
        """Return how likely the side is stated by these words alone."""
        return _share(CLAUSE * self.clause + WHOLE * self.whole + BASE)


def sides(index: Index) -> dict[str, tuple[Criterion, Value]]:
    """Return what each answer to a question back says: the criterion and the side of it."""
    by_id = {criterion.id: criterion for criterion in index.criteria}
    found: dict[str, tuple[Criterion, Value]] = {}
    for criterion in index.criteria:
        found[criterion.present.answer] = (criterion, "yes")
        found[criterion.absent.answer] = (criterion, "no")
    for option in (option for term in index.terms for option in term.options):
        found[option.text] = (by_id[option.criterion], "yes")
    for choice in index.choices:
        found |= {choice.options[p]: (by_id[criterion], "yes") for p, criterion in choice.criteria.items()}
    return found


def read(index: Index, turns: Sequence[str], expected: Expected | None = None) -> Features:
    """Read the turns of a visitor, oldest first; a later turn overrules an earlier one.

    A criterion that speaks for a practice that is `expected`, or is expected itself, needs fewer words to be
    shown.
    """
    answers = sides(index)
    picked = [
        Sign(*answers[turn.strip()], FIRM, turn.strip(), chosen=True)
        for turn in turns
        if turn.strip() in answers
    ]
    decided = {sign.criterion.id for sign in picked}
    found = Reading(index, [turn for turn in turns if turn.strip() not in answers], expected)
    said = [one for one in found.said() if one[0].id not in decided]
    likely: dict[Value, dict[str, float]] = {value: {c.id: 0.0 for c in index.criteria} for value in _VALUES}
    told = {criterion.id: 0.0 for criterion in index.criteria}
    for criterion, value, side in said:
        likely[value][criterion.id] = side.alone
        told[criterion.id] = max(told[criterion.id], found.shown(criterion, value, side))
    for sign in picked:
        likely[sign.value][sign.criterion.id] = told[sign.criterion.id] = FIRM
    signs = [*picked, *found.signs(said)]
    signs.sort(key=lambda sign: (-sign.chosen, -sign.probability))
    shown = [sign for sign in signs if sign.probability >= sign.criterion.shown_from]
    guesses = [sign for sign in signs if sign.probability < sign.criterion.shown_from]
    return Features(likely["yes"], likely["no"], tuple(shown), tuple(guesses), told)


def surest(index: Index, text: str) -> float:
    """Return how likely the feature is that a text states or denies most surely, 0 when it says nothing."""
    if text.strip() in sides(index):
        return FIRM
    return max((side.alone for _, _, side in Reading(index, (text,), None).said()), default=0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The turns that are read, by the detector of an index."""

    index: Index
    turns: Sequence[str]
    expected: Expected | None

    def said(self) -> list[tuple[Criterion, Value, Said]]:
        """Return each side of each criterion, however unlikely, but what a later turn takes back."""
        detector = self.index.classifiers.get(FEATURES)
        pieces = [
            (number, detector.ngram_logits(turn[span.start : span.end]))
            for number, turn in enumerate(self.turns if detector else ())
            for span in clauses(turn)
            if detector
        ]
        if not pieces or detector is None:
            return []
        logits = np.stack([logit for _, logit in pieces])
        whole = detector.ngram_logits(" ".join(self.turns))
        columns = {label: column for column, label in enumerate(detector.labels)}
        found = []
        for criterion in self.index.criteria:
            both: dict[Value, Said] = {}
            for value in _VALUES:
                column = columns.get(f"{criterion.id}:{value}")
                if column is not None:
                    best = int(logits[:, column].argmax())
                    both[value] = Said(
                        float(logits[best, column]), float(whole[column]), pieces[best][0], column
                    )
            found += [(criterion, value, side) for value, side in _settled(both).items()]
        return found

    def shown(self, criterion: Criterion, value: Value, side: Said) -> float:
        """Return how likely a side is stated, given what practice is expected, if any."""
        if not criterion.weights:
            return self._knocks(criterion, value, side)
        if self.expected is None:
            return side.alone
        speaks = sum(criterion.weights.get(p, 0.0) * share for p, share in self.expected.practices.items())
        speaks = speaks if value == "yes" else -speaks
        return _share(
            SHOWN_CLAUSE * side.clause + SHOWN_WHOLE * side.whole + SHOWN_EXPECTED * speaks + SHOWN_BASE
        )

    def _knocks(self, criterion: Criterion, value: Value, side: Said) -> float:
        knocked = self.expected.knocked.get(criterion.id) if self.expected and value == "yes" else None
        if knocked is None:
            return _share((side.clause + side.whole) / 2)
        bounded = min(max(knocked, LEAST_ODDS), 1 - LEAST_ODDS)
        return _share(
            KNOCKED_CLAUSE * side.clause
            + KNOCKED_WHOLE * side.whole
            + KNOCKED_TEXT * math.log(bounded / (1 - bounded))
            + KNOCKED_BASE
        )

    def signs(self, said: Sequence[tuple[Criterion, Value, Said]]) -> Iterator[Sign]:
        """Yield the sides that are likely enough to be a reason, with the words that state them."""
        detector = self.index.classifiers.get(FEATURES)
        turns: dict[int, Turn] = {}
        for criterion, value, side in said:
            probability = self.shown(criterion, value, side)
            if detector and max(probability, side.alone) >= min(GUESSED, criterion.shown_from):
                if side.turn not in turns:
                    turns[side.turn] = turn_of(self.turns[side.turn], detector)
                evidence = turns[side.turn].evidence(side.column)
                yield Sign(criterion, value, probability, evidence, alone=side.alone)


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _settled(both: Mapping[Value, Said]) -> Mapping[Value, Said]:
    """Return the sides of a criterion, without one that is taken back: denied there and then, or later."""
    if len(both) == 2:
        said, denial = both["yes"], both["no"]
        if denial.turn >= said.turn and denial.alone > DENIED:
            return {"no": denial}
        if said.turn > denial.turn and said.alone > DENIED:
            return {"yes": said}
    return both
