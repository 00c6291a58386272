"""An answer in process by step, a repeated one, and reading documents with a warm model."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Question
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.scoring.resample import spread
from evals.speed.process import footprint
from evals.speed.serve import WARM_UP_SECTIONS, clocked
from evals.speed.types import Tables, timing
from ingest.documents.files import PRACTICES_FILE, documents
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import stored_sections
from ingest.pipeline import ingest
from ingest.types import Section
from settings import Settings

STEPS, REST = "An answer in process, by step", "What goes with it"
QUESTIONS, WARM_UP = 200, 20
WORDS_A_PAGE = 400


def measure_answers(settings: Settings) -> Tables:
    """Return the time that each step of an answer takes, and what loading and reading take."""
    with clocked() as loading:
        assistant = load_assistant(settings.model_copy(update={"kept_answers": QUESTIONS}))
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    different = dict.fromkeys((one.question, one.history) for one in questions)
    asked = [Question(*one) for one in spread(list(different), WARM_UP + QUESTIONS)]  # Ordered by kind.
    _steps(assistant, asked[:WARM_UP])
    steps, again = (_steps(assistant, asked[WARM_UP:]) for _ in range(2))
    rest = {
        "load s": loading.wall_s,
        "load processor s": loading.cpu_s,
        "MB": footprint(os.getpid()).memory_mb,
    }
    read_text(settings, assistant.retriever.embeddings, WARM_UP_SECTIONS)
    rest |= reading(*read_text(settings, assistant.retriever.embeddings))
    named = {**steps, "asked again": again["whole"]}
    return {STEPS: {name: timing(values) for name, values in named.items()}, REST: {"product": rest}}


def reading(chunks: int, seconds: float, sections: Sequence[Section]) -> dict[str, float]:
    """Return the figures of reading these sections into so many chunks in so many seconds."""
    words = sum(len(section.text.split()) for section in sections)
    return {
        "chunks": chunks,
        "chunks/s": chunks / seconds,
        "sections/s": len(sections) / seconds,
        "pages/s": words / WORDS_A_PAGE / seconds,
    }


def read_text(
    settings: Settings, embeddings: TextEmbeddings, most: int | None = None
) -> tuple[int, float, Sequence[Section]]:
    """Read the text of the first or all sections into an index that is thrown away.

    Return the number of chunks, the seconds that it took, and the sections.
    """
    with tempfile.TemporaryDirectory() as folder:
        corpus = text_alone(settings.corpus, Path(folder) / "corpus", most)
        fresh = settings.model_copy(update={"index": Path(folder) / "index"})
        with clocked() as spent:
            report = ingest([corpus], fresh, embeddings)
        return report.manifest.chunks, spent.wall_s, stored_sections(fresh.index)


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


def _steps(assistant: Assistant, asked: Sequence[Question]) -> dict[str, list[float]]:
    """Return the time of each step, of the whole, and of the processor, for every answer in ms."""
    steps: dict[str, list[float]] = {}
    for question in asked:
        with clocked() as spent:
            answer = assistant.ask(question)
        whole = {"whole": 1000 * spent.wall_s, "processor": 1000 * spent.cpu_s}
        for step, ms in {**answer.timings_ms, **whole}.items():
            steps.setdefault(step, []).append(ms)
    return steps
