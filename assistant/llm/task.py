"""What a writer is asked to do: the form and polarity of the question, or the advice as it was decided."""

from collections.abc import Sequence
from typing import Literal

from assistant.advice.grounds import Grounded
from assistant.advice.judgement import Judgement
from assistant.answer.quotes import Found
from assistant.llm import prompts
from assistant.llm.blocks import Block
from assistant.llm.layout import Role, gives_verdict, role_of
from assistant.question.yes_no import asks_yes_no
from assistant.types import Claim
from ingest.index.open import Index
from ingest.text.mentions import mentions

Form = Literal["fact", "list", "comparison", "verdict", "advice"]

SENTENCES = 4  # So many sentences are asked for; a list may take one for each of its lines.
MOST_LINES = 12
# What rests on none of the first blocks is not about what was asked. Of 829 dev questions with labelled facts
# 10 have them in later blocks alone, in no sentence as near to the question as the quoted answer; 3% of the
# other sentences of later blocks are as near, so that nearness would not help.
NEAREST = 3


def form_of(found: Found, quoted: Sequence[Claim]) -> Form:
    """Return what kind of answer is asked."""
    if found.judgement is not None:
        return "advice"
    lines = max((len(claim.text.splitlines()) for claim in quoted), default=0)
    if gives_verdict(quoted) or asks_yes_no(found.query.text, found.index.practices):
        return "verdict"
    if len(found.query.mentions.practices) > 1:
        return "comparison"
    return "list" if lines > 1 else "fact"


def most_sentences(quoted: Sequence[Claim]) -> int:
    """Return how many sentences an answer may have, by the lines of the quoted one."""
    lines = sum(len(claim.text.splitlines()) for claim in quoted if claim.evidence)
    return min(MOST_LINES, max(SENTENCES, lines))


def is_about(
    found: Found, form: Form, blocks: Sequence[Block], quoted: Sequence[Claim], claims: Sequence[Claim]
) -> bool:
    """Return whether claims are about what was asked.

    They rest on a section of the first blocks, or name each practice that the question compares.
    """
    quoted_blocks = {claim.evidence.chunk_id for claim in quoted if claim.evidence}
    nearest = blocks[: max(NEAREST, len(quoted_blocks))]  # The quoted ones are the first.
    sections = {block.section.section_id for block in nearest}
    if any(claim.evidence and claim.evidence.section.section_id in sections for claim in claims):
        return True
    told = "\n".join(claim.text for claim in claims)
    named = mentions(told, found.index.practices, ()).practices
    return form == "comparison" and set(found.query.mentions.practices) <= set(named)


def task_for(found: Found, quoted: Sequence[Claim], blocks: Sequence[Block]) -> str:
    """Return what the writer is told to do with the blocks."""
    if found.judgement is not None:
        return _advice(found.index, found.judgement, blocks)
    told = prompts.TASKS[form_of(found, quoted)]
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
    roles = [role_of(judgement, block.chunk_id, block.section.practice) for block in blocks]
    others = [
        prompts.OTHERS[role].format(n=n, first=first, second=second)
        for n, role in enumerate(roles, start=1)
        if role is not None
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
    return said + prompts.ADVICE.format(
        first=first,
        for_first=", ".join(f"[{n}]" for n, role in enumerate(roles, start=1) if role == "for"),
        others="".join(others),
        reasons=prompts.REASONS.format(lines="\n".join(reasons)),
    )


def _grounds(judgement: Judgement) -> list[tuple[Role, Grounded]]:
    """Return the passages that the advice rests on, each with what it argues for."""
    against: list[tuple[Role, Grounded]] = [("against", judgement.counter)] if judgement.counter else []
    return [
        *(("for", ground) for ground in judgement.reasons.get(judgement.first, ())),
        *against,
        *(("second", ground) for ground in judgement.reasons.get(judgement.second, ())),
    ]


def _words(ground: Grounded) -> str:
    return prompts.WORDS.format(words=prompts.plain(ground.sign.evidence)) if ground.sign else ""
