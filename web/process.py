"""What this process holds: garbage, and memory that glibc keeps for each thread."""

import ctypes
import gc
import sys
from collections.abc import Callable
from contextlib import suppress

M_ARENA_MAX = -8  # Of glibc's mallopt.
POOLS = 2  # A run of a page is a thread: of glibc's own sixteen pools each grows, and memory never settles.


def share_memory_pools() -> bool:
    """Make all threads take memory from the same few pools; return whether the C library, glibc, did."""
    return _glibc(lambda library: library.mallopt(M_ARENA_MAX, POOLS))


def set_garbage_apart() -> None:
    """Collect garbage, and have later collections pass over all that is there now.

    A full collection takes 0.25 s with torch loaded, unless that is set apart.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def return_free_memory() -> bool:
    """Return free memory to the system, such as what reading files took; return whether glibc did."""
    return _glibc(lambda library: library.malloc_trim(0))


def _glibc(call: Callable[[ctypes.CDLL], int]) -> bool:
    """Return whether a call of glibc succeeds, False where there is another C library."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            return call(ctypes.CDLL(None)) == 1
    return False
