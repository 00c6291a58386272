"""What a visitor does with a whole conversation: begin again, print it, keep it."""

from datetime import datetime

import streamlit as st

from web import texts
from web.chat.conversation import Conversation
from web.chat.panels import hide_comparison
from web.chat.paper import WORD_TYPE, printable, word
from web.chat.saved import Part, parts
from web.guide.panel import guide_button
from web.service import Service


def show_tools(service: Service, conversation: Conversation) -> None:
    """Show the row of buttons below the last answer; the page script prints."""
    address = (st.context.url or "").partition("?")[0]

    def record() -> list[Part]:
        index = service.assistant.index if service.assistant else None
        day = datetime.now().astimezone().date()
        return list(parts(conversation, index, address, day)) if index else []

    def start_over() -> None:
        conversation.clear()
        hide_comparison()

    with st.container(horizontal=True, key="gereedschap"):
        st.button(texts.START_OVER, key="opnieuw", on_click=start_over, type="tertiary")
        guide_button(service, conversation, "keuzehulp-onder")
        st.button(texts.PRINT, key="afdrukken", type="tertiary")
        for label, name, kind, make in (
            (texts.WORD, texts.WORD_NAME, WORD_TYPE, lambda: word(record(), texts.author(service.about))),
            (texts.PAGE, texts.PAGE_NAME, "text/html", lambda: printable(record())),
        ):
            st.download_button(label, make, name, kind, on_click="ignore", type="tertiary")
