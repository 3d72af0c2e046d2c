"""The lines of the journal: a header, then frames, each of which proves itself by its length and its CRC.

    fieldkit-journal 1 <digest of the snapshot it continues> <crc32>
    <length of the payload in bytes> <crc32 of the payload> <payload>

A payload is a JSON list of entries without a raw line break; one frame is one append, so a batch is there whole or
not at all. Every byte of a line takes part in a check: a line is sound when it equals what its payload would be
written as, so a changed digit, letter case or line end is found too.
"""

from __future__ import annotations

import re
from enum import Enum
from zlib import crc32

FORMAT = 1
_NAME = b"fieldkit-journal"
_START = b"%s %d " % (_NAME, FORMAT)
_HEADER = re.compile(rb"fieldkit-journal (\d{1,6}) (\S+) ([0-9a-f]{8})\n")
_BASE_BEGUN = re.compile(rb"[0-9a-f]{0,64}|[0-9a-f]{64} [0-9a-f]{0,8}")
_BEGUN = re.compile(rb"(?:[1-9]\d{0,9}(?: (?:[0-9a-f]{0,7}|[0-9a-f]{8}(?: .*)?))?)?", re.DOTALL)


class Tail(Enum):
    """What may lie after the last line end."""

    NONE = "nothing"
    WHOLE = "a whole frame that only lacks its line end"
    TORN = "the beginning of a frame: its write was cut short"
    DAMAGED = "something that no interrupted write leaves behind"


def header(base: str, version: int = FORMAT) -> bytes:
    """The journal's first line; `base` is the digest of the snapshot that the journal continues."""
    text = b"%s %d %s" % (_NAME, version, base.encode("ascii"))
    return b"%s %08x\n" % (text, crc32(text))


def read_header(line: bytes) -> tuple[int, str] | None:
    """(format, base) of a sound header line, else None."""
    match = _HEADER.fullmatch(line)
    if not match or not match[2].isascii():
        return None
    version, base = int(match[1]), match[2].decode("ascii")
    return (version, base) if header(base, version) == line else None


def is_header_begun(line: bytes) -> bool:
    """Whether the line is what an interrupted write leaves of a header."""
    begun = line.rstrip(b"\0")
    start, rest = begun[: len(_START)], begun[len(_START) :]
    return _START.startswith(start) and _BASE_BEGUN.fullmatch(rest) is not None


def frame(payload: bytes) -> bytes:
    """The journal line that holds `payload`."""
    return b"%d %08x %s\n" % (len(payload), crc32(payload), payload)


def payload_of(line: bytes) -> bytes | None:
    """The payload of a sound line (with its line end), else None."""
    start = line.find(b" ", line.find(b" ") + 1) + 1
    payload = line[start:-1]
    sound = line[:start] == b"%d %08x " % (len(payload), crc32(payload)) and line.endswith(b"\n")
    return payload if sound else None


def judge_tail(tail: bytes) -> Tail:
    """What the bytes after the last line end are. A power cut may also leave zero bytes where data should be."""
    if not tail:
        return Tail.NONE
    if payload_of(tail + b"\n") is not None:
        return Tail.WHOLE
    begun = tail.rstrip(b"\0")
    if not _BEGUN.fullmatch(begun):
        return Tail.DAMAGED
    length, _, rest = begun.partition(b" ")
    payload = rest[9:]
    return Tail.TORN if not payload or len(payload) < int(length) else Tail.DAMAGED
