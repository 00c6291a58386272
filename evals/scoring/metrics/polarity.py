"""Whether an answer says the opposite: its yes or no, and when a practice does not fit."""

from collections.abc import Mapping

from assistant.types import Answer
from evals.questions import ReferenceQuestion
from evals.scoring.metrics.facts import matches, plain_text, said
from evals.texts import VERDICTS
from ingest.types import Aspect, Section, Verdict

_OPPOSITE: Mapping[Verdict, Verdict] = {"ja": "nee", "nee": "ja"}


def verdict_said(answer: Answer) -> Verdict | None:
    """Return the verdict with which an answer opens, or None: 'Nee, reken eerder op maanden.' → 'nee'."""
    text = plain_text(answer).lstrip()
    return next((verdict for verdict, opening in VERDICTS.items() if opening.match(text)), None)


def score_polarity(
    question: ReferenceQuestion,
    answer: Answer,
    sections: Mapping[str, Section],
    aspects: Mapping[str, Aspect],
) -> dict[str, float]:
    """Score the verdict of a yes/no question, and whether a negated question gets the opposite answer.

    A negated question about when something fits is answered the opposite way when its first quote comes from
    a section that argues for a practice, and right when it comes from one that argues against it.
    """
    scores: dict[str, float] = {}
    errors: list[bool] = []
    if question.verdict:
        verdict = verdict_said(answer)
        errors.append(verdict is not None and _OPPOSITE.get(question.verdict) == verdict)
        scores["verdict_given"] = float(verdict is not None)
        if verdict:
            scores["verdict_right"] = float(verdict == question.verdict)
    if question.negated and question.forbid:
        errors.append(matches(question.forbid, said(answer)))
    if question.negated and question.form == "when":
        argues = _first_argues(answer, sections, aspects)
        errors.append(argues == "for")
        scores["against_first"] = float(argues == "against")
    if errors:
        scores["polarity_error"] = float(any(errors))
    return scores


def _first_argues(
    answer: Answer, sections: Mapping[str, Section], aspects: Mapping[str, Aspect]
) -> str | None:
    """Return what the section of the first quote argues, by its aspect, or None."""
    section = sections.get(answer.citations[0].section_id) if answer.citations else None
    aspect = aspects.get(section.aspect) if section and section.aspect else None
    return aspect.advice if aspect else None
