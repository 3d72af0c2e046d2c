"""The head of a record: ten characters that stand for every entry in it, short enough to print and to type back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from fieldkit.model.codes import ALPHABET, MISREAD
from fieldkit.model.entry import Entry

LENGTH = 10  # characters of five bits each


def head_of(entries: Iterable[Entry]) -> str:
    """The head code of exactly these entries, in whatever order: `4C7QK-2M9XD`.

    SHA-256 over the sorted hashes, its first 50 bits in Crockford base 32. It shows that a record was changed; it is
    too short to stand up to somebody who can try 2**50 changes.
    """
    digest = hashlib.sha256("\n".join(sorted(e.hash for e in entries)).encode("ascii")).digest()
    return _grouped(base32(digest, LENGTH))


def read_head(typed: str) -> str | None:
    """The head code that somebody typed (any case, spaces, dashes; I L O read as 1 1 0), or None when it is none."""
    text = typed.strip().upper().translate(MISREAD)
    return _grouped(text) if len(text) == LENGTH and all(c in ALPHABET for c in text) else None


def base32(digest: bytes, length: int) -> str:
    """The first `length` times five bits of `digest` in Crockford base 32."""
    number = int.from_bytes(digest, "big") >> len(digest) * 8 - length * 5
    return "".join(ALPHABET[number >> shift & 31] for shift in range(length * 5 - 5, -1, -5))


def _grouped(text: str) -> str:
    return f"{text[: LENGTH // 2]}-{text[LENGTH // 2 :]}"
