"""Time and memory: an answer in process, reading documents with a warm model, and the size of it all."""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from assistant.chain import Assistant, load_assistant
from assistant.types import Question
from evals.overview import timing
from evals.questions import ReferenceQuestion
from evals.types import Timing
from ingest.__main__ import ingest
from ingest.documents import PRACTICES_FILE, documents
from ingest.embed import TextEmbeddings
from settings import Settings

QUESTIONS, WARM_UP = 200, 20
SECTIONS = 30


def measure_speed(settings: Settings, questions: Sequence[ReferenceQuestion]) -> str:
    """Return the lines that tell how long loading, answering and reading take, and the memory they need."""
    started = time.perf_counter()
    assistant = load_assistant(settings)
    loaded_s = time.perf_counter() - started
    steps = answer_times(assistant, questions)
    answering_mb = peak_memory_mb()
    chunks, texts, seconds = ingest_time(settings, assistant.retriever.embeddings)
    lines = [f"{'Model and index open':<44}{loaded_s:>8.1f} s"]
    lines += [f"{f'Answer, {QUESTIONS} questions: {step}':<44}{_pair(ms)}" for step, ms in steps.items()]
    lines += [
        f"{'Peak memory after answering':<44}{answering_mb:>8.0f} MB",
        f"{f'Reading {SECTIONS} sections, warm model':<44}{chunks / seconds:>8.1f} chunks a second",
        f"{'the same, with their sentences':<44}{texts / seconds:>8.1f} texts embedded a second",
    ]
    return "\n".join(lines)


def answer_times(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> dict[str, Timing]:
    """Return the time that each step takes, after a warm-up; `whole` is what the caller waits."""
    steps: dict[str, list[float]] = {}
    spread = questions[:: max(1, len(questions) // (WARM_UP + QUESTIONS))]
    for number, one in enumerate(islice(cycle(spread), WARM_UP + QUESTIONS)):
        started = time.perf_counter()
        answer = assistant.ask(Question(one.question, one.history, one.id))
        whole = (time.perf_counter() - started) * 1000
        for step, ms in {**answer.timings_ms, "whole": whole}.items() if number >= WARM_UP else ():
            steps.setdefault(step, []).append(ms)
    return {step: timing(values) for step, values in steps.items()}


def ingest_time(settings: Settings, embeddings: TextEmbeddings) -> tuple[int, int, float]:
    """Return the chunks, the texts embedded and the seconds of reading some sections into a new index."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = _some_sections(settings.corpus, Path(folder) / "corpus")
        fresh = settings.model_copy(update={"index": Path(folder) / "index"})
        started = time.perf_counter()
        done = ingest([corpus], fresh, embeddings)
        return done.manifest.chunks, done.embedded, time.perf_counter() - started


def peak_memory_mb() -> float:
    """Return the most memory that this process has held so far."""
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts kilobytes, macOS bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def _some_sections(corpus: Path, target: Path) -> Path:
    """Copy the first sections of a corpus with its practices; without question variants or situations."""
    target.mkdir()
    if (corpus / PRACTICES_FILE).is_file():
        shutil.copy(corpus / PRACTICES_FILE, target / PRACTICES_FILE)
    for document in documents([corpus])[:SECTIONS]:
        copy = target / document.source
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(document.path, copy)
    return target


def _pair(ms: Timing) -> str:
    return f"{ms.median:>8.1f} ms median{ms.p95:>8.1f} ms p95"
