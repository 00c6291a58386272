"""The end of a guided conversation: which type fits and why, the runner-up, and how to begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.texts import ADVICE_ALSO, ADVICE_CHOSE, ADVICE_POINTS, advice_line, capitalised, share
from ingest.types import Criterion, Practice
from web.guide import texts
from web.guide.quotes import CitedPassages
from web.shown.blocks import without_bullet
from web.shown.view import ShownIndex

if TYPE_CHECKING:
    from assistant.advice.guide import GuideReason, GuideState

REASONS_SECOND = 2  # Of the runner-up.


@dataclass(frozen=True, slots=True)
class AnswerReason:
    """An answer that speaks for a type: what it is about, our words, and the passage that says so."""

    feature: str
    about: str
    frame: str
    quote: str = ""
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The second type, how likely it fits, and what speaks for it."""

    practice: str
    label: str
    share: str
    reasons: tuple[AnswerReason, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How to begin: the line before the steps, these steps, and their source."""

    lead: str
    items: tuple[str, ...]
    citation: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion with which no type fits, not answered yet; its condition is the clause after 'if'."""

    criterion: str
    condition: str
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end says; `practice` is None when no type fits or none can be chosen."""

    lead: str
    practice: str | None
    reasons: tuple[AnswerReason, ...]
    runner_up: RunnerUp | None
    steps: Steps | None
    checks: tuple[Check, ...]


def ending(
    index: ShownIndex, state: "GuideState", answered: frozenset[str], known: bool, sources: CitedPassages
) -> Ending:
    """Return the end of a conversation; `answered` are all criteria, `known` is whether one was known."""
    criteria = {criterion.id: criterion for criterion in index.criteria}
    if state.none_fits:
        return _none_fits(criteria[state.none_fits], sources)
    checks = tuple(_checks(index.criteria, answered))
    if not known:
        return Ending(texts.UNDECIDED, None, (), None, None, checks)
    practices = {practice.id: practice for practice in index.practices}
    (first, chance), (second, _) = state.ranking[:2]
    level = texts.TIED.format(first=capitalised(practices[first].in_text), second=practices[second].in_text)
    return Ending(
        lead=level if state.tied else advice_line(practices[first].in_text, chance),
        practice=first,
        reasons=tuple(_reasons(state.reasons, practices[first], criteria, sources)),
        runner_up=_runner_up(state, practices[second], criteria, sources) if state.runner_up else None,
        steps=None if state.tied else _first_steps(index, practices[first], sources),
        checks=checks,
    )


def _none_fits(criterion: Criterion, sources: CitedPassages) -> Ending:
    grounds = [ground for ground in criterion.grounds if ground.practice is None]
    found = [(ground.quote, sources.cite(ground.section, ground.quote)) for ground in grounds]
    quote, citation = next(((quote, n) for quote, n in found if n), ("", None))
    chose = ADVICE_CHOSE.format(words=_words(criterion.present.answer))
    frame = f"{chose} {texts.NONE_BECAUSE}" if citation else chose
    about = _about(criterion, criterion.present.answer)
    reason = AnswerReason(criterion.id, about, frame, quote, citation)
    return Ending(criterion.none_fits, None, (reason,), None, None, ())


def _runner_up(
    state: "GuideState", practice: Practice, criteria: Mapping[str, Criterion], sources: CitedPassages
) -> RunnerUp:
    reasons = tuple(_reasons(state.runner_up[:REASONS_SECOND], practice, criteria, sources))
    return RunnerUp(practice.id, practice.label, share(state.ranking[1][1]), reasons)


def _reasons(
    found: "Iterable[GuideReason]",
    practice: Practice,
    criteria: Mapping[str, Criterion],
    sources: CitedPassages,
) -> Iterable[AnswerReason]:
    for place, one in enumerate(found):
        ground = one.ground
        n = sources.cite(ground.section, ground.quote) if ground else None
        quote = without_bullet(ground.quote) if ground and n else ""
        frame = _frame(_words(one.answer), practice, first=place == 0, quoted=bool(quote))
        yield AnswerReason(one.criterion, _about(criteria[one.criterion], one.answer), frame, quote, n)


def _frame(words: str, practice: Practice, *, first: bool, quoted: bool) -> str:
    """Return our words around an answer, those of the chat: what it was, and what that points to."""
    if not first:
        return (ADVICE_ALSO if quoted else texts.FITS_TOO).format(words=words)
    points = (ADVICE_POINTS if quoted else texts.FITS).format(label=practice.in_text)
    return f"{ADVICE_CHOSE.format(words=words)} {points}"


def _about(criterion: Criterion, answer: str) -> str:
    """Return what an answer is about: the name of what is present, else the question that it denies."""
    return f"{criterion.name}." if answer == criterion.present.answer else criterion.question


def _words(answer: str) -> str:
    return answer.rstrip(".")


def _checks(criteria: Sequence[Criterion], answered: frozenset[str]) -> Iterable[Check]:
    for criterion in criteria:
        if criterion.none_fits and not criterion.rules_out and criterion.id not in answered:
            condition = criterion.present.condition
            yield Check(criterion.id, condition, texts.NONE_FITS_WHEN.format(condition=condition))


def _first_steps(index: ShownIndex, practice: Practice, sources: CitedPassages) -> Steps | None:
    """Return the steps of the first section that says how to begin, or None without one."""
    beginning = {aspect.id for aspect in index.aspects.values() if aspect.begins}
    sections = [
        one for one in index.sections.values() if one.practice == practice.id and one.aspect in beginning
    ]
    for section in sorted(sections, key=lambda one: (one.order, one.section_id)):
        lines = section.text.split("\n")
        first = next((place for place, line in enumerate(lines) if _is_item(line)), None)
        if first is not None:
            start = max(first - 1, 0)
            shown = list(takewhile(_is_item, lines[first:]))
            quote = "\n".join(lines[start : first + len(shown)])
            lead = lines[start] if start < first else ""
            return Steps(
                lead, tuple(without_bullet(line) for line in shown), sources.cite(section.section_id, quote)
            )
    return None


def _is_item(line: str) -> bool:
    return without_bullet(line) != line
