"""The files that the server sends as they lie on disk: those of Streamlit's page, and ours."""

import base64
import hashlib
import re
from collections.abc import Mapping
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
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_OWN = frozenset({WIDGET, CHAT_SCRIPT, *(f"{BROWSER_ROUTE}/{name}" for name in BROWSER_FILES)})


def is_file(path: str) -> bool:
    """Return whether a path of a request names a file that is there, and no page."""
    return _below_base(path) in _OWN or streamlit_file(path) is not None


def streamlit_file(path: str) -> Path | None:
    """Return the file of Streamlit's page that a path of a request names, if there is one."""
    return _streamlit_files().get(_below_base(path))


@lru_cache(maxsize=1)
def streamlits_page() -> str:
    """Return Streamlit's index page as Streamlit made it."""
    return (STREAMLIT_FILES / INDEX).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def inline_script_hashes() -> tuple[str, ...]:
    """Return the SHA-256 of each script in Streamlit's index page, for the content security policy."""
    scripts = _INLINE_SCRIPT.findall(streamlits_page())
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    return tuple(base64.b64encode(digest).decode("ascii") for digest in digests)


def _below_base(path: str) -> str:
    """Return a path as it is below the base path that the server is set to."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(f"/{base}") if base else path


@lru_cache(maxsize=1)
def _streamlit_files() -> Mapping[str, Path]:
    files = (file for file in STREAMLIT_FILES.rglob("*") if file.is_file() and file.name != INDEX)
    return {f"/{file.relative_to(STREAMLIT_FILES).as_posix()}": file for file in files}
