"""From verified claims to what a visitor reads: text with markers, advice, a refusal, a friendly line."""

from collections.abc import Mapping, Sequence

from assistant.advice.judgement import Judgement
from assistant.answer.citations import place
from assistant.types import Advice, Answer, Citation, Claim, Question, RankedPractice, Reason, SaidFeature
from ingest.index.open import Index


def text_of(
    claims: Sequence[Claim], citations: Mapping[tuple[str, int, int], Citation], judgement: Judgement | None
) -> str:
    """Join claims to a text in which each quote is followed by its marker."""
    parts: list[str] = []
    for claim in claims:
        marker = f" [{citations[place(claim.evidence)].n}]" if claim.evidence else ""
        gap = "" if not parts else "\n" if claim.opens_line else " "
        parts.append(f"{gap}{claim.text}{marker}")
    if judgement and judgement.close:
        parts.append(f"\n{judgement.question}")
    return "".join(parts)


def advice_of(
    index: Index, judgement: Judgement, citations: Mapping[tuple[str, int, int], Citation]
) -> Advice:
    """Return every practice with its probability, and for the first two the reasons that are cited.

    When a model explains the first practice with other quotes from its sections, those are its reasons.
    """
    labels = {practice.id: practice.label for practice in index.practices}
    features = tuple(
        SaidFeature(sign.criterion.id, sign.value, sign.evidence) for sign in judgement.reading.signs
    )
    none_fits = judgement.none_fits.sign if judgement.none_fits else None
    ranking = tuple(
        RankedPractice(
            practice,
            labels[practice],
            probability,
            _reasons(judgement, practice, citations),
        )
        for practice, probability in judgement.ranking
    )
    return Advice(
        ranking=ranking,
        features=features,
        none_fits=none_fits.criterion.id if none_fits else None,
        clarifying_question=judgement.question or None,
        options=judgement.options,
    )


def _reasons(
    judgement: Judgement, practice: str, citations: Mapping[tuple[str, int, int], Citation]
) -> tuple[Reason, ...]:
    reasons = judgement.reasons.get(practice, ())
    cited = tuple(
        Reason(
            reason.sentence.text,
            citations[place(reason.sentence)].n,
            reason.sign.criterion.id if reason.sign else None,
        )
        for reason in reasons
        if place(reason.sentence) in citations
    )
    if cited or practice != judgement.first:
        return cited
    own = [citation for citation in citations.values() if citation.practice == practice]
    return tuple(Reason(citation.quote, citation.n) for citation in own[: len(reasons)])


def friendly(question: Question, line: str, mode: str, suggestions: Sequence[str]) -> Answer:
    """Return the answer to small talk."""
    return Answer(
        id=question.id,
        question=question.text,
        standalone_question=question.text,
        status="answered",
        mode=mode,
        text=line,
        suggestions=tuple(suggestions),
    )
