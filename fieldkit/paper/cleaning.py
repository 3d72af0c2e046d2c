"""Strings as they are printed: composed, without what would disturb them; and values set apart in a sentence."""

from __future__ import annotations

import unicodedata
from functools import cache

from fieldkit.model.texts import kept_together
from fieldkit.paper.fonts import is_control

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_JOINERS = "\u200c\u200d"  # controls that change how the letters beside them look
_DROPPED = frozenset(
    char
    for char in map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), 0xFEFF))
    if char not in "\t\n\v\f\r\x85"
)
_ODD_SPACES = frozenset("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_TRANSLATED = str.maketrans(
    {
        **dict.fromkeys(_DROPPED, ""),
        **dict.fromkeys("\v\f\r\x85\u2028\u2029", "\n"),
        **dict.fromkeys(_ODD_SPACES | {"\t"}, " "),
        **dict.fromkeys("\u2007\u202f", "\u00a0"),
    }
)
_QUOTED_MOST = 60  # characters
ELLIPSIS = "\u2026"


def clean(text: str) -> str:
    """Text as it is printed: composed (NFC), overrides and control characters dropped, odd spaces made plain."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_TRANSLATED)
    return unicodedata.normalize("NFC", text)


def stripped(text: str) -> list[str]:
    """The characters that are left out of a text because they would disturb it, each once, in order."""
    return [char for char in dict.fromkeys(text) if char in _DROPPED]


def isolate(value: object) -> str:
    """A value to put into a sentence (a name, a code, a number with its unit), its direction kept to itself."""
    text = clean(str(value)).translate(_ISOLATES).replace("\n", " ")
    return f"\u2068{kept_together(text)}\u2069"


def quoted(text: str) -> str:
    """A text as a message quotes it: clean, and not too long."""
    text = clean(text).strip()
    return f'"{text if len(text) <= _QUOTED_MOST else text[: _QUOTED_MOST - 1] + ELLIPSIS}"'


@cache
def is_drawn(char: str) -> bool:
    """Whether a character is given to the font: all but those that only control the text."""
    return char in _JOINERS or not is_control(char)


def undrawn_in(text: str) -> set[str]:
    """The characters of a text that are not given to the font."""
    return {char for char in set(text) if not is_drawn(char)}
