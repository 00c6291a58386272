"""MAIN PATH of the exam: a model → its record as a reader of fixed pairs of a block and a sentence.

1. load  the pairs: half of the sentences say something that their block does not
2. ask   the model, one to four pairs at once, in the very prompt in which answers are checked
3. mark  rejected or kept; kept only with words that are in the block, to the letter, and support the
         sentence; once it can no longer be passed, nothing more is asked
4. keep  the record, without which the chat lets no model write
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, model_validator
from tqdm import tqdm

from assistant.llm.budget import Meter, budget_of
from assistant.llm.check import AT_ONCE, Pair, Reader, Support, locate, upheld
from assistant.llm.exam import (
    LEAST_KEPT,
    LEAST_REJECTED,
    VERSION,
    ExamRecord,
    Marks,
    keep,
    prompt_version,
)
from assistant.llm.stream import DraftFailedError
from errors import DailyLimitError, LanguageModelError
from ingest.documents.data_files import read_lines
from ingest.text.sentences import sentences
from providers import address_of, open_model
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PAIRS_FILE = Path(__file__).with_name("pairs.jsonl")
CALLS = (1, AT_ONCE, 2, AT_ONCE, 3)  # Pairs in a call, over and over: in the chat the first has one.
LEAST_SUPPORTING = 0.5  # Of the sentences of the block that are quoted: a whole block supports anything.
MOST_FAILURES = 3  # When so many calls in a row fail, the exam is broken off and no record is kept.


class ExamPair(BaseModel):
    """A block, a sentence, and whether the one supports the other.

    `support` holds the words of the block that do, of each of its sentences that is needed. What is `held`
    stays out of prompts and documents, so that nobody tunes a prompt on it. In `instruction` pairs the block
    or the sentence speaks to the reader; an `item` pair says of one item of a list what another says, a
    `lead` pair puts an item under the line above another list.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    block: str
    sentence: str
    supported: bool
    kind: str
    support: tuple[str, ...]
    held: bool

    @model_validator(mode="after")
    def _supported_by_the_block(self) -> "ExamPair":
        if self.supported != bool(self.support) or not all(words in self.block for words in self.support):
            raise ValueError(f"{self.id}: supporting words are of the block, and of a right sentence")
        return self


Marked = tuple[ExamPair, Support | None]  # None when the call failed or the reader gave none that counts.


def load_pairs(file: Path = PAIRS_FILE) -> list[ExamPair]:
    """Read the pairs; raise DocumentError when a line cannot be read."""
    return [pair for _, pair in read_lines(file, ExamPair)]


def sit(name: str, settings: Settings) -> tuple[bool, str]:
    """Have a model sit the exam and keep its record; return whether it passed, and the report.

    Raise LanguageModelError when it cannot be opened, or fails again and again, and DailyLimitError once the
    limit of today is reached.
    """
    meter, pairs = Meter(budget_of(settings)), load_pairs()
    marked: list[Marked] = []
    for some in _marked(name, open_model(name, settings), pairs, meter, settings.llm_timeout_s):
        marked += some
        if _lost(marked, pairs):
            break
    record = ExamRecord(
        **_marks(marked).model_dump(),
        held=_marks([(pair, verdict) for pair, verdict in marked if pair.held]),
        model=name,
        server=address_of(name, settings),
        date=datetime.now(UTC).date().isoformat(),
        exam=VERSION,
        prompt=prompt_version(),
        unanswered=sum(verdict is None for _, verdict in marked),
        tokens=meter.tokens,
        broken_off=len(marked) < len(pairs),
    )
    keep(record, settings.llm_exams)
    return record.passed, "\n".join(_report(record, marked, len(pairs), settings))


def kept(pair: ExamPair, verdict: Support | None) -> bool:
    """Return whether a sentence would be shown with a quote that supports it.

    The quote is made of the block's sentences that hold the words; at least half of them support it.
    """
    words = upheld(verdict, pair.block) if verdict else None
    if words is None:
        return False
    support = [span for one in pair.support if (span := locate(one, pair.block))]
    quoted = [span for span in sentences(pair.block) if span.overlaps(words)]
    supporting = [span for span in quoted if any(span.overlaps(one) for one in support)]
    return len(supporting) >= max(1, LEAST_SUPPORTING * len(quoted))


def rejected(verdict: Support | None) -> bool:
    """Return whether the reader said that a sentence is not supported; silence is no answer."""
    return verdict is not None and not verdict.supported


def _marks(marked: Sequence[Marked]) -> Marks:
    """Return how many sentences were rejected and kept as they should be."""
    wrong = [rejected(verdict) for pair, verdict in marked if not pair.supported]
    right = [kept(pair, verdict) for pair, verdict in marked if pair.supported]
    return Marks(wrong=len(wrong), wrong_rejected=sum(wrong), right=len(right), right_kept=sum(right))


def _marked(
    name: str, model: "BaseChatModel", pairs: Sequence[ExamPair], meter: Meter, timeout_s: float
) -> Iterator[list[Marked]]:
    """Yield the pairs of each call with their verdicts, in order; raise LanguageModelError."""
    reader, failures = Reader(model), 0
    for some in tqdm(_calls(pairs), desc="exam", unit="call", disable=None):
        if not meter.budget.left():
            raise DailyLimitError(name)
        asked = [Pair(pair.title, pair.block, pair.sentence) for pair in some]
        try:
            yield list(zip(some, reader.read(asked, meter, timeout_s, lambda: False), strict=True))
            failures = 0
        except DraftFailedError as error:
            failures += 1
            if failures == MOST_FAILURES:
                raise LanguageModelError(name, str(error)) from None
            yield [(pair, None) for pair in some]


def _calls(pairs: Sequence[ExamPair]) -> list[Sequence[ExamPair]]:
    """Return the pairs of each call, as few or as many as the chat asks about at once."""
    calls, rest = [], pairs
    for size in cycle(CALLS):
        if not rest:
            break
        calls.append(rest[:size])
        rest = rest[size:]
    return calls


def _lost(marked: Sequence[Marked], pairs: Sequence[ExamPair]) -> bool:
    """Return whether the exam cannot be passed any more, however the other pairs are read."""
    wrong = sum(not pair.supported for pair in pairs)
    through = sum(
        not pair.supported and verdict is not None and verdict.supported for pair, verdict in marked
    )
    missed = sum(pair.supported and not kept(pair, verdict) for pair, verdict in marked)
    return through > (1 - LEAST_REJECTED) * wrong or missed > (1 - LEAST_KEPT) * (len(pairs) - wrong)


def _report(record: ExamRecord, marked: Sequence[Marked], pairs: int, settings: Settings) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"Exam {record.exam} of {record.model}, prompt {record.prompt}, {record.date}"
    yield _row("wrong sentences rejected", record.wrong_rejected, record.wrong, LEAST_REJECTED)
    yield _row("right sentences kept", record.right_kept, record.right, LEAST_KEPT)
    yield from _by_kind("let through", [p for p, v in marked if not p.supported and v and v.supported])
    yield from _by_kind("not kept", [p for p, v in marked if p.supported and not kept(p, v)])
    if record.held is not None:
        yield _row("held back: rejected", record.held.wrong_rejected, record.held.wrong)
        yield _row("held back: kept", record.held.right_kept, record.held.right)
    if record.broken_off:
        yield f"  broken off after {len(marked)} of {pairs} pairs: it could not be passed any more"
    if record.unanswered:
        yield f"  {'no verdict that counts':<26}{record.unanswered}"
    cost = record.tokens * settings.llm_euro_per_million / 1_000_000
    yield f"  {'tokens':<26}{record.tokens}" + (f" (€ {cost:.2f})" if cost else "")
    yield "Passed: it may write" if record.passed else "Not passed: answers stay quotes"
    yield f"Record: {settings.llm_exams}"


def _row(what: str, count: int, of: int, least: float | None = None) -> str:
    asked = "" if least is None else f"; at least {least:.0%}"
    return f"  {what:<26}{count / max(1, of):.1%} ({count} of {of}{asked})"


def _by_kind(what: str, pairs: Sequence[ExamPair]) -> Iterator[str]:
    counts = Counter(pair.kind for pair in pairs)
    if counts:
        yield f"    {what}: {', '.join(f'{kind} {count}' for kind, count in counts.most_common())}"
