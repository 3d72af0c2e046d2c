"""The codes on paper: what a QR code says, and the short form that is typed.

`FK1/S/<course>/<id>/<layout><page><check>`: kind S sheet, T tag, X exercise, P person. The id is 80 bits of a
keyed hash, so nobody can invent one, and it says nothing of whose it is. Layout and page are one digit each, so that
a reader knows the geometry before it looks for boxes. The whole fits a QR code of version 2, level M (38 characters).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from gettext import gettext as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", " ": "", "-": ""})
KINDS = {"S": "sheet", "T": "tag", "X": "exercise", "P": "person"}
ID_LENGTH = 16
SHORT_LENGTH = 8  # seven of the id and a check character
COURSE_LENGTH = 10
PREFIX = "FK1"


@dataclass(frozen=True)
class Code:
    """What a QR code of ours says."""

    kind: str
    course: str
    id: str
    layout: int = 1
    page: int = 1

    def __str__(self) -> str:
        body = f"{PREFIX}/{self.kind}/{self.course}/{self.id}/{self.layout}{self.page}"
        return body + check_character(body)


class NotOurs(ValueError):
    """A text that is no code of ours; the message says why."""


def parse_code(payload: str) -> Code:
    """The code that `payload` holds. Raises NotOurs for any other text, and for a code that fails its check."""
    parts = payload.strip().upper().split("/")
    if len(parts) != 5 or parts[0] != PREFIX or parts[1] not in KINDS:
        raise NotOurs(_("not a fieldkit code"))
    __, kind, course, ident, tail = parts
    if len(ident) != ID_LENGTH or len(tail) != 3 or not tail[:2].isdigit() or not tail[:2].isascii():
        raise NotOurs(_("not a fieldkit code of this version"))
    if not all(part.isascii() and part.isalnum() for part in parts):
        raise NotOurs(_("not a fieldkit code"))
    if check_character("/".join(parts)[:-1]) != tail[2]:
        raise NotOurs(_("a fieldkit code with a wrong check character"))
    return Code(kind, course, ident, int(tail[0]), int(tail[1]))


def check_character(body: str) -> str:
    """ISO 7064 MOD 37,36 over the letters and digits of `body`: finds any one wrong character and any swap of two."""
    check = 36
    for character in body:
        if character != "/":
            check = (check + ALPHANUMERIC.index(character)) % 36 or 36
            check = check * 2 % 37
    return ALPHANUMERIC[(37 - check) % 36]


def make_id(key: bytes, *what: str) -> str:
    """The 16 character id (80 bits) of a thing in the course that holds `key`."""
    digest = hmac.new(key, "\x1f".join(what).encode("utf-8"), hashlib.sha256).digest()
    number = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def person_id(key: bytes, number: str) -> str:
    """The id in the code of a trainee: the same on stickers and reports, for as long as there is the course."""
    return make_id(key, "person", number)


def short_id(ident: str) -> str:
    """The short form of an id, for typing: its first seven characters and a check character over them."""
    body = ident[: SHORT_LENGTH - 1]
    return body + _short_check(body)


def read_short(typed: str) -> str | None:
    """The short id that somebody typed (any case, spaces and dashes allowed, I L O read as 1 1 0), or None."""
    text = typed.strip().upper().translate(MISREAD)
    if len(text) != SHORT_LENGTH or any(c not in ALPHABET for c in text):
        return None
    return text if _short_check(text[:-1]) == text[-1] else None


def show_short(short: str) -> str:
    """The short id in two groups of four, as it is printed."""
    return f"{short[:4]} {short[4:]}"


def _short_check(body: str) -> str:
    """Weighted sum modulo 31, a prime: finds every single wrong character and every swap of two neighbours
    (but for the character Z against 0, which shares its class)."""
    return ALPHABET[sum((n + 2) * ALPHABET.index(c) for n, c in enumerate(body)) % 31]
