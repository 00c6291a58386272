"""What this process holds."""

import gc
import platform

from web.process import set_garbage_apart, share_memory_pools


def test_what_is_there_is_passed_over_by_later_collections() -> None:
    set_garbage_apart()
    held = gc.get_freeze_count()
    gc.collect()
    assert held == gc.get_freeze_count() > 0
    gc.unfreeze()


def test_memory_pools_are_shared_where_the_c_library_can() -> None:
    for _again in range(2):
        assert share_memory_pools() is (platform.libc_ver()[0] == "glibc")
