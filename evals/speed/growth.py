"""Larger corpora, each read and asked in a process of its own.

The text is made of the corpus's own words. Embedding it would take hours and costs the same for every
text, so a document's vector is a mixture of two vectors of the corpus; a question is embedded by the model.
"""

import random
import resource
import tempfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.speed.serve import clocked
from evals.speed.types import Tables, timing
from ingest.embedding.embeddings import Progress, TextEmbeddings, Vectors, load_embeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from settings import Settings, load_settings

GROWTH = "Growth: a question, and reading"
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


def measure_growth(settings: Settings) -> Tables:
    """Return what reading and asking cost at each size."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as apart,
    ):
        found = {
            f"{chunks:,} chunks": apart.submit(
                _measure, chunks, Path(folder) / str(chunks), settings.index
            ).result()
            for chunks in SIZES
        }
    return {GROWTH: found}


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


def _measure(chunks: int, place: Path, index: Path) -> dict[str, float]:
    """Read so many chunks and ask questions about them."""
    model = load_embeddings(load_settings())
    opened = open_index(index, model.model_id)
    told = (word for section in opened.sections.values() for word in section.text.lower().split())
    write_corpus(place / "corpus", chunks, [word for word in told if word.isalpha()])
    mixed = MixedVectors(model, np.array(opened.sentence_vectors))
    with clocked() as reading:
        ingest([place / "corpus"], Settings(index=place / "index"), mixed)
    with clocked() as opening:
        retriever = HybridRetriever(index=open_index(place / "index", mixed.model_id), embeddings=mixed)
        assistant = Assistant(Settings(kept_answers=0), retriever, ExtractiveWriter())
    questions = [one.question for one in load_questions(QUESTIONS_FOLDER, "dev") if not one.history]
    taken = [assistant.ask(Question(text)).timings_ms for text in questions[: WARM_UP + QUESTIONS]]
    sought = [one for one in taken[WARM_UP:] if "retrieve" in one]
    return {
        **timing([one["total"] for one in sought]),
        "retrieval ms": float(np.median([one["retrieve"] for one in sought])),
        "open s": opening.wall_s,
        "read in s": reading.wall_s,
        "processor s": reading.cpu_s,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk MB": sum(file.stat().st_size for file in (place / "index").rglob("*")) / 1024**2,
    }
