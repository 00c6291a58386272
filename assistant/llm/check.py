"""The model in its second role, a reader, which says whether a block supports a sentence, and how.

It sees numbered pairs of a block and a sentence, as data, and nothing of the visitor or of the draft. What
it approves counts only with words that are in the block, to the letter, and only when it rejects the same
sentence behind a claim of ours that no block holds: a reader that obeys a block, or does not read, approves
both.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm import prompts
from assistant.llm.budget import Meter
from assistant.llm.draft import after_thinking
from assistant.llm.stream import Stream
from ingest.types import Span

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

AT_ONCE = (
    4  # Pairs in one call: so many sentences wait at most, and an answer of six takes two or three calls.
)
LEAST_WORDS = 3  # Fewer words support nothing, unless they are all of the block or of an item in it.
CANARY = "Er deden 48.317 mensen mee."  # Put before a sentence; in no block, whatever that is about.
LONGEST_CHARS = 8_000  # Reading stops here.


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of text under its title, and a sentence that should rest on it."""

    title: str
    block: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Support:
    """What the reader says of a pair: supported or not, and the words of the block that support it."""

    supported: bool
    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks the model about a few pairs at once."""

    model: "BaseChatModel"

    def read(
        self, pairs: Sequence[Pair], meter: Meter, timeout_s: float, stopped: Callable[[], bool]
    ) -> list[Support | None]:
        """Return the support of each pair, in order, or None where the reader's word does not count.

        It skips or garbles the pair, or does not reject its sentence behind the canary. Raise
        DraftFailedError when the model cannot be read. The tokens are booked in either case.
        """
        stream = Stream(self.model, messages_for(pairs), timeout_s, stopped)
        try:
            return heeded(supports(stream.text(LONGEST_CHARS), 2 * len(pairs)))
        finally:
            meter.spend(stream.tokens)


def messages_for(pairs: Sequence[Pair]) -> "list[BaseMessage]":
    """Return what the reader reads: each pair, and before it the same with the canary."""
    return prompts.check_messages(
        [
            {"title": pair.title, "block": pair.block, "sentence": sentence}
            for pair in pairs
            for sentence in (f"{CANARY} {pair.sentence}", pair.sentence)
        ]
    )


def heeded(found: Sequence[Support | None]) -> list[Support | None]:
    """Return every second support, or None where the one before it, on the canary, is no rejection."""
    return [
        support if canary and not canary.supported else None
        for canary, support in zip(found[::2], found[1::2], strict=True)
    ]


def supports(text: str, count: int) -> list[Support | None]:
    """Return the support of each pair in a reader's answer, or None for one with none, or with several."""
    found: dict[str, list[Support]] = {}
    for given in _objects("".join(piece or "" for piece in after_thinking([text]))):
        number, supported, words = (given.get(key) for key in ("n", "supported", "words"))
        if isinstance(number, int | str) and isinstance(supported, bool):
            told = Support(supported, words if isinstance(words, str) else "")
            found.setdefault(str(number), []).append(told)
    return [only[0] if len(only := found.get(str(n), [])) == 1 else None for n in range(1, count + 1)]


def upheld(support: Support, block: str) -> Span | None:
    """Return where the supporting words are in the block, or None when it is not supported by them."""
    return locate(support.words, block) if support.supported else None


def locate(words: str, text: str) -> Span | None:
    """Return where words are in a text, to the letter but for white space, or None.

    Words are whole: `erende praktijk` is not found in `De lerende praktijk`.
    """
    tokens = prompts.plain(words).strip(" \"“”'‘’").split()
    if not any(re.search(r"\w", one) for one in tokens):
        return None
    told = r"\s+".join(map(re.escape, tokens))
    pattern = rf"(?<!\w)({told})(?!\w)"
    if len(tokens) < min(LEAST_WORDS, len(text.split())):
        pattern = rf"^\s*(?:[-*•]|\d{{1,2}}[.)])\s+{pattern}\W*?$"
    match = re.search(pattern, text.translate(prompts.PLAIN), re.MULTILINE)
    return Span(*match.span(1)) if match else None


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in a text, whatever is around them."""
    decoder, at = json.JSONDecoder(), text.find("{")
    while at >= 0:
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield found
        at = text.find("{", end)
