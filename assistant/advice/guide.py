"""The guided conversation: from the answers so far to the next question, or to the end. Pure functions.

At most seven questions, each the criterion that is expected to settle most; a visitor may not know, and may
change any answer: the state is the answers alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.advice.ranking import Ranking, after, best_question, gain, softened
from assistant.texts import LEAST_SECOND
from ingest.types import Criterion, Ground, Practice, Value

Given = Literal["yes", "no", "unknown"]

MOST_QUESTIONS = 7
# From this probability of the first on nothing more is asked: 0.987 of 378 cases end right, as from 0.85 on,
# after 3.6 questions on average instead of 4.0.
SETTLED = 0.83
LEAST_ANSWERS = 2  # But never on fewer criteria that the visitor could answer.
LEAST_GAIN = 0.02  # In bits; after these answers a question that settles less is not asked.
TIED = 0.8  # The second lies level with the first from this share of its chance on.
REASONS = 3


@dataclass(frozen=True, slots=True)
class GuideOption:
    """An answer to a question of the guide, in the visitor's words."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """The next question, its number, and the answers beside 'I do not know'."""

    criterion: str
    text: str
    number: int
    choices: tuple[GuideOption, GuideOption]


@dataclass(frozen=True, slots=True)
class GuideReason:
    """An answer that speaks for a practice, with the passage that says so where there is one."""

    criterion: str
    answer: str
    ground: Ground | None


@dataclass(frozen=True, slots=True)
class GuideState:
    """The ranking so far, and the next question or, at the end, why; `tied` when two lie level there."""

    ranking: Ranking
    question: GuideQuestion | None
    reasons: tuple[GuideReason, ...] = ()
    runner_up: tuple[GuideReason, ...] = ()
    tied: bool = False
    none_fits: str | None = None


def guide(
    practices: Sequence[Practice], criteria: Sequence[Criterion], given: Mapping[str, Given]
) -> GuideState:
    """Return where the conversation is after these answers, a value for each criterion's id."""
    ranking = rank_answers(practices, criteria, given)
    blocked = next((c for c in criteria if c.none_fits and given.get(c.id) == "yes"), None)
    criterion = None if blocked else _next(ranking, criteria, given)
    if criterion is not None:
        choices = (GuideOption("yes", criterion.present.answer), GuideOption("no", criterion.absent.answer))
        question = GuideQuestion(criterion.id, criterion.question, len(given) + 1, choices)
        return GuideState(ranking, question)
    (first, chance), (second, share) = ranking[:2]
    reasons, tied = _reasons(criteria, given, first), share >= TIED * chance
    for_second = _reasons(criteria, given, second) if tied else _besides(criteria, given, second, reasons)
    return GuideState(
        ranking,
        None,
        reasons=reasons,
        runner_up=for_second if share >= LEAST_SECOND else (),
        tied=tied,
        none_fits=blocked.id if blocked else None,
    )


def rank_answers(
    practices: Sequence[Practice], criteria: Sequence[Criterion], given: Mapping[str, Given]
) -> Ranking:
    """Return the practices by what was answered alone, as likely as when the same facts are typed."""
    ranking = softened({practice.id: 0.0 for practice in practices})
    for criterion in criteria:
        if given.get(criterion.id) in ("yes", "no"):
            ranking = after(ranking, criterion, given[criterion.id] == "yes")
    return ranking


def _next(ranking: Ranking, criteria: Sequence[Criterion], given: Mapping[str, Given]) -> Criterion | None:
    """Return the criterion to ask next, or None when it is clear enough or seven were asked."""
    answered = sum(value != "unknown" for value in given.values())
    if len(given) >= MOST_QUESTIONS or (ranking[0][1] >= SETTLED and answered >= LEAST_ANSWERS):
        return None
    open_ = [criterion for criterion in criteria if criterion.id not in given and criterion.weights]
    opening = [criterion for criterion in open_ if criterion.opening] if not answered else []
    criterion = best_question(ranking, opening or open_)
    if criterion is None or (answered >= LEAST_ANSWERS and gain(ranking, criterion) < LEAST_GAIN):
        return None
    return criterion


def _reasons(
    criteria: Sequence[Criterion], given: Mapping[str, Given], practice: str
) -> tuple[GuideReason, ...]:
    """Return the answers that speak for a practice, strongest first."""
    found = []
    for criterion in criteria:
        weight = criterion.weights.get(practice, 0.0)
        if given.get(criterion.id) == "yes" and weight > 0:
            ground = next((one for one in criterion.grounds if one.practice == practice), None)
            found.append((weight, GuideReason(criterion.id, criterion.present.answer, ground)))
        elif given.get(criterion.id) == "no" and weight < 0:
            found.append((-weight / 2, GuideReason(criterion.id, criterion.absent.answer, None)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(reason for _, reason in found[:REASONS])


def _besides(
    criteria: Sequence[Criterion], given: Mapping[str, Given], practice: str, told: Sequence[GuideReason]
) -> tuple[GuideReason, ...]:
    """Return what is present and speaks for the second, beside the reasons for the first."""
    said = {reason.criterion for reason in told}
    present = {name: value for name, value in given.items() if value == "yes" and name not in said}
    return _reasons(criteria, present, practice)


def to_json(state: GuideState) -> dict[str, Any]:
    """Return a state of the guide as an object of JSON."""
    question = state.question
    return {
        "ranking": [{"practice": practice, "probability": round(p, 4)} for practice, p in state.ranking],
        "question": {
            "criterion": question.criterion,
            "text": question.text,
            "number": question.number,
            "choices": [{"value": choice.value, "text": choice.text} for choice in question.choices],
        }
        if question
        else None,
        "reasons": [_reason_json(reason) for reason in state.reasons],
        "runner_up": [_reason_json(reason) for reason in state.runner_up],
        "none_fits": state.none_fits,
    }


def _reason_json(reason: GuideReason) -> dict[str, Any]:
    return {
        "feature": reason.criterion,
        "answer": reason.answer,
        "section_id": reason.ground.section if reason.ground else None,
        "quote": reason.ground.quote if reason.ground else None,
    }
