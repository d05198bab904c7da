"""The memory of a process that serves for months: small, and not walked again and again."""

import ctypes
import gc
import sys

# Numbers of <malloc.h>.
_M_ARENA_MAX, _M_TRIM_THRESHOLD = -8, -1
# A page makes some ten thousand objects that go when it is done: they are walked a few times, not at every 700.
_YOUNG = 20_000


def keep_small() -> None:
    """Let all threads share two heaps instead of eight a core, and give free memory back at once (glibc only)."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, 2)
        libc.mallopt(_M_TRIM_THRESHOLD, 1024 * 1024)


def settle() -> None:
    """What is in memory now stays for long: the collector need not walk it again at every turn.

    Again: what was told to stay before and is garbage now is found.
    """
    gc.set_threshold(_YOUNG)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """What only the start needed goes back to the system."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") else None
