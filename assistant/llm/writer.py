"""MAIN PATH of a language model: blocks and question → its sentences, checked, or the quoted answer.

1. draft  short sentences, each with the number of its block
2. read   the same model, as a reader, says what in that block supports each of a few sentences
3. find   those words in the block, to the letter: that is the quote
4. veto   another number, name or practice, a negation too many or too few
5. show   each sentence at once; when too little remains, or anything fails, the quoted answer takes over
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant import texts
from assistant.answer.quotes import Found
from assistant.llm import prompts
from assistant.llm.blocks import Block, blocks_for
from assistant.llm.budget import Budget, Meter
from assistant.llm.check import AT_ONCE, Pair, Reader, Verdict
from assistant.llm.draft import Drafted, drafted
from assistant.llm.stream import DraftFailedError, Stream
from assistant.llm.task import most_sentences, task_for
from assistant.llm.vetoes import names_in, veto
from assistant.progress import Progress
from assistant.types import Claim, Draft, Written
from ingest.types import Practice

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

LEAST_SHOWN = 2  # With fewer sentences shown, a quoted answer of several quotes says more.
NEAREST = 3  # What rests on none of the first blocks is not about what was asked.
FRUITLESS = 6  # When none of so many sentences is supported, or so many are repeated, reading stops.


@dataclass(slots=True)
class _Attempt:
    """One draft while it is read: what it is about, until when, and what became of its sentences."""

    blocks: Sequence[Block]
    practices: Sequence[Practice]
    names: frozenset[str]
    most: int
    argued: Sequence[Claim]  # In advice, the quotes of which each sentence tells one.
    ends: float
    meter: Meter
    progress: Progress
    started: float = field(default_factory=time.perf_counter)
    waiting: list[Drafted] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    read: int = 0
    first_ms: float = 0.0
    last: tuple[int | None, bool] = (None, False)  # The block of the last sentence; was it shown?

    @property
    def left_s(self) -> float:
        """Return how long the model may still take."""
        return self.ends - time.monotonic()

    @property
    def enough(self) -> bool:
        """Return whether there are as many sentences as were asked for, or it leads to nothing."""
        shown = len(self.claims)
        return shown >= self.most or self.read - shown >= FRUITLESS + 2 * shown

    def stopped(self) -> bool:
        """Return whether nobody waits any more."""
        return self.progress.stopped

    def fits(self, sentence: Drafted) -> bool:
        """Return whether a sentence is worth a look: plain text, about a block, and not said to a model."""
        number = sentence.passage
        in_range = number is not None and 1 <= number <= len(self.blocks)
        return in_range and sentence.readable and not prompts.is_command(sentence.text)

    def block(self, sentence: Drafted) -> Block:
        """Return the block that a sentence points to."""
        return self.blocks[(sentence.passage or 1) - 1]

    def claim(self, sentence: Drafted, verdict: Verdict) -> Claim | None:
        """Return the sentence with its quote, or None when the reader or a veto rejects it."""
        block = self.block(sentence)
        quote = block.quote(verdict)
        if quote is None or (sentence.leans and self.last != (sentence.passage, True)):
            return None
        if veto(sentence.text, block.around(quote), block.section.title, self.practices, self.names):
            return None
        claim = Claim(sentence.text, quote)
        return claim if not self.argued or any(_rests_on(claim, one) for one in self.argued) else None

    def keep(self, sentence: Drafted, verdict: Verdict | None) -> None:
        """Show the sentence when it holds, and remember what became of it."""
        claim = self.claim(sentence, verdict) if verdict else None
        self.last = (sentence.passage, claim is not None)
        if claim is not None and all(claim.text != other.text for other in self.claims):
            self.claims.append(claim)
            self.first_ms = self.first_ms or (time.perf_counter() - self.started) * 1000
            self.progress.show(claim.text)


@dataclass(frozen=True, slots=True)
class LLMWriter:
    """Writes with any LangChain chat model that passed the exam; only checked sentences remain."""

    mode: str
    model: "BaseChatModel"
    budget: Budget
    timeout_s: float

    def write(self, found: Found, quoted: Sequence[Claim], progress: Progress) -> Written:
        """Return the draft's sentences that hold, or the quoted claims when those would say more."""
        if progress.stopped:
            return Written(tuple(quoted), texts.MODE_EXTRACTIVE)
        if not self.budget.left():
            return self._instead(quoted, Draft(fallback="daily limit reached"), texts.LIMIT_REACHED)
        attempt = self._begun(found, quoted, progress)
        failed = self._draft(attempt, found, quoted)
        claims = _framed(found, quoted, attempt.claims)
        shown = len({claim.text for claim in claims} & {claim.text for claim in attempt.claims})
        failed = failed or _too_little(shown, attempt, quoted, advised=found.judgement is not None)
        draft = Draft(attempt.read, attempt.read - shown, attempt.meter.tokens, failed)
        if failed:
            return self._instead(quoted, draft, texts.MODEL_SILENT)
        return Written(claims, self.mode, "", draft, {"first_sentence": attempt.first_ms})

    def _begun(self, found: Found, quoted: Sequence[Claim], progress: Progress) -> _Attempt:
        blocks = blocks_for(found, quoted)
        return _Attempt(
            blocks=blocks,
            practices=found.index.practices,
            names=names_in("\n".join(block.told for block in blocks)),
            most=most_sentences(quoted),
            argued=quoted if found.judgement else (),
            ends=time.monotonic() + self.timeout_s - progress.waited_s,
            meter=Meter(self.budget),
            progress=progress,
        )

    def _draft(self, attempt: _Attempt, found: Found, quoted: Sequence[Claim]) -> str:
        """Let the model write, and check what it writes; return why that failed, or nothing."""
        told = [block.told for block in attempt.blocks]
        task = task_for(found, quoted, attempt.blocks)
        messages = prompts.answer_messages(found.query.text, told, attempt.most, task)
        stream = Stream(self.model, messages, attempt.left_s, attempt.stopped)
        try:
            with closing(stream.pieces()) as pieces:  # Closed, it has counted its tokens.
                self._read(pieces, attempt)
        except DraftFailedError as error:
            return str(error)
        except Exception as error:  # Whatever a draft sets off, the quoted answer is there.
            log.exception("a draft could not be read")
            return type(error).__name__
        finally:
            attempt.meter.spend(stream.tokens)
        return ""

    def _read(self, pieces: Iterator[str | None], attempt: _Attempt) -> None:
        """Check what waits whenever the draft gives nothing new, or when as much waits as fits in a call."""
        for sentence in drafted(pieces):
            if sentence is not None:
                attempt.read += 1
                attempt.waiting.append(sentence)
            if sentence is None or len(attempt.waiting) >= AT_ONCE:
                self._check(attempt)
                if attempt.enough:
                    return
        self._check(attempt)

    def _check(self, attempt: _Attempt) -> None:
        """Ask the reader about the sentences that wait, and show those that hold, in order."""
        waiting, attempt.waiting = attempt.waiting, []
        fit = [sentence for sentence in waiting if attempt.fits(sentence)]
        verdicts: dict[int, Verdict] = {}
        if fit:
            attempt.progress.check()
            blocks = [attempt.block(sentence) for sentence in fit]
            pairs = [
                Pair(block.section.title, block.text, sentence.text)
                for block, sentence in zip(blocks, fit, strict=True)
            ]
            read = Reader(self.model).read(pairs, attempt.meter, attempt.left_s, attempt.stopped)
            verdicts = {id(sentence): verdict for sentence, verdict in zip(fit, read, strict=True)}
        for sentence in waiting:
            attempt.keep(sentence, verdicts.get(id(sentence)))

    def _instead(self, quoted: Sequence[Claim], draft: Draft, notice: str) -> Written:
        log.warning("quoted answer instead of %s: %s", self.mode, draft.fallback)
        return Written(tuple(quoted), texts.MODE_EXTRACTIVE, notice, draft)


def _too_little(shown: int, attempt: _Attempt, quoted: Sequence[Claim], *, advised: bool) -> str:
    """Say why a draft is no useful answer, or nothing: too little of it is left, or not what was asked.

    One sentence is enough where the quoted answer is one quote too, and in advice, which keeps its own lines
    and the quotes that the draft does not tell.
    """
    quotes = sum(claim.evidence is not None for claim in quoted)
    if shown < (1 if advised else min(LEAST_SHOWN, quotes)):
        return f"{shown} supported sentences"
    quoted_blocks = {claim.evidence.chunk_id for claim in quoted if claim.evidence}
    nearest = attempt.blocks[: max(NEAREST, len(quoted_blocks))]  # The quoted ones are the first.
    sections = {block.section.section_id for block in nearest}
    about = {claim.evidence.section.section_id for claim in attempt.claims if claim.evidence}
    return "" if sections & about else "nothing about what was asked"


def _framed(found: Found, quoted: Sequence[Claim], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims behind the opening of the quoted answer; in advice, each in the place of its quote.

    A list is told a line each. The lines of an advice that say what the visitor wrote, and what that points
    to, stay ours.
    """
    if found.judgement is None:
        opening = quoted[:1] if quoted and quoted[0].evidence is None else ()
        is_list = any("\n" in claim.text for claim in quoted)
        return (*opening, *(replace(claim, opens_line=is_list) for claim in claims))
    framed: list[Claim] = []
    for quote in quoted:
        told = [Claim(claim.text, quote.evidence) for claim in claims if _rests_on(claim, quote)]
        framed += told or [quote]
    return tuple(framed)


def _rests_on(claim: Claim, quote: Claim) -> bool:
    """Return whether a claim rests on a quote: another item of the same list argues for something else."""
    one, other = claim.evidence, quote.evidence
    if one is None or other is None or one.section.section_id != other.section.section_id:
        return False
    return other.span.start <= one.span.start and one.span.end <= other.span.end
