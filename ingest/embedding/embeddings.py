"""Open the embedded Dutch model, or any sentence-transformers one, behind LangChain's Embeddings."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from errors import EmbeddingModelError
from ingest.embedding.onnx import MODEL_FILE, TOKENIZER_FILE, OnnxModel
from settings import Settings

if TYPE_CHECKING:  # It brings torch: seconds to load, and hundreds of megabytes.
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

MODEL_FOLDER = Path(__file__).parents[1] / "model"
MODEL_NAME = "e5-small-nl"
EMBEDDED_BATCH = (
    1  # int8 scales its activations over the whole batch: alone, a text always gets the same vector.
)
NAMED_BATCH = 32
DIGEST_CHARS = 12


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is before a question and before a passage; many models were trained with such prompts."""

    query: str
    passage: str


E5_PROMPTS = Prompts(query="query: ", passage="passage: ")  # Wang et al. (2024), multilingual E5.


class TextEmbeddings(Embeddings):
    """LangChain's view of an embedding model; all vectors have length one."""

    model_id: str

    @property
    @abstractmethod
    def dimension(self) -> int:
        """Return the length of a vector."""

    @abstractmethod
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n, d)."""

    @abstractmethod
    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages, shape (n, d); `progress` hears how many more are done."""

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages."""
        vectors: list[list[float]] = self.encode_passages(texts).tolist()
        return vectors


class _PromptedEmbeddings(TextEmbeddings):
    """A model that reads a prompt before each text: one for questions, another for passages."""

    def __init__(self, model_id: str, prompts: Prompts) -> None:
        self.model_id = model_id
        self._prompts = prompts

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n, d)."""
        return self._encode(texts, self._prompts.query, None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages, shape (n, d); `progress` hears how many more are done."""
        return self._encode(texts, self._prompts.passage, progress)

    @abstractmethod
    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress | None) -> Vectors:
        """Return the vectors of texts behind a prompt, shape (n, d)."""


class OnnxEmbeddings(_PromptedEmbeddings):
    """The embedded model by its tokenizer and session alone; as SentenceTransformer gives, to 1e-6."""

    def __init__(self, model: OnnxModel, model_id: str, prompts: Prompts, threads: int) -> None:
        """Wrap an opened model; of several texts `threads` are embedded at once, each alone."""
        super().__init__(model_id, prompts)
        self._model = model
        self._threads = threads

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._model.dimension

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, vector in enumerate(self._each(texts, prompt)):
            vectors[row] = vector
            if progress:
                progress(1)
        return vectors

    def _each(self, texts: Sequence[str], prompt: str) -> Iterator[Vectors]:
        """Yield the vector of each text, shape (d,), in order."""
        if len(texts) == 1:
            yield self._model.text_vector(texts[0], prompt)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(lambda text: self._model.text_vector(text, prompt), texts)


class SentenceTransformerEmbeddings(_PromptedEmbeddings):
    """Any SentenceTransformer."""

    def __init__(self, model: SentenceTransformer, model_id: str, prompts: Prompts, batch_size: int) -> None:
        """Wrap a loaded model; `model_id` is what an index remembers of it."""
        super().__init__(model_id, prompts)
        self.batch_size = batch_size
        self._model = model

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress | None) -> Vectors:
        """Embed in batches of texts of about one length, so that little is padded."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for first in range(0, len(by_length), self.batch_size):
            rows = by_length[first : first + self.batch_size]
            vectors[rows] = self._model.encode(
                [texts[row] for row in rows],
                prompt=prompt,
                batch_size=self.batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if progress:
                progress(len(rows))
        return vectors


def load_embeddings(settings: Settings) -> TextEmbeddings:
    """Load the model that the settings name, or the embedded one; raise EmbeddingModelError if that fails.

    The embedded one needs neither torch nor sentence-transformers.
    """
    if settings.embedding_model is not None:
        return _load_named(settings.embedding_model)
    with _complete():
        model = OnnxModel(MODEL_FOLDER)
        return OnnxEmbeddings(model, _embedded_id(), E5_PROMPTS, settings.threads)


def load_sentence_transformer(settings: Settings) -> SentenceTransformerEmbeddings:
    """Load the same model as a SentenceTransformer; raise EmbeddingModelError if that fails."""
    if settings.embedding_model is not None:
        return _load_named(settings.embedding_model)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    from ingest.embedding.onnx_module import OnnxEncoder

    with _complete():
        encoder, model_id = OnnxEncoder(MODEL_FOLDER), _embedded_id()
    modules = [encoder, Pooling(encoder.get_embedding_dimension(), "mean"), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    return SentenceTransformerEmbeddings(model, model_id, E5_PROMPTS, EMBEDDED_BATCH)


@contextmanager
def _complete() -> Iterator[None]:
    """Raise EmbeddingModelError when a file of the embedded model is missing."""
    try:
        yield
    except OSError as error:
        raise EmbeddingModelError(MODEL_NAME, f"{error}; restore ingest/model or run: make model") from error


def _load_named(name: str) -> SentenceTransformerEmbeddings:
    """Load a model from a folder or from the hub; code that comes with a model is never run."""
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError, ImportError) as error:
        raise EmbeddingModelError(name, _first_line(error)) from error
    return SentenceTransformerEmbeddings(model, name, _prompts(name, model.prompts), NAMED_BATCH)


def _prompts(name: str, carried: Mapping[str, str | None]) -> Prompts:
    """Return the prompts that a model carries; an E5 model without them gets those it was trained with."""
    query = carried.get("query") or ""
    passage = carried.get("document") or carried.get("passage") or carried.get("corpus") or ""
    if not (query or passage) and "e5" in Path(name).name.lower():
        return E5_PROMPTS
    return Prompts(query, passage)


def _embedded_id() -> str:
    """Name the embedded model and its content: another vocabulary or other weights give other vectors."""
    content = hashlib.sha256()
    for file in (MODEL_FILE, TOKENIZER_FILE):
        content.update((MODEL_FOLDER / file).read_bytes())
    return f"{MODEL_NAME}-{content.hexdigest()[:DIGEST_CHARS]}"


def _first_line(error: Exception) -> str:
    """Return the first line of a message, without its full stop."""
    return str(error).strip().partition("\n")[0].rstrip(".")
