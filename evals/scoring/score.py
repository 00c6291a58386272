"""Questions with answers → scores: every metric that is defined for a question, and one that sums it up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.types import Answer
from evals.questions import ReferenceQuestion
from evals.scoring.metrics import (
    citation_precision,
    citation_validity,
    fact_groups_found,
    ranking_scores,
    readability,
    score_advice,
    score_ambiguous,
    score_draft,
)
from evals.types import Asked, Scored
from ingest.types import Practice, Section


def score_all(
    asked: Sequence[Asked], sections: Mapping[str, Section], practices: Sequence[Practice] = ()
) -> list[Scored]:
    """Score every answer against the labels of its question and the stored sections, in the order given."""
    with_sections = [one for one in asked if one.question.sections]
    ranking = ranking_scores(
        {one.question.id: one.question.sections for one in with_sections},
        {one.question.id: ranked_sections(one.answer) for one in with_sections},
    )
    return _with_loss([_scored(one, ranking.get(one.question.id, {}), sections, practices) for one in asked])


def ranked_sections(answer: Answer) -> list[str]:
    """Return the sections of the answer's passages, best first."""
    return list(dict.fromkeys(passage.section.section_id for passage in answer.passages))


def _scored(
    asked: Asked,
    ranking: Mapping[str, float],
    sections: Mapping[str, Section],
    practices: Sequence[Practice],
) -> Scored:
    question, answer = asked.question, asked.answer
    scores = {**ranking, **_form(answer, sections, practices), **_task(question, answer)}
    refused = float(answer.status == "refused")
    scores["false_refusal" if question.answerable else "refused"] = refused
    scores["right"] = _right(question, scores)
    return Scored(question, answer, scores)


def _form(answer: Answer, sections: Mapping[str, Section], practices: Sequence[Practice]) -> dict[str, float]:
    """Score what needs no label: the citations, and the text of an answer that is no refusal."""
    scores = readability(answer) if answer.status != "refused" else {}
    if answer.citations:
        scores["citation_validity"] = citation_validity(answer.citations, sections)
    return {**scores, **score_draft(answer, practices)}


def _task(question: ReferenceQuestion, answer: Answer) -> dict[str, float]:
    """Score what the question asks for."""
    if question.task == "advice":
        return score_advice(answer, question.practices[0])
    if question.task == "ambiguous":
        return score_ambiguous(answer, question.practices)
    return _knowledge(question, answer) if question.task == "knowledge" else {}


def _knowledge(question: ReferenceQuestion, answer: Answer) -> dict[str, float]:
    scores = {"practice": float(_about_right_practice(question, answer))}
    if question.facts:
        scores["facts"] = fact_groups_found(answer, question.facts)
        scores["facts_all"] = float(scores["facts"] == 1)
    if question.sections and answer.citations:
        scores["citation_precision"] = citation_precision(answer.citations, question.sections)
    return scores


def _about_right_practice(question: ReferenceQuestion, answer: Answer) -> bool:
    """Return whether the practice cited most or advised is asked about, or an answering section is cited."""
    cited = Counter(citation.practice for citation in answer.citations)
    most = {practice for practice, count in cited.items() if count == max(cited.values())}
    first = {answer.advice.ranking[0].practice} if answer.advice else set()
    answering = any(citation.section_id.startswith(question.sections) for citation in answer.citations)
    return bool((most | first) & set(question.practices)) or (bool(question.sections) and answering)


def _right(question: ReferenceQuestion, scores: Mapping[str, float]) -> float:
    """Return the one score that says how right an answer is."""
    names: Mapping[str, tuple[str, ...]] = {
        "advice": ("advice_first",),
        "ambiguous": ("ambiguous_handled",),
        "knowledge": ("facts", "section_at_5"),
        "refusal": ("refused",),
    }
    return next((scores[name] for name in names[question.task] if name in scores), 0.0)


def _with_loss(scored: Sequence[Scored]) -> list[Scored]:
    """Add to each noisy question how much worse its answer is than that of its clean form."""
    right = {one.question.id: one.scores["right"] for one in scored}
    return [
        replace(one, scores={**one.scores, "loss": right[one.question.clean] - one.scores["right"]})
        if one.question.clean in right
        else one
        for one in scored
    ]
