"""Haystack as documented: its splitter by words, sentence-transformers embedders, the in-memory store."""

import sys
from collections.abc import Sequence

from haystack import Document, Pipeline
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.speed.peers.protocol import TOP_K, Search, Section, serve


def load() -> SentenceTransformersDocumentEmbedder:
    """Return the model for passages, with the prompt that E5 was trained with."""
    passages = SentenceTransformersDocumentEmbedder(model=sys.argv[1], prefix="passage: ", progress_bar=False)
    passages.warm_up()
    return passages


def build(passages: SentenceTransformersDocumentEmbedder, sections: Sequence[Section]) -> tuple[Search, int]:
    """Split, embed and store the sections; the embedder of questions shares the loaded model."""
    documents = [
        Document(content=f"{one['title']}\n{one['text']}", meta={"section_id": one["section_id"]})
        for one in sections
    ]
    chunks = DocumentSplitter().run(documents=documents)["documents"]
    store = InMemoryDocumentStore()
    store.write_documents(passages.run(documents=chunks)["documents"])
    questions = SentenceTransformersTextEmbedder(model=sys.argv[1], prefix="query: ", progress_bar=False)
    pipeline = Pipeline()
    pipeline.add_component("embedder", questions)
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=TOP_K))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(question: str) -> Sequence[str]:
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return [document.meta["section_id"] for document in found]

    return search, len(chunks)


if __name__ == "__main__":
    serve(load, build)
