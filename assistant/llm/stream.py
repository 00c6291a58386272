"""Read what a language model writes, piece by piece, within a time-out, and stop when nobody waits."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from assistant.llm.budget import tokens_in

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

log = logging.getLogger(__name__)

BACKOFF_S = (0.3, 1.0)  # Waits before the second and the third attempt.
LOOK_S = 0.1  # How often a silent stream is looked at for a stop.
ENDINGS = frozenset({"finish_reason", "stop_reason", "done_reason"})  # By these a provider says it is done.
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})  # Statuses that may pass by themselves.


class DraftFailedError(Exception):
    """The model gave no usable draft; the message says why, without anything that the provider wrote."""


@dataclass(slots=True)
class Stream:
    """One call of a model: `pieces` gives its text as it comes, `tokens` is what the call took."""

    model: "BaseChatModel"
    messages: "Sequence[BaseMessage]"
    timeout_s: float
    stopped: Callable[[], bool]
    tokens: int = 0
    _refused: bool = False  # When nothing was written either, nothing is billed.
    _abandoned: Event = field(default_factory=Event)

    def pieces(self, most_chars: int) -> Generator[str | None, None, None]:
        """Yield text as it comes, up to so many characters, and None when all that has come was given.

        Raise DraftFailedError at a time-out, a stop, a cut, or any failure of the provider.
        """
        arriving: SimpleQueue[AIMessageChunk | BaseException | None] = SimpleQueue()
        context = copy_context()  # So that a trace of the question holds this call.
        Thread(target=context.run, args=(self._read, arriving), name="draft", daemon=True).start()
        ends = time.monotonic() + self.timeout_s
        counted, asked = 0, sum(len(str(message.content)) for message in self.messages)
        written, ended = 0, False
        try:
            while (chunk := self._next(arriving, ends)) is not None:
                counted = max(counted, chunk.usage_metadata["total_tokens"] if chunk.usage_metadata else 0)
                ended = ended or not ENDINGS.isdisjoint(chunk.response_metadata)
                text = chunk.text[: most_chars - written]
                written += len(text)
                yield text
                if written >= most_chars:
                    return
                if arriving.empty():
                    yield None
            if not ended:
                raise DraftFailedError("cut off")
        finally:
            self._abandoned.set()
            taken = written or not self._refused
            self.tokens = counted or (tokens_in("x" * (asked + written)) if taken else 0)

    def text(self, most_chars: int) -> str:
        """Return what is written, up to so many characters; raise DraftFailedError."""
        with closing(self.pieces(most_chars)) as pieces:
            return "".join(piece or "" for piece in pieces)

    def _next(
        self, arriving: "SimpleQueue[AIMessageChunk | BaseException | None]", ends: float
    ) -> "AIMessageChunk | None":
        while True:
            left = ends - time.monotonic()
            if self.stopped():
                raise DraftFailedError("stopped")
            if left <= 0:
                raise DraftFailedError(f"no end within {self.timeout_s:.3g} s")
            try:
                found = arriving.get(timeout=min(left, LOOK_S))
            except Empty:
                continue
            if isinstance(found, BaseException):
                self._refused = is_refusal(found)
                raise DraftFailedError(reason(found))
            return found

    def _read(self, arriving: "SimpleQueue[AIMessageChunk | BaseException | None]") -> None:
        """Pass on what the provider sends; try again while nothing has come yet and the failure may pass."""
        for wait_s in (*BACKOFF_S, None):
            begun = False
            try:
                for chunk in self.model.stream(list(self.messages)):
                    begun = True
                    if self._abandoned.is_set():
                        return
                    arriving.put(chunk)
                arriving.put(None)
                return
            except Exception as error:  # noqa: BLE001  # Each provider has errors of its own.
                if begun or wait_s is None or not passes(error) or self._abandoned.wait(wait_s):
                    arriving.put(error)
                    return
                log.info("the language model failed (%s), trying again", reason(error))


def passes(error: BaseException) -> bool:
    """Return whether a failure may pass by itself: a lost connection, or a status that says so."""
    status = _status(error)
    return status in PASSING if status else is_refusal(error)


def is_refusal(error: BaseException) -> bool:
    """Return whether a provider took no call: there was no connection, or its status says so."""
    return _status(error) is not None or "connect" in type(error).__name__.lower()


def reason(error: BaseException) -> str:
    """Return what failed by its kind and status alone: a provider's own message may hold a key."""
    status = _status(error)
    return f"{type(error).__name__}, status {status}" if status else type(error).__name__


def _status(error: BaseException) -> int | None:
    found = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    return found if isinstance(found, int) else None
