"""The one assistant of this process: opened in the background, asked from every conversation."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Literal

from errors import (
    ChromaServerError,
    IndexBusyError,
    IndexDamagedError,
    IndexNotFoundError,
    WegwijzerError,
)
from ingest.types import About
from settings import load_settings
from web import texts
from web.about import early_about
from web.priority import Drawing
from web.process import return_free_memory, set_garbage_apart
from web.ready import ChatAssistant, Opened, opened
from web.shown.comparison import Comparison
from web.workers import Workers

if TYPE_CHECKING:
    from assistant.progress import Progress
    from assistant.types import Answer, Question

log = logging.getLogger(__name__)

POLL_S = 1.0  # How often it is looked whether a new index serves: one small file, or one request to Chroma.
RETRY_S = 2.0  # When to try again to start, after what passes by itself.

Phase = Literal["starting", "indexing", "loading", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the start is: `notice` is Dutch for the page, `reason` English for the operator."""

    phase: Phase
    notice: str = ""
    reason: str = ""


class Service:
    """Opens the assistant in a thread of its own, lets it answer in others, and follows the index."""

    def __init__(self, open_assistant: Callable[["Service"], ChatAssistant]) -> None:
        """Keep what opens the assistant; nothing happens until `start`."""
        self.readiness = Readiness("starting", texts.STARTING, "the assistant is starting")
        self._open = open_assistant
        self._opened: Opened | None = None
        self._retired: list[Opened] = []
        self._trouble = ""
        self._early = About(texts.TITLE)
        self._lock = Lock()
        self._renewing = Lock()
        self._started = False
        self._closed = Event()
        self.drawing = Drawing()
        self.workers = Workers()

    @property
    def ready(self) -> bool:
        """Return whether questions can be answered."""
        return self.readiness.phase == "ready"

    @property
    def assistant(self) -> ChatAssistant | None:
        """Return the assistant, or None before it is opened; another one when a new index serves."""
        return self._opened.assistant if self._opened else None

    @property
    def mode(self) -> str:
        """Return who writes the answers."""
        return self._opened.mode if self._opened else ""

    @property
    def about(self) -> About:
        """Return what the documents are together; the name of the program before that is known."""
        return self.assistant.index.about if self.assistant else self._early

    @property
    def headline(self) -> tuple[str, str, Sequence[str]]:
        """Return the title of the page, what can be done there, and questions to begin with."""
        index = self.assistant.index if self.assistant else None
        lead = texts.lead(index.about, advises=bool(index.practices)) if index else ""
        return self.about.name, lead, index.suggestions if index else ()

    @property
    def own_text(self) -> bool:
        """Return whether all text comes with the project."""
        return self._opened is not None and self._opened.own_text

    @property
    def comparison(self) -> Comparison | None:
        """Return the types beside each other, or None when no section compares them."""
        return self._opened.comparison if self._opened else None

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

    def name(self, about: About) -> None:
        """Show what the documents are together until the assistant on them is opened."""
        self._early = replace(about, name=about.name or texts.TITLE)

    def report(self, phase: Phase, notice: str, reason: str) -> None:
        """Remember how far the start is, and log it when it changed."""
        before, self.readiness = self.readiness, Readiness(phase, notice, reason)
        if (before.phase, before.reason) == (phase, reason):
            return
        (log.error if phase == "failed" else log.info)("%s: %s", phase, reason)

    def submit(self, question: "Question", progress: "Progress | None" = None) -> "Future[Answer] | None":
        """Have a question answered in the background, or return None when too many wait, or all ends."""
        if self._opened is None:
            raise RuntimeError("asked before the assistant was ready")
        return self.workers.submit(partial(self._answer, question, progress))

    def close(self) -> None:
        """Stop taking questions; answers that are being made end by themselves."""
        self._closed.set()
        self.workers.close()

    def _answer(self, question: "Question", progress: "Progress | None") -> "Answer":
        """Answer from the index that serves now, to the end, whatever serves meanwhile.

        When several new ones were made within a second, its build is gone: then from the newest.
        """
        self.drawing.wait()
        while True:
            used = self._take()
            try:
                return used.assistant.ask(question, progress)
            except IndexDamagedError:
                if not self._has_newer(used):
                    raise
            finally:
                with self._lock:
                    used.running -= 1

    def _take(self) -> Opened:
        with self._lock:
            if self._opened is None:
                raise RuntimeError("asked before the assistant was ready")
            self._opened.running += 1
            return self._opened

    def _has_newer(self, used: Opened) -> bool:
        """Return whether another index serves than this one, after a look for it."""
        with self._renewing:
            if self._opened is used:
                self._renew()
            return self._opened is not used

    def _run(self) -> None:
        try:
            self._opened = self._start()
            if self._opened.assistant.settings.llm:
                self.workers.wait_for_model()
        except WegwijzerError as error:
            self.report("failed", texts.explain_start(error), str(error))
        except Exception:
            log.exception("the assistant could not be started")
            self.report("failed", texts.START_FAILED, "unexpected error, see the log")
        else:
            set_garbage_apart()
            return_free_memory()
            self.report("ready", "", "ready")
            while not self._closed.wait(POLL_S):
                with self._renewing:
                    self._renew()

    def _start(self) -> Opened:
        """Open the assistant; try again for as long as the server is away or another process writes."""
        while True:
            try:
                return opened(self._open(self))
            except (ChromaServerError, IndexBusyError) as error:
                self.report("loading", texts.explain_start(error), str(error))
                if self._closed.wait(RETRY_S):
                    raise

    def _renew(self) -> None:
        """Answer from a new index when one serves, and close an old one whose answers are done."""
        try:
            newer = self.assistant.newer() if self.assistant else None
            if newer is not None:
                self._replace(opened(newer))
            self._trouble = ""
        except Exception as error:  # The old index goes on answering, and the next round tries again.
            if str(error) != self._trouble:
                self._trouble = str(error)
                log.exception("the index that serves now cannot be opened", exc_info=error)
        done = [old for old in self._retired if not old.running]
        for old in done:
            self._retired.remove(old)
            old.assistant.close()
        if done:
            set_garbage_apart()

    def _replace(self, new: Opened) -> None:
        with self._lock:
            if self._opened is not None:
                self._retired.append(self._opened)
            self._opened = new
        log.info("a new index serves")


@lru_cache(maxsize=1)
def current() -> Service:
    """Return the service of this process."""
    return Service(open_assistant)


def open_assistant(service: Service) -> ChatAssistant:
    """Build the index when there is none, and load the assistant; raise WegwijzerError when that fails."""
    settings = load_settings()
    service.name(early_about(settings))
    # The heavy libraries load here, while the server already answers; those of ingest only when it is needed.
    from assistant.load import load_assistant
    from ingest.index.open import open_store

    try:
        open_store(settings).check()
    except IndexNotFoundError:
        from ingest.embedding.embeddings import load_embeddings
        from ingest.pipeline import ingest

        service.report("indexing", texts.INDEXING, f"reading {settings.corpus}, the first time only")
        ingest([settings.corpus], settings, load_embeddings(settings), quiet=False)
    service.report("loading", texts.LOADING, "loading the model and opening the index")
    return load_assistant(settings)
