"""What this process holds: garbage, and memory that glibc keeps for each thread."""

import ctypes
import gc
import sys
from contextlib import suppress

M_ARENA_MAX = -8  # Of glibc's mallopt.
POOLS = 2  # A run of a page is a thread: of glibc's own sixteen pools each grows, and memory never settles.


def share_memory_pools() -> bool:
    """Let all threads take memory from the same few pools; return whether the C library, glibc, did."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # Another C library.
            return bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, POOLS) == 1)
    return False


def set_garbage_apart() -> None:
    """Collect garbage, and have later collections pass over all that is there now.

    A full collection takes 0.25 s with torch loaded, unless that is set apart.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
