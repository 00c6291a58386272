"""The threads that make answers: how many at once, and how many questions may wait for them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

T = TypeVar("T")

ANSWER_WORKERS = 4  # Answers made at once; further ones wait. More only compete for the same cores.
MODEL_WORKERS = 16  # With a language model, a worker mostly waits for its server.
MOST_ANSWERS = 128  # Made or waiting; one more is refused. A hundred people may ask in the same second.


class Workers:
    """Makes answers in threads of its own, until it is closed."""

    def __init__(self) -> None:
        """Begin with as many threads as quoting takes."""
        self._lock = Lock()
        self._under_way = 0
        self._closed = False
        self._threads = _threads(ANSWER_WORKERS)

    @property
    def crowded(self) -> bool:
        """Return whether work that comes now has to wait for other work."""
        return self._under_way > ANSWER_WORKERS

    def submit(self, work: Callable[[], T]) -> Future[T] | None:
        """Have work done in the background, or return None when too much waits, or all ends."""
        with self._lock:
            if self._closed or self._under_way >= MOST_ANSWERS:
                return None
            future = self._threads.submit(work)
            self._under_way += 1
        future.add_done_callback(self._count_out)
        return future

    def wait_for_model(self) -> None:
        """Take as many threads as a language model can be asked at once, unless all ends."""
        with self._lock:
            if not self._closed:
                self._threads.shutdown(wait=False)
                self._threads = _threads(MODEL_WORKERS)

    def close(self) -> None:
        """Take no more work; what has begun ends by itself."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _count_out(self, _done: Future[T]) -> None:
        with self._lock:
            self._under_way -= 1


def _threads(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="answer")
