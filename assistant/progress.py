"""What is seen of an answer while it is being made, from another thread; and the way to stop it."""

from collections.abc import Callable
from threading import Condition
from typing import Literal

Stage = Literal["seeking", "drafting", "checking"]  # The last two are a language model's.


class Progress:
    """The sentences that were verified so far; whoever waits is woken by each.

    `stage` says what is being done for it. `waited_s` is how long a language model was waited for, which
    counts towards the time-out of the answer.
    """

    def __init__(
        self,
        on_sentence: Callable[[str], None] | None = None,
        on_stage: Callable[[Stage], None] | None = None,
    ) -> None:
        """Call `on_stage` with each stage that begins, `on_sentence` with each sentence, as they come."""
        self.sentences: tuple[str, ...] = ()
        self.stage: Stage = "seeking"
        self.stopped = False
        self.ended = False
        self.waited_s = 0.0
        self._on_sentence = on_sentence
        self._on_stage = on_stage
        self._changed = Condition()

    def show(self, sentence: str) -> None:
        """Add a verified sentence, unless nobody waits for it any more."""
        with self._changed:
            if self.stopped:
                return
            self.sentences += (sentence,)
            self._changed.notify_all()
        if self._on_sentence:
            self._on_sentence(sentence)

    def begin(self, stage: Stage) -> None:
        """Say that a stage is there; one that goes on is not told again."""
        with self._changed:
            begins, self.stage = self.stage != stage, stage
            self._changed.notify_all()
        if begins and self._on_stage:
            self._on_stage(stage)

    def stop(self) -> None:
        """Stop waiting for the answer."""
        self.end(stopped=True)

    def end(self, *, stopped: bool = False) -> None:
        """Wake whoever waits: nothing more comes."""
        with self._changed:
            self.stopped = self.stopped or stopped
            self.ended = True
            self._changed.notify_all()

    def wait(self, seen: int, timeout_s: float) -> bool:
        """Wait for more sentences than were seen, or the end; say whether there are more."""
        with self._changed:
            if len(self.sentences) <= seen and not self.ended:
                self._changed.wait(timeout_s)
            return len(self.sentences) > seen
