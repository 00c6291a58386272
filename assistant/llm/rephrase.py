"""A follow-up becomes a standalone question with a language model, or by rule when in doubt."""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.llm import prompts
from assistant.llm.budget import Budget
from assistant.llm.stream import DraftFailedError, Stream
from assistant.progress import Progress
from ingest.text.tokens import words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

SHARE = 0.4  # Of the time-out, so that an answer can still be written.
MOST_CHARS = 300
LONGEST_CHARS = 1_000  # Reading stops here.
_OPENING = re.compile(r"^(?:(?:herschreven |zelfstandige )?vraag\s*:\s*|[-*•\"'“‘]+\s*)", re.IGNORECASE)
_MARKUP = re.compile(r"[<>{}|\\`]|https?:|\[")


@dataclass(frozen=True, slots=True)
class Rephraser:
    """Asks a language model; its question counts only when it adds no words that nobody used."""

    model: "BaseChatModel"
    budget: Budget
    timeout_s: float

    def __call__(self, question: str, history: Sequence[str], by_rule: str, progress: Progress) -> str:
        """Return the model's standalone question, or the one made by rule."""
        if progress.stopped or not self.budget.left():
            return by_rule
        messages = prompts.rephrase_messages(question, history)
        stream = Stream(self.model, messages, self.timeout_s * SHARE, lambda: progress.stopped)
        started = time.monotonic()
        try:
            written = stream.text(LONGEST_CHARS)
        except DraftFailedError as error:
            log.warning("follow-up made standalone by rule: %s", error)
            return by_rule
        except Exception:
            log.exception("follow-up made standalone by rule: what the model wrote could not be read")
            return by_rule
        finally:
            progress.waited_s += time.monotonic() - started
            self.budget.spend(stream.tokens)
        made = _tidy(written)
        if keeps(made, question, (*history, by_rule)):
            return made
        log.warning("follow-up made standalone by rule: the model's question says something else")
        return by_rule


def keeps(made: str, question: str, earlier: Sequence[str]) -> bool:
    """Return whether a question keeps the follow-up's words of substance and adds only earlier ones."""
    if not made or len(made) > MOST_CHARS or _MARKUP.search(made) or prompts.is_command(made):
        return False
    own, new = set(words(question)), set(words(made))
    known = own.union(*(words(turn) for turn in earlier))
    return own <= new and new <= known and len(new) > len(own)


def _tidy(text: str) -> str:
    """Return the first line that was written, without quotation marks and a heading."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return _OPENING.sub("", line.strip()).rstrip("\"'”’ ").strip()
