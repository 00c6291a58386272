"""Who goes first when many ask at once: a page that shows a question was received, then the answers."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock

LONGEST_S = 0.5  # Answers wait no longer for a row of pages: they are what the pages are for.


class Drawing:
    """Lets one page be drawn at a time, as more only compete for Python's one thread, and answers wait."""

    def __init__(self) -> None:
        """Begin without pages."""
        self._turn = Lock()
        self._changed = Condition()
        self._pages = 0
        self._since = 0.0

    @contextmanager
    def page(self) -> Iterator[None]:
        """Draw a page in this block, once it is its turn."""
        with self._changed:
            self._since = self._since if self._pages else time.monotonic()
            self._pages += 1
        try:
            with self._turn:
                yield
        finally:
            with self._changed:
                self._pages -= 1
                if not self._pages:
                    self._changed.notify_all()

    def wait(self) -> None:
        """Wait until no page is to be drawn, or pages have been drawn for LONGEST_S without a pause."""
        with self._changed:
            while self._pages and (left := self._since + LONGEST_S - time.monotonic()) > 0:
                self._changed.wait(left)
