"""Answers kept in memory, so that a question asked again costs nothing."""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from assistant.types import Answer, Question

Key = tuple[str, tuple[str, ...]]


class Repeats:
    """The last answers of one assistant, which has one index, one writer and one set of settings."""

    def __init__(self, most: int) -> None:
        """Keep at most this many answers; the one not asked for longest goes first."""
        self._most = most
        self._lock = Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def find(self, question: Question) -> Answer | None:
        """Return the answer to the same question after the same earlier turns, or None."""
        key = _key(question)
        with self._lock:
            known = self._answers.get(key)
            if known is None:
                return None
            self._answers.move_to_end(key)
        return replace(
            known, id=question.id, question=question.text, timings_ms=dict.fromkeys(known.timings_ms, 0.0)
        )

    def keep(self, question: Question, answer: Answer) -> None:
        """Remember an answer."""
        if not self._most:
            return
        with self._lock:
            self._answers[_key(question)] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)


def _key(question: Question) -> Key:
    """Return what an answer depends on: neither the id of a question nor the white space in it."""
    return " ".join(question.text.split()), question.history
