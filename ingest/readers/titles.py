"""The title of a document without headings: what it says of itself, or its file's name made readable."""

import re
from pathlib import PurePosixPath

_PROGRAM = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel) - "
)  # Their printer puts it before the file's name.
_ENDING = re.compile(
    r"\.(?:docx?|docm|dotx?|odt|rtf|pdf|pptx?|xlsx?|html?|xhtml|md|txt|indd)$", re.IGNORECASE
)
_NOTHING = re.compile(r"\W*(?:untitled|naamloos|anonymous|document|title|titel)?[\W\d_]*", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[_\s]+|%20|(?<!\d)-|-(?!\d)")  # A date keeps its hyphens.


def readable_title(name: str) -> str:
    """Return a title or the name of a file as people write it, or nothing when it says nothing.

    `'Microsoft Word - wmo_beleid-2024.docx'` → `'Wmo beleid 2024'`; `'Document1'` → `''`.
    """
    bare = _ENDING.sub("", _PROGRAM.sub("", " ".join(name.split())))
    if " " not in bare:
        bare = " ".join(_BETWEEN_WORDS.sub(" ", bare).split())
    if _NOTHING.fullmatch(bare):
        return ""
    return bare if bare[1:2].isupper() else bare[:1].upper() + bare[1:]


def named_after(source: str) -> str:
    """Return a title made of the name of a file: `'map/tarieven-per-jaar.md'` → `'Tarieven per jaar'`."""
    stem = PurePosixPath(source).stem
    return readable_title(stem) or stem
