"""The chat with the real chain and a writer that, like a language model, may write anything."""

import streamlit as st

if __name__ == "__main__":
    from web.pages.chat_page import show_page

    show_page()
else:
    from assistant.answer.compose import ExtractiveWriter
    from assistant.answer.quotes import Found
    from assistant.chain import Assistant
    from assistant.retrieval.retriever import HybridRetriever
    from assistant.types import Claim
    from ingest.index.open import open_index
    from settings import load_settings
    from tests.web.hostile import EVERY
    from tests.word_embeddings import WordEmbeddings
    from web import service as service_module
    from web.ready import ChatAssistant
    from web.server import lifespan, middleware, routes

    class HostileWriter:
        """Writes every hostile string as a claim of its own, with evidence that is in the text."""

        mode = "llm:proef:vijandig"

        def write(self, found: Found) -> list[Claim]:
            """Return the hostile strings, each on a line of its own."""
            evidence = next(claim.evidence for claim in ExtractiveWriter().write(found) if claim.evidence)
            return [Claim(text, evidence, opens_line=True) for text in EVERY]

    def open_hostile(_service: service_module.Service) -> ChatAssistant:
        """Open the index of the settings with the stand-in for the model and the hostile writer."""
        settings, embeddings = load_settings(), WordEmbeddings()
        index = open_index(settings.index, embeddings.model_id)
        return Assistant(settings, HybridRetriever(index=index, embeddings=embeddings), HostileWriter())

    service_module.open_assistant = open_hostile  # type: ignore[assignment]
    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
