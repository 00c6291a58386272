"""An assistant with what the page shows of its index, and how many answers it is making."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from settings import PROJECT, Settings
from web import texts
from web.shown.comparison import Comparison, comparison
from web.shown.view import ShownIndex

if TYPE_CHECKING:
    from assistant.progress import Progress
    from assistant.types import Answer, Question

WARM_UP_QUESTION = texts.WARM_UP


class ChatAssistant(Protocol):
    """What the chat needs of an assistant."""

    @property
    def settings(self) -> Settings:
        """Return the settings it was opened with."""

    @property
    def index(self) -> ShownIndex:
        """Return the index it answers from."""

    @property
    def mode(self) -> str:
        """Return who writes the answers."""

    def ask(self, question: "Question", progress: "Progress | None" = None) -> "Answer":
        """Answer one question; `progress` shows each verified sentence of a language model."""

    def newer(self) -> "ChatAssistant | None":
        """Return an assistant on the index that serves by now, or None when this one answers from it."""

    def close(self) -> None:
        """Close the index."""


@dataclass(slots=True, eq=False)
class Opened:
    """An assistant that answers; `running` counts the answers that it is making."""

    assistant: ChatAssistant
    mode: str
    own_text: bool
    comparison: Comparison | None
    running: int = 0


def opened(assistant: ChatAssistant) -> Opened:
    """Have an assistant answer once, without a language model, and gather what is shown.

    So the first visitor does not wait.
    """
    from assistant.progress import Progress
    from assistant.types import Question

    stopped = Progress()
    stopped.stop()
    assistant.ask(Question(WARM_UP_QUESTION), stopped)
    own_text = _is_own_text(assistant.index)
    return Opened(assistant, assistant.mode, own_text, comparison(assistant.index))


def _is_own_text(index: ShownIndex) -> bool:
    """Return whether every section of an index is in the corpus that comes with the project."""
    known: dict[str, str] = {}  # A file holds one section or more.
    for section in index.sections.values():
        if section.source not in known:
            known[section.source] = _own_letters(section.source)
        if _letters(section.text) not in known[section.source]:
            return False
    return True


def _own_letters(source: str) -> str:
    """Return the letters of a file of the corpus, or nothing when it holds no such file."""
    corpus = PROJECT / "corpus"
    file = (corpus / source).resolve()
    try:
        return _letters(file.read_text(encoding="utf-8")) if file.is_relative_to(corpus.resolve()) else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _letters(text: str) -> str:
    """Return the letters and digits of a text, which its markup leaves as they are."""
    return "".join(char for char in text if char.isalnum())
