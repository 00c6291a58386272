"""What is seen of an answer while it is being made, from another thread; and the way to stop it."""

from collections.abc import Callable
from threading import Condition


class Progress:
    """The sentences that were verified so far; whoever waits is woken by each.

    `checking` says that a language model's sentences are being compared with the text. `waited_s` is how long
    a language model was waited for, which counts towards the time-out of the answer.
    """

    def __init__(
        self,
        on_sentence: Callable[[str], None] | None = None,
        on_check: Callable[[], None] | None = None,
    ) -> None:
        """Call `on_check` when checking begins, `on_sentence` with each sentence, in the answering thread."""
        self.sentences: tuple[str, ...] = ()
        self.checking = False
        self.stopped = False
        self.ended = False
        self.waited_s = 0.0
        self._on_sentence = on_sentence
        self._on_check = on_check
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

    def check(self) -> None:
        """Show that sentences are being checked."""
        with self._changed:
            begins, self.checking = not self.checking, True
            self._changed.notify_all()
        if begins and self._on_check:
            self._on_check()

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
