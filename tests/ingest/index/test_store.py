"""Builds switch in one step; whatever goes wrong, the build that served still does."""

import errno
import multiprocessing
import os
import shutil
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np
import pytest
from chromadb.errors import NotFoundError

from errors import IndexBusyError, IndexDamagedError, IndexNotFoundError, IndexWriteError, WegwijzerError
from ingest.index.manifest import MANIFEST_FILE, Manifest, write_manifest
from ingest.index.store import Pointer, Store, pointed, served
from ingest.types import Chunk, Section, Span
from tests.conftest import build_folder

OLD, NEW = "0123456789abcdef", "fedcba9876543210"
SECTIONS = {"a": Section("a", "Titel", "algemeen", "a.md", "Een. Twee.")}
CHUNKS = [Chunk("a#1", "a", 0, 4, "Een.", (Span(0, 4),)), Chunk("a#2", "a", 5, 10, "Twee.", (Span(5, 10),))]
VECTORS = np.eye(2, dtype=np.float32)


def build(index: Path, fingerprint: str, failure: type[BaseException] | None = None) -> str:
    """Make a small build and let it serve, unless it must fail; return its name."""
    with Store(index).staged(fingerprint) as stage:
        stage.chunks.add(SECTIONS, CHUNKS, VECTORS)
        write_manifest(stage.folder, manifest(fingerprint))
        if failure:
            raise failure
        return stage.name


def manifest(fingerprint: str) -> Manifest:
    """Return a manifest for a build."""
    return Manifest(fingerprint, "model", 120, "2026-01-01T00:00:00+00:00", 1, 2, 2, 0, 0)


def leftovers(index: Path) -> tuple[list[str], list[str]]:
    """Return the names of all builds, and of all that is beside them."""
    builds = sorted(folder.name for folder in (index / "builds").iterdir())
    return builds, sorted(path.name for path in index.iterdir())


def count(index: Path) -> int:
    """Return how many chunks the build that serves has in Chroma."""
    store = Store(index)
    chunks = store.chunks(pointed(store))
    try:
        assert chunks.nearest(VECTORS[1], 2) == ["a#2", "a#1"]
        return chunks.count()
    finally:
        chunks.close()


def hold_lock(index: Path, held: Event, done: Event) -> None:
    """Hold the lock of an index until told to stop; runs in another process."""
    with Store(index).locked(0):
        held.set()
        done.wait(60)


def test_a_build_serves_when_its_block_succeeds(tmp_path: Path) -> None:
    name = build(tmp_path, OLD)
    assert name.startswith(f"{OLD}-")
    assert Store(tmp_path).pointer() == Pointer(name)
    assert build_folder(tmp_path) == tmp_path / "builds" / name
    assert served(Store(tmp_path)) == manifest(OLD)
    assert count(tmp_path) == 2


def test_a_build_does_not_serve_before_its_block_ends(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    with Store(tmp_path).staged(NEW) as stage:
        write_manifest(stage.folder, manifest(NEW))
        assert served(Store(tmp_path)) == manifest(OLD)
        assert count(tmp_path) == 2
    assert served(Store(tmp_path)) == manifest(NEW)


def test_a_switch_keeps_the_build_before_it_for_open_readers_and_no_older_one(tmp_path: Path) -> None:
    names = [build(tmp_path, fingerprint) for fingerprint in ("aaaaaaaaaaaaaaaa", OLD, NEW)]
    assert Store(tmp_path).pointer() == Pointer(names[2], names[1])
    assert leftovers(tmp_path)[0] == sorted(names[1:])


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (RuntimeError, RuntimeError),
        (KeyboardInterrupt, KeyboardInterrupt),
        (OSError, IndexWriteError),
        (SystemExit, SystemExit),
    ],
)
def test_a_failed_build_leaves_the_old_one_serving_and_no_trace(
    failure: type[BaseException], raised: type[BaseException], tmp_path: Path
) -> None:
    build(tmp_path, OLD)
    before = leftovers(tmp_path)
    with pytest.raises(raised):
        build(tmp_path, NEW, failure)
    assert leftovers(tmp_path) == before
    assert served(Store(tmp_path)) == manifest(OLD)
    assert count(tmp_path) == 2


def test_a_failed_first_build_leaves_no_index(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        build(tmp_path, NEW, RuntimeError)
    assert served(Store(tmp_path)) is None
    assert leftovers(tmp_path)[0] == []


def test_a_switch_that_fails_leaves_the_old_one_serving_and_no_trace(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (tmp_path / "current.new").mkdir()
    before = leftovers(tmp_path)
    with pytest.raises(IndexWriteError, match="directory"):
        build(tmp_path, NEW)
    assert served(Store(tmp_path)) == manifest(OLD)
    assert leftovers(tmp_path) == before


def test_what_an_interrupted_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    old = build(tmp_path, OLD)
    (tmp_path / "builds" / f"{NEW}-00000000" / "chroma").mkdir(parents=True)
    (tmp_path / "builds" / f"{NEW}-00000000" / "half.npy").write_bytes(b"half")
    assert served(Store(tmp_path)) == manifest(OLD)
    new = build(tmp_path, NEW)
    assert leftovers(tmp_path)[0] == sorted([old, new])


def test_a_damaged_build_is_not_what_the_next_one_falls_back_on(tmp_path: Path) -> None:
    good, broken = build(tmp_path, OLD), build(tmp_path, NEW)
    (tmp_path / "builds" / broken / MANIFEST_FILE).write_text("{", encoding="utf-8")
    again = build(tmp_path, NEW)
    assert Store(tmp_path).pointer() == Pointer(again, good)
    assert leftovers(tmp_path)[0] == sorted([good, again])


def test_a_pointer_that_cannot_be_read_costs_no_build_before_the_next_one_serves(tmp_path: Path) -> None:
    name = build(tmp_path, OLD)
    (tmp_path / "current").write_text("stuk", encoding="ascii")
    with pytest.raises(RuntimeError):
        build(tmp_path, NEW, RuntimeError)
    assert leftovers(tmp_path)[0] == [name]


def test_the_chunks_of_version_0_1_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    build(tmp_path, OLD)
    assert "chroma" not in leftovers(tmp_path)[1]


def test_two_writers_get_an_error_instead_of_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    writer = context.Process(target=hold_lock, args=(tmp_path, held, done))
    writer.start()
    try:
        assert held.wait(60)
        with pytest.raises(IndexBusyError, match=str(tmp_path)), Store(tmp_path).locked(0.1):
            pass
    finally:
        done.set()
        writer.join(60)
    with Store(tmp_path).locked(0.1):
        pass


@pytest.mark.parametrize("failure", [ZeroDivisionError, OSError, NotFoundError])
def test_the_lock_lets_an_error_of_the_block_through(failure: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(failure), Store(tmp_path).locked(0):
        raise failure
    with Store(tmp_path).locked(0):
        pass


@pytest.mark.parametrize("below", ["", "index"])
def test_an_index_that_cannot_be_made_is_an_error_that_names_it(below: str, tmp_path: Path) -> None:
    in_the_way = tmp_path / "bestand"
    in_the_way.write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="bestand"), Store(in_the_way / below).locked(0):
        pass
    assert in_the_way.read_text(encoding="utf-8") == "geen map"


def test_a_file_where_builds_should_be_is_an_error_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "builds").write_text("geen map", encoding="utf-8")
    with pytest.raises(WegwijzerError), Store(tmp_path).locked(0):
        build(tmp_path, NEW)


def test_a_full_disk_is_an_error_that_names_the_index(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match="No space left"), Store(tmp_path).staged(NEW):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("path", ["weg", "bestand"])
def test_without_a_pointer_there_is_no_index(path: str, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexNotFoundError, match="python -m ingest"):
        build_folder(tmp_path / path)
    assert served(Store(tmp_path / path)) is None


@pytest.mark.parametrize("content", [b"", b"\n", OLD.encode(), b"\xff\xfe", b"../elders"])
def test_a_pointer_to_nothing_is_a_damaged_index(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "builds").mkdir()
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        build_folder(tmp_path)
    assert served(Store(tmp_path)) is None


def test_a_pointer_that_is_a_folder_is_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexDamagedError):
        build_folder(tmp_path)


def test_a_damaged_manifest_serves_nothing(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (build_folder(tmp_path) / MANIFEST_FILE).write_text("{", encoding="utf-8")
    assert served(Store(tmp_path)) is None


def test_chunks_that_chroma_lost_are_a_damaged_index_and_make_no_empty_database(tmp_path: Path) -> None:
    name = build(tmp_path, OLD)
    chroma = build_folder(tmp_path) / "chroma"
    shutil.rmtree(chroma)
    with pytest.raises(IndexDamagedError):
        Store(tmp_path).chunks(name)
    assert not chroma.exists()


def test_a_copied_index_serves_from_its_new_place(tmp_path: Path) -> None:
    build(tmp_path / "een", OLD)
    shutil.copytree(tmp_path / "een", tmp_path / "twee")
    shutil.rmtree(tmp_path / "een")
    assert count(tmp_path / "twee") == 2
