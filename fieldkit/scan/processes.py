"""How many processes read pictures, and of what kind they are."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.context import BaseContext
from pathlib import Path

MOST_WORKERS = 4  # each takes about 60 MB
PAGES_EACH = 16  # with fewer, beginning another adds a tenth to the work and saves half a second
THREADS = Path("/proc/self/task")  # of this process, those of packages too; only Linux has it


def workers_for(pages: int) -> int:
    """How many processes should read so many pages."""
    return max(1, min(processors(), MOST_WORKERS, pages // PAGES_EACH))


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def begin_as_copies() -> bool:
    """Whether processes may begin as copies of this one: at once, and with all that is loaded.

    Only while it has a single thread. A copy has no other, and would wait for ever for what another thread holds.
    """
    try:
        return sys.platform.startswith("linux") and len(list(THREADS.iterdir())) == 1
    except OSError:
        return False


def context() -> BaseContext:
    """How processes begin."""
    return multiprocessing.get_context("fork" if begin_as_copies() else "spawn")
