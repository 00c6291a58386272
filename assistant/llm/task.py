"""What a writer is asked to do: the form and polarity of the question, or the advice as it was decided."""

from collections.abc import Sequence

from assistant.advice.grounds import Grounded
from assistant.advice.judgement import Judgement
from assistant.answer.quotes import Found
from assistant.llm import prompts
from assistant.llm.blocks import Block
from assistant.types import Claim
from ingest.index.open import Index

SENTENCES = 4  # So many sentences are asked for; a list may take one for each of its lines.
MOST_LINES = 12


def most_sentences(quoted: Sequence[Claim]) -> int:
    """Return how many sentences an answer may have, by the lines of the quoted one."""
    lines = sum(len(claim.text.splitlines()) for claim in quoted if claim.evidence)
    return min(MOST_LINES, max(SENTENCES, lines))


def task_for(found: Found, quoted: Sequence[Claim], blocks: Sequence[Block]) -> str:
    """Return what the writer is told to do with the blocks."""
    if found.judgement is not None:
        return _advice(found.index, found.judgement, blocks)
    opening = next((claim.text for claim in quoted[:1] if claim.evidence is None), "")
    lines = max((len(claim.text.splitlines()) for claim in quoted), default=0)
    if opening:
        form = "verdict"
    elif len(found.query.mentions.practices) > 1:
        form = "comparison"
    else:
        form = "list" if lines > 1 else "fact"
    told = prompts.TASKS[form].format(verdict=opening)
    return f"{told} {prompts.NEGATED}" if found.query.negated else told


def _advice(index: Index, judgement: Judgement, blocks: Sequence[Block]) -> str:
    """Return the decision with the features that the visitor told, and what each block argues for."""
    labels = {practice.id: practice.in_text for practice in index.practices}
    first, second = labels[judgement.first], labels[judgement.second]
    situation = [
        prompts.SAID.format(
            words=prompts.plain(sign.evidence),
            feature=sign.criterion.present.means if sign.value == "yes" else sign.criterion.absent.means,
        )
        for sign in judgement.reading.signs
    ]
    reasons = [
        prompts.REASON.format(
            n=n,
            role=prompts.ROLES[role].format(first=first, second=second),
            words=_words(ground),
            ground=prompts.plain(ground.sentence.text),
        )
        for n, block in enumerate(blocks, start=1)
        for role, ground in _grounds(judgement)
        if ground.sentence.chunk_id == block.chunk_id
    ]
    said = prompts.SITUATION.format(situation="\n".join(situation)) if situation else ""
    return said + prompts.ADVICE.format(reasons="\n".join(reasons), first=first, second=second)


def _grounds(judgement: Judgement) -> list[tuple[str, Grounded]]:
    """Return the passages that the advice rests on, each with what it argues for."""
    against = [("against", judgement.counter)] if judgement.counter else []
    return [
        *(("for", ground) for ground in judgement.reasons.get(judgement.first, ())),
        *against,
        *(("second", ground) for ground in judgement.reasons.get(judgement.second, ())),
    ]


def _words(ground: Grounded) -> str:
    return prompts.WORDS.format(words=prompts.plain(ground.sign.evidence)) if ground.sign else ""
