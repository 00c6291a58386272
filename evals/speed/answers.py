"""An answer in process by step, a repeated one, and reading documents with a warm model."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Question
from evals.questions import ReferenceQuestion
from evals.scoring.overview import timing
from evals.speed.peers.protocol import WARM_UP_SECTIONS
from evals.speed.process import own_footprint
from evals.speed.types import Answers, IngestTiming
from ingest.documents.files import PRACTICES_FILE, documents
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import stored_sections
from ingest.pipeline import ingest
from ingest.types import Section
from settings import Settings

QUESTIONS, WARM_UP = 200, 20


def measure_answers(settings: Settings, questions: Sequence[ReferenceQuestion]) -> Answers:
    """Return the time that each step of an answer takes, and what loading and reading take."""
    started, used = time.perf_counter(), time.process_time()
    assistant = load_assistant(settings.model_copy(update={"kept_answers": QUESTIONS}))
    loaded_s, loaded_cpu_s = time.perf_counter() - started, time.process_time() - used
    asked = [
        Question(one.question, one.history) for one in _spread(_different(questions), WARM_UP + QUESTIONS)
    ]
    _steps(assistant, asked[:WARM_UP])
    steps, cpu_ms = _steps(assistant, asked[WARM_UP:])
    repeated, _ = _steps(assistant, asked[WARM_UP:])
    memory_mb = own_footprint().memory_mb
    return Answers(
        steps_ms={step: timing(values) for step, values in steps.items()},
        cpu_ms=timing(cpu_ms),
        repeated_ms=timing(repeated["whole"]),
        loaded_s=loaded_s,
        loaded_cpu_s=loaded_cpu_s,
        reading=measure_reading(settings, assistant.retriever.embeddings),
        memory_mb=memory_mb,
    )


def measure_reading(settings: Settings, embeddings: TextEmbeddings) -> IngestTiming:
    """Return what reading the whole text into a new index takes, after some sections to warm up."""
    read_text(settings, embeddings, WARM_UP_SECTIONS)
    return read_text(settings, embeddings)


def read_text(settings: Settings, embeddings: TextEmbeddings, most: int | None = None) -> IngestTiming:
    """Read the text of the first or all sections into an index that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = text_alone(settings.corpus, Path(folder) / "corpus", most)
        fresh = settings.model_copy(update={"index": Path(folder) / "index"})
        started, used = time.perf_counter(), time.process_time()
        report = ingest([corpus], fresh, embeddings)
        wall_s, cpu_s = time.perf_counter() - started, time.process_time() - used
        return IngestTiming(report.manifest.chunks, wall_s, cpu_s, *size_of(stored_sections(fresh.index)))


def size_of(sections: Sequence[Section]) -> tuple[int, int]:
    """Return how many sections there are, and the words in them."""
    return len(sections), sum(len(section.text.split()) for section in sections)


def text_alone(corpus: Path, target: Path, most: int | None = None) -> Path:
    """Copy the first or all sections of a corpus, with its practices, without questions and examples."""
    target.mkdir(parents=True)
    if (corpus / PRACTICES_FILE).is_file():
        shutil.copy(corpus / PRACTICES_FILE, target / PRACTICES_FILE)
    for document in documents([corpus])[:most]:
        copy = target / document.source
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(document.path, copy)
    return target


def _steps(assistant: Assistant, asked: Sequence[Question]) -> tuple[dict[str, list[float]], list[float]]:
    """Return the time of each step and of the whole, and the processor time, of every answer in ms."""
    steps: dict[str, list[float]] = {}
    cpu_ms = []
    for question in asked:
        started, used = time.perf_counter(), time.process_time()
        answer = assistant.ask(question)
        whole = (time.perf_counter() - started) * 1000
        cpu_ms.append((time.process_time() - used) * 1000)
        for step, ms in {**answer.timings_ms, "whole": whole}.items():
            steps.setdefault(step, []).append(ms)
    return steps, cpu_ms


def _different(questions: Sequence[ReferenceQuestion]) -> list[ReferenceQuestion]:
    """Leave out a question that is asked before."""
    return list({(one.question, one.history): one for one in questions}.values())


def _spread(questions: Sequence[ReferenceQuestion], most: int) -> Sequence[ReferenceQuestion]:
    """Return so many questions from the whole list, which is ordered by kind."""
    return questions[:: max(1, len(questions) // most)][:most]
