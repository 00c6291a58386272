"""The chat with the stand-in for the assistant, served to a browser by the tests."""

import os
import time
from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from web.pages.chat_page import show_page

    show_page()
else:
    from assistant.texts import MODE_EXTRACTIVE
    from errors import IndexDamagedError
    from tests.web.fakes import FakeAssistant, FakeIndex
    from web import service as service_module
    from web.ready import ChatAssistant
    from web.server import lifespan, middleware, routes

    def open_fake(service: service_module.Service) -> ChatAssistant:
        """Return the stand-in, as slowly as the test wants, or fail."""
        service.name(FakeIndex().about)
        time.sleep(float(os.environ.get("FAKE_START_S", "0")))
        if "FAKE_FAILS" in os.environ:
            raise IndexDamagedError(Path("index"), "on purpose")
        return FakeAssistant(os.environ.get("FAKE_MODE", MODE_EXTRACTIVE))

    service_module.open_assistant = open_fake
    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
