"""`scores.json`: all entries as a plain TinyDB file, one a line, sealed by a digest of every byte before it.

    {"entries":{
    "1":{…},
    "2":{…}
    },"seal":{"1":{"entries":2,"follows":"…","format":1,"sha256":"…"}}}

Stock TinyDB sees two tables, `entries` and `seal`. The digest proves the whole file: it covers everything up to its
own first digit, and what comes after it is always the same four characters. `follows` names the snapshot whose journal
this one took in (see README.md, "Two files that belong together").
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldkit.files import open_read, write_whole
from fieldkit.model.entry import Entry, canonical

FORMAT = 1
FIRST_LINE = b'{"entries":{\n'
LAST_LINE = re.compile(
    rb'(},"seal":{"1":{"entries":(\d+),"follows":"([0-9a-f]*)","format":(\d+),"sha256":")([0-9a-f]{64})"}}}\n'
)
_CHUNK = 1 << 20  # bytes parsed at a time: few enough to stay small, many enough to be fast


@dataclass(frozen=True)
class Seal:
    """What the last line of a snapshot says, and whether it is true of the bytes before it."""

    entries: int
    follows: str
    format: int
    digest: str


class Unsound(Exception):
    """Something in the files does not check; `examine` says what and where."""


class Newer(Unsound):
    """A later fieldkit wrote the files, in a format that this one does not know."""


def write_snapshot(path: Path, entries: Iterable[Entry], follows: str) -> tuple[str, int]:
    """Replace the snapshot, whole or not at all; returns its digest and its size in bytes. Raises OSError."""
    digest = hashlib.sha256()
    size = write_whole(path, _sealed(entries, follows, digest))
    return digest.hexdigest(), size


def read_seal(line: bytes, digest: Any) -> Seal | None:
    """The seal that the last line of a snapshot holds, or None when it is not true.

    `digest` is the SHA-256 object that has taken in all lines before this one.
    """
    match = LAST_LINE.fullmatch(line)
    if not match:
        return None
    digest.update(match[1])
    seal = Seal(int(match[2]), match[3].decode(), int(match[4]), match[5].decode())
    return seal if digest.hexdigest() == seal.digest else None


def read_snapshot(path: Path, take: Callable[[Iterable[dict[str, Any]]], None]) -> tuple[Seal, int] | None:
    """Give the stored entries to `take`, chunk by chunk, then return the seal and the file's size.

    None when there is no file, or an empty one (stock TinyDB makes those). Raises Unsound when the seal is broken,
    which shows only after `take` has seen the entries.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        with open_read(path) as file:
            lines = file.readlines(_CHUNK)
            while lines:
                size += sum(map(len, lines))
                last = lines.pop() if lines[-1].startswith(b"}") else b""
                chunk = b"".join(lines)
                digest.update(chunk)
                take(_documents(chunk.removeprefix(FIRST_LINE)))
                if last:
                    return _end(file.read(1), last, digest), size
                lines = file.readlines(_CHUNK)
    except FileNotFoundError:
        return None
    if size:
        raise Unsound(path.name)
    return None


def _end(beyond: bytes, last: bytes, digest: Any) -> Seal:
    seal = read_seal(last, digest)
    if beyond or seal is None:
        raise Unsound("seal")
    if seal.format != FORMAT:
        raise Newer
    return seal


def _documents(chunk: bytes) -> Iterable[dict[str, Any]]:
    """The documents of whole lines, parsed together so that equal keys share their memory."""
    try:
        table = json.loads(b"{" + chunk.rstrip(b",\n") + b"}")
    except (ValueError, RecursionError) as error:
        raise Unsound("json") from error
    return table.values() if isinstance(table, dict) else ()


def _sealed(entries: Iterable[Entry], follows: str, digest: Any) -> Iterator[bytes]:
    count = 0
    for piece in _lines(entries):
        count += piece.startswith(b'"')
        digest.update(piece)
        yield piece
    start = b'%s},"seal":{"1":{"entries":%d,"follows":"%s","format":%d,"sha256":"' % (
        b"\n" if count else b"",
        count,
        follows.encode("ascii"),
        FORMAT,
    )
    digest.update(start)
    yield start + digest.hexdigest().encode("ascii") + b'"}}}\n'


def _lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    yield FIRST_LINE
    for number, entry in enumerate(entries, 1):
        if number > 1:
            yield b",\n"
        yield b'"%d":%s' % (number, canonical(entry))


def _seal_of_nothing() -> Seal:
    digest = hashlib.sha256()
    for _ in _sealed((), "", digest):
        pass
    return Seal(0, "", FORMAT, digest.hexdigest())


NO_SNAPSHOT = _seal_of_nothing()  # what the first journal of a course continues, with or without a file
