"""The record of an exam: which model may write, by what it did as a reader of fixed pairs.

`python -m evals exam` sits it and keeps the record; without a passed one nobody writes.
"""

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.llm import check
from providers import address_of
from settings import Settings

log = logging.getLogger(__name__)

VERSION = 2  # Of the pairs in evals/exam/pairs.jsonl and how they are asked: others are another version.
SAMPLE = check.Pair("Titel", "Een <blok>\nvan twee regels.", "Een zin.")  # With what the prompt replaces.
LEAST_REJECTED, LEAST_KEPT = 0.98, 0.85  # Of the wrong sentences, and of the right ones.


class Marks(BaseModel):
    """Of how many pairs the wrong sentences were rejected, and the right ones kept with their words."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    wrong: int
    wrong_rejected: int
    right: int
    right_kept: int

    @property
    def passed(self) -> bool:
        """Return whether the model may write."""
        if not self.wrong or not self.right:
            return False
        rejected, kept = self.wrong_rejected / self.wrong, self.right_kept / self.right
        return rejected >= LEAST_REJECTED and kept >= LEAST_KEPT


class ExamRecord(Marks):
    """What one model did in the exam: its marks, those of the part that is held back, and its tokens.

    `server` is where the model was asked; one of that name elsewhere may be another model. It is
    `broken_off` once it cannot be passed any more; the figures are of what was asked until then. What is
    `unanswered`, or approved with the canary too, is neither rejected nor kept.
    """

    model: str
    server: str
    date: str
    exam: int
    prompt: str
    unanswered: int
    tokens: int
    broken_off: bool = False
    held: Marks | None = None


def prompt_version() -> str:
    """Return the version of the reader's prompt: a hash of what it reads of one pair, and of what counts."""
    told = [str(message.content) for message in check.messages_for([SAMPLE])]
    return hashlib.sha256(repr((told, check.AT_ONCE, check.LEAST_WORDS)).encode()).hexdigest()[:12]


def may_write(name: str, settings: Settings) -> bool:
    """Return whether the latest record of this model, for this prompt and exam, is a passed one."""
    asked = (name, address_of(name, settings), VERSION, prompt_version())
    of_model = [
        record
        for record in _records(settings.llm_exams)
        if (record.model, record.server, record.exam, record.prompt) == asked
    ]
    return bool(of_model) and of_model[-1].passed


def keep(record: ExamRecord, file: Path) -> None:
    """Add a record to the file of records."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(record.model_dump_json() + "\n")


def _records(file: Path) -> Iterator[ExamRecord]:
    """Yield the records of a file, oldest first; a line that is none is logged and passed over."""
    if not file.is_file():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield ExamRecord.model_validate_json(line)
        except ValidationError:
            log.warning("%s, line %d is no record of an exam", file, number)
