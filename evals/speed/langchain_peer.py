"""LangChain's standard set-up, by `python -m evals.speed.langchain_peer SECTIONS MODEL`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.speed.serve import TOP_K, Search, Section, given_paths, serve

CHUNK_CHARS, OVERLAP_CHARS = 1000, 200  # As in LangChain's own tutorials on retrieval.


def load(model: Path) -> HuggingFaceEmbeddings:
    """Return the model with the prompts that E5 was trained with."""
    return HuggingFaceEmbeddings(
        model_name=str(model),
        encode_kwargs={"prompt": "passage: ", "normalize_embeddings": True},
        query_encode_kwargs={"prompt": "query: ", "normalize_embeddings": True},
    )


def build(model: HuggingFaceEmbeddings, sections: Sequence[Section]) -> tuple[Search, int]:
    """Split, embed and store the sections."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS)
    chunks = splitter.split_documents(
        Document(f"{one['title']}\n{one['text']}", metadata={"section_id": one["section_id"]})
        for one in sections
    )
    store = Chroma.from_documents(chunks, model, collection_name=f"sections-{len(sections)}")
    retriever = store.as_retriever(search_kwargs={"k": TOP_K})

    def search(question: str) -> Sequence[str]:
        return [found.metadata["section_id"] for found in retriever.invoke(question)]

    return search, len(chunks)


if __name__ == "__main__":
    sections, model = given_paths("evals.speed.langchain_peer", __doc__, "sections", "model")
    serve(partial(load, model), build, sections)
