"""What proves itself in damaged files, and getting back what one turned bit has damaged.

A single turned bit is the commonest damage to a file at rest. Since every entry carries its hash and every frame its
CRC, trying all bits in turn finds the one that was turned; a line counts as mended only when its own check says that
these are the very bytes that were written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO

from fieldkit.model.entry import HASH_DIGITS, BadEntry, Entry, from_dict, verify_entry
from fieldkit.record.frames import payload_of, read_header
from fieldkit.record.snapshot import FIRST_LINE, LAST_LINE

LONGEST = 8192  # bytes; trying all bits of more would take minutes
_DOCUMENT = re.compile(rb'"[1-9][0-9]*":(\{.*\}),?\n', re.DOTALL)
_HASHED = re.compile(rb'(.*)"hash":"([0-9a-f]{32})",("kind":"[^"]*","prev":"[0-9a-f]*","seq":[0-9]+\})', re.DOTALL)

IsLine = Callable[[bytes], bool]


def is_journal_line(line: bytes) -> bool:
    """Whether the line is a sound header or frame."""
    return payload_of(line) is not None or read_header(line) is not None


def is_snapshot_line(line: bytes) -> bool:
    """Whether the line is one of a snapshot's; an entry in it has the very bytes that its hash was made of."""
    document = document_of(line)
    match = _HASHED.fullmatch(document) if document else None
    if match:
        return hashlib.sha256(match[1] + match[3]).hexdigest()[:HASH_DIGITS] == match[2].decode("ascii")
    return line == FIRST_LINE or LAST_LINE.fullmatch(line) is not None


def document_of(line: bytes) -> bytes | None:
    """The document that a snapshot's line holds."""
    match = _DOCUMENT.fullmatch(line)
    return match[1] if match else None


def sound_entry(document: object) -> Entry | None:
    """The entry that a parsed document is, with a hash that fits; else None."""
    try:
        entry = from_dict(document)
    except (BadEntry, RecursionError):
        return None
    return entry if verify_entry(entry) else None


def documents_in(payload: bytes) -> list[object]:
    """The documents of a JSON list; none when the bytes are no such list."""
    try:
        documents = json.loads(payload)
    except (ValueError, RecursionError):
        return []
    return documents if isinstance(documents, list) else []


def mend(region: bytes, is_line: IsLine) -> list[bytes] | None:
    """The lines that `region` was before one bit of it was turned (a line end may be that bit), or None."""
    for turned in _with_one_bit_turned(region):
        lines = BytesIO(turned).readlines()
        if all(map(is_line, lines)):
            return lines
    return None


def _with_one_bit_turned(data: bytes) -> Iterator[bytes]:
    turned = bytearray(data if len(data) <= LONGEST else b"")
    for place in range(len(turned)):
        for bit in range(8):
            turned[place] ^= 1 << bit
            yield bytes(turned)
            turned[place] ^= 1 << bit
