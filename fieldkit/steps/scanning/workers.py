"""Many pictures at a time, in several processes, because reading a page keeps a processor busy.

A picture that fells the process that reads it, which the packages that decode pictures can do, is told as unreadable
and the others are read. Workers end when the command does, however it ends.
"""

from __future__ import annotations

import gettext
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager

from fieldkit.scan.files import Source, take_turns
from fieldkit.scan.processes import context, workers_for
from fieldkit.steps.scanning.pictures import Found, PictureReader, fault, needs_scan_extra

Page = tuple[Source, str]  # with why it cannot be read, where that is known
SideBySide = Callable[[Sequence[Page], PictureReader], Iterator[tuple[Source, Found]]]

AHEAD = 3  # pages that are given to each worker before those that come first are taken down


def side_by_side(pages: Sequence[Page], reader: PictureReader) -> Iterator[tuple[Source, Found]]:
    """What each page gave, in their order. Refuses where what reading needs cannot be loaded."""
    workers = workers_for(len(pages))
    yield from _by_workers(pages, reader, workers) if workers > 1 else _here(pages, reader)


def _here(pages: Iterable[Page], reader: PictureReader) -> Iterator[tuple[Source, Found]]:
    needs_scan_extra()
    for source, known in pages:
        yield source, reader.read(source, known)


def _by_workers(pages: Iterable[Page], reader: PictureReader, workers: int) -> Iterator[tuple[Source, Found]]:
    waiting, ahead = deque(pages), deque[tuple[Page, Future[Found]]]()
    pool = _pool(reader, workers)
    try:
        while pool and (waiting or ahead):
            try:
                while waiting and len(ahead) < AHEAD * workers:
                    ahead.append((waiting[0], pool.submit(_read, *waiting[0])))
                    waiting.popleft()
                found = ahead[0][1].result()
                (source, _), _ = ahead.popleft()
            except BrokenProcessPool:  # one of those under way did it: which, shows where each is read by itself
                waiting.extendleft(page for page, _ in reversed(ahead))
                ahead.clear()
                source, known = waiting.popleft()
                found = _alone(source, known, reader)
                pool = _pool(reader, workers)
            yield source, found
        yield from _here(waiting, reader)
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _alone(source: Source, known: str, reader: PictureReader) -> Found:
    """Read a page by a process that reads nothing else."""
    if pool := _pool(reader, 1):
        with pool:
            try:
                return pool.submit(_read, source, known).result()
            except BrokenProcessPool:
                pass
    return fault("crash")


def _pool(reader: PictureReader, workers: int) -> ProcessPoolExecutor | None:
    """Workers, of which one has begun; None where the system lets none begin."""
    domain = gettext.textdomain()
    speaking = domain, gettext.bindtextdomain(domain), os.environ.get("LANGUAGE", "")
    begun = context()
    try:
        pool = ProcessPoolExecutor(workers, begun, _begin, (reader, begun.Lock(), *speaking))
        pool.submit(needs_scan_extra).result()
    except (BrokenProcessPool, OSError, NotImplementedError):
        return None
    return pool


class _Worker:
    """What a worker keeps from page to page."""

    reader: PictureReader


def _begin(
    reader: PictureReader, turn: AbstractContextManager[object], domain: str, folder: str, language: str
) -> None:
    """The first thing that a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which lets its workers finish their page
    gettext.bindtextdomain(domain, folder)
    gettext.textdomain(domain)
    os.environ["LANGUAGE"] = language
    take_turns(turn)
    _Worker.reader = reader
    threading.Thread(target=_end_with_command, daemon=True).start()


def _end_with_command() -> None:
    if command := multiprocessing.parent_process():
        command.join()
        os._exit(1)


def _read(source: Source, known: str) -> Found:
    return _Worker.reader.read(source, known)
