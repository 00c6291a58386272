"""The end of a guided conversation as a note of one page, for who was not there: a list of its lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.texts import HARDLY, told
from ingest.types import About
from web import texts as page_texts
from web.chat.saved import Part
from web.guide import texts
from web.guide.end_text import said
from web.guide.ending import Ending
from web.guide.view import GuideView


@dataclass(frozen=True, slots=True)
class Made:
    """When and where a note was made, from which documents, and who can be asked about it."""

    about: About
    address: str
    origin: str
    day: date
    contact: str = ""


def note(shown: GuideView, situation: str, made: Made) -> Iterator[Part]:
    """Yield the note: when and where it was made, the situation, the advice, the answers and the sources."""
    day = page_texts.on_date(made.day)
    yield Part("title", told(texts.NOTE, made.about))
    yield Part("small", texts.NOTE_MADE.format(date=day, name=made.about.name, address=made.address))
    yield Part("small", f"{texts.NOTE_DISCLOSURE} {made.origin}")
    if made.contact:
        yield Part("small", made.contact)
    if situation:
        yield Part("turn", texts.SITUATION)
        yield Part("text", situation)
    if shown.end:
        yield Part("turn", texts.WORDS["advice"])
        yield from _advice(shown, shown.end)
    yield Part("turn", texts.ANSWERS)
    yield from (Part("small", f" {one.text}", one.question) for one in shown.given)
    if shown.sources:
        yield Part("turn", texts.SOURCES)
        yield from _sources(shown)


def _advice(shown: GuideView, end: Ending) -> Iterator[Part]:
    yield Part("text", end.lead)
    yield from (Part("bullet", said(reason), f"{reason.about} ") for reason in end.reasons)
    if end.practice:
        yield Part("small", texts.NOTE_TYPES.format(types=_types(shown)))
    if end.runner_up:
        second = end.runner_up
        yield Part("heading", texts.NOTE_SECOND.format(label=second.label, share=second.share))
        yield from (Part("bullet", said(reason), f"{reason.about} ") for reason in second.reasons)
    if end.steps:
        yield Part("heading", texts.WORDS["steps"])
        yield Part("text", f"{end.steps.lead} [{end.steps.citation}]")
        yield from (Part("number", item) for item in end.steps.items)
    if end.checks:
        yield Part("heading", texts.NONE_FITS_LIST)
        yield from (Part("bullet", check.condition) for check in end.checks)


def _types(shown: GuideView) -> str:
    """Return how likely the types fit, best first; those that hardly do, in one."""
    best_first = sorted(shown.types, key=lambda one: -one.percent)
    likely = [f"{one.label} {one.share}" for one in best_first if one.share != HARDLY]
    others = [texts.NOTE_OTHERS.format(share=HARDLY)] if len(likely) < len(best_first) else []
    return ", ".join((*likely, *others))


def _sources(shown: GuideView) -> Iterator[Part]:
    """Yield each cited section once, with all its numbers."""
    numbers: dict[str, str] = {}
    for source in shown.sources:
        page = page_texts.WORDS["page"].format(page=source.page) if source.page is not None else ""
        place = " · ".join(part for part in (source.title, source.origin, page, source.url or "") if part)
        numbers[place] = f"{numbers.get(place, '')}[{source.n}] "
    yield from (Part("small", place, key) for place, key in numbers.items())
