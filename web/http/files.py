"""The files that the server sends as they lie on disk: those of Streamlit's page, and ours."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

WEB = Path(__file__).parents[1]
BROWSER_ROUTE = "/wegwijzer"
BROWSER_FILES = {
    "page.js": (WEB / "shell", "text/javascript"),
    "page.css": (WEB / "shell", "text/css"),
    "embed.js": (WEB / "browser", "text/javascript"),
    "plain.css": (WEB / "browser", "text/css"),
    "tokens.css": (WEB / "browser", "text/css"),
    "icon.svg": (WEB / "browser", "image/svg+xml"),
}
WIDGET = "/widget.js"
CHAT_SCRIPT = f"{BROWSER_ROUTE}/chat.js"
EARLY_TURN = f"{BROWSER_ROUTE}/beurt"
STREAMLIT_FILES = Path(st.__file__).parent / "static"
INDEX = "index.html"
PAGES = ("/", f"/{INDEX}")  # Where the chat is.
_OWN = frozenset({WIDGET, CHAT_SCRIPT, *(f"{BROWSER_ROUTE}/{name}" for name in BROWSER_FILES)})


def is_file(path: str) -> bool:
    """Return whether a path of a request names a file that is there, and no page."""
    return (below := _below_base(path)) in _OWN or below in _streamlit_paths()


def is_kept(path: str) -> bool:
    """Return whether a path names a file that stays the same while the server runs: `/static/js/a.js`."""
    return (below := _below_base(path)) == WIDGET or below in _streamlit_paths()


def _below_base(path: str) -> str:
    """Return a path as it is below the base path that the server is set to."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(f"/{base}") if base else path


@lru_cache(maxsize=1)
def _streamlit_paths() -> frozenset[str]:
    files = (file for file in STREAMLIT_FILES.rglob("*") if file.is_file() and file.name != INDEX)
    return frozenset(f"/{file.relative_to(STREAMLIT_FILES).as_posix()}" for file in files)
