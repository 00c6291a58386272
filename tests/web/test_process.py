"""What this process holds."""

import gc
import platform

from web.process import return_free_memory, set_garbage_apart, share_memory_pools


def test_what_is_there_is_passed_over_by_later_collections() -> None:
    set_garbage_apart()
    held = gc.get_freeze_count()
    gc.collect()
    assert held == gc.get_freeze_count() > 0
    gc.unfreeze()


def test_memory_pools_are_shared_where_the_c_library_can() -> None:
    for _again in range(2):
        assert share_memory_pools() is (platform.libc_ver()[0] == "glibc")


def test_what_is_free_is_given_back_where_the_c_library_can() -> None:
    if platform.libc_ver()[0] != "glibc":
        assert return_free_memory() is False
        return
    held = [bytes(50_000) for _ in range(200)]
    last = bytes(50_000)  # Without it glibc gives the end of its memory back by itself.
    del held
    assert return_free_memory() is True
    assert len(last) == 50_000
