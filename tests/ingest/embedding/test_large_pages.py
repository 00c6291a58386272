"""Memory in large pages: what it holds stays the same, and where Linux has such pages it lies in them."""

import platform
import sys
from pathlib import Path

import pytest

from ingest.embedding.large_pages import in_large_pages

SETTING = Path("/sys/kernel/mm/transparent_hugepage/enabled")
COLLAPSE_SINCE = (6, 1)
MB = 1 << 20


def linux_gives_them() -> bool:
    """Return whether a process may ask for large pages here."""
    if sys.platform != "linux" or not SETTING.is_file() or "[never]" in SETTING.read_text(encoding="ascii"):
        return False
    major, minor, *_ = platform.release().split(".")
    return (int(major), int(minor)) >= COLLAPSE_SINCE


def large_pages_kb() -> int:
    """Return how much of this process's memory lies in large pages."""
    rows = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("AnonHugePages:"))


@pytest.mark.skipif(not linux_gives_them(), reason="large pages are off, or this is no recent Linux")
def test_memory_that_is_taken_meanwhile_lies_in_large_pages() -> None:
    before = large_pages_kb()
    with in_large_pages():
        taken = bytearray(b"a") * (64 * MB)  # An array of numpy's lies in large pages by itself.
    assert large_pages_kb() - before > len(taken) / 1024 / 2
    assert taken.count(b"a") == 64 * MB


def test_without_linux_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with in_large_pages():
        taken = bytearray(b"a") * MB
    assert taken.count(b"a") == MB
