"""Open the embedded Dutch model, or any sentence-transformers one, behind LangChain's Embeddings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from errors import EmbeddingModelError
from settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MODEL_FOLDER = Path(__file__).parent / "model"
MODEL_NAME = "e5-small-nl"
EMBEDDED_BATCH = (
    1  # int8 scales its activations over the whole batch: alone, a text always gets the same vector.
)
NAMED_BATCH = 32
DIGEST_CHARS = 12


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before a question and before a passage; many models were trained with such prompts."""

    query: str
    passage: str


E5_PROMPTS = Prompts(query="query: ", passage="passage: ")  # Wang et al. (2024), multilingual E5.


class SentenceTransformerEmbeddings(Embeddings):
    """LangChain's view of a SentenceTransformer; all vectors have length one."""

    def __init__(self, model: SentenceTransformer, model_id: str, prompts: Prompts, batch_size: int) -> None:
        """Wrap a loaded model; `model_id` is what an index remembers of it."""
        self.model_id = model_id
        self.batch_size = batch_size
        self._model = model
        self._prompts = prompts

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages."""
        vectors: list[list[float]] = self.encode_passages(texts).tolist()
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n, d)."""
        return self._encode(texts, self._prompts.query, None)

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of passages, shape (n, d); `progress` hears how many each batch held."""
        return self._encode(texts, self._prompts.passage, progress)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Callable[[int], None] | None) -> Vectors:
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


def load_embeddings(settings: Settings) -> SentenceTransformerEmbeddings:
    """Load the model that the settings name, or the embedded one; raise EmbeddingModelError if that fails."""
    if settings.embedding_model is None:
        return _load_embedded(settings.threads)
    return _load_named(settings.embedding_model)


def _load_embedded(threads: int) -> SentenceTransformerEmbeddings:
    """Load the model in `ingest/model`; nothing goes over the network."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    from ingest.onnx_module import OnnxEncoder

    try:
        digest = _digest(MODEL_FOLDER)
        encoder = OnnxEncoder(MODEL_FOLDER, threads)
    except OSError as error:
        raise EmbeddingModelError(MODEL_NAME, f"{error}; restore ingest/model or run: make model") from error
    modules = [encoder, Pooling(encoder.get_embedding_dimension(), "mean"), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    return SentenceTransformerEmbeddings(model, f"{MODEL_NAME}-{digest}", E5_PROMPTS, EMBEDDED_BATCH)


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


def _digest(folder: Path) -> str:
    """Name the embedded model's content: another vocabulary or other weights give other vectors."""
    content = hashlib.sha256()
    for file in ("model.onnx", "tokenizer.json"):
        content.update((folder / file).read_bytes())
    return content.hexdigest()[:DIGEST_CHARS]


def _first_line(error: Exception) -> str:
    """Return the first line of a message, without its full stop."""
    return str(error).strip().partition("\n")[0].rstrip(".")
