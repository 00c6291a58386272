"""Work in a process of its own that starts at once: a copy of this one, with all modules loaded."""

import logging
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from ingest import __main__ as ingest_command
from ingest.index.open import open_index, open_store
from settings import Settings, load_settings
from tests.trials.versions import QUESTIONS, answered_version
from tests.word_embeddings import WordEmbeddings

log = logging.getLogger(__name__)

NO_VERSION = 255


def start(work: Callable[[], int]) -> int:
    """Start work in a copy of this process; return its number."""
    child = os.fork()
    if child:
        return child
    code = NO_VERSION
    try:
        code = work()
    except Exception:
        log.exception("the work failed")
    finally:
        os._exit(code)


def finish(child: int) -> int:
    """Wait for a process; return its exit code, or minus the signal that ended it."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def kill(child: int, after_s: float) -> int:
    """Kill a process after some time, unless it ended before; return how it ended."""
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    return finish(child)


def run_ingest(corpus: Path, index: Path) -> int:
    """Run `python -m ingest --force` with the quick stand-in for the model; return its exit code."""
    load_settings.cache_clear()
    ingest_command.load_embeddings = lambda _settings: WordEmbeddings()  # type: ignore[assignment, attr-defined]
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    return ingest_command.main([str(corpus), "--index", str(index), "--force"])


def ask(index: Path) -> int:
    """Ask every question of an index; return the one version (below 255) that all answers are from."""
    embeddings, settings = WordEmbeddings(), Settings(index=index)
    opened = open_index(open_store(settings), embeddings.model_id)
    assistant = Assistant(settings, HybridRetriever(index=opened, embeddings=embeddings), ExtractiveWriter())
    versions = {answered_version(assistant.ask(Question(text)).to_json()) for text in QUESTIONS}
    only = versions.pop() if len(versions) == 1 else None
    return NO_VERSION if only is None else only


def leftovers(index: Path) -> list[str]:
    """Return what lies in an index that its pointer does not name."""
    named = set((index / "current").read_text(encoding="ascii").split())
    builds = [f"builds/{path.name}" for path in (index / "builds").iterdir() if path.name not in named]
    beside = [path.name for path in index.iterdir() if path.name not in {"builds", "current", "lock"}]
    return sorted([*builds, *beside])
