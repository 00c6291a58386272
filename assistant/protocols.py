"""What the chain asks of whoever writes an answer or rephrases a question."""

from collections.abc import Sequence
from typing import Protocol

from assistant.answer.quotes import Found
from assistant.progress import Progress
from assistant.types import Claim, Written


class Writer(Protocol):
    """Composes the claims of an answer; `mode` is shown to the visitor."""

    mode: str

    def write(self, found: Found) -> list[Claim]:
        """Return the claims in order, each with the sentence it rests on; words of ours have none."""


class ModelWriter(Protocol):
    """Says with a language model what a quoted answer says; `mode` is shown to the visitor."""

    @property
    def mode(self) -> str:
        """Return who writes: `llm:provider:model`."""

    def write(self, found: Found, quoted: Sequence[Claim], progress: Progress) -> Written:
        """Return claims that each rest on a sentence, or the quoted ones when the model does not do."""


class Rephrase(Protocol):
    """Makes a follow-up standalone with a language model."""

    def __call__(self, question: str, history: Sequence[str], by_rule: str, progress: Progress) -> str:
        """Return the standalone question, or the one made by rule when the model's is not usable."""
