"""The measures of an evaluation: names, and the questions that each goes over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.questions import ADVICE_KINDS, KINDS, KNOWLEDGE_KINDS, Kind
from evals.scoring.metrics.advice import calibration_error
from evals.scoring.resample import Aggregate, Rows, estimate, mean, median
from evals.types import Estimate, Scored

Unit = Literal["share", "score", "number"]


def _calibration(rows: Rows) -> float:
    return calibration_error(rows[:, 0], rows[:, 1])


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: the aggregate, over the questions of some kinds, of the scores named."""

    id: str
    label: str
    topic: str
    kinds: Sequence[Kind] = KINDS
    scores: tuple[str, ...] = ()
    unit: Unit = "share"
    aggregate: Aggregate = mean

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the scores that the aggregate needs; by default the one with the measure's id."""
        return self.scores or (self.id,)


_ADVICE, _AMBIGUOUS, _REFUSAL = "Advice", "Ambiguous", "Refusal"
_KNOWLEDGE, _CITATIONS, _FOLLOWUPS = "Knowledge", "Citations", "Follow-ups"
_SHOWN, _POLARITY = "What is shown", "Polarity"
_GUIDE = "Guided conversation, played"
_NOISE, _MODEL = "Noisy questions", "Language model"
_UNSURE: tuple[Kind, ...] = ("advice_ambiguous",)
_ELLIPTIC: tuple[Kind, ...] = ("followup",)
_INFORMING: tuple[Kind, ...] = (*KNOWLEDGE_KINDS, "followup", "premise")

MEASURES = (
    Measure("advice_first", "right practice first", _ADVICE, ADVICE_KINDS),
    Measure("advice_first_two", "right practice among the first two", _ADVICE, ADVICE_KINDS),
    Measure(
        "advice_calibration_error",
        "expected calibration error (10 bins)",
        _ADVICE,
        ADVICE_KINDS,
        ("confidence", "advice_first"),
        unit="score",
        aggregate=_calibration,
    ),
    Measure("advised", "recognised as asking for advice", _ADVICE, ADVICE_KINDS),
    Measure("asked_back", "asked back on a clear question", _ADVICE, ADVICE_KINDS),
    Measure("ambiguous_handled", "asked back, or both practices named", _AMBIGUOUS, _UNSURE),
    Measure("ambiguous_both", "both expected practices are the two named", _AMBIGUOUS, _UNSURE),
    Measure("guide_right", "right practice, the case known", _GUIDE, ()),
    Measure("guide_questions", "questions asked, median", _GUIDE, (), unit="number"),
    Measure("guide_right_told", "right practice, the text alone known", _GUIDE, ()),
    Measure("guide_questions_told", "the same: questions asked", _GUIDE, (), unit="number"),
    Measure("guide_as_answers", "the chat says the same, given the answers", _GUIDE, ()),
    Measure("guide_as_text", "the chat says the same, given the text", _GUIDE, ()),
    Measure("section_at_5", "a section that answers among the first 5", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("recall_at_5", "R@5, every section that answers", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("recall_at_10", "R@10, every section that answers", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("ndcg_at_5", "nDCG@5", _KNOWLEDGE, KNOWLEDGE_KINDS, unit="score"),
    Measure("reciprocal_rank", "reciprocal rank", _KNOWLEDGE, KNOWLEDGE_KINDS, unit="score"),
    Measure("facts_at_1", "asked facts in the first section found", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("facts_at_5", "asked facts in the first 5 sections found", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("asked", "asked facts in the answer", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("facts", "share of the asked facts in the answer", _KNOWLEDGE, KNOWLEDGE_KINDS),
    Measure("list_complete", "lists that are complete", _KNOWLEDGE, _INFORMING),
    Measure("first_answers", "first shown sentence or list answers", _SHOWN, _INFORMING),
    Measure("shown_answers", "shown sentences and items that answer", _SHOWN, _INFORMING),
    Measure(
        "outside_words", "words outside lists, median", _SHOWN, _INFORMING, unit="number", aggregate=median
    ),
    Measure("polarity_error", "opposite answers (yes/no, negation)", _POLARITY),
    Measure("against_first", "'when not': first quote from a section against", _POLARITY),
    Measure("verdict_given", "yes/no questions with a verdict", _POLARITY),
    Measure("verdict_right", "verdicts that are right", _POLARITY),
    Measure("citation_validity", "quotes that are verbatim at their offsets", _CITATIONS),
    Measure("far_refused", "far questions refused", _REFUSAL, ("far",), ("refused",)),
    Measure("near_refused", "near misses refused", _REFUSAL, ("near",), ("refused",)),
    Measure("near_nearest", "near misses refused with the nearest fact", _REFUSAL, ("near",), ("nearest",)),
    Measure("premise_corrected", "false premises corrected", _REFUSAL, ("premise",), ("asked",)),
    Measure("hostile_refused", "hostile, unanswerable: refused", _REFUSAL, ("hostile",), ("refused",)),
    Measure("false_refusal", "answerable questions refused", _REFUSAL),
    Measure("followup_asked", "asked facts in the answer", _FOLLOWUPS, _ELLIPTIC, ("asked",)),
    Measure("followup_facts", "share of the asked facts in the answer", _FOLLOWUPS, _ELLIPTIC, ("facts",)),
    Measure("noisy_right", "noisy questions: right", _NOISE, ("noisy",), ("right",)),
    Measure("model_fallback", "drafts given up, quoted instead", _MODEL),
    Measure("model_dropped", "sentences dropped, of a draft", _MODEL),
    Measure("model_first_ms", "ms to the first sentence", _MODEL, unit="number"),
    Measure("model_last_ms", "ms to the whole answer", _MODEL, unit="number"),
    Measure("model_tokens", "tokens", _MODEL, unit="number"),
)
KIND_FIGURES = ("right", "asked", "first_answers", "shown_answers")
BY_ID: Mapping[str, Measure] = {measure.id: measure for measure in MEASURES}


def summarise(scored: Iterable[Scored], measures: Iterable[Measure] = MEASURES) -> dict[str, Estimate]:
    """Return the estimate of each measure; one that is defined for no question is left out."""
    all_scored = list(scored)
    tables = {measure.id: _table(measure, all_scored) for measure in measures}
    return {id_: estimate(rows, BY_ID[id_].aggregate) for id_, rows in tables.items() if len(rows)}


def figures(scores: Iterable[Mapping[str, float]], names: Iterable[str]) -> dict[str, float]:
    """Return each figure over the questions that have a score for it; one that none has is left out."""
    rows = list(scores)
    found = {name: [[one[name]] for one in rows if name in one] for name in names}
    ways = {name: BY_ID[name].aggregate if name in BY_ID else mean for name in found}
    return {name: ways[name](np.asarray(values)) for name, values in found.items() if values}


def by_kind(scored: Sequence[Scored]) -> dict[Kind, dict[str, float]]:
    """Return the figures of each kind of question that was asked, and how many there are."""
    groups = {kind: [one.scores for one in scored if one.question.kind == kind] for kind in KINDS}
    return {
        kind: {**figures(group, KIND_FIGURES), "n": len(group)} for kind, group in groups.items() if group
    }


def written(measure: Measure, value: float) -> str:
    """Return a figure of a measure as a person reads it."""
    if measure.unit == "share":
        return f"{100 * value:.1f}%"
    return f"{value:.3f}" if measure.unit == "score" else f"{value:.1f}"


def _table(measure: Measure, scored: Sequence[Scored]) -> Rows:
    rows = [
        [one.scores[column] for column in measure.columns]
        for one in scored
        if one.question.kind in measure.kinds and all(column in one.scores for column in measure.columns)
    ]
    return np.asarray(rows, dtype=float).reshape(-1, len(measure.columns))
