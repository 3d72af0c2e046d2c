"""What printed text says when it is copied out of a PDF.

A PDF holds glyphs from left to right, and for each what it says; the program that reads it puts the characters in
order again. What stands here is made for pdftotext (poppler), which takes a line apart into stretches of either
direction by its letters and figures: where letters do not show a direction, invisible marks of direction do.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

_LRM, _RLM = "\u200e", "\u200f"
# Signs that pdftotext takes for part of a number: . , : - / % and their like.
_NUMERIC = ("CS", "ES", "ET")


def copied_text(
    text: str, places: Sequence[int], advances: Sequence[int], *, rtl: bool, opens: bool, ends: bool
) -> list[str]:
    """The characters that each glyph of a run says, glyphs from left to right, characters likewise.

    `places` are where in `text` the glyphs' clusters begin, `advances` how wide the glyphs are. `opens` and `ends`
    ask for a mark of direction before and behind the run.
    """
    said = _letters(text, places, advances)
    if rtl:
        said = list(map(_right_to_left, said))
    mark = _RLM if rtl else _LRM
    if said and (ends if rtl else opens):
        said[0] = mark + said[0]
    if said and (opens if rtl else ends):
        said[-1] += mark
    return said


def _letters(text: str, places: Sequence[int], advances: Sequence[int]) -> list[str]:
    """What each glyph says, in reading order: the widest one of a letter says it and its marks, the others nothing."""
    starts = [start for start in sorted(set(places)) if not start or unicodedata.category(text[start])[0] != "M"]
    ends = [*starts[1:], len(text)]
    saying: dict[int, int] = {}
    for i, place in enumerate(places):
        letter = bisect_right(starts, place) - 1
        if letter not in saying or advances[i] > advances[saying[letter]]:
            saying[letter] = i
    said = [""] * len(places)
    for letter, i in saying.items():
        said[i] = text[starts[letter] : ends[letter]]
    return said


def _right_to_left(chars: str) -> str:
    """What a glyph of right-to-left text says, from left to right.

    A ligature says Unicode's character for the whole of it, which compatibility normalisation (NFKC) takes apart:
    programs disagree on the order of several letters in one glyph.
    """
    if len(chars) == 1 and unicodedata.bidirectional(chars) in _NUMERIC:
        return _RLM + chars
    return _ligatures().get(chars) or chars[::-1]


@cache
def _ligatures() -> dict[str, str]:
    """Arabic letters that are written as one, and the character Unicode has for the whole."""
    found: dict[str, str] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        letters = unicodedata.normalize("NFKC", chr(code))
        if len(letters) > 1 and " " not in letters:
            found.setdefault(letters, chr(code))
    return found
