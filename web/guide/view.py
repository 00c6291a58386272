"""The answers of a guided conversation → what is shown: the types so far, the next question or the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.texts import filled, share
from assistant.types import Citation
from ingest.types import Criterion
from web.guide import texts
from web.guide.answers import UNKNOWN
from web.guide.ending import Ending, ending
from web.guide.quotes import CitedPassages
from web.shown.view import ShownIndex, ShownSource

if TYPE_CHECKING:
    from assistant.advice.guide import Given, GuideState


@dataclass(frozen=True, slots=True)
class GuideChoice:
    """An answer to choose."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question that was answered, the answer, and what else could be chosen."""

    criterion: str
    question: str
    value: str
    text: str
    choices: tuple[GuideChoice, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question that comes now, its number, and how many are asked at most."""

    criterion: str
    text: str
    number: int
    most: int
    choices: tuple[GuideChoice, ...]


@dataclass(frozen=True, slots=True)
class TypeShare:
    """A type with how likely it fits after these answers, in per cent for its bar and as it is said."""

    practice: str
    label: str
    percent: int
    share: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """All that is shown; `leading` is the type that comes first, or None while none does.

    `compared` are the two types that a comparison at the end shows first; none when no type is chosen.
    """

    state: "GuideState"
    types: tuple[TypeShare, ...]
    leading: TypeShare | None
    given: tuple[GivenAnswer, ...]
    question: AskedQuestion | None
    end: Ending | None
    sources: tuple[ShownSource, ...]
    citations: tuple[Citation, ...]
    compared: tuple[str, ...] = ()


def offers_guide(index: ShownIndex) -> bool:
    """Return whether an index holds what a guided conversation asks and chooses from."""
    return len(index.practices) > 1 and any(criterion.weights for criterion in index.criteria)


def guide_view(index: ShownIndex, answers: "Mapping[str, Given]") -> GuideView:
    """Return what is shown after these answers."""
    # With it come the libraries that the assistant loads at its start.
    from assistant.advice.guide import MOST_QUESTIONS, guide

    state = guide(index.practices, index.criteria, answers)
    criteria = {criterion.id: criterion for criterion in index.criteria}
    shares = dict(state.ranking)
    types = tuple(
        TypeShare(one.id, one.label, filled(shares[one.id]), share(shares[one.id])) for one in index.practices
    )
    sources = CitedPassages(index)
    known = any(value != UNKNOWN for value in answers.values())
    end = ending(index, state, frozenset(answers), known, sources) if state.question is None else None
    question = None
    if asked := state.question:
        offered = choices(criteria[asked.criterion])
        question = AskedQuestion(asked.criterion, asked.text, asked.number, MOST_QUESTIONS, offered)
    return GuideView(
        state=state,
        types=types,
        leading=next(one for one in types if one.practice == state.ranking[0][0]) if known else None,
        given=tuple(_given(criteria[name], value) for name, value in answers.items()),
        question=question,
        end=end,
        sources=sources.shown(),
        citations=sources.citations,
        compared=tuple(name for name, _ in state.ranking[:2]) if end and end.practice else (),
    )


def choices(criterion: Criterion) -> tuple[GuideChoice, ...]:
    """Return what can be answered about a criterion."""
    sides = GuideChoice("yes", criterion.present.answer), GuideChoice("no", criterion.absent.answer)
    return (*sides, GuideChoice(UNKNOWN, texts.UNKNOWN))


def _given(criterion: Criterion, value: str) -> GivenAnswer:
    offered = choices(criterion)
    text = next(one.text for one in offered if one.value == value)
    return GivenAnswer(criterion.id, criterion.question, value, text, offered)
