"""Where builds of the index lie on disk, and the atomic switch from one to the next.

index/builds/<name>/  one build: its chunks in Chroma (chroma/), records, vectors, BM25, classifiers, manifest
index/current         the name of the build that serves and, below it, of the one before it

A build has a name of its own, so that nothing a reader has open is ever written again. It is written to the
disk in full before the pointer names it; whatever the pointer does not name is left over and goes.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from chromadb.errors import ChromaError
from filelock import FileLock, Timeout

from errors import IndexBusyError, IndexDamagedError, IndexNotFoundError, IndexWriteError
from ingest.index.chroma import Chunks, create_chunks, open_chunks
from ingest.index.manifest import Manifest, is_whole, read_manifest

BUILDS_FOLDER, CHROMA_FOLDER, POINTER, LOCK = "builds", "chroma", "current", "lock"
OLD_FOLDERS = ("chroma", "server")  # Earlier versions kept chunks, and copies from a Chroma server, there.
BUILD_NAME = re.compile(r"[0-9a-f]{16}(-[0-9a-f]{8})?")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The name of the build that serves, and of the one before it, or an empty text."""

    build: str
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a build is written before it serves."""

    name: str
    folder: Path
    chunks: Chunks


class Store:
    """Builds in a folder of this machine."""

    def __init__(self, index: Path) -> None:
        """Keep the folder; it need not exist yet."""
        self._index = index

    @property
    def place(self) -> str:
        """Return the folder."""
        return str(self._index)

    def check(self) -> None:
        """Raise IndexNotFoundError, IndexDamagedError or ChromaServerError when no index can be opened."""
        self.pointer()

    def pointer(self) -> Pointer:
        """Return what serves; raise IndexNotFoundError or IndexDamagedError."""
        try:
            lines = (self._index / POINTER).read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexNotFoundError(self.place) from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamagedError(self.place, f"{POINTER} cannot be read") from error
        if not lines or not all(BUILD_NAME.fullmatch(line) for line in lines if line):
            raise IndexDamagedError(self.place, f"{POINTER} names no build")
        return Pointer(lines[0], lines[1] if len(lines) > 1 else "")

    def folder(self, build: str) -> Path:
        """Return the folder with the files of a build; raise IndexDamagedError when it is gone."""
        folder = self._index / BUILDS_FOLDER / build
        if not build or not folder.is_dir():
            raise IndexDamagedError(self.place, f"build '{build}' is missing")
        return folder

    def chunks(self, build: str) -> Chunks:
        """Open the chunks of a build; raise IndexDamagedError when Chroma does not hold them."""
        return open_chunks(self.folder(build) / CHROMA_FOLDER, build)

    @contextmanager
    def locked(self, timeout_s: float) -> Iterator[None]:
        """Hold the lock, so that one process at a time writes.

        Raise IndexBusyError after the time-out, or IndexWriteError when the lock cannot be made.
        """
        with ExitStack() as held:
            with _named(self._index):
                self._index.mkdir(parents=True, exist_ok=True)
                try:
                    held.enter_context(FileLock(self._index / LOCK, timeout=timeout_s))
                except Timeout as error:
                    raise IndexBusyError(self._index) from error
            yield

    def unlock(self) -> None:
        """Remove the lock that an ingest left behind: none, as a file is locked by a living process only."""

    @contextmanager
    def staged(self, fingerprint: str) -> Iterator[Stage]:
        """Yield a new build to write to; it serves when the block succeeds, and leaves no trace when not.

        Raise IndexWriteError when it cannot be written.
        """
        self.tidy()
        name = f"{fingerprint}-{uuid4().hex[:8]}"
        folder = self._index / BUILDS_FOLDER / name
        try:
            with _named(self._index):
                before = self._before()
                folder.mkdir(parents=True)
                with self._created(name) as chunks:
                    yield Stage(name, folder, chunks)
                flush(folder)
                self._point(Pointer(name, before))
        except BaseException:
            if pointed(self) != name:
                self._remove(name)
            raise
        self.tidy()

    def tidy(self) -> None:
        """Remove every build but the one that serves and the one before it; raise IndexWriteError."""
        kept = kept_builds(self)
        if kept is None:
            return
        builds = self._index / BUILDS_FOLDER
        with _named(self._index):
            for build in builds.iterdir() if builds.is_dir() else ():
                if build.name not in kept:
                    self._remove(build.name)
        for old in OLD_FOLDERS:
            shutil.rmtree(self._index / old, ignore_errors=True)

    def _created(self, build: str) -> AbstractContextManager[Chunks]:
        """Return a new Chroma in the folder of a build."""
        return create_chunks(self._index / BUILDS_FOLDER / build / CHROMA_FOLDER, build)

    def _remove(self, build: str) -> None:
        """Remove a build that nothing names."""
        shutil.rmtree(self._index / BUILDS_FOLDER / build, ignore_errors=True)

    def _before(self) -> str:
        """Return the build that can be fallen back on: the one that serves, or the one before it."""
        try:
            serving = self.pointer()
        except (IndexNotFoundError, IndexDamagedError):
            return ""
        whole = is_whole(self._index / BUILDS_FOLDER / serving.build)
        return serving.build if whole else serving.previous

    def _point(self, pointer: Pointer) -> None:
        """Make a build the one that serves, in one step that also outlives a power cut."""
        file = self._index / f"{POINTER}.new"
        try:
            with file.open("w", encoding="ascii") as new:
                new.write(f"{pointer.build}\n{pointer.previous}\n")
                new.flush()
                os.fsync(new.fileno())
            file.replace(self._index / POINTER)
        except BaseException:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            raise
        _flush(self._index)


def served(store: Store) -> Manifest | None:
    """Return the manifest of the build that serves, or None when there is none or it is damaged."""
    try:
        return read_manifest(store.folder(store.pointer().build))
    except (IndexNotFoundError, IndexDamagedError):
        return None


def kept_builds(store: Store) -> set[str] | None:
    """Return the build that serves and the one before it, or None when that can no longer be told.

    Then nothing is to be removed: the next ingest that succeeds clears the rest.
    """
    try:
        serving = store.pointer()
    except IndexNotFoundError:
        return set()
    except IndexDamagedError:
        return None
    return {serving.build, serving.previous}


def pointed(store: Store) -> str:
    """Return the name of the build that serves, or an empty text."""
    try:
        return store.pointer().build
    except (IndexNotFoundError, IndexDamagedError):
        return ""


def flush(folder: Path) -> None:
    """Write everything below a folder to the disk itself, before anything names it."""
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)
    _flush(folder.parent)


@contextmanager
def _named(index: Path) -> Iterator[None]:
    """Raise IndexWriteError, with the folder of the index, for what the disk or Chroma refuses."""
    try:
        yield
    except (OSError, ChromaError) as error:
        raise IndexWriteError(index, str(getattr(error, "strerror", None) or error)) from error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
