"""Putting bytes on the disk so that they are there afterwards: whole or not at all, on Linux and on Windows."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from gettext import gettext as _
from itertools import count
from pathlib import Path
from typing import BinaryIO, TypeVar

from fieldkit.errors import FieldkitError

Done = TypeVar("Done")

WINDOWS = os.name == "nt"

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
BESIDE = ".new"  # how the name of a file ends that is being written
_LEFT_BESIDE = re.compile(r"\.\d+-\d+\.new$")
_DAY = 24 * 60 * 60
_number = count()
_swept: set[Path] = set()  # folders that this process has looked into
_WINDOWS_WAITS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # seconds; virus scanners and indexers hold files for a moment


def write_whole(path: Path, pieces: Iterable[bytes], *, fresh: bool = False, lasting: bool = True) -> int:
    """Replace `path` by `pieces`, whole or not at all; returns the number of bytes. Raises OSError.

    Two that write one file at once each write their own beside it, so that it is one's or the other's and no mixture.
    Where it must be `fresh`, a file that is there already, be it only since a moment ago, stays: FileExistsError. What
    need not be `lasting`, because it is made again if the power fails, is not waited for.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}-{next(_number)}{BESIDE}")
    size = 0
    try:
        with patiently(lambda: beside.open("wb")) as file:
            for piece in pieces:
                size += file.write(piece)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        _sweep(beside)
        _put(beside, path, fresh)
    except BaseException as error:
        with suppress(OSError):  # Windows lets nobody take away what a virus scanner is looking at
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is not None:
            error.filename, error.filename2 = str(path), None  # the one that people know
        raise
    if lasting:
        fsync_folder(path.parent)
    return size


def _put(beside: Path, path: Path, fresh: bool) -> None:
    """Give the file its name."""
    if not fresh:
        patiently(lambda: beside.replace(path))
    elif WINDOWS:  # which renames nothing onto a file
        patiently(lambda: beside.rename(path))
    else:
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:  # a memory stick knows no second name of a file
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            beside.replace(path)
        else:
            beside.unlink()


def _sweep(beside: Path) -> None:
    """Take away what killed programs left in the folder. By the clock that gave `beside` its time, and after a day: a
    younger file may be one that another program is writing."""
    if beside.parent in _swept:
        return
    _swept.add(beside.parent)
    with suppress(OSError):
        now = beside.stat().st_mtime
        for left in (file for file in beside.parent.iterdir() if _LEFT_BESIDE.search(file.name)):
            if now - left.stat().st_mtime > _DAY:
                left.unlink()


def fsync_folder(folder: Path) -> None:
    """Make a new or replaced name in `folder` last through a power cut, where the system can do that."""
    if WINDOWS:  # which cannot open a folder; NTFS keeps its own journal of names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_read(path: Path) -> BinaryIO:
    """Open for reading, waiting out another process that is just replacing the file (Windows)."""
    return patiently(lambda: path.open("rb"))


def read_bytes(path: Path) -> bytes:
    """All bytes of `path`; nothing when there is no such file."""
    try:
        with open_read(path) as file:
            return file.read()
    except FileNotFoundError:
        return b""


def keep_beside(path: Path, what: str, data: bytes) -> Path:
    """Keep `data` beside `path` under a name made of its own content, so that keeping it twice keeps it once."""
    kept = path.with_name(f"{path.name}.{what}-{hashlib.sha256(data).hexdigest()[:8]}")
    if read_bytes(kept) != data:
        write_whole(kept, [data])
    return kept


def why_not(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read or written, in our words where the system's are in English only."""
    if isinstance(error, UnicodeDecodeError):
        return _("it is not UTF-8 text")
    if _is_folder(error):
        return _("it is a folder")
    forbidden = _("another program has it open, or this is not allowed") if WINDOWS else _("this is not allowed")
    known = {
        errno.ENOENT: _("it is not there"),
        errno.ENOTDIR: _("a part of its path is no folder"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ENOSPC: _("the disk is full"),
        **dict.fromkeys(_FORBIDDEN, forbidden),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def refusal(error: OSError, doing: str) -> FieldkitError:
    """What a failed write means to a person. `doing` begins the sentence: "the mark was not saved"."""
    if error.errno in _FULL:
        return FieldkitError(
            _("{doing}: the disk is full.").format(doing=doing), _("Make room on it, then give the same command again.")
        )
    if error.errno in _FORBIDDEN and not _is_folder(error):
        return FieldkitError(
            _("{doing}: {path} may not be written to.").format(
                doing=doing, path=error.filename or _("the course folder")
            ),
            _("Close the program that has it open, such as Excel or a PDF viewer, then give the same command again.")
            if WINDOWS and Path(error.filename or "").is_file()
            else _("Copy the course to a folder of your own, or take the write protection away."),
        )
    return FieldkitError(f"{doing}: {why_not(error)}.", _("Check the disk, then give the same command again."))


def _is_folder(error: OSError) -> bool:
    """Whether a folder stands where a file should be, for which Windows has no word of its own."""
    if error.errno == errno.EISDIR:
        return True
    return WINDOWS and error.errno in _FORBIDDEN and bool(error.filename) and Path(error.filename).is_dir()


def patiently(action: Callable[[], Done]) -> Done:
    """Do `action`, again after a short wait while Windows says that somebody else has the file."""
    for wait in _WINDOWS_WAITS if WINDOWS else ():
        try:
            return action()
        except PermissionError:
            time.sleep(wait)
    return action()
