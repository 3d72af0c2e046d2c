"""Memory for pictures: kept by this process from one to the next.

The C library of Linux hands large pieces of memory back to the system as soon as they are free, and gets each anew for
the next picture, piece by piece and filled with zeros. That was a tenth of all work (measured on pages of 4 and of 12
megapixels); the most that a process holds at a time stayed the same.
"""

from __future__ import annotations

import ctypes
import sys

_TRIM, _MAPPED = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD, as malloc.h of the GNU C library numbers them
_KEPT = 128 << 20  # bytes that may lie free: what a picture of 12 megapixels takes, twice
_LARGEST = 32 << 20  # bytes in one piece, and the most that the library takes


def keep_memory() -> None:
    """Ask the C library to keep what is freed; does nothing where it has no such setting (Windows, macOS, musl)."""
    setting = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform.startswith("linux") else None
    if setting:
        setting(_MAPPED, _LARGEST)
        setting(_TRIM, _KEPT)
