"""One entry of the record: what happened, who says so, and the hash that ties it to the entry before.

An entry never changes. Its canonical bytes are UTF-8 JSON with sorted keys and no spaces; text is kept as it was
given (no Unicode normalisation), and there are no floats: exact decimals travel as text ("2.50"). Its `hash` is the
first 32 hexadecimal digits (128 bits) of SHA-256 over the canonical bytes of all its other fields. Since `prev` is
one of them, changing an entry changes every hash that follows it on the same device.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

HASH_DIGITS = 32
MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1  # what every reader of JSON keeps exactly

FIELDS = ("at", "body", "by", "device", "hash", "kind", "prev", "seq")

_HASH = f"[0-9a-f]{{{HASH_DIGITS}}}"
_FORMS = {  # of the fields that are text: the pattern, and what it says
    "device": ("[A-Z0-9][A-Z0-9-]{0,31}", "capital letters, digits and dashes, at most 32"),
    "prev": (f"(?:{_HASH})?", f"{HASH_DIGITS} hexadecimal digits"),
    "hash": (_HASH, f"{HASH_DIGITS} hexadecimal digits"),
    "at": ("[0-9]{4}(?:-[0-9]{2}){2}T(?:[0-9]{2}:){2}[0-9]{2}[.][0-9]{3}Z", "a moment like 2026-05-04T08:15:30.123Z"),
    "kind": ("[a-z][a-z0-9._-]{0,39}", "small letters, digits, dots and dashes, at most 40"),
    "by": ("(?s:.{1,200})", "a name of 1 to 200 characters"),
}
_all_forms = re.compile("\n".join(pattern for pattern, _ in _FORMS.values())).fullmatch

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_quoted = json.encoder.encode_basestring


class BadEntry(ValueError):
    """Something that is no entry; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. `seq` counts 1, 2, 3… on each `device`; `prev` is the hash before it ("" before 1)."""

    device: str
    seq: int
    prev: str
    hash: str
    at: str
    by: str
    kind: str
    body: dict[str, Any] = field(hash=False)


def utc_text(moment: datetime) -> str:
    """`moment` as UTC in ISO 8601 with milliseconds, as entries carry it. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def make_entry(device: str, seq: int, prev: str, at: str, by: str, kind: str, body: dict[str, Any]) -> Entry:
    """A new entry with its hash; `body` is copied. Raises BadEntry when a field is not what it must be."""
    return write_entry(device, seq, prev, at, by, kind, body)[0]


def write_entry(
    device: str, seq: int, prev: str, at: str, by: str, kind: str, body: dict[str, Any]
) -> tuple[Entry, bytes]:
    """As `make_entry`, with the canonical bytes that come of it anyway."""
    own_body = _plain(body, 1)
    before, after = _around_hash(device, seq, prev, at, by, kind, _encode(own_body))
    entry = _checked(Entry(device, seq, prev, _digest(before + after), at, by, kind, own_body))
    return entry, _with_hash(before, entry.hash, after)


def canonical(entry: Entry) -> bytes:
    """The one way to write the entry as bytes."""
    e = entry
    before, after = _around_hash(e.device, e.seq, e.prev, e.at, e.by, e.kind, _encode(e.body))
    return _with_hash(before, e.hash, after)


def verify_entry(entry: Entry) -> bool:
    """Whether the entry still has the content that its hash was made of."""
    e = entry
    try:
        before, after = _around_hash(e.device, e.seq, e.prev, e.at, e.by, e.kind, _encode(e.body))
        return _digest(before + after) == e.hash
    except (TypeError, ValueError, RecursionError):
        return False


def as_dict(entry: Entry) -> dict[str, Any]:
    """The entry as the plain dictionary that is stored; its body is shared, not copied."""
    return {
        "at": entry.at,
        "body": entry.body,
        "by": entry.by,
        "device": entry.device,
        "hash": entry.hash,
        "kind": entry.kind,
        "prev": entry.prev,
        "seq": entry.seq,
    }


def from_dict(data: Any) -> Entry:
    """The entry that `data` holds, strictly: exactly the eight fields, each of its type and form.

    The hash is not recomputed (see `verify_entry`). Raises BadEntry saying what is wrong.
    """
    if not isinstance(data, Mapping) or sorted(map(str, data)) != list(FIELDS):
        raise BadEntry(f"an entry has exactly the fields {', '.join(FIELDS)}")
    if not all(type(data[name]) is str for name in _FORMS):
        raise BadEntry(f"{', '.join(_FORMS)} must be text")
    return _checked(Entry(**{**data, "body": _plain(data["body"], 1)}))


def _around_hash(device: str, seq: int, prev: str, at: str, by: str, kind: str, body: str) -> tuple[bytes, bytes]:
    """The canonical bytes before and after the place of the hash, which stands fifth of the eight sorted fields.

    `body` is canonical already. Put together by hand, so that a body is written out once for hash and file both.
    """
    try:
        before = f'{{"at":{_quoted(at)},"body":{body},"by":{_quoted(by)},"device":{_quoted(device)},'
        after = f'"kind":{_quoted(kind)},"prev":{_quoted(prev)},"seq":{seq:d}}}'
        return before.encode("utf-8"), after.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadEntry("text holds half a character (a lone surrogate)") from error
    except (TypeError, ValueError) as error:
        raise BadEntry("device, prev, at, by and kind are text, seq is a whole number") from error


def _with_hash(before: bytes, digits: str, after: bytes) -> bytes:
    return b'%s"hash":"%s",%s' % (before, digits.encode("ascii"), after)


def _digest(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise BadEntry(f"an entry may have {MAX_BYTES} bytes, this one has {len(content)}")
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def _checked(entry: Entry) -> Entry:
    e = entry
    if not _all_forms(f"{e.device}\n{e.prev}\n{e.hash}\n{e.at}\n{e.kind}\n{e.by}"):
        wrong = (name for name, (pattern, _) in _FORMS.items() if not re.fullmatch(pattern, getattr(entry, name)))
        name = next(wrong)
        raise BadEntry(f"{name} must be {_FORMS[name][1]}")
    if type(entry.seq) is not int or not 1 <= entry.seq <= MAX_INTEGER:
        raise BadEntry("seq must be a whole number from 1")
    if (entry.prev == "") != (entry.seq == 1):
        raise BadEntry("prev must be empty for the first entry of a device, and only for that")
    if type(entry.body) is not dict:
        raise BadEntry("body must be a dictionary")
    return entry


def _plain(value: Any, depth: int) -> Any:
    """A copy of `value`, if JSON gives it back as it was given: text, whole numbers, truth, null, lists, dicts."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if depth > MAX_DEPTH:
        raise BadEntry(f"body may be nested {MAX_DEPTH} deep")
    if kind is dict:
        copy = {}
        for key, inner in value.items():
            if type(key) is not str:
                raise BadEntry(f"the key {key!r} in body is no text")
            copy[key] = inner if type(inner) is str else _plain(inner, depth + 1)
        return copy
    if kind is list:
        return [_plain(inner, depth + 1) for inner in value]
    if kind is not int:
        raise BadEntry(f"body may not hold a {kind.__name__} (decimals are given as text, tuples as lists)")
    if abs(value) > MAX_INTEGER:
        raise BadEntry("a whole number in body is too large; give it as text")
    return value
