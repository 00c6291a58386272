"""The component that shows everything which documents, visitors or models wrote: as text, never as markup.

Streamlit sends a component's script and style anew with every part of the page that changed: 42 kB each time.
Ours is a line that imports them from a file, which the browser loads once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from web import texts
from web.http.files import CHAT_SCRIPT, EARLY_TURN

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
    "early.js",
)
DIGEST_CHARS = 12


def show(key: str, data: Mapping[str, Any], **on: Callable[[str], None]) -> None:
    """Show one part of the page; `on` names what is called with the key when its event comes."""
    call = {event: partial(on[event], key) if event in on else _ignore for event in EVENTS}
    _component()(
        key=key,
        data=[
            dict(data)
        ],  # In a list: a bare dict is searched for data frames, which loads pandas and Arrow, 90 MB.
        on_ask_change=call["ask"],
        on_rate_change=call["rate"],
        on_recall_change=call["recall"],
        on_compare_change=call["compare"],
    )


@lru_cache(maxsize=1)
def script() -> str:
    """Return the module that shows the chat, with its words and its style in it."""
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    given = {"WORDS": dict(texts.WORDS), "STYLE": style, "EARLY": EARLY_TURN.lstrip("/")}
    constants = (f"const {name} = {json.dumps(value, ensure_ascii=False)};" for name, value in given.items())
    return "\n".join((*constants, *((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)))


@lru_cache(maxsize=1)
def script_address() -> str:
    """Return where that module is, below the address of the page; another module has another address."""
    digest = hashlib.sha256(script().encode("utf-8")).hexdigest()
    return f"{CHAT_SCRIPT.lstrip('/')}?v={digest[:DIGEST_CHARS]}"


@lru_cache(maxsize=1)
def _component() -> ComponentRenderer:
    loaded = f'await import(new URL("{script_address()}", document.baseURI))'
    js = f"const {{ default: show }} = {loaded};\nexport default show;"
    return st.components.v2.component("wegwijzer", html='<div class="root"></div>', js=js)


def _ignore() -> None:
    """Take a click that nothing follows on; Streamlit wants a callback for every event."""
