"""What a visitor's turns say of each criterion, with the words that say so."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.index.open import Index
from ingest.learning.classifier import Matrix, TextClassifier
from ingest.learning.examples import FEATURES
from ingest.text.clauses import around, clauses
from ingest.types import Criterion, Span, Value

MOST_WORDS = 20  # Of a longer clause, so many words are shown: those that speak most for the feature.
ANSWERED = 0.3  # From this probability on a criterion is not asked about.
FIRM = 0.999  # What a visitor chose is taken as said.
_OPENS = re.compile(r"^(?:en|maar|want|omdat|zodat|terwijl|dus|dat|of|nou|ja|nee)\s+", re.IGNORECASE)
_JOINS = re.compile(r"(?:\s+(?:en|of|de|het|een|met|van|in|op|om|te|bij|voor|dat|die))+$", re.IGNORECASE)
_EDGES = " \t\n.,;:!?()-–'\"“”‘’"


@dataclass(frozen=True, slots=True)
class Sign:
    """A feature that the visitor states or denies, how sure that is, and in which words; or chose."""

    criterion: Criterion
    value: Value
    probability: float
    evidence: str
    chosen: bool = False

    def weight(self, practice: str) -> float:
        """Return how much it speaks for (+) or against (-) a practice."""
        weight = self.criterion.weights.get(practice, 0.0)
        return weight if self.value == "yes" else -weight


@dataclass(frozen=True, slots=True)
class Features:
    """How likely each criterion is stated and denied, and the signs that are sure enough to show."""

    stated: Mapping[str, float]
    denied: Mapping[str, float]
    signs: tuple[Sign, ...]

    def answered(self, criterion: str) -> bool:
        """Return whether the visitor already said something about a criterion."""
        return max(self.stated[criterion], self.denied[criterion]) >= ANSWERED

    def lean(self, criterion: str) -> float:
        """Return by how much likelier the criterion is stated than denied, between -1 and 1."""
        return self.stated[criterion] - self.denied[criterion]


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    phrase: str
    turn: int
    logits: Matrix


def sides(index: Index) -> dict[str, tuple[Criterion, Value]]:
    """Return what each answer to a question back says: the criterion and the side of it."""
    by_id = {criterion.id: criterion for criterion in index.criteria}
    found: dict[str, tuple[Criterion, Value]] = {}
    for criterion in index.criteria:
        found[criterion.present.answer] = (criterion, "yes")
        found[criterion.absent.answer] = (criterion, "no")
    for option in (option for term in index.terms for option in term.options):
        found[option.text] = (by_id[option.criterion], "yes")
    return found


def read(index: Index, turns: Sequence[str]) -> Features:
    """Read the turns of a visitor, oldest first; a later turn overrules an earlier one."""
    answers = sides(index)
    chosen = [(turn.strip(), *answers[turn.strip()]) for turn in turns if turn.strip() in answers]
    told = [turn for turn in turns if turn.strip() not in answers]
    detector = index.classifiers.get(FEATURES)
    found = list(_detected(index, detector, told)) if detector and told else []
    picked = [Sign(criterion, value, FIRM, text, chosen=True) for text, criterion, value in chosen]
    decided = {sign.criterion.id for sign in picked}
    signs = [*picked, *(sign for sign in found if sign.criterion.id not in decided)]
    stated = dict.fromkeys((criterion.id for criterion in index.criteria), 0.0)
    denied = dict(stated)
    for sign in signs:
        (stated if sign.value == "yes" else denied)[sign.criterion.id] = sign.probability
    shown = [sign for sign in signs if sign.probability >= sign.criterion.shown_from]
    shown.sort(key=lambda sign: (-sign.chosen, -sign.probability))
    return Features(stated, denied, tuple(shown))


def _detected(index: Index, detector: TextClassifier, turns: Sequence[str]) -> Iterable[Sign]:
    """Yield each criterion's sign of either value, with its probability, however small."""
    pieces = [
        _clause(detector, turn, number, span) for number, turn in enumerate(turns) for span in clauses(turn)
    ]
    if not pieces:
        return
    whole = detector.ngram_logits(" ".join(turns))
    columns = {label: column for column, label in enumerate(detector.labels)}
    for criterion in index.criteria:
        both: dict[Value, tuple[float, _Clause]] = {}
        for value in _values():
            column = columns.get(f"{criterion.id}:{value}")
            if column is None:
                continue
            best = max(pieces, key=lambda piece: float(piece.logits[column]))
            both[value] = (float(best.logits[column] + whole[column]) / 2, best)
        for value, (logit, clause) in _settled(both).items():
            column = columns[f"{criterion.id}:{value}"]
            probability = 1 / (1 + math.exp(-logit))
            evidence = ""
            if probability >= criterion.shown_from:
                evidence = _evidence(detector, column, clause)
            yield Sign(criterion, value, probability, evidence)


def _clause(detector: TextClassifier, turn: str, number: int, span: Span) -> _Clause:
    text, whole = turn[span.start : span.end], around(turn, span, MOST_WORDS)
    return _Clause(text, turn[whole.start : whole.end], number, detector.ngram_logits(text))


def _values() -> tuple[Value, ...]:
    return ("yes", "no")


def _settled(both: Mapping[Value, tuple[float, _Clause]]) -> Mapping[Value, tuple[float, _Clause]]:
    """Return the sides of a criterion, without one that a later turn takes back."""
    if len(both) == 2:
        (said, first), (denial, second) = both["yes"], both["no"]
        if second.turn > first.turn and denial > 0:
            return {"no": both["no"]}
        if first.turn > second.turn and said > 0:
            return {"yes": both["yes"]}
    return both


def _evidence(detector: TextClassifier, column: int, clause: _Clause) -> str:
    """Return a clause with what is around it when that is short, else the words of it that tell most."""
    whole = _finished(_balanced(_OPENS.sub("", clause.phrase.strip(_EDGES))))
    return whole if len(whole.split()) <= MOST_WORDS else _telling_words(detector, column, clause.text)


def _balanced(text: str) -> str:
    """Return a phrase without what follows a bracket that is never closed."""
    opened = text.rfind("(")
    return text[:opened].strip(_EDGES) if opened > 0 and ")" not in text[opened:] else text


def _finished(phrase: str) -> str:
    """Return a phrase without the joining words that it breaks off at: `met de huurders en` loses `en`."""
    return _JOINS.sub("", phrase)


def _telling_words(detector: TextClassifier, column: int, clause: str) -> str:
    """Return a short clause as it is, of a longer one the words in a row that tell most."""
    text = _OPENS.sub("", clause.strip(_EDGES))
    tokens = list(re.finditer(r"\S+", text))
    if len(tokens) <= MOST_WORDS:
        return text
    worth = [float(detector.ngram_logits(token.group())[column] - detector.bias[column]) for token in tokens]
    starts = range(len(tokens) - MOST_WORDS + 1)
    start = max(starts, key=lambda first: sum(worth[first : first + MOST_WORDS]))
    telling = tokens[start : start + MOST_WORDS]
    return _finished(text[telling[0].start() : telling[-1].end()]).strip(_EDGES)
