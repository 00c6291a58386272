"""Memory in pages of 2 MB instead of 4 kB, where Linux gives them: what is read through at every question.

The weights of the embedded model fill 5,000 small pages, more than a processor remembers the places of.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAGE = 2 << 20  # Bytes.
MADV_COLLAPSE = 25  # Of madvise, since Linux 6.1: gather what is there into large pages now.
MAPS = Path("/proc/self/maps")

Region = tuple[int, int]  # First address, and the one after the last.


@contextmanager
def in_large_pages() -> Iterator[None]:
    """Move the memory that is taken within this block to large pages; without Linux nothing happens."""
    before = _regions()
    yield
    with suppress(OSError, AttributeError):  # Another C library.
        for first, end in _regions() - before:
            start, whole = -(-first // PAGE) * PAGE, end // PAGE * PAGE
            if whole > start:  # An older Linux refuses, and the memory stays as it is.
                ctypes.CDLL(None).madvise(
                    ctypes.c_void_p(start), ctypes.c_size_t(whole - start), MADV_COLLAPSE
                )


def _regions() -> set[Region]:
    """Return the memory that this process can write to and that no file is behind."""
    if sys.platform != "linux":
        return set()
    rows = (line.split() for line in MAPS.read_text(encoding="ascii", errors="replace").splitlines())
    return {
        (int(first, 16), int(end, 16))
        for (first, _, end), row in ((row[0].partition("-"), row) for row in rows)
        if row[1] == "rw-p" and row[4] == "0" and row[5:] in ([], ["[heap]"])
    }
