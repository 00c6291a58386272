"""The component that shows everything which documents, visitors or models wrote: as text, never as markup."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from web import texts

FOLDER = Path(__file__).parent / "component"
EVENTS = ("ask", "rate", "recall", "compare")
# One module to the browser, in this order.
SCRIPTS = (
    "dom.js",
    "source.js",
    "card.js",
    "memory.js",
    "thumbs.js",
    "copy.js",
    "answer.js",
    "compare.js",
    "main.js",
)


def show(key: str, data: Mapping[str, Any], **on: Callable[[str], None]) -> None:
    """Show one part of the page; `on` names what is called with the key when its event comes."""
    call = {event: partial(on[event], key) if event in on else _ignore for event in EVENTS}
    _component()(
        key=key,
        # In a list: a bare dict is searched for data frames, which loads pandas and Arrow, 90 MB.
        data=[{**data, "words": dict(texts.WORDS)}],
        on_ask_change=call["ask"],
        on_rate_change=call["rate"],
        on_recall_change=call["recall"],
        on_compare_change=call["compare"],
    )


@lru_cache(maxsize=1)
def _component() -> ComponentRenderer:
    script = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    return st.components.v2.component("wegwijzer", html='<div class="root"></div>', css=style, js=script)


def _ignore() -> None:
    """Take a click that nothing follows on; Streamlit wants a callback for every event."""
