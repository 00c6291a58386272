"""The manifest: what a build was made from, with which model, and how much it holds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from errors import IndexDamagedError
from ingest.documents.dump import CORPUS
from ingest.source_code import code_digest
from ingest.types import Corpus

ROOMS = (
    "text",
    "embedding",
    "learning",
    "index",
    "types.py",
)  # Their code decides what a build holds of a corpus.
UNORDERED = ("references", "shorthand")  # Parts of a corpus whose order says nothing.
MANIFEST_FILE = "manifest.json"
UNLISTED_FILE = "chroma.sqlite3"  # Chroma changes it when it is opened, and finds out itself when it is cut.


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in `manifest.json`; `files` gives the size in bytes of the other files."""

    fingerprint: str
    model_id: str
    chunk_words: int
    created: str
    sections: int
    chunks: int
    sentences: int
    variants: int
    situations: int
    files: Mapping[str, int] = field(default_factory=dict)


def fingerprint(corpus: Corpus, model_id: str, chunk_words: int) -> str:
    """Return 16 hexadecimal digits that name this corpus, chunking, model, and the code that indexes."""
    stored = CORPUS.dump_python(corpus, mode="json")
    stored |= {name: sorted(stored[name].items()) for name in UNORDERED}
    content = json.dumps((code_digest(*ROOMS), model_id, chunk_words, stored))
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:16]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json` into a build."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read `manifest.json` of a build; raise IndexDamagedError when it is missing or broken."""
    try:
        return Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamagedError(folder, f"{MANIFEST_FILE} cannot be read") from error


def file_sizes(folder: Path) -> dict[str, int]:
    """Return the size of every file of a build that its manifest lists."""
    files = (file for file in folder.rglob("*") if file.is_file() and file != folder / MANIFEST_FILE)
    inside = sorted((file.relative_to(folder), file) for file in files)
    return {
        name.as_posix(): file.stat().st_size
        for name, file in inside
        if not name.name.startswith(UNLISTED_FILE)
    }


def is_whole(folder: Path) -> bool:
    """Return whether every file that the manifest lists is there in full."""
    try:
        return dict(read_manifest(folder).files).items() <= file_sizes(folder).items()
    except (IndexDamagedError, OSError):
        return False
