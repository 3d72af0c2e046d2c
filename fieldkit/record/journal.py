"""`scores.journal`: a header and then one frame for every append since the snapshot that the header names.

A `Journal` remembers how far it has read, so that an append reads only what other processes wrote since. Everything
that writes is called with the lock held.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from fieldkit.files import keep_beside, patiently, write_whole
from fieldkit.record.frames import FORMAT, Tail, frame, header, is_header_begun, judge_tail, payload_of, read_header
from fieldkit.record.snapshot import Newer, Unsound

_CHUNK = 1 << 20  # bytes parsed at a time
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_APPEND = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)

_NO_ACCESS_TIME = getattr(os, "O_NOATIME", 0)

Take = Callable[[Iterable[dict[str, Any]]], None]


class Journal:
    """The journal file of one course, and how much of it has been read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = str(path)
        self.base = ""  # the digest of the snapshot that it continues
        self._header = b""
        self.end = 0  # bytes up to here are whole lines that were read
        self.torn = b""  # what lies behind them: a line whose write was cut short
        self._lacks_line_end = False
        self._handle = -1

    def load(self, file: BinaryIO, accepted: tuple[str, str], take: Take) -> None:
        """Read the file from its start, giving its entries to `take`.

        `accepted` are the digests that the header may name; the first is the present snapshot's own. Raises Unsound.
        """
        first = file.readline()
        if is_header_begun(first):
            self.base, self._header, self.torn = accepted[0], first, first
            return
        found = read_header(first)
        if found and found[0] != FORMAT:
            raise Newer
        if not found or found[1] not in accepted:
            raise Unsound("header")
        self.base, self._header, self.end = found[1], first, len(first)
        while lines := file.readlines(_CHUNK):
            self._take_lines(lines, take)

    def catch_up(self, take: Take, *, write: bool) -> bool:
        """Open the file and read what other processes appended; False when this is not the journal that was read.

        The file stays open until `close`. Raises OSError, Unsound.
        """
        self._open(_APPEND if write else _READ)
        if os.read(self._handle, len(self._header)) != self._header:
            return False
        unread = os.lseek(self._handle, 0, os.SEEK_END) - self.end
        if not unread:
            return True
        if unread < 0 or (not self.end and unread != len(self.torn)):
            return False
        if self.end:
            os.lseek(self._handle, self.end, os.SEEK_SET)
            self.torn = b""
            self._take_lines(BytesIO(self._read(unread)).readlines(), take)
        return True

    @property
    def cut_short(self) -> bool:
        """Whether the last line is not whole, be it a frame or, as no interrupted write leaves it, the header."""
        return bool(self.torn) or not self.end

    def close(self) -> None:
        """Let go of the file; Windows cannot replace a file that is open."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def cut(self) -> Path:
        """Take the torn line off the file, keeping its bytes beside; returns where. Raises OSError."""
        kept = keep_beside(self.path, "torn", self.torn)
        if self.end:
            os.ftruncate(self._handle, self.end)
            os.fsync(self._handle)
            self.torn = b""
        else:
            self.restart(self.base)
            self._open(_APPEND)
        return kept

    def append(self, payload: bytes) -> None:
        """Add one frame and wait until it is on the disk; after an error it is as if nothing had been written."""
        line = (b"\n" if self._lacks_line_end else b"") + frame(payload)
        try:
            if os.write(self._handle, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._handle)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(self._handle, self.end)
                os.fsync(self._handle)
            raise
        self.end += len(line)
        self._lacks_line_end = False

    def restart(self, base: str) -> None:
        """Begin a new journal, without frames, that continues the snapshot `base`. Raises OSError."""
        self.close()
        line = header(base)
        self.end = write_whole(self.path, [line])
        self.base, self._header, self.torn, self._lacks_line_end = base, line, b"", False

    def _open(self, flags: int) -> None:
        """Open without a note of the time of reading, which would be one more thing to wait for on the disk."""
        try:
            self._handle = os.open(self._name, flags | _NO_ACCESS_TIME)
        except PermissionError:  # only the file's owner may ask for that; or Windows lets somebody else have it
            self._handle = patiently(lambda: os.open(self._name, flags))

    def _read(self, size: int) -> bytes:
        pieces = []
        while size > 0 and (piece := os.read(self._handle, size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _take_lines(self, lines: list[bytes], take: Take) -> None:
        tail = b"" if lines[-1].endswith(b"\n") else lines.pop()
        self._take_payloads([payload_of(line) for line in lines], take)
        self.end += sum(map(len, lines))
        what = judge_tail(tail)
        if what is Tail.DAMAGED:
            raise Unsound("tail")
        if what is Tail.WHOLE:
            self._take_payloads([payload_of(tail + b"\n")], take)
            self.end += len(tail)
            self._lacks_line_end = True
        if what is Tail.TORN:
            self.torn = tail

    @staticmethod
    def _take_payloads(payloads: list[bytes | None], take: Take) -> None:
        """Parse many payloads at once, so that equal keys share their memory."""
        sound = [payload for payload in payloads if payload is not None]
        if len(sound) < len(payloads):
            raise Unsound("frame")
        try:
            batches = json.loads(b"[" + b",".join(sound) + b"]")
        except (ValueError, RecursionError) as error:
            raise Unsound("json") from error
        take(document for batch in batches for document in batch)
