"""Larger corpora, each read and asked in a process of its own.

The text is made of the corpus's own words. Embedding it would take hours and costs the same for every
text, so a document's vector is a mixture of two vectors of the corpus; a question is embedded by the model.
"""

import random
import resource
import time
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.scoring.overview import timing
from evals.speed.process import own_footprint
from evals.speed.types import IngestTiming, Size
from ingest.embedding.embeddings import Progress, TextEmbeddings, Vectors, load_embeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from settings import Settings, load_settings

SIZES = (100, 1_000, 10_000, 100_000)
SENTENCES, WORDS = 4, 25  # Of a section; together one chunk.
SECTIONS_A_FILE = 1_000
QUESTIONS, WARM_UP = 100, 10
NOISE = 0.3  # Beside two unit vectors: enough to keep a hundred thousand mixtures apart.


class MixedVectors(TextEmbeddings):
    """The real model for questions; for documents, vectors that lie like those of the corpus."""

    def __init__(self, model: TextEmbeddings, vectors: Vectors) -> None:
        """Mix the given vectors, shape (n, d)."""
        self.model_id = f"mixed-{model.model_id}"
        self._model = model
        self._vectors = vectors

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._model.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the model's vectors of questions."""
        return self._model.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return a mixture for each text, the same one every time."""
        seeds = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.int64)
        made = self._vectors[seeds % len(self._vectors)] + self._vectors[seeds // 7 % len(self._vectors)]
        noise = np.random.default_rng(int(seeds.sum())).standard_normal(made.shape, dtype=np.float32)
        made = made + NOISE * noise / np.sqrt(self.dimension)
        if progress:
            progress(len(texts))
        mixed: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return mixed


def measure_growth(index: Path, folder: Path, sizes: Sequence[int] = SIZES) -> list[Size]:
    """Return what reading and asking cost at each size."""
    found = []
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as apart:
        for chunks in sizes:
            place = folder / str(chunks)
            read = apart.submit(_read, chunks, place, index).result()
            asked = apart.submit(_ask, place, index).result()
            disk_mb = sum(file.stat().st_size for file in (place / "index").rglob("*")) / 1024**2
            found.append(Size(**read, **asked, disk_mb=disk_mb))
    return found


def write_corpus(folder: Path, chunks: int, vocabulary: Sequence[str]) -> None:
    """Write Markdown files with so many sections, each of one chunk."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(chunks)  # noqa: S311 - no secret, the same text every time
    for first in range(0, chunks, SECTIONS_A_FILE):
        numbers = range(first, min(first + SECTIONS_A_FILE, chunks))
        text = "\n".join(f"# Onderdeel {number}\n\n{_text(chance, vocabulary)}\n" for number in numbers)
        (folder / f"deel-{first // SECTIONS_A_FILE:03}.md").write_text(text, encoding="utf-8")


def _text(chance: random.Random, vocabulary: Sequence[str]) -> str:
    sentences = (chance.choices(vocabulary, k=WORDS) for _ in range(SENTENCES))
    return " ".join(f"{' '.join(words).capitalize()}." for words in sentences)


def _mixed(index: Path) -> tuple[MixedVectors, list[str]]:
    """Return the stand-in and every word of the corpus, as often as it is there."""
    model = load_embeddings(load_settings())
    opened = open_index(index, model.model_id)
    vocabulary = [
        word
        for section in opened.sections.values()
        for word in section.text.lower().split()
        if word.isalpha()
    ]
    return MixedVectors(model, np.array(opened.sentence_vectors)), vocabulary


def _read(chunks: int, place: Path, index: Path) -> Mapping[str, Any]:
    mixed, vocabulary = _mixed(index)
    write_corpus(place / "corpus", chunks, vocabulary)
    started, used = time.perf_counter(), time.process_time()
    made = ingest([place / "corpus"], Settings(index=place / "index"), mixed).manifest.chunks
    wall_s, cpu_s = time.perf_counter() - started, time.process_time() - used
    return {
        "chunks": made,
        "reading": IngestTiming(made, wall_s, cpu_s, chunks, chunks * SENTENCES * WORDS),
        "reading_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _ask(place: Path, index: Path) -> Mapping[str, Any]:
    mixed, _ = _mixed(index)
    started = time.perf_counter()
    retriever = HybridRetriever(index=open_index(place / "index", mixed.model_id), embeddings=mixed)
    assistant = Assistant(Settings(kept_answers=0), retriever, ExtractiveWriter())
    open_s = time.perf_counter() - started
    total, retrieve, cpu = [], [], []
    questions = [one.question for one in load_questions(QUESTIONS_FOLDER, "dev") if not one.history]
    for number, text in enumerate(questions[: WARM_UP + QUESTIONS]):
        used = time.process_time()
        taken = assistant.ask(Question(text)).timings_ms
        if number >= WARM_UP and "retrieve" in taken:
            cpu.append((time.process_time() - used) * 1000)
            total.append(taken["total"])
            retrieve.append(taken["retrieve"])
    return {
        "open_s": open_s,
        "memory_mb": own_footprint().memory_mb,
        "question_ms": timing(total),
        "retrieve_ms": timing(retrieve),
        "cpu_ms": timing(cpu),
    }
