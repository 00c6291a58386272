"""What stays in memory of a question after it was answered: nothing, where the operator wants that."""

import gc
import warnings

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.types import Question

MARK = "".join(reversed("diurkretobmawz"))  # No constant of this module, nor of any other, holds it.


def ask(assistant: Assistant) -> None:
    """Ask a question and a follow-up that hold the mark."""
    first = f"Past een living lab bij {MARK}?"
    assistant.ask(Question(first))
    assistant.ask(Question(f"En bij {MARK}s?", (first,)))


def holders() -> list[str]:
    """Return what holds a text with the mark, beside this module."""
    gc.collect()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # To look at a library's old names warns.
        held = gc.get_referents(*gc.get_objects())  # All at once: one by one takes many seconds.
        texts = [one for one in held if isinstance(one, str) and MARK in one and one is not MARK]
        del held
        return [repr(holder)[:200] for holder in gc.get_referrers(*texts) if holder is not texts]


def test_no_question_is_kept_unless_answers_are(word_assistant: Assistant) -> None:
    for kept_answers in (0, 5):
        settings = word_assistant.settings.model_copy(update={"kept_answers": kept_answers})
        one = Assistant(settings, word_assistant.retriever, ExtractiveWriter())
        ask(one)
        word_assistant.retriever.embeddings.texts.clear()  # type: ignore[attr-defined]  # The stand-in's.
        found = holders()
        assert bool(found) is bool(kept_answers), found
