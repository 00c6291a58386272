"""How a model's sentences become an answer: behind ja or nee, as a list, or as the reasons of an advice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant import texts
from assistant.advice.grounds import Grounded
from assistant.advice.judgement import Judgement
from assistant.answer.quotes import Found, item
from assistant.llm import prompts
from assistant.llm.blocks import Block
from assistant.llm.draft import Drafted
from assistant.types import Claim, Sentence
from ingest.text.sentences import is_item

Role = Literal["for", "against", "second"]

MOST_QUOTED = 14  # Words of the visitor that are quoted.
LEAST_COVERED = 0.5  # A list is the one in the text when it tells so many of its items.


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that holds, as it was drafted, and with its quote."""

    drafted: Drafted
    claim: Claim


def role_of(judgement: Judgement, chunk_id: str, practice: str | None) -> Role | None:
    """Return what a chunk argues for in an advice, or None when it argues for nothing there."""
    if chunk_id in _chunks(judgement, judgement.first):
        return "for"
    if judgement.counter and chunk_id == judgement.counter.sentence.chunk_id:
        return "against"
    if chunk_id in _chunks(judgement, judgement.second):
        return "second"
    return "for" if practice == judgement.first else None


def visitors_words(found: Found, claim: Claim, said: str) -> str:
    """Return the visitor's own words that a reason is about, or nothing.

    They are those of the model as far as the visitor wrote them, to the letter but for capitals; else those
    by which our adviser found the reason.
    """
    if found.judgement is None:
        return ""
    signs = [sign.evidence for sign in found.judgement.reading.signs]
    own = next(filter(None, (_written(said, text) for text in (found.query.text, *signs))), "")
    reason = _reason(found.judgement, claim)
    return own or (reason.sign.evidence.rstrip(".") if reason and reason.sign else "")


def argues(found: Found, claim: Claim, words: str) -> bool:
    """Return whether a claim is a reason of this advice: about words of the visitor, or one that it had."""
    if found.judgement is None or claim.evidence is None:
        return False
    role = _role(found.judgement, claim)
    if words or role is None:
        return role is not None
    return role == "for" and _reason(found.judgement, claim) is not None


def advice(found: Found, quoted: Sequence[Claim], told: Sequence[Told]) -> tuple[Claim, ...]:
    """Return the decision as we word it, and each reason behind the visitor's words that it is about.

    Without a sentence for the practice that fits there is none. A runner-up needs words of its own.
    """
    judgement = found.judgement
    if judgement is None:
        return ()
    lines: dict[Role, list[Claim]] = {"for": [], "against": [], "second": []}
    used: list[str] = []
    for one in sorted(told, key=lambda one: _role(judgement, one.claim) != "for"):
        role, words = _role(judgement, one.claim), one.drafted.said
        if role is None or (role == "second" and (lines["second"] or words in used)):
            continue
        frame = "" if words in used and lines[role] else _frame(found, role, words, first=not lines[role])
        used.append(words)
        opens = role != "for" and not lines[role]
        text = one.claim.text if frame.endswith(":") else texts.capitalised(one.claim.text)
        framing = [Claim(frame, opens_line=opens)] if frame else []
        lines[role] += [*framing, Claim(text, _cited(judgement, one.claim))]
    return (*quoted[:1], *lines["for"], *lines["against"], *lines["second"]) if lines["for"] else ()


def gives_verdict(quoted: Sequence[Claim]) -> bool:
    """Return whether a quoted answer begins with ja, nee or that it depends."""
    return bool(quoted) and quoted[0].text in texts.VERDICTS.values()


def answer(quoted: Sequence[Claim], told: Sequence[Told], said: str) -> tuple[Claim, ...]:
    """Return the sentences and items, each item on a line of its own, behind our ja or nee.

    Where the model `said` another verdict than we found, neither is given.
    """
    ours = quoted[:1] if gives_verdict(quoted) else ()
    opening = ours if not said or (ours and ours[0].text == said) else ()
    return (*opening, *_lines(told))


def completed(
    quoted: Sequence[Claim], blocks: Sequence[Block], told: Sequence[Told], *, dropped: bool
) -> list[Told]:
    """Return a list with its lead line, and with the items of the text for which a sentence was dropped."""
    listed = next((one.evidence for one in quoted if one.evidence and "\n" in one.text), None)
    block = next((one for one in blocks if listed and one.chunk_id == listed.chunk_id), None)
    if listed is None or block is None or not any(one.drafted.sign for one in told):
        return list(told)
    lead, *_ = block.sentences
    source = [one for one in block.sentences if is_item(one.text) and _overlap(one, listed)]
    missing = [one for one in source if not any(_rests_on(other.claim, one) for other in told)]
    if len(missing) > (1 - LEAST_COVERED) * len(source):
        return list(told)
    sign = next(one.drafted.sign for one in told if one.drafted.sign)
    added = [Told(Drafted(item(one).text, None, sign), Claim(item(one).text, item(one))) for one in missing]
    whole = sorted([*told, *added], key=lambda one: _place(one, block)) if dropped and added else list(told)
    if whole[0].drafted.sign and not is_item(lead.text):
        whole.insert(0, Told(Drafted(lead.text, None), Claim(lead.text, lead)))
    return whole


def _lines(told: Sequence[Told]) -> Iterator[Claim]:
    """Yield the claims, with the signs of items, and a colon only above a list."""
    number = 0
    for place, one in enumerate(told):
        text, sign = one.claim.text, one.drafted.sign
        number += bool(sign)
        if sign:
            text = f"{'-' if sign == '-' else f'{number}.'} {text}"
        elif text.endswith(":") and not any(other.drafted.sign for other in told[place + 1 : place + 2]):
            text = f"{text[:-1]}."
        opens = bool(sign) or (place > 0 and bool(told[place - 1].drafted.sign))
        yield replace(one.claim, text=text, opens_line=opens)


def _place(one: Told, block: Block) -> tuple[bool, int]:
    """Return where a sentence goes in a list: in the order of the block, what rests on another comes last."""
    evidence = one.claim.evidence
    own = evidence is not None and evidence.chunk_id == block.chunk_id
    return not own, evidence.span.start if evidence and one.drafted.sign else -1


def _frame(found: Found, role: Role, words: str, *, first: bool) -> str:
    """Return our words before a reason: the visitor's, and what they point to."""
    labels = {practice.id: practice.in_text for practice in found.index.practices}
    judgement = found.judgement
    if judgement is None or not (words or first):
        return ""
    label = labels[judgement.second if role == "second" else judgement.first]
    if not words:
        return texts.ADVICE_FITS_WHEN.format(label=texts.capitalised(label))
    if role == "for" and first:
        points = texts.ADVICE_POINTS.format(label=label)
        return f"{texts.ADVICE_WROTE.format(words=words)} {points}"
    frames = {"for": texts.ADVICE_ALSO, "against": texts.ADVICE_AGAINST, "second": texts.ADVICE_RUNNER_UP}
    return frames[role].format(words=words, label=label)


def _written(said: str, text: str) -> str:
    """Return the words of a text that a model quotes, or nothing when it does not hold them so."""
    tokens = prompts.plain(said).strip(" .,;:!?").split()
    if not 1 <= len(tokens) <= MOST_QUOTED:
        return ""
    pattern = r"\s+".join(map(re.escape, tokens))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return " ".join(found[0].split()) if found and not prompts.is_command(found[0]) else ""


def _role(judgement: Judgement, claim: Claim) -> Role | None:
    evidence = claim.evidence
    return role_of(judgement, evidence.chunk_id, evidence.section.practice) if evidence else None


def _chunks(judgement: Judgement, practice: str) -> set[str]:
    return {found.sentence.chunk_id for found in judgement.reasons.get(practice, ())}


def _reason(judgement: Judgement, claim: Claim) -> Grounded | None:
    """Return the reason of our adviser that a claim rests on, if any."""
    counter = (judgement.counter,) if judgement.counter else ()
    every = [*(one for found in judgement.reasons.values() for one in found), *counter]
    return next((one for one in every if _rests_on(claim, one.sentence)), None)


def _cited(judgement: Judgement, claim: Claim) -> Sentence | None:
    """Return the quote of a claim: that of the reason it rests on, or its own."""
    reason = _reason(judgement, claim)
    return reason.sentence if reason else claim.evidence


def _rests_on(claim: Claim, quote: Sentence) -> bool:
    """Return whether a claim rests on a quote: another item of the same list argues for something else."""
    return claim.evidence is not None and _overlap(claim.evidence, quote)


def _overlap(one: Sentence, other: Sentence) -> bool:
    """Return whether two quotes share words of one section."""
    return one.section.section_id == other.section.section_id and one.span.overlaps(other.span)
