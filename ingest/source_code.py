"""What code makes an index, ours and that of libraries: when it changes, the index is made anew."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent
ENDINGS = {".py", ".txt"}  # Code, and the lists that it reads.
LIBRARIES = ("bm25s", "chromadb", "pyspellchecker", "PyStemmer", "rapidfuzz", "scikit-learn", "scipy")


@lru_cache(maxsize=8)
def code_digest(*rooms: str) -> str:
    """Return 16 hexadecimal digits that name the source files of rooms of this package, with their lists.

    A room is a folder or a file. The versions of the libraries that make a build with them count too. A stop
    word, a constant or a rule that changes gives another digest, and so does a comment: then an ingest makes
    a build that holds the same, from the vectors of the one before.
    """
    digest = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode("utf-8"))
    for room in rooms:
        for file in sorted([PACKAGE / room, *(PACKAGE / room).rglob("*")]):
            if file.suffix in ENDINGS:
                content = file.read_text(encoding="utf-8")
                digest.update(repr((file.relative_to(PACKAGE).as_posix(), content)).encode("utf-8"))
    return digest.hexdigest()[:16]
