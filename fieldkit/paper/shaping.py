"""From characters to glyphs: HarfBuzz, told the direction, script and language of every run, never asked to guess.

ReportLab's own shaping lets HarfBuzz guess the direction of each word, and Persian digits come out reversed
(15 printed as 51); that is why nothing here uses it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from fieldkit.paper.copying import copied_text
from fieldkit.paper.fonts import Face, face

# Letters and signs that keep their shape beside any others: drawn one glyph a character, without HarfBuzz.
_PLAIN = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u02af\u0400-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u214f\u2190-\u21ff"
)
is_plain = re.compile(f"[{_PLAIN}]*").fullmatch
_FEATURES = {"kern": True, "liga": True}
_HB_LANGUAGE = {"prs": "fa"}  # as HarfBuzz and the fonts name it, where that is not our own code
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "GEORGIAN": "Geor",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


class Glyph(NamedTuple):
    """One glyph of a run, and the characters it says when it is copied out of the PDF.

    `before` and `after` move what follows to the left, `rise` moves the glyph up, all in thousandths of the size of
    the text; the glyph's own width comes on top.
    """

    number: int
    text: str
    before: int
    after: int
    rise: int


@dataclass(frozen=True, eq=False)
class Run:
    """Characters of one face and direction, ready to draw from left to right.

    `glyphs` is None where each character is drawn with its own glyph. `width` is in thousandths of the size.
    """

    face: Face
    text: str
    glyphs: tuple[Glyph, ...] | None
    width: int


@lru_cache(maxsize=16384)
def shape(
    text: str,
    face_name: str,
    rtl: bool,
    lang: str,
    opens: bool = False,
    ends: bool = False,
    beside: tuple[str, str] = ("", ""),
) -> Run:
    """A run of one face and direction, in the script of its letters.

    `opens` and `ends` say that the direction changes before or behind it and no letter shows that: marks of
    direction are put into the copied text. `beside` are the characters before and behind that it may be joined to,
    though they are drawn in other runs.
    """
    font = face(face_name)
    if not (rtl or opens or ends) and is_plain(text):
        return Run(font, text, None, sum(map(font.widths.__getitem__, text)))
    buffer = hb.Buffer()
    buffer.add_str(f"{beside[0]}{text}{beside[1]}", len(beside[0]), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = _script(text)
    buffer.language = _HB_LANGUAGE.get(lang, lang)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(font.hb_font, buffer, _FEATURES)
    places = [info.cluster - len(beside[0]) for info in buffer.glyph_infos]
    positions = buffer.glyph_positions
    advances = [position.x_advance for position in positions]
    said = copied_text(text, places, advances, rtl=rtl, opens=opens, ends=ends)
    glyphs = []
    for info, position, chars in zip(buffer.glyph_infos, positions, said, strict=True):
        after = font.advance(info.codepoint) + position.x_offset - position.x_advance
        glyphs.append(Glyph(info.codepoint, chars, -position.x_offset, after, position.y_offset))
    return Run(font, text, tuple(glyphs), sum(advances))


def _script(text: str) -> str:
    """The script of a run as HarfBuzz names it: that of its first letter, else Arabic, which any digits may join."""
    return next(filter(None, map(_script_of, text)), "Arab")


@cache
def _script_of(char: str) -> str | None:
    if unicodedata.category(char)[0] != "L":
        return None
    return _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0])
