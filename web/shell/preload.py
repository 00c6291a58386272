"""The scripts that Streamlit's page asks for only once it runs: named at once, they come with the others."""

import re
from collections.abc import Iterator
from functools import lru_cache

from web.http.files import STREAMLIT_FILES, streamlits_page

SHOWN = ("BidiComponent", "Button", "ChatInput")  # What the chat is drawn with.
_SCRIPTS = STREAMLIT_FILES / "static" / "js"
_IMPORT = re.compile(r"""(?:from|import)["']\./([^"']+\.js)["']""")


@lru_cache(maxsize=1)
def late_scripts() -> tuple[str, ...]:
    """Return the file names of these scripts and of what they import, without those that the page names."""
    page = streamlits_page()
    found: dict[str, None] = {}
    for part in SHOWN:
        for file in _SCRIPTS.glob(f"{part}.*.js"):
            _follow(file.name, found)
    return tuple(name for name in found if name not in page)


def _follow(name: str, found: dict[str, None]) -> None:
    if name not in found:
        found[name] = None
        for imported in _imports(name):
            _follow(imported, found)


def _imports(name: str) -> Iterator[str]:
    """Yield what a script imports before it runs: of `import(…)`, which waits, nothing."""
    text = (_SCRIPTS / name).read_text(encoding="utf-8")
    yield from (match[1] for match in _IMPORT.finditer(text))
