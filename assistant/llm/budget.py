"""Tokens and cost of a language model a day, kept in a file that all processes share."""

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from settings import Settings

log = logging.getLogger(__name__)

LOCK_S = 2.0
CHARS_A_TOKEN = (
    3.0  # Dutch in the tokens of common models has 3 to 4; when no count comes, count on the safe side.
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be used in a day; 0 is no limit.

    What was spent on it here counts also when the file cannot be written or read.
    """

    file: Path
    tokens: int
    euro: float
    euro_per_million: float
    _spent: Counter[str] = field(default_factory=Counter, compare=False)  # By day.

    def left(self) -> bool:
        """Return whether today's use is below the limits."""
        used = self._used()
        cost = used * self.euro_per_million / 1_000_000
        return not (self.tokens and used >= self.tokens) and not (self.euro and cost >= self.euro)

    def spend(self, tokens: int) -> None:
        """Add tokens to today's use; a file that cannot be written is logged and stops nothing."""
        today = date.today().isoformat()
        try:
            with FileLock(f"{self.file}.lock", timeout=LOCK_S):
                kept = {"day": today, "tokens": self._used() + tokens}
                staged = self.file.with_name(f"{self.file.name}.new")
                staged.write_text(json.dumps(kept), encoding="utf-8")
                staged.replace(self.file)
        except (OSError, Timeout) as error:
            log.error("the use of the language model is not kept in %s: %s", self.file, error)
        finally:
            self._spent[today] += tokens

    def _used(self) -> int:
        """Return the tokens used today: those in the file, and at least what was spent here."""
        today = date.today().isoformat()
        return max(self._spent[today], self._kept(today))

    def _kept(self, today: str) -> int:
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            return int(kept["tokens"]) if kept["day"] == today else 0
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("%s cannot be read and counts as nothing used: %s", self.file, error)
            return 0


@dataclass(slots=True)
class Meter:
    """Counts the tokens of one answer, over all its calls, and books each on the budget."""

    budget: Budget
    tokens: int = 0

    def spend(self, tokens: int) -> None:
        """Add the tokens of a call."""
        self.tokens += tokens
        self.budget.spend(tokens)


def budget_of(settings: Settings) -> Budget:
    """Return the budget that the settings give."""
    return Budget(
        settings.llm_usage, settings.llm_daily_limit, settings.llm_daily_euro, settings.llm_euro_per_million
    )


def tokens_in(text: str) -> int:
    """Estimate the tokens of a text from its length."""
    return round(len(text) / CHARS_A_TOKEN)
