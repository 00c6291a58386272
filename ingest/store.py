"""Where builds of the index lie on disk, and the atomic switch from one to the next.

index/chroma/                chunks in Chroma, one collection a build
index/builds/<fingerprint>/  sections, sentences, question variants, BM25, classifiers, manifest
index/current                the fingerprint of the build that serves
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from filelock import FileLock, Timeout

from errors import IndexBusyError, IndexDamagedError, IndexNotFoundError, IndexWriteError
from ingest.manifest import Manifest, read_manifest
from settings import Settings

EF_SEARCH = 200  # At Chroma's default of 100 three of 150 questions missed a candidate, here none did.
CHROMA_FOLDER, BUILDS_FOLDER, POINTER, LOCK = "chroma", "builds", "current", "lock"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a build is written before it serves."""

    folder: Path
    collection: chromadb.Collection


def served(index: Path) -> Manifest | None:
    """Return the manifest of the build that serves, or None when there is none or it is damaged."""
    try:
        return read_manifest(build_folder(index))
    except (IndexNotFoundError, IndexDamagedError):
        return None


def build_folder(index: Path) -> Path:
    """Return the folder of the build that serves; raise IndexNotFoundError when there is none."""
    try:
        fingerprint = (index / POINTER).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFoundError(index) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(index, f"{POINTER} cannot be read") from error
    folder = index / BUILDS_FOLDER / fingerprint
    if not fingerprint or not folder.is_dir():
        raise IndexDamagedError(index, f"build '{fingerprint}' is missing")
    return folder


def open_chroma(index: Path) -> ClientAPI:
    """Return the Chroma client of an index, without telemetry."""
    settings = ChromaSettings(anonymized_telemetry=False)
    return chromadb.PersistentClient(path=str(index / CHROMA_FOLDER), settings=settings)


def open_collection(index: Path, fingerprint: str) -> chromadb.Collection:
    """Return the chunks of a build; raise IndexDamagedError when Chroma does not hold them."""
    try:
        return open_chroma(index).get_collection(_collection_name(fingerprint), embedding_function=None)
    except (ChromaError, ValueError) as error:
        raise IndexDamagedError(index, "Chroma does not hold its chunks") from error


@contextmanager
def write_lock(settings: Settings) -> Iterator[None]:
    """Let one process at a time write the index; raise IndexBusyError after the time-out."""
    try:
        settings.index.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.index / LOCK, timeout=settings.lock_timeout_s):
            yield
    except Timeout as error:
        raise IndexBusyError(settings.index) from error
    except (OSError, ChromaError) as error:
        raise IndexWriteError(settings.index, str(getattr(error, "strerror", None) or error)) from error


@contextmanager
def staged_index(index: Path, fingerprint: str) -> Iterator[Stage]:
    """Give a new build to write to; it serves when the block succeeds, and leaves no trace when it fails."""
    client = open_chroma(index)
    name = _collection_name(fingerprint)
    unfinished = index / BUILDS_FOLDER / f"{fingerprint}.unfinished"
    _drop(client, name)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    before = _pointed(index)
    try:
        collection = client.create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}}
        )
        yield Stage(unfinished, collection)
        _switch(index, fingerprint, unfinished)
    except BaseException:
        _drop(client, name)
        shutil.rmtree(unfinished, ignore_errors=True)
        if before != fingerprint:
            shutil.rmtree(index / BUILDS_FOLDER / fingerprint, ignore_errors=True)
        raise
    _remove_others(index, client, {fingerprint, before})


def _switch(index: Path, fingerprint: str, unfinished: Path) -> None:
    folder = index / BUILDS_FOLDER / fingerprint
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    pointer = index / f"{POINTER}.new"
    with pointer.open("w", encoding="ascii") as file:
        file.write(fingerprint)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(index / POINTER)


def _pointed(index: Path) -> str:
    """Return the fingerprint of the build that serves, or an empty text."""
    try:
        return build_folder(index).name
    except (IndexNotFoundError, IndexDamagedError):
        return ""


def _remove_others(index: Path, client: ClientAPI, kept: set[str]) -> None:
    """Remove all builds but the new one and the one before it, from which open readers may still answer."""
    names = {_collection_name(fingerprint) for fingerprint in kept}
    for collection in client.list_collections():
        if collection.name not in names:
            _drop(client, collection.name)
    for folder in (index / BUILDS_FOLDER).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _drop(client: ClientAPI, name: str) -> None:
    with suppress(ChromaError, ValueError):
        client.delete_collection(name)


def _collection_name(fingerprint: str) -> str:
    return f"wegwijzer-{fingerprint}"
