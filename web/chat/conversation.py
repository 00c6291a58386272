"""One visitor's conversation: turns whose answers are made in the background and survive every rerun."""

import logging
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from assistant.progress import Progress
from assistant.texts import UNKNOWN_ERROR, explain
from assistant.types import Answer, Question
from errors import WegwijzerError
from web import texts
from web.http.limits import question_limit
from web.service import Service
from web.shown.view import ShownIndex

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Thumbed:
    """What became of the latest thumb of an answer, and how many were given: a repeated one is told again."""

    times: int
    stored: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows of an answer, and what the browser keeps of it: made once for an index."""

    index: ShownIndex
    answer: Mapping[str, Any]
    kept: str | None


@dataclass(slots=True)
class ChatTurn:
    """A question and what became of it."""

    id: str
    question: str
    future: Future[Answer] | None = None
    progress: Progress = field(default_factory=Progress)
    answer: Answer | None = None
    failure: str = ""
    recalled: bool = False
    thumb: Thumbed | None = None
    drawn: Drawn | None = None

    @property
    def running(self) -> bool:
        """Return whether the answer is still being made."""
        return self.answer is None and not self.failure

    @property
    def step(self) -> str:
        """Return in Dutch what is being done for the answer."""
        waits = self.future is not None and not self.future.running() and not self.future.done()
        if waits:
            return texts.QUEUED
        if self.progress.sentences:
            return texts.WRITING
        return texts.STAGES[self.progress.stage]


@dataclass(slots=True)
class Conversation:
    """The turns of one visitor, oldest first."""

    turns: list[ChatTurn] = field(default_factory=list)
    cleared: bool = False
    waiting: str = ""  # A question that is asked once the browser has told what it kept.
    session: str = field(default_factory=lambda: uuid4().hex)
    # A server that has just started has no callback for what is typed, until a run got as far as the input.
    input_known: bool = False

    @property
    def busy(self) -> bool:
        """Return whether an answer is being made."""
        return bool(self.turns) and self.turns[-1].running

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the verified sentences of the answer that is being made."""
        return self.turns[-1].progress.sentences if self.busy else ()

    def ask(self, service: Service, text: str, address: str = "") -> None:
        """Add a question and start its answer; a question that comes during an answer is dropped.

        When its address asks too much, or too many answers wait, the turn says so.
        """
        if self.busy:
            return
        most = service.max_question_chars
        turn = ChatTurn(f"t{uuid4().hex}", text if len(text) <= most else f"{text[:most]}…")
        if question_limit().wait_s(address):
            turn.failure = texts.TOO_MANY
        else:
            turn.future = service.submit(Question(text, self.history(), turn.id), turn.progress)
            turn.failure = "" if turn.future else texts.BUSY
            if turn.future:
                turn.future.add_done_callback(lambda _done: turn.progress.end())
        self.turns.append(turn)

    def history(self) -> tuple[str, ...]:
        """Return the questions that got an answer, oldest first."""
        return tuple(turn.question for turn in self.turns if turn.answer is not None)

    def follow(self, timeout_s: float) -> bool:
        """Wait at most this long for the answer that is being made; say whether it is there."""
        if not self.busy:
            return True
        turn = self.turns[-1]
        if turn.future is not None and wait([turn.future], timeout=timeout_s).done:
            _finish(turn, turn.future)
        return not turn.running

    def grows(self, seen: int, timeout_s: float) -> bool:
        """Wait for more verified sentences than were seen, or the answer; say whether something came."""
        return not self.busy or self.turns[-1].progress.wait(seen, timeout_s) or self.follow(0)

    def stop(self) -> None:
        """Stop waiting for the answer that is being made; one that is not begun is not made at all."""
        if self.busy:
            turn = self.turns[-1]
            turn.progress.stop()
            if turn.future is not None:
                turn.future.cancel()
            turn.future, turn.failure = None, texts.STOPPED

    def recall(self, service: Service, turns: list[ChatTurn], address: str = "") -> None:
        """Put turns that the browser kept before those of now; an unanswered last one is asked again.

        A question that came before the browser told what it kept is asked after them, in its place. One
        that the latest turn asks already did arrive.
        """
        known = {turn.id for turn in self.turns}
        earlier = [turn for turn in turns if turn.id not in known]
        unanswered = earlier[-1].question if earlier and not earlier[-1].answer else ""
        if self.turns and self.turns[-1].question == unanswered:
            unanswered = ""
        self.turns[:0] = [turn for turn in earlier if turn.answer is not None]
        self.cleared = self.cleared and not turns
        question, self.waiting = self.waiting or unanswered, ""
        if question:
            self.ask(service, question, address)

    def clear(self) -> None:
        """Forget all turns."""
        self.stop()
        self.turns.clear()
        self.cleared = True


def _finish(turn: ChatTurn, future: Future[Answer]) -> None:
    try:
        turn.answer = future.result()
    except WegwijzerError as error:
        turn.failure = explain(error)
    except Exception:
        log.exception("the answer to turn %s failed", turn.id)
        turn.failure = UNKNOWN_ERROR
    turn.future = None
