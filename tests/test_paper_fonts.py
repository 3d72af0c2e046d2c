"""The fonts hold every letter of the five languages, in every form it takes beside others."""

from __future__ import annotations

import pytest

from fieldkit.paper.fonts import describe, face, main_face, missing
from fieldkit.paper.shaping import Glyph, shape

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# Letters that join on both sides, and those that join only to the letter before them.
DARI_BOTH, DARI_BEFORE = "بپتثجچحخسشصضطظعغفقکگلمنهیئ", "اآأدذرزژوؤۀة"
PASHTO_BOTH, PASHTO_BEFORE = "بپتټثجځچڅحخسشښصضطظعغفقکګلمنڼهيېیئ", "ادډذرړزژږوۍ"
SIGNS = "0123456789۰۱۲۳۴۵۶۷۸۹ .,:;!?-–—()[]«»“”%/№•…،؛؟٪٫٬ء\u200c\u200d"
FACES = ("FiraGO-Regular", "FiraGO-Bold")


@pytest.mark.parametrize(
    "text", [LATIN, RUSSIAN, "ҢңӨөҮү", DARI_BOTH + DARI_BEFORE, PASHTO_BOTH + PASHTO_BEFORE, SIGNS]
)
def test_every_letter_of_the_five_languages_is_there(text: str) -> None:
    """Neither the regular nor the bold face lacks a letter, figure or sign of the five languages."""
    assert missing(text) == []
    assert not set(text) - face("FiraGO-Bold").characters


def test_bold_prints_whatever_regular_prints() -> None:
    """A text that was found printable is printable in bold as well."""
    assert main_face(False).characters == main_face(True).characters
    assert face("NotoSans-Regular").characters == face("NotoSans-Bold").characters


def glyphs(text: str, name: str, lang: str) -> list[Glyph]:
    """The glyphs of a word, in the order it is read."""
    found = shape(text, name, True, lang).glyphs
    assert found is not None
    return list(reversed(found))


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize(
    ("lang", "both", "before"), [("prs", DARI_BOTH, DARI_BEFORE), ("ps", PASHTO_BOTH, PASHTO_BEFORE)]
)
def test_letters_join_wherever_they_must(name: str, lang: str, both: str, before: str) -> None:
    """Each Dari and Pashto letter takes another form at the beginning, in the middle and at the end of a word."""
    wrong = []
    for letter in both + before:
        alone, initial = glyphs(letter, name, lang)[0], glyphs(letter + "ب", name, lang)[0]
        final, medial = glyphs("ب" + letter, name, lang)[1], glyphs("ب" + letter + "ب", name, lang)[1]
        forms = [alone.number, final.number] + [initial.number, medial.number] * (letter in both)
        joins_nothing_after = letter in both or (initial.number, medial.number) == (alone.number, final.number)
        if 0 in forms or len(set(forms)) != len(forms) or not joins_nothing_after:
            wrong.append((letter, forms))

    assert wrong == []


@pytest.mark.parametrize("name", FACES)
def test_a_letter_that_joins_changes_its_neighbours(name: str) -> None:
    """The letter before one that joins is drawn joined; the letter after one that joins on both sides as well."""
    beh = {
        place: glyphs(word, name, "ps")[i].number
        for place, word, i in [("alone", "ب", 0), ("first", "بب", 0), ("last", "بب", 1)]
    }
    for letter in PASHTO_BOTH + PASHTO_BEFORE:
        assert glyphs("ب" + letter, name, "ps")[0].number == beh["first"], letter
        after = "last" if letter in PASHTO_BOTH else "alone"
        assert glyphs(letter + "ب", name, "ps")[1].number == beh[after], letter


def test_zero_width_non_joiner_parts_letters() -> None:
    """A non-joiner, as in اشتراک‌کننده, ends the joining and takes no room."""
    joined, parted = glyphs("کک", FACES[0], "prs"), glyphs("ک\u200cک", FACES[0], "prs")

    assert [parted[0].number, parted[-1].number] == [glyphs("ک", FACES[0], "prs")[0].number] * 2
    assert joined[0].number != parted[0].number
    assert shape("\u200c", FACES[0], True, "prs").width == 0


def test_missing_letters_are_named() -> None:
    """Letters that no font has are listed once each, in order; controls and spaces are never among them."""
    assert missing("Имя 汉字 😀 汉\u202e\u2068\u00a0\u202f\n\t\ufe0f₸") == ["汉", "字", "😀"]
    assert describe("汉") == "汉 (U+6C49 CJK UNIFIED IDEOGRAPH-6C49)"
    assert describe("\u0301") == "U+0301 COMBINING ACUTE ACCENT"
    assert describe("\ud800") == "U+D800 no name"
