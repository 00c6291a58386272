"""Questions with answers → scores: every metric that is defined for a question, and one that sums it up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import Answer
from evals.questions import ReferenceQuestion
from evals.scoring.metrics.advice import score_advice, score_ambiguous
from evals.scoring.metrics.facts import all_facts, facts_at, groups_found, matches, said
from evals.scoring.metrics.polarity import score_polarity
from evals.scoring.metrics.ranking import ranking_scores
from evals.scoring.metrics.shown import score_shown
from evals.scoring.metrics.unlabelled import citation_validity, score_draft
from evals.types import Answered, Scored
from ingest.types import Aspect, Practice, Section

CUTOFFS = (1, 5)  # All asked facts are in so many of the best sections.


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index holds that answers are scored against."""

    sections: Mapping[str, Section]
    practices: Sequence[Practice] = ()
    aspects: Mapping[str, Aspect] = field(default_factory=dict)


def score_all(asked: Sequence[Answered], stored: Stored) -> list[Scored]:
    """Score every answer against the labels of its question and what is stored, in the order given."""
    with_sections = [one for one in asked if one.question.sections]
    ranking = ranking_scores(
        {one.question.id: one.question.sections for one in with_sections},
        {one.question.id: ranked_sections(one.answer) for one in with_sections},
    )
    return [_scored(one, ranking.get(one.question.id, {}), stored) for one in asked]


def ranked_sections(answer: Answer) -> list[str]:
    """Return the sections of the answer's passages, best first."""
    return list(dict.fromkeys(passage.section.section_id for passage in answer.passages))


def score_facts(question: ReferenceQuestion, answer: Answer) -> dict[str, float]:
    """Score the asked facts; a refusal holds none, whatever it quotes."""
    if answer.status == "refused":
        scores = {"facts": 0.0, "asked": 0.0, "first_answers": 0.0}
    else:
        text = said(answer)
        found = groups_found(question, text)
        scores = {"facts": sum(found) / len(found), "asked": float(all_facts(question, text))}
        scores |= score_shown(question, answer)
    return scores | {"list_complete": scores["asked"]} if question.asks_list else scores


def _scored(asked: Answered, ranking: Mapping[str, float], stored: Stored) -> Scored:
    question, answer = asked.question, asked.answer
    scores = {**ranking, **_form(answer, stored), **_task(question, answer, stored)}
    refused = float(answer.status == "refused")
    scores["false_refusal" if question.answerable else "refused"] = refused
    scores["right"] = _right(question, scores)
    return Scored(question, answer, scores)


def _form(answer: Answer, stored: Stored) -> dict[str, float]:
    """Score what needs no label: the citations, and what became of a model's draft."""
    scores = score_draft(answer)
    if answer.citations:
        scores["citation_validity"] = citation_validity(answer.citations, stored.sections)
    return scores


def _task(question: ReferenceQuestion, answer: Answer, stored: Stored) -> dict[str, float]:
    """Score what the question asks for."""
    if question.task == "advice":
        return score_advice(answer, [*question.practices[:1], *question.acceptable])
    if question.task == "ambiguous":
        return score_ambiguous(answer, [*question.practices, *question.acceptable])
    return (
        _knowledge(question, answer, stored) if question.task == "knowledge" else _refusal(question, answer)
    )


def _refusal(question: ReferenceQuestion, answer: Answer) -> dict[str, float]:
    """Score whether a refusal gives the nearest thing that is known, where there is one."""
    if not question.nearest:
        return {}
    return {"nearest": float(answer.status == "refused" and matches(question.nearest, said(answer)))}


def _knowledge(question: ReferenceQuestion, answer: Answer, stored: Stored) -> dict[str, float]:
    scores: dict[str, float] = {}
    if question.facts or question.expect:
        known = [stored.sections[id_].text for id_ in ranked_sections(answer) if id_ in stored.sections]
        scores |= score_facts(question, answer) | facts_at(question, known, CUTOFFS)
    return {**scores, **score_polarity(question, answer, stored.sections, stored.aspects)}


def _right(question: ReferenceQuestion, scores: Mapping[str, float]) -> float:
    """Return the one score that says how right an answer is."""
    names: Mapping[str, tuple[str, ...]] = {
        "advice": ("advice_first",),
        "ambiguous": ("ambiguous_handled",),
        "knowledge": ("asked", "section_at_5"),
        "refusal": ("refused",),
    }
    return next((scores[name] for name in names[question.task] if name in scores), 0.0)


def worst_first(scored: Iterable[Scored]) -> list[Scored]:
    """Return the answers that are not wholly right, worst first: opposite ones, then by asked facts."""

    def badness(one: Scored) -> tuple[float, ...]:
        scores = one.scores
        return (
            -scores.get("polarity_error", 0.0),
            scores["right"],
            scores.get("facts", 0.0),
            scores.get("shown_answers", 0.0),
            scores.get("reciprocal_rank", 0.0),
        )

    return sorted((one for one in scored if one.scores["right"] < 1), key=badness)
