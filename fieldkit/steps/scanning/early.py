"""A process that loads what reading needs while the course is opened, and then has the pages read.

Each of the two takes as long as reading five pages does. Only where processes begin as copies: elsewhere another one
would begin as slowly as the command itself. What is imported here is what both need, and no more.
"""

from __future__ import annotations

import signal
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from fieldkit.scan.files import Source
from fieldkit.scan.processes import begin_as_copies, processors, workers_for
from fieldkit.steps.scanning.pictures import Found, PictureReader, needs_scan_extra
from fieldkit.steps.scanning.workers import Page, SideBySide, side_by_side

OF_MANY_PAGES = ("", ".pdf", ".tif", ".tiff")  # endings of folders, and of files that may hold any number


@contextmanager
def begun_early(paths: Collection[Path]) -> Iterator[SideBySide]:
    """What has pages read side by side, begun already if there may be many in `paths`."""
    of_many = any(path.suffix.lower() in OF_MANY_PAGES for path in paths)
    if processors() == 1 or not (of_many or workers_for(len(paths)) > 1) or not begin_as_copies():
        yield side_by_side
        return
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_serve, args=(ours, theirs))
    _start(process)
    theirs.close()
    try:
        yield partial(_ask, ours)
    finally:
        ours.close()  # which ends it, whatever it is at
        process.join()


def _start(process: BaseProcess) -> None:
    """Begin a process that does not hear Ctrl-C, which is for the command."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ask(ours: Connection, pages: Sequence[Page], reader: PictureReader) -> Iterator[tuple[Source, Found]]:
    """What each of `pages` gave; those that are left when the process is lost are read without it."""
    done = 0
    try:
        ours.send((pages, reader))
        for source, _ in pages:
            found = ours.recv()
            done += 1
            yield source, found
    except (EOFError, OSError):
        yield from side_by_side(pages[done:], reader)


def _serve(theirs: Connection, ours: Connection) -> None:
    theirs.close()  # so that only the command has that end
    with suppress(Exception):  # what goes wrong here comes up again where the command reads by itself
        import fieldkit.scan.stickers
        import fieldkit.scan.straight  # noqa: F401
        from fieldkit.scan.reading import warm_up

        needs_scan_extra()
        warm_up()
        pages, reader = ours.recv()
        for _, found in side_by_side(pages, reader):
            ours.send(found)
