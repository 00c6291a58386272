"""The model that writes: asked once about the same, and never past a limit of tokens."""

from collections.abc import Callable

from ingest.questions.kept import KeptReplies

CHARS_A_TOKEN = 3.0  # Dutch in the tokens of common models has 3 to 4.
REPLY_TOKENS = 400  # A usual reply: eight questions with their marks, or eight situations.

Ask = Callable[[str], str]  # From a prompt to what the model writes.


class LimitedModel:
    """A model with what it wrote before; `tokens` is what it cost so far, about."""

    def __init__(self, ask: Ask, kept: KeptReplies, most_tokens: int) -> None:
        """Begin with nothing spent."""
        self._ask = ask
        self._kept = kept
        self._most = most_tokens
        self.tokens = 0

    def cost(self, prompt: str) -> int:
        """Return about how many tokens a reply costs: none when it is kept."""
        return 0 if self._kept.find(prompt) is not None else _tokens(prompt) + REPLY_TOKENS

    def write(self, prompt: str) -> str | None:
        """Return the reply, or None when it could pass the limit."""
        written = self._kept.find(prompt)
        if written is not None:
            return written
        if self.tokens + self.cost(prompt) > self._most:
            return None
        written = self._ask(prompt)
        self.tokens += _tokens(prompt) + _tokens(written)
        self._kept.keep(prompt, written)
        return written


def _tokens(text: str) -> int:
    return round(len(text) / CHARS_A_TOKEN)
