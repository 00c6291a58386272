"""Builds switch in one step; whatever goes wrong, the build that served still does."""

import multiprocessing
import os
import shutil
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np
import pytest

from errors import IndexBusyError, IndexDamagedError, IndexNotFoundError, IndexWriteError, WegwijzerError
from ingest.manifest import MANIFEST_FILE, Manifest, write_manifest
from ingest.store import build_folder, open_chroma, open_collection, served, staged_index, write_lock
from settings import Settings

OLD, NEW = "0123456789abcdef", "fedcba9876543210"
VECTORS = np.eye(2, dtype=np.float32)


def build(index: Path, name: str, failure: type[BaseException] | None = None) -> None:
    """Make a small build and let it serve, unless it must fail."""
    with staged_index(index, name) as stage:
        stage.collection.add(ids=["a", "b"], embeddings=VECTORS, documents=["een", "twee"])
        write_manifest(stage.folder, manifest(name))
        if failure:
            raise failure


def manifest(name: str) -> Manifest:
    """Return a manifest for a build of this name."""
    return Manifest(name, "model", 120, "2026-01-01T00:00:00+00:00", 2, 2, 2, 0, 0)


def leftovers(index: Path) -> tuple[list[str], list[str], list[str]]:
    """Return the names of all builds, all collections, and all files beside the pointer."""
    builds = sorted(folder.name for folder in (index / "builds").iterdir())
    collections = sorted(collection.name for collection in open_chroma(index).list_collections())
    return builds, collections, sorted(path.name for path in index.iterdir())


def hold_lock(index: Path, held: Event, done: Event) -> None:
    """Hold the lock of an index until told to stop; runs in another process."""
    with write_lock(Settings(index=index)):
        held.set()
        done.wait(60)


def test_a_build_serves_when_its_block_succeeds(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    assert build_folder(tmp_path) == tmp_path / "builds" / OLD
    assert served(tmp_path) == manifest(OLD)
    assert open_collection(tmp_path, OLD).count() == 2


def test_a_build_does_not_serve_before_its_block_ends(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    with staged_index(tmp_path, NEW) as stage:
        write_manifest(stage.folder, manifest(NEW))
        assert served(tmp_path) == manifest(OLD)
        assert open_collection(tmp_path, OLD).count() == 2
    assert served(tmp_path) == manifest(NEW)


def test_a_switch_keeps_the_build_before_it_for_open_readers_and_no_older_one(tmp_path: Path) -> None:
    for name in ("aaaaaaaaaaaaaaaa", OLD, NEW):
        build(tmp_path, name)
    builds, collections, _ = leftovers(tmp_path)
    assert builds == [OLD, NEW]
    assert len(collections) == 2


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, OSError, SystemExit])
def test_a_failed_build_leaves_the_old_one_serving_and_no_trace(
    failure: type[BaseException], tmp_path: Path
) -> None:
    build(tmp_path, OLD)
    before = leftovers(tmp_path)
    with pytest.raises(failure):
        build(tmp_path, NEW, failure)
    assert leftovers(tmp_path) == before
    assert served(tmp_path) == manifest(OLD)
    assert open_collection(tmp_path, OLD).count() == 2


def test_a_failed_first_build_leaves_no_index(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged_index(tmp_path, NEW):
        raise RuntimeError
    assert served(tmp_path) is None
    assert leftovers(tmp_path)[:2] == ([], [])


def test_a_switch_that_fails_leaves_the_old_one_serving_and_no_trace(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (tmp_path / "current.new").mkdir()
    before = leftovers(tmp_path)
    with pytest.raises(OSError, match="directory"):
        build(tmp_path, NEW)
    assert served(tmp_path) == manifest(OLD)
    assert open_collection(tmp_path, OLD).count() == 2
    assert leftovers(tmp_path) == before


def test_what_an_interrupted_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (tmp_path / "builds" / f"{NEW}.unfinished").mkdir()
    (tmp_path / "builds" / f"{NEW}.unfinished" / "half.npy").write_bytes(b"half")
    open_chroma(tmp_path).create_collection(f"wegwijzer-{NEW}", embedding_function=None)
    build(tmp_path, NEW)
    builds, collections, _ = leftovers(tmp_path)
    assert builds == [OLD, NEW]
    assert len(collections) == 2
    assert open_collection(tmp_path, NEW).count() == 2


def test_the_same_build_can_be_made_again(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (tmp_path / "builds" / OLD / MANIFEST_FILE).write_text("{", encoding="utf-8")
    build(tmp_path, OLD)
    assert served(tmp_path) == manifest(OLD)


def test_two_writers_get_an_error_instead_of_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    writer = context.Process(target=hold_lock, args=(tmp_path, held, done))
    writer.start()
    try:
        assert held.wait(60)
        with (
            pytest.raises(IndexBusyError, match=str(tmp_path)),
            write_lock(Settings(index=tmp_path, lock_timeout_s=0.1)),
        ):
            pass
    finally:
        done.set()
        writer.join(60)
    with write_lock(Settings(index=tmp_path, lock_timeout_s=0.1)):
        pass


def test_the_lock_lets_an_error_of_the_block_through(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), write_lock(Settings(index=tmp_path)):
        raise ZeroDivisionError


def test_an_index_that_cannot_be_made_is_an_error_that_names_it(tmp_path: Path) -> None:
    in_the_way = tmp_path / "bestand"
    in_the_way.write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="bestand"), write_lock(Settings(index=in_the_way / "index")):
        pass
    assert in_the_way.read_text(encoding="utf-8") == "geen map"


def test_an_index_that_is_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    in_the_way = tmp_path / "bestand"
    in_the_way.write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="bestand"), write_lock(Settings(index=in_the_way)):
        pass


def test_a_full_disk_is_an_error_that_names_the_index(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match="No space left"), write_lock(Settings(index=tmp_path)):
        raise OSError(28, os.strerror(28))


def test_a_file_where_chroma_should_be_is_an_error_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("geen map", encoding="utf-8")
    with pytest.raises(WegwijzerError), write_lock(Settings(index=tmp_path)):
        build(tmp_path, NEW)


@pytest.mark.parametrize("path", ["weg", "bestand"])
def test_without_a_pointer_there_is_no_index(path: str, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexNotFoundError, match="python -m ingest"):
        build_folder(tmp_path / path)
    assert served(tmp_path / path) is None


@pytest.mark.parametrize("content", [b"", b"\n", OLD.encode(), b"\xff\xfe", b"../elders"])
def test_a_pointer_to_nothing_is_a_damaged_index(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "builds").mkdir()
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        build_folder(tmp_path)
    assert served(tmp_path) is None


def test_a_pointer_that_is_a_folder_is_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexDamagedError):
        build_folder(tmp_path)


def test_a_damaged_manifest_serves_nothing(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    (tmp_path / "builds" / OLD / MANIFEST_FILE).write_text("{", encoding="utf-8")
    assert served(tmp_path) is None


def test_chunks_that_chroma_lost_are_a_damaged_index(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    with pytest.raises(IndexDamagedError):
        open_collection(tmp_path, NEW)


def test_a_copied_index_serves_from_its_new_place(tmp_path: Path) -> None:
    build(tmp_path / "een", OLD)
    shutil.copytree(tmp_path / "een", tmp_path / "twee")
    assert open_collection(tmp_path / "twee", OLD).count() == 2
