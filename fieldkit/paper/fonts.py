"""The fonts that come with the installation, and which characters they have.

FiraGO Regular and Bold hold the letters of all five languages; Noto Sans stands behind them for rarer Latin and
Cyrillic letters and signs of money. All are under the SIL Open Font License and come from the package pymupdf-fonts.
They are used whole and unchanged; subsets of them exist only inside the PDF files that are printed, because the
licence reserves the name "Fira" for unmodified fonts.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import pymupdf_fonts
import uharfbuzz as hb

_PACKED = {"FiraGO-Regular": "figo", "FiraGO-Bold": "figbo", "NotoSans-Regular": "notos", "NotoSans-Bold": "notosbo"}
_CHAIN = {False: ("FiraGO-Regular", "NotoSans-Regular"), True: ("FiraGO-Bold", "NotoSans-Bold")}
UNITS = 1000  # to the size of the text: every width in this package is in thousandths of it
_CONTROLLING = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


class Face:
    """One face: its glyphs, and their widths in thousandths of the size of the text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hb_face = hb.Face(hb.Blob(pymupdf_fonts.myfont(_PACKED[name])))
        self.hb_font = hb.Font(self.hb_face)
        self.hb_font.scale = (UNITS, UNITS)
        self.characters = frozenset(map(chr, self.hb_face.unicodes))
        self.widths = _Widths(self)

    def glyph(self, char: str) -> int:
        """The glyph that the font gives a character standing alone; 0 is the box of a missing letter."""
        return self.hb_font.get_nominal_glyph(ord(char)) or 0

    def advance(self, glyph: int) -> int:
        """The width that the font gives a glyph."""
        return int(self.hb_font.get_glyph_h_advance(glyph))


class _Widths(dict[str, int]):
    """Widths of characters standing alone, filled as they are asked for."""

    def __init__(self, owner: Face) -> None:
        super().__init__()
        self._owner = owner

    def __missing__(self, char: str) -> int:
        self[char] = self._owner.advance(self._owner.glyph(char))
        return self[char]


@cache
def face(name: str) -> Face:
    """A face by its name, opened once (about 60 ms)."""
    return Face(name)


def main_face(bold: bool) -> Face:
    """The face that has nearly every letter."""
    return face(_CHAIN[bold][0])


@cache
def face_for(char: str, bold: bool) -> str:
    """The name of the first face that has a character; the main face where none has."""
    return next((name for name in _CHAIN[bold] if char in face(name).characters), _CHAIN[bold][0])


def missing(text: str) -> list[str]:
    """The characters of `text` (composed, NFC) that cannot be printed, each once, in the order they appear.

    Characters that only control the text (direction, joining, line ends) and spaces are never missing.
    """
    if not set(text) - main_face(False).characters:
        return []
    return [char for char in dict.fromkeys(unicodedata.normalize("NFC", text)) if not (_has(char) or is_control(char))]


@cache
def _has(char: str) -> bool:
    return char.isspace() or any(char in face(name).characters for name in _CHAIN[False])


@cache
def is_control(char: str) -> bool:
    """Whether a character only controls the text around it, and leaves no mark on paper."""
    category = unicodedata.category(char)
    if category == "Cf":
        return unicodedata.bidirectional(char) in _CONTROLLING or char in "\u200e\u200f\u061c"
    return category in ("Cc", "Zl", "Zp") or "\ufe00" <= char <= "\ufe0f"


def describe(char: str) -> str:
    """A character as a person can look it up: `汉 (U+6C49 CJK UNIFIED IDEOGRAPH-6C49)`."""
    name = unicodedata.name(char, "no name")
    number = f"U+{ord(char):04X} {name}"
    return f"{char} ({number})" if char.isprintable() and not unicodedata.combining(char) else number
