"""What is indexed, when, from what, with which model, how large, and what changed on disk since."""

from dataclasses import dataclass
from pathlib import Path

from errors import IndexDamagedError
from ingest.documents.changes import Changes, FilesRead, compare, find_files_read, load_files_read
from ingest.index.manifest import Manifest, read_manifest
from ingest.index.open import intact
from ingest.index.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the build that serves."""

    place: str
    manifest: Manifest
    size_bytes: int
    sources: FilesRead
    missing: tuple[str, ...]
    since: Changes
    whole: bool


def status(store: Store) -> Status:
    """Return the state of the build that serves and of what it was made from.

    Raise IndexNotFoundError, or IndexDamagedError when even what it is cannot be read.
    """
    pointer = store.pointer()
    folder = store.folder(pointer.build)
    manifest = read_manifest(folder)
    try:
        sources = load_files_read(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(store.place, "sources.json cannot be read") from error
    there = [Path(path) for path in sources.paths if Path(path).exists()]
    missing = tuple(path for path in sources.paths if not Path(path).exists())
    return Status(
        place=store.place,
        manifest=manifest,
        size_bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        sources=sources,
        missing=missing,
        since=compare(_still_there(sources, missing), find_files_read(there).files),
        whole=intact(store, pointer.build, manifest.model_id),
    )


def _still_there(sources: FilesRead, missing: tuple[str, ...]) -> dict[str, str]:
    """Return the files below paths that still exist: of the others nothing can be told."""
    gone = [Path(path) for path in missing]
    return {
        file: digest
        for file, digest in sources.files.items()
        if not any(Path(file).is_relative_to(path) for path in gone)
    }
