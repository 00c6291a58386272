"""Which files an index was made from, by their content, and what has become of them since."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.documents.files import PRACTICES_FILE, shown
from ingest.readers import READERS

FILES_READ_FILE = "sources.json"
BESIDE = {Path(PRACTICES_FILE).suffix, ".jsonl", ".toml"}  # Files that say something about the documents.
BLOCK_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The paths that were read, and the hash of every file under them by its full path."""

    paths: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What was added, changed, removed, and what stayed the same."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0

    @property
    def any(self) -> bool:
        """Return whether anything differs."""
        return bool(self.added or self.changed or self.removed)


def compare(before: Mapping[str, object], now: Mapping[str, object]) -> Changes:
    """Return how two collections of named things differ, in the order of their names."""
    both = [name for name in now if name in before]
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(name for name in both if before[name] != now[name])),
        removed=tuple(sorted(before.keys() - now.keys())),
        same=sum(before[name] == now[name] for name in both),
    )


def find_files_read(paths: Sequence[Path]) -> FilesRead:
    """Hash every file under the paths that an ingest reads; a path that is gone has none."""
    files = {shown(str(file.resolve())): _digest(file) for path in paths for file in _files(path)}
    return FilesRead(tuple(str(path.resolve()) for path in paths), files)


def write_files_read(folder: Path, sources: FilesRead) -> None:
    """Write the sources of a build."""
    (folder / FILES_READ_FILE).write_text(json.dumps(asdict(sources), ensure_ascii=False), encoding="utf-8")


def load_files_read(folder: Path) -> FilesRead:
    """Return the sources of a build; raise OSError, ValueError or KeyError when they cannot be read."""
    stored = json.loads((folder / FILES_READ_FILE).read_text(encoding="utf-8"))
    return FilesRead(tuple(stored["paths"]), stored["files"])


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    suffixes = {*READERS, *BESIDE}
    return [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file()
        and file.suffix.lower() in suffixes
        and file.stem != "README"
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]


def _digest(file: Path) -> str:
    """Return hexadecimal digits that name the content of a file, or a mark when it cannot be read."""
    content = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while block := opened.read(BLOCK_BYTES):
                content.update(block)
    except OSError:
        return "unreadable"
    return content.hexdigest()[:16]
