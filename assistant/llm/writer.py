"""MAIN PATH of a language model: blocks and question → its sentences, checked, or the quoted answer.

1. draft  short sentences, each with the number of its block
2. read   the same model, as a reader, says what in that block supports each of a few sentences
3. find   those words in the block, to the letter: that is the quote
4. veto   another number, name or practice, a negation too many or too few
5. show   each sentence at once, and then the whole as `layout.py` lays it out; when too little remains, or
          anything fails, the quoted answer takes over
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant import texts
from assistant.answer.quotes import Found
from assistant.llm import layout, prompts
from assistant.llm.blocks import Block, blocks_for
from assistant.llm.budget import Budget, Meter
from assistant.llm.check import AT_ONCE, Pair, Reader, Verdict
from assistant.llm.draft import Drafted, drafted
from assistant.llm.layout import Told, argues, gives_verdict, visitors_words
from assistant.llm.stream import DraftFailedError, Stream
from assistant.llm.task import Form, form_of, is_about, most_sentences, task_for
from assistant.llm.vetoes import names_in, veto
from assistant.progress import Progress
from assistant.types import Claim, Draft, Written

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

NOTHING_YET = (None, False)
LEAST_SHOWN = 2  # With fewer sentences shown, a quoted answer of several quotes says more.
LONGEST_CHARS = 40_000  # Reading stops here: more than the 8,000 tokens that can be set at most.
FRUITLESS = 6  # When none of so many sentences is supported, or so many are repeated, reading stops.


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A sentence that waits for the reader, and as the reader reads it: with what it cannot do without."""

    drafted: Drafted
    read: str


@dataclass(slots=True)
class _Attempt:
    """One draft while it is read: what it is about, until when, and what became of its sentences."""

    found: Found
    blocks: Sequence[Block]
    names: frozenset[str]
    form: Form
    settled: bool  # Whether we begin with ja or nee ourselves.
    most: int
    ends: float
    meter: Meter
    progress: Progress
    started: float = field(default_factory=time.perf_counter)
    waiting: list[_Waiting] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    above: Drafted | None = None  # The sentence before, and for an item the line above its list.
    verdict: str = ""
    read: int = 0
    first_ms: float = 0.0
    last: tuple[int | None, bool] = NOTHING_YET  # The block of the last sentence; was it shown?

    @property
    def left_s(self) -> float:
        """Return how long the model may still take."""
        return self.ends - time.monotonic()

    @property
    def enough(self) -> bool:
        """Return whether there are as many sentences as were asked for, or it leads to nothing."""
        shown = len(self.told)
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

    def add(self, sentence: Drafted) -> None:
        """Let a sentence wait for the reader, with the line or sentence that it hangs on before it."""
        self.read += 1
        if self.form == "advice" or self.settled:
            sentence = sentence.apart(quoting=self.form == "advice")
        self.verdict = self.verdict or sentence.verdict
        above, read = self.above, sentence.text
        if above and above.passage == sentence.passage and self.fits(above):
            hangs = above.leads if sentence.sign else sentence.leans
            read = f"{above.text} {read}" if hangs else read
        self.waiting.append(_Waiting(sentence, read))
        if not (sentence.sign and above and above.leads):
            self.above = sentence

    def claim(self, sentence: Drafted, verdict: Verdict) -> Claim | None:
        """Return the sentence with its quote, or None when the reader or a veto rejects it."""
        block, practices = self.block(sentence), self.found.index.practices
        quote = block.quote(verdict)
        opens = self.last == NOTHING_YET and sentence.names
        if quote is None or (sentence.leans and not opens and self.last != (sentence.passage, True)):
            return None
        if veto(sentence.text, block.around(quote), block.section.title, practices, self.names):
            return None
        return Claim(sentence.text, quote)

    def keep(self, sentence: Drafted, verdict: Verdict | None) -> None:
        """Show the sentence when it holds, and remember what became of it."""
        claim = self.claim(sentence, verdict) if verdict else None
        if claim is not None and self.form == "advice":
            sentence = replace(sentence, said=visitors_words(self.found, claim, sentence.said))
            claim = claim if argues(self.found, claim, sentence.said) else None
        self.last = (sentence.passage, claim is not None)
        if claim is not None and all(claim.text != other.claim.text for other in self.told):
            self.told.append(Told(sentence, claim))
            self.first_ms = self.first_ms or (time.perf_counter() - self.started) * 1000
            self.progress.show(texts.capitalised(claim.text))

    def laid_out(self, quoted: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the answer that the sentences make."""
        if self.form == "advice":
            return layout.advice(self.found, quoted, self.told)
        told: Sequence[Told] = self.told
        if self.form == "list" and told:
            told = layout.completed(quoted, self.blocks, told, dropped=self.read > len(told))
        return layout.answer(quoted, told, self.verdict)


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
        failed = self._draft(attempt, quoted)
        claims = attempt.laid_out(quoted)
        failed = failed or _too_little(attempt, quoted, claims)
        draft = Draft(attempt.read, attempt.read - len(attempt.told), attempt.meter.tokens, failed)
        if failed:
            return self._instead(quoted, draft, texts.MODEL_SILENT)
        return Written(claims, self.mode, "", draft, {"first_sentence": attempt.first_ms})

    def _begun(self, found: Found, quoted: Sequence[Claim], progress: Progress) -> _Attempt:
        blocks = blocks_for(found, quoted)
        return _Attempt(
            found=found,
            blocks=blocks,
            names=names_in("\n".join(block.told for block in blocks)),
            form=form_of(found, quoted),
            settled=gives_verdict(quoted),
            most=most_sentences(quoted),
            ends=time.monotonic() + self.timeout_s - progress.waited_s,
            meter=Meter(self.budget),
            progress=progress,
        )

    def _draft(self, attempt: _Attempt, quoted: Sequence[Claim]) -> str:
        """Let the model write, and check what it writes; return why that failed, or nothing."""
        found, told = attempt.found, [block.told for block in attempt.blocks]
        task = task_for(found, quoted, attempt.blocks)
        messages = prompts.answer_messages(found.query.text, told, attempt.most, task)
        stream = Stream(self.model, messages, attempt.left_s, attempt.stopped)
        attempt.progress.begin("drafting")
        try:
            with closing(stream.pieces(LONGEST_CHARS)) as pieces:  # Closed, it has counted its tokens.
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
                attempt.add(sentence)
            if sentence is None or len(attempt.waiting) >= AT_ONCE:
                self._check(attempt)
                if attempt.enough:
                    return
        self._check(attempt)

    def _check(self, attempt: _Attempt) -> None:
        """Ask the reader about the sentences that wait, and show those that hold, in order."""
        waiting, attempt.waiting = attempt.waiting, []
        fit = [one for one in waiting if attempt.fits(one.drafted)]
        verdicts: dict[int, Verdict] = {}
        if fit:
            attempt.progress.begin("checking")
            blocks = [attempt.block(one.drafted) for one in fit]
            pairs = [
                Pair(block.section.title, block.text, one.read)
                for block, one in zip(blocks, fit, strict=True)
            ]
            read = Reader(self.model).read(pairs, attempt.meter, attempt.left_s, attempt.stopped)
            verdicts = {id(one): verdict for one, verdict in zip(fit, read, strict=True)}
        for one in waiting:
            attempt.keep(one.drafted, verdicts.get(id(one)))

    def _instead(self, quoted: Sequence[Claim], draft: Draft, notice: str) -> Written:
        log.warning("quoted answer instead of %s: %s", self.mode, draft.fallback)
        return Written(tuple(quoted), texts.MODE_EXTRACTIVE, notice, draft)


def _too_little(attempt: _Attempt, quoted: Sequence[Claim], claims: Sequence[Claim]) -> str:
    """Say why a draft is no useful answer, or nothing: too little of it is left, or not what was asked.

    One sentence is enough where the draft or the quoted answer is no longer than that, and in advice.
    """
    quotes = sum(claim.evidence is not None for claim in quoted)
    shown = len(attempt.told)
    least = 1 if attempt.form == "advice" else min(LEAST_SHOWN, max(1, attempt.read), quotes)
    if shown < least or not claims:
        return f"{shown} supported sentences"
    about = is_about(attempt.found, attempt.form, attempt.blocks, quoted, claims)
    return "" if about else "nothing about what was asked"
