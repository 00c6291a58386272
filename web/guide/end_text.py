"""The end of a guided conversation as plain text, with the numbers of its sources."""

from collections.abc import Iterator

from web.guide import texts
from web.guide.ending import AnswerReason
from web.guide.view import GuideView


def end_text(shown: GuideView) -> str:
    """Return the end as lines; nothing while a question is asked."""
    return "\n".join(_lines(shown)) if shown.end else ""


def _lines(shown: GuideView) -> Iterator[str]:
    end = shown.end
    if end is None:
        return
    yield end.lead
    yield from (said(reason) for reason in end.reasons)
    if end.runner_up:
        yield texts.NOTE_SECOND.format(label=end.runner_up.label, share=end.runner_up.share)
        yield from (said(reason) for reason in end.runner_up.reasons)
    if end.steps:
        yield f"{end.steps.lead} [{end.steps.citation}]"
        yield from (f"{number}. {item}" for number, item in enumerate(end.steps.items, start=1))


def said(reason: AnswerReason) -> str:
    """Return a reason as one line, with its quote and the number of its source where it has one."""
    if reason.citation is None:
        return reason.frame
    return f"{reason.frame} {texts.QUOTED.format(quote=reason.quote)} [{reason.citation}]"
