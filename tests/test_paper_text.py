"""Text on paper: measured, broken, shortened and drawn, whatever it holds."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.errors import BadInput
from fieldkit.paper import lines
from fieldkit.paper.cleaning import clean
from fieldkit.paper.fonts import is_control, missing
from fieldkit.paper.page import MM, open_pdf
from fieldkit.paper.text import (
    SMALL,
    TEXT,
    TITLE,
    Span,
    Style,
    draw_block,
    draw_line,
    draw_list,
    fit,
    isolate,
    measure_block,
    measure_list,
    shorten,
    stripped,
    width,
    wrap,
)

LANGUAGES = st.sampled_from(["en", "ru", "ky", "prs", "ps"])
LETTERS = "abcXYZ жңөүЯ بپټډړږښګڼۍلا ۀ ۱۲۳ 0129 .,:;()[]«»%-/\u0301\u0654\u200c\u200d\u2066\u2068\u2069"
PRINTABLE = st.text(LETTERS, max_size=80)
ANY = st.one_of(st.text(max_size=40), PRINTABLE)


def visible(text: str) -> str:
    """The characters of a text that leave a mark on paper, taken apart (NFD), joiners and spaces left out."""
    kept = "".join(char for char in clean(text) if not (is_control(char) or char.isspace()))
    return unicodedata.normalize("NFD", kept)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, LANGUAGES, st.booleans())
def test_any_text_is_drawn_or_refused_by_name(text: str, lang: str, bold: bool) -> None:
    """Any text at all is either printed or refused for letters that the fonts lack, which the refusal names."""
    style = Style(bold=bold)
    absent = missing(clean(text))
    with open_pdf(io.BytesIO(), title="any", lang=lang) as pdf:
        if not absent:
            draw_line(pdf, 10, 10, text, style, lang=lang, width_mm=100, shorten=True)
            draw_block(pdf, 10, 20, 50, text, style, lang=lang, max_lines=3)
            return
        with pytest.raises(BadInput) as refusal:
            draw_line(pdf, 10, 10, text, style, lang=lang)
    assert all(f"U+{ord(char):04X}" in str(refusal.value) for char in absent)


@given(PRINTABLE, LANGUAGES)
def test_the_width_of_a_line_is_that_of_its_runs(text: str, lang: str) -> None:
    """A text is as wide as the pieces it is drawn with, and each piece as its glyphs."""
    line = lines.one_line(((text, False),), lang)

    assert line.width == sum(run.width for run in line.runs)
    for run in line.runs:
        own = [run.face.advance(glyph.number) - glyph.before - glyph.after for glyph in run.glyphs or ()]
        assert run.glyphs is None or run.width == sum(own)
    assert width(text, TEXT, lang) == pytest.approx(line.width * TEXT.size / 1000 / MM)


@given(PRINTABLE, LANGUAGES, st.floats(5, 80))
def test_breaking_a_text_into_lines_loses_nothing(text: str, lang: str, width_mm: float) -> None:
    """The lines of a block, put together again, are the text; none is wider than the block unless one letter is."""
    found = wrap(text, TEXT, width_mm, lang)

    assert "".join(map(visible, found)) == visible(text)
    for line in found:
        assert width(line, TEXT, lang) <= width_mm + 0.5 or len(visible(line)) <= 2


@given(PRINTABLE, LANGUAGES)
def test_every_character_is_drawn_exactly_once(text: str, lang: str) -> None:
    """The runs of a line hold each visible character of its text once, whatever their order."""
    line = lines.one_line(((text, False),), lang)

    assert sorted(visible("".join(run.text for run in line.runs))) == sorted(visible(text))


@given(PRINTABLE.filter(lambda text: text.strip()), LANGUAGES, st.floats(8, 80))
def test_a_shortened_text_fits(text: str, lang: str, width_mm: float) -> None:
    """A text shortened to a width fits into it, and begins as the text does."""
    short = shorten(text, TEXT, width_mm, lang)

    assert width(short, TEXT, lang) <= width_mm + 0.5
    kept = visible(short).removesuffix("…")
    assert visible(text).startswith(kept)


@pytest.mark.parametrize(
    ("text", "lang", "short"),
    [
        ("The seal number AB123456 was checked", "en", "The seal number…"),
        ("وزن کانتینر 21480 کیلوگرام است", "prs", "وزن کانتینر…"),
    ],
)
def test_a_number_is_left_out_rather_than_cut(text: str, lang: str, short: str) -> None:
    """Where a text is cut, no number or code is cut in two: 21480 never becomes 21…."""
    cuts = {shorten(text, TEXT, tenth / 10, lang) for tenth in range(150, 600)}

    assert short in cuts
    for cut in cuts:
        assert not any(char.isdigit() for char in cut) or "AB123456" in cut or "21480" in cut


def test_a_word_longer_than_the_line_is_broken() -> None:
    """A word that is longer than the line goes on on the next one; it never runs out of its box."""
    found = wrap("a " + "Ы" * 60 + " b", TEXT, 30, "ru")

    assert "".join(found).replace(" ", "") == "a" + "Ы" * 60 + "b"
    assert all(width(line, TEXT, "ru") <= 30.1 for line in found)


def test_a_compound_is_broken_after_its_hyphen_but_a_code_is_not() -> None:
    """Compounds of words may be broken after the hyphen; container numbers and dates are not."""
    assert wrap("көзөмөл-өткөрмө", TEXT, 20, "ky") == ["көзөмөл-", "өткөрмө"]
    assert wrap("MSKU 123456-7 2026-03-21", TEXT, 22) == ["MSKU", "123456-7", "2026-03-21"]


def test_a_number_stays_with_its_unit() -> None:
    """A value put into a sentence is not broken between number and unit."""
    found = wrap(f"weight {isolate('21 480 kg')}", TEXT, 25)

    assert found == ["weight", "21\u00a0480\u00a0kg"]


def test_paragraphs_and_height() -> None:
    """Each newline begins a paragraph, an empty one takes a line, and the height is told before and after drawing."""
    with open_pdf(io.BytesIO(), title="x") as pdf:
        height = draw_block(pdf, 10, 10, 80, "one\n\ntwo\r\nthree", TEXT)

    assert height == measure_block(80, "one\n\ntwo\nthree") == pytest.approx(4 * TEXT.line_mm)
    assert wrap("one\n\ntwo", TEXT, 80) == ["one", "", "two"]


def test_lines_beyond_the_most_are_cut_with_an_ellipsis() -> None:
    """A block with a limit of lines ends in an ellipsis, also where the rest is another paragraph."""
    found = lines.block((("one two three\nfour", False),), 9000, "en", 1)

    assert [line.text for line in found] == ["one two three…"]
    assert measure_block(20, "word " * 50, SMALL, "en", 3) == pytest.approx(3 * SMALL.line_mm)


def test_bold_words_inside_a_sentence() -> None:
    """Bold spans make a text wider and leave its lines complete; what users write is never taken for markup."""
    spans = [Span("Open the "), Span("left", bold=True), Span(" door <b>now</b> **please**")]

    assert width(spans) > width("".join(span.text for span in spans))
    assert wrap(spans, TEXT, 500) == ["Open the left door <b>now</b> **please**"]


def test_bold_within_an_arabic_word_keeps_it_joined() -> None:
    """A word that is bold in part is written in one stroke all the same."""
    whole = lines.one_line((("بررسی", False),), "prs").runs[0]
    parts = lines.one_line((("ب", False), ("ررسی", True)), "prs").runs

    assert [run.face.name for run in parts] == ["FiraGO-Bold", "FiraGO-Regular"]
    assert parts[1].glyphs is not None
    assert whole.glyphs is not None
    assert parts[1].glyphs[-1].number == whole.glyphs[-1].number


def test_overrides_in_a_name_do_nothing_and_are_reported() -> None:
    """A name with override characters prints in its own place, as if it had none; the characters are told."""
    name = "Имя \u202eabc\u202c\x00"

    assert stripped(name) == ["\u202e", "\u202c", "\x00"]
    assert wrap(name, TEXT, 100, "ky") == ["Имя abc"]
    assert isolate("a\u2069\u2067b") == "\u2068ab\u2069"


def test_a_line_that_does_not_fit_is_made_smaller_then_refused() -> None:
    """A line too long for its box is made smaller, but stays readable; then it is cut where allowed, or refused."""
    text = "Проверка пломбы контейнера"
    natural = width(text, TEXT, "ru")
    with open_pdf(io.BytesIO(), title="x") as pdf:
        draw_line(pdf, 10, 10, text, lang="ru", width_mm=natural * 0.9)
        draw_line(pdf, 10, 20, text, lang="ru", width_mm=natural / 2, shorten=True)
        with pytest.raises(BadInput, match="does not fit"):
            draw_line(pdf, 10, 30, text, lang="ru", width_mm=natural / 2)

    assert fit(text, TEXT, natural * 0.9, "ru").size == pytest.approx(TEXT.size * 0.9)
    assert fit(text, TITLE, 1, "ru").size == 8.5
    assert fit(text, SMALL, 500, "ru") is SMALL


def test_text_of_the_other_direction_alone_keeps_its_signs_in_place() -> None:
    """A Latin name on a Dari page keeps its brackets and full stop where they belong; so does a Dari name on ours."""
    latin, dari = "Ahmad (Karim).", "احمد (کریم)."

    assert "".join(run.text for run in lines.one_line(((latin, False),), "prs").runs) == latin
    on_dari, on_english = (lines.one_line(((dari, False),), lang).runs for lang in ("prs", "en"))
    assert [run.text for run in on_dari] == [run.text for run in on_english]


def test_lists_are_measured_as_they_are_drawn() -> None:
    """A list takes the height that was foretold, in either direction, with dots or with its own marks."""
    items = ["one", "two " * 40, [Span("bold", bold=True)]]
    with open_pdf(io.BytesIO(), title="x", lang="prs") as pdf:
        for lang in ("en", "prs"):
            assert draw_list(pdf, 10, 10, 60, items, lang=lang) == pytest.approx(measure_list(60, items, lang=lang))
        draw_list(pdf, 10, 80, 60, items, marks=["1.", "2.", "3."])


def test_text_is_composed_before_it_is_printed() -> None:
    """Letters written as a base and a mark are printed as the one letter that the font has."""
    assert clean(unicodedata.normalize("NFD", "йёآ")) == "йёآ"


@pytest.mark.parametrize("date", ["2026-03-21", "۱۴۰۵-۰۱-۰۱"])
def test_a_date_in_a_dari_sentence_keeps_its_order(date: str) -> None:
    """A date written into a Dari sentence stands from year to day, left to right, also where nobody isolated it."""
    runs = lines.one_line(((f"تاریخ {date} است", False),), "prs").runs

    assert date in "".join(run.text for run in runs)
