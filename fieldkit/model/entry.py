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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from gettext import gettext as _
from typing import Any

HASH_DIGITS = 32
MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1  # what every reader of JSON keeps exactly

FIELDS = ("at", "body", "by", "device", "hash", "kind", "prev", "seq")

_HASH = f"[0-9a-f]{{{HASH_DIGITS}}}"
_AT = "[0-9]{4}(?:-[0-9]{2}){2}T(?:[0-9]{2}:){2}[0-9]{2}[.][0-9]{3}Z"
_FORMS = {  # of the fields that are text: the pattern, and what it says
    "device": (re.compile("[A-Z0-9][A-Z0-9-]{0,31}"), "capital letters, digits and dashes, at most 32"),
    "prev": (re.compile(f"(?:{_HASH})?"), f"{HASH_DIGITS} hexadecimal digits"),
    "hash": (re.compile(_HASH), f"{HASH_DIGITS} hexadecimal digits"),
    "at": (re.compile(_AT), "a moment like 2026-05-04T08:15:30.123Z"),
    "kind": (re.compile("[a-z][a-z0-9._-]{0,39}"), "small letters, digits, dots and dashes, at most 40"),
    "by": (re.compile("(?s:.{1,200})"), "a name of 1 to 200 characters"),
}

_SHA256 = hashlib.sha256()  # copied, since a new one looks for its algorithm each time
_quoted = json.encoder.encode_basestring
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _kept_encoder() -> Callable[[Any], str]:
    """What `_JSON.encode` does, with the C encoder that it would make anew for every value kept.

    That is a tenth of what a mark costs besides the disk; where this Python has no such encoder, it is done without.
    """
    make = getattr(json.encoder, "c_make_encoder", None)
    try:
        pieces = make(None, _JSON.default, _quoted, None, ":", ",", True, False, False)  # type: ignore[misc]
        is_same = "".join(pieces({"b": [1], "a": "é"}, 0)) == '{"a":"é","b":[1]}'
    except TypeError:
        is_same = False
    return (lambda value: "".join(pieces(value, 0))) if is_same else _JSON.encode


_encode = _kept_encoder()


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
    text = moment.isoformat()  # without the "timespec" that would do the rest, and more slowly than all of this
    return f"{text[:23]}Z" if moment.microsecond else f"{text[:19]}.000Z"


def make_entry(device: str, seq: int, prev: str, at: str, by: str, kind: str, body: dict[str, Any]) -> Entry:
    """A new entry with its hash; `body` is copied. Raises BadEntry when a field is not what it must be."""
    return _checked(write_entry(device, seq, prev, at, by, kind, body)[0])


def write_entry(
    device: str, seq: int, prev: str, at: str, by: str, kind: str, body: dict[str, Any]
) -> tuple[Entry, bytes]:
    """As `make_entry`, with the canonical bytes that come of it anyway; `seq`, `prev` and `at` are taken on trust."""
    own_body = _body(body)
    before, after = _around_hash(device, seq, prev, at, by, kind, _encode(own_body))
    _check_repeated("device", device)
    _check_repeated("by", by)
    _check_repeated("kind", kind)
    entry = Entry(device, seq, prev, _digest(before + after), at, by, kind, own_body)
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
    return _checked(Entry(**{**data, "body": _body(data["body"])}))


def _around_hash(device: str, seq: int, prev: str, at: str, by: str, kind: str, body: str) -> tuple[bytes, bytes]:
    """The canonical bytes before and after the place of the hash, which stands fifth of the eight sorted fields.

    `body` is canonical already. Put together by hand, so that a body is written out once for hash and file both.
    """
    try:
        before = f'{{"at":{_quoted(at)},"body":{body},"by":{_quoted(by)},"device":{_quoted(device)},'
        after = f'"kind":{_quoted(kind)},"prev":{_quoted(prev)},"seq":{seq:d}}}'
        return before.encode("utf-8"), after.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadEntry(_("text holds half a character (a lone surrogate)")) from error
    except (TypeError, ValueError) as error:
        raise BadEntry("device, prev, at, by and kind are text, seq is a whole number") from error


def _with_hash(before: bytes, digits: str, after: bytes) -> bytes:
    return b'%s"hash":"%s",%s' % (before, digits.encode("ascii"), after)


def _digest(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise BadEntry(_("an entry may have {most} bytes, this one has {n}").format(most=MAX_BYTES, n=len(content)))
    digest = _SHA256.copy()
    digest.update(content)
    return digest.hexdigest()[:HASH_DIGITS]


def _checked(entry: Entry) -> Entry:
    for name in _FORMS:
        _check_form(name, getattr(entry, name))
    if type(entry.seq) is not int or not 1 <= entry.seq <= MAX_INTEGER:
        raise BadEntry("seq must be a whole number from 1")
    if (entry.prev == "") != (entry.seq == 1):
        raise BadEntry("prev must be empty for the first entry of a device, and only for that")
    return entry


def _check_form(name: str, value: Any) -> None:
    form, says = _FORMS[name]
    if type(value) is not str or not form.fullmatch(value):
        raise BadEntry(f"{name} must be {says}")


_check_repeated = lru_cache(_check_form)  # a session says the same device, kind and name again and again


def _body(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise BadEntry("body must be a dictionary")
    copy: dict[str, Any] = _plain(value)
    return copy


def _plain(value: Any, depth: int = 1) -> Any:
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
