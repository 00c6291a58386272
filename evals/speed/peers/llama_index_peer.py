"""LlamaIndex as documented: its sentence splitter, HuggingFaceEmbedding, VectorStoreIndex as a retriever."""

import sys
from collections.abc import Sequence

from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.speed.peers.protocol import TOP_K, Search, Section, serve


def load() -> HuggingFaceEmbedding:
    """Return the model with the prompts that E5 was trained with."""
    return HuggingFaceEmbedding(
        model_name=sys.argv[1], query_instruction="query: ", text_instruction="passage: "
    )


def build(model: HuggingFaceEmbedding, sections: Sequence[Section]) -> tuple[Search, int]:
    """Split, embed and store the sections."""
    Settings.embed_model = model
    documents = [
        Document(text=f"{one['title']}\n{one['text']}", metadata={"section_id": one["section_id"]})
        for one in sections
    ]
    index = VectorStoreIndex.from_documents(documents)
    retriever = index.as_retriever(similarity_top_k=TOP_K)

    def search(question: str) -> Sequence[str]:
        return [found.node.metadata["section_id"] for found in retriever.retrieve(question)]

    return search, len(index.index_struct.nodes_dict)


if __name__ == "__main__":
    serve(load, build)
