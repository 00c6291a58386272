"""Open an assistant: its index, its embedding model and, when one is named, its language model."""

import logging

from threadpoolctl import threadpool_limits

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from errors import WegwijzerError
from ingest.embedding.embeddings import load_embeddings
from ingest.index.open import open_index, open_store
from settings import Settings

log = logging.getLogger(__name__)


def load_assistant(settings: Settings) -> Assistant:
    """Load the model and open the index.

    Raise EmbeddingModelError, IndexNotFoundError, IndexDamagedError, ModelMismatchError, ChromaServerError,
    or LanguageModelError when one is named that cannot be opened. One without a passed exam writes nothing.
    """
    store = open_store(settings)
    store.check()  # A missing index is said at once, not after the model has loaded.
    model = None
    if settings.llm:  # Nothing of a language model is imported when none is named.
        from assistant.llm.writers import open_named, writers_of

        model = open_named(settings.llm, settings)
    embeddings = load_embeddings(settings)
    threadpool_limits(limits=1, user_api="blas")  # BLAS threads spin on the cores that the model needs.
    index = open_index(store, embeddings.model_id)
    retriever = HybridRetriever(index=index, embeddings=embeddings)
    writers = writers_of(settings.llm, model, settings) if settings.llm and model else ()
    return Assistant(settings, retriever, ExtractiveWriter(), *writers)


def renewed(assistant: Assistant) -> Assistant:
    """Return an assistant on the index that serves by now; when that cannot be opened, the one there was."""
    try:
        newer = assistant.newer()
    except WegwijzerError as error:
        log.warning("%s", error)
        return assistant
    if newer is None:
        return assistant
    assistant.close()
    return newer
