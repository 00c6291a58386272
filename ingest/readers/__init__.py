"""From suffix to reader; a new kind of document is one more row here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from errors import UnsupportedFormatError
from ingest.readers.markdown import read_markdown
from ingest.types import Section

__all__ = ["READERS", "read"]

Reader = Callable[[Path, str], list[Section]]

READERS: Mapping[str, Reader] = {".md": read_markdown, ".markdown": read_markdown}


def read(path: Path, source: str) -> list[Section]:
    """Read a document's sections; `source` is what citations show. Raise DocumentError on failure."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsupportedFormatError(path, READERS)
    return reader(path, source)
