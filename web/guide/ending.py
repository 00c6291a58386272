"""The end of a guided conversation: which type fits and why, the runner-up, and how to begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.texts import advice_line, share
from ingest.types import Criterion, Practice
from web.chat.blocks import without_bullet
from web.chat.view import ShownIndex
from web.guide import texts
from web.guide.sources import Sources

if TYPE_CHECKING:
    from assistant.advice.guide import GuideReason, GuideState

FIRST_STEPS = 3  # Shown of a list of steps; the source holds them all.


@dataclass(frozen=True, slots=True)
class ShownReason:
    """An answer that speaks for a type: the criterion's name, the answer, and the passage that says so."""

    feature: str
    name: str
    answer: str
    quote: str = ""
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The second type, how likely it fits, and what speaks for it."""

    practice: str
    label: str
    share: str
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How to begin: the line before the first steps, these steps, and their source."""

    lead: str
    items: tuple[str, ...]
    citation: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion with which no type fits, not answered yet."""

    criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end says; `practice` is None when no type fits or none can be chosen."""

    lead: str
    practice: str | None
    reasons: tuple[ShownReason, ...]
    runner_up: RunnerUp | None
    steps: Steps | None
    checks: tuple[Check, ...]


def ending(
    index: ShownIndex, state: "GuideState", answered: frozenset[str], known: bool, sources: Sources
) -> Ending:
    """Return the end of a conversation; `answered` are all criteria, `known` tells whether one was known."""
    criteria = {criterion.id: criterion for criterion in index.criteria}
    if state.none_fits:
        return _none_fits(criteria[state.none_fits], sources)
    checks = tuple(_checks(index.criteria, answered))
    if not known:
        return Ending(texts.UNDECIDED, None, (), None, None, checks)
    practices = {practice.id: practice for practice in index.practices}
    (first, chance), second = state.ranking[0], practices[state.ranking[1][0]]
    return Ending(
        lead=advice_line(practices[first].in_text, chance),
        practice=first,
        reasons=_reasons(state.reasons, criteria, sources),
        runner_up=RunnerUp(
            second.id,
            second.label,
            share(state.ranking[1][1]),
            _reasons(state.runner_up, criteria, sources),
        )
        if state.runner_up
        else None,
        steps=_first_steps(index, practices[first], sources),
        checks=checks,
    )


def _none_fits(criterion: Criterion, sources: Sources) -> Ending:
    grounds = [ground for ground in criterion.grounds if ground.practice is None]
    found = [(ground.quote, sources.cite(ground.section, ground.quote)) for ground in grounds]
    quote, citation = next(((quote, n) for quote, n in found if n), ("", None))
    reason = ShownReason(criterion.id, criterion.name, criterion.present.answer, quote, citation)
    return Ending(criterion.none_fits, None, (reason,), None, None, ())


def _reasons(
    found: "Iterable[GuideReason]", criteria: dict[str, Criterion], sources: Sources
) -> tuple[ShownReason, ...]:
    return tuple(_reason(one, criteria[one.criterion], sources) for one in found)


def _reason(found: "GuideReason", criterion: Criterion, sources: Sources) -> ShownReason:
    ground = found.ground
    n = sources.cite(ground.section, ground.quote) if ground else None
    quote = without_bullet(ground.quote) if ground and n else ""
    return ShownReason(criterion.id, criterion.name, found.answer, quote, n)


def _checks(criteria: Sequence[Criterion], answered: frozenset[str]) -> Iterable[Check]:
    for criterion in criteria:
        if criterion.none_fits and criterion.id not in answered:
            condition = criterion.present.condition
            yield Check(criterion.id, texts.NONE_FITS_WHEN.format(condition=condition))


def _first_steps(index: ShownIndex, practice: Practice, sources: Sources) -> Steps | None:
    """Return the first steps of the first section that says how to begin, or None without one."""
    beginning = {aspect.id for aspect in index.aspects.values() if aspect.begins}
    sections = [
        one for one in index.sections.values() if one.practice == practice.id and one.aspect in beginning
    ]
    for section in sorted(sections, key=lambda one: (one.order, one.section_id)):
        lines = section.text.split("\n")
        items = [place for place, line in enumerate(lines) if without_bullet(line) != line]
        if items:
            start = max(items[0] - 1, 0)
            shown = lines[items[0] : items[0] + FIRST_STEPS]
            quote = "\n".join(lines[start : items[0] + FIRST_STEPS])
            lead = lines[start] if start < items[0] else ""
            return Steps(
                lead, tuple(without_bullet(line) for line in shown), sources.cite(section.section_id, quote)
            )
    return None
