"""The one assistant of this process: opened in the background, then asked from every conversation."""

import gc
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Literal, Protocol

from errors import IndexNotFoundError, WegwijzerError
from settings import PROJECT, Settings, load_settings
from web import texts
from web.comparison import Comparison, comparison
from web.view import ShownIndex

if TYPE_CHECKING:
    from assistant.progress import Progress
    from assistant.types import Answer, Question

log = logging.getLogger(__name__)

ANSWER_WORKERS = 4  # Answers made at once; further ones wait. More only compete for the same cores.
MODEL_WORKERS = 16
MOST_ANSWERS = 64  # Made or waiting; one more is refused. Fifty people may ask in the same second.
WARM_UP_QUESTION = "Wat is een lerende praktijk?"

Phase = Literal["starting", "indexing", "loading", "ready", "failed"]


class Asked(Protocol):
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


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the start is: `notice` is Dutch for the page, `reason` English for the operator."""

    phase: Phase
    notice: str = ""
    reason: str = ""


class Service:
    """Opens the assistant in a thread of its own and makes answers outside the script runs."""

    def __init__(self, open_assistant: Callable[["Service"], Asked]) -> None:
        """Keep what opens the assistant; nothing happens until `start`."""
        self.readiness = Readiness("starting", texts.STARTING, "the assistant is starting")
        self.mode = ""
        self.own_text = False
        self.comparison: Comparison | None = None
        self.assistant: Asked | None = None
        self._open = open_assistant
        self._lock = Lock()
        self._started = False
        self._room = BoundedSemaphore(MOST_ANSWERS)
        self._workers = ThreadPoolExecutor(ANSWER_WORKERS, thread_name_prefix="answer")

    @property
    def ready(self) -> bool:
        """Tell whether questions can be answered."""
        return self.readiness.phase == "ready"

    @property
    def max_question_chars(self) -> int:
        """Return how long a question may be."""
        return self.assistant.settings.max_question_chars if self.assistant else 0

    def start(self) -> None:
        """Start opening the assistant, once; return at once."""
        with self._lock:
            if self._started:
                return
            self._started = True
        Thread(target=self._run, name="start", daemon=True).start()

    def report(self, phase: Phase, notice: str, reason: str) -> None:
        """Remember and log how far the start is."""
        self.readiness = Readiness(phase, notice, reason)
        (log.error if phase == "failed" else log.info)("%s: %s", phase, reason)

    def submit(self, question: "Question", progress: "Progress | None" = None) -> "Future[Answer] | None":
        """Let a question be answered in the background, or return None when too many wait already."""
        if self.assistant is None:
            raise RuntimeError("asked before the assistant was ready")
        if not self._room.acquire(blocking=False):
            return None
        future = self._workers.submit(self.assistant.ask, question, progress)
        future.add_done_callback(lambda _done: self._room.release())
        return future

    def close(self) -> None:
        """Stop taking questions; answers that are being made end by themselves."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        try:
            self.assistant = self._open(self)
            self.own_text = _is_own_text(self.assistant.index)
            self.comparison = comparison(self.assistant.index)
            self.mode = self.assistant.mode
            if self.assistant.settings.llm:  # A worker mostly waits for the model's server then.
                self._workers = ThreadPoolExecutor(MODEL_WORKERS, thread_name_prefix="answer")
            _warm_up(self.assistant)
        except WegwijzerError as error:
            self.report("failed", texts.explain_start(error), str(error))
        except Exception:
            log.exception("the assistant could not be started")
            self.report("failed", texts.START_FAILED, "unexpected error, see the log")
        else:
            self.report("ready", "", "ready")


@lru_cache(maxsize=1)
def current() -> Service:
    """Return the service of this process."""
    return Service(open_assistant)


def open_assistant(service: Service) -> Asked:
    """Build the index when there is none, and load the assistant; raise WegwijzerError when that fails."""
    settings = load_settings()
    # The heavy libraries load here, while the server already answers.
    from assistant.chain import load_assistant
    from ingest.__main__ import ingest
    from ingest.embed import load_embeddings
    from ingest.store import build_folder

    try:
        build_folder(settings.index)
    except IndexNotFoundError:
        service.report("indexing", texts.INDEXING, f"reading {settings.corpus}, the first time only")
        ingest([settings.corpus], settings, load_embeddings(settings), quiet=False)
    service.report("loading", texts.LOADING, "loading the model and opening the index")
    return load_assistant(settings)


def _is_own_text(index: ShownIndex) -> bool:
    """Tell whether every section of an index stands in the corpus that comes with the project."""
    return all((PROJECT / "corpus" / section.source).is_file() for section in index.sections.values())


def _warm_up(assistant: Asked) -> None:
    """Answer one question without a language model, so that the first visitor does not wait."""
    from assistant.progress import Progress
    from assistant.types import Question

    stopped = Progress()
    stopped.stop()
    assistant.ask(Question(WARM_UP_QUESTION), stopped)
    # Streamlit collects garbage after every script run: 0.25 s with torch loaded, unless that is set apart.
    gc.collect()
    gc.freeze()
