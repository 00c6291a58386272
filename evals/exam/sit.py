"""MAIN PATH of the exam: a model → its record as a reader of fixed pairs of a block and a sentence.

1. load  the pairs: half of the sentences say something that their block does not
2. ask   the model, a few pairs at once, in the very prompt in which answers are checked
3. mark  rejected or kept; kept only with words that are in the block, to the letter; once it can no longer
         be passed, nothing more is asked
4. keep  the record, without which the chat lets no model write
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from tqdm import tqdm

from assistant.llm.budget import Meter, budget_of
from assistant.llm.check import AT_ONCE, Pair, Reader, Verdict, upheld
from assistant.llm.exam import LEAST_KEPT, LEAST_REJECTED, VERSION, ExamRecord, keep, prompt_version
from assistant.llm.stream import DraftFailedError
from errors import DailyLimitError, LanguageModelError
from ingest.documents.data_files import read_lines
from providers import address_of, open_model
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PAIRS_FILE = Path(__file__).with_name("pairs.jsonl")
MOST_FAILURES = 3  # When so many calls in a row fail, the exam is broken off and no record is kept.


class ExamPair(BaseModel):
    """A block, a sentence, and whether the one supports the other.

    What is `held` stays out of prompts and documents, so that nobody tunes a prompt on it. In `instruction`
    pairs the block or the sentence speaks to the reader.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    block: str
    sentence: str
    supported: bool
    kind: str
    held: bool


Marked = tuple[ExamPair, Verdict | None]  # None when the call failed.


def load_pairs(file: Path = PAIRS_FILE) -> list[ExamPair]:
    """Read the pairs; raise DocumentError when a line cannot be read."""
    return [pair for _, pair in read_lines(file, ExamPair)]


def sit(name: str, settings: Settings) -> tuple[bool, str]:
    """Let a model sit the exam and keep its record; return whether it passed, and the report.

    Raise LanguageModelError when it cannot be opened, or fails again and again, and DailyLimitError once the
    limit of today is reached.
    """
    meter, pairs = Meter(budget_of(settings)), load_pairs()
    marked: list[Marked] = []
    for some in _marked(name, open_model(name, settings), pairs, meter, settings.llm_timeout_s):
        marked += some
        if _lost(marked, pairs):
            break
    wrong = [verdict for pair, verdict in marked if not pair.supported]
    right = [kept(pair, verdict) for pair, verdict in marked if pair.supported]
    record = ExamRecord(
        model=name,
        server=address_of(name, settings),
        date=datetime.now(UTC).date().isoformat(),
        exam=VERSION,
        prompt=prompt_version(),
        wrong=len(wrong),
        wrong_rejected=sum(not (verdict and verdict.supported) for verdict in wrong),
        right=len(right),
        right_kept=sum(right),
        unanswered=sum(verdict is None for _, verdict in marked),
        tokens=meter.tokens,
        broken_off=len(marked) < len(pairs),
    )
    keep(record, settings.llm_exams)
    return record.passed, "\n".join(_report(record, marked, len(pairs), settings))


def kept(pair: ExamPair, verdict: Verdict | None) -> bool:
    """Return whether a sentence would be shown: supported, by words that are in the block."""
    return verdict is not None and upheld(verdict, pair.block) is not None


def _marked(
    name: str, model: "BaseChatModel", pairs: Sequence[ExamPair], meter: Meter, timeout_s: float
) -> Iterator[list[Marked]]:
    """Yield the pairs of each call with their verdicts, in order; raise LanguageModelError."""
    reader, failures = Reader(model), 0
    for start in tqdm(range(0, len(pairs), AT_ONCE), desc="exam", unit="call", disable=None):
        if not meter.budget.left():
            raise DailyLimitError(name)
        some = pairs[start : start + AT_ONCE]
        asked = [Pair(pair.title, pair.block, pair.sentence) for pair in some]
        try:
            yield list(zip(some, reader.read(asked, meter, timeout_s, lambda: False), strict=True))
            failures = 0
        except DraftFailedError as error:
            failures += 1
            if failures == MOST_FAILURES:
                raise LanguageModelError(name, str(error)) from None
            yield [(pair, None) for pair in some]


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
    if record.broken_off:
        yield f"  broken off after {len(marked)} of {pairs} pairs: it could not be passed any more"
    if record.unanswered:
        yield f"  {'not answered':<26}{record.unanswered}"
    cost = record.tokens * settings.llm_euro_per_million / 1_000_000
    yield f"  {'tokens':<26}{record.tokens}" + (f" (€ {cost:.2f})" if cost else "")
    yield "Passed: it may write" if record.passed else "Not passed: answers stay quotes"
    yield f"Record: {settings.llm_exams}"


def _row(what: str, count: int, of: int, least: float) -> str:
    return f"  {what:<26}{count / max(1, of):.1%} ({count} of {of}; at least {least:.0%})"


def _by_kind(what: str, pairs: Sequence[ExamPair]) -> Iterator[str]:
    counts = Counter(pair.kind for pair in pairs)
    if counts:
        yield f"    {what}: {', '.join(f'{kind} {count}' for kind, count in counts.most_common())}"
