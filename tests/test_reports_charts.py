"""Charts on paper: bars from zero, dots on the right side of the pass mark, mirrored where a language is."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.paper import charts
from fieldkit.paper.charts import ALERT, CALM, DOT, bar, bar_against_mark, dot_plot, quartiles, share_bar, sign
from fieldkit.paper.page import MM, Pdf, open_pdf

DPMM = 8  # pixels in a millimetre


def rendered(draw, lang: str = "en") -> np.ndarray:  # type: ignore[no-untyped-def, type-arg]
    """A page with something on it, as pixels; rows from the top, red, green and blue from 0 to 255."""
    out = io.BytesIO()
    with open_pdf(out, title="Chart", lang=lang) as pdf:
        draw(pdf)
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    return page.render(scale=DPMM / MM).to_numpy()[:, :, ::-1]


def dark(pixels: np.ndarray, y_mm: float, below: int = 235) -> tuple[float, float]:  # type: ignore[type-arg]
    """Where the first and the last pixel that is not white stand in the row at y, in millimetres."""
    row = np.where(pixels[round(y_mm * DPMM)].min(axis=1) < below)[0]
    return row[0] / DPMM, (row[-1] + 1) / DPMM


@pytest.mark.parametrize("percent", [1, 25, 50, 99.5, 100])
def test_a_bar_begins_at_zero_and_is_as_long_as_its_share(percent: float) -> None:
    """Half the points make a bar of half the width."""
    pixels = rendered(lambda pdf: bar(pdf, 20, 50, 100, Fraction(percent), lang="en", height_mm=4))

    left, right = dark(pixels, 49, below=200)
    assert left == pytest.approx(20, abs=0.3)
    assert right == pytest.approx(20 + percent, abs=0.3)


def test_a_bar_is_mirrored_where_the_language_runs_from_right_to_left() -> None:
    """In Dari a bar grows from the right edge of its chart."""
    pixels = rendered(lambda pdf: bar(pdf, 20, 50, 100, 30, lang="prs", height_mm=4), "prs")

    left, right = dark(pixels, 49, below=200)
    assert (left, right) == (pytest.approx(90, abs=0.3), pytest.approx(120, abs=0.3))


def test_a_failed_bar_is_darker_even_in_grey() -> None:
    """Printed without colour, a failed bar is still told from a passed one."""

    def draw(pdf: Pdf) -> None:
        bar_against_mark(pdf, 20, 50, 100, 60, 70, lang="en", failed=True)
        bar_against_mark(pdf, 20, 80, 100, 80, 70, lang="en", failed=False)

    pixels = rendered(draw).mean(axis=2)
    assert pixels[50 * DPMM, 40 * DPMM] + 60 < pixels[80 * DPMM, 40 * DPMM]


def test_the_pass_mark_stands_over_the_bar() -> None:
    """The line of the pass mark is seen above and below a bar that has gone beyond it."""
    pixels = rendered(lambda pdf: bar_against_mark(pdf, 20, 50, 100, 90, 70, lang="en"))

    for y in (50, 50 - 2.2, 50 + 2.2):
        assert pixels[round(y * DPMM), 90 * DPMM].max() < 60


def spots(values: list[tuple[Fraction | int, bool]], mark: int, lang: str = "en") -> list[tuple[float, float]]:
    """Where the dots of a plot on a line from 20 to 120 mm, 50 mm down, have their middles, in millimetres."""
    with open_pdf(io.BytesIO(), title="Chart", lang=lang) as pdf:
        dot_plot(pdf, 20, 50, 100, values, mark, lang=lang, height_mm=8)
        places = [re.match(r"q 1 0 0 1 (\S+) (\S+) cm", code) for code in pdf._code]
        return [(float(p[1]) / MM, pdf.height_mm - float(p[2]) / MM) for p in places if p]


@given(
    st.lists(st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10)), min_size=1, max_size=40),
    st.integers(1, 100),
)
def test_no_dot_stands_on_the_wrong_side_of_the_pass_mark(values: list[Fraction], mark: int) -> None:
    """There are as many dots as results, and as many at or beyond the line as reached the mark."""
    found = spots([(value, value >= mark) for value in values], mark)

    assert len(found) == len(values)
    assert sum(x > 20 + mark for x, _ in found) == sum(value >= mark for value in values)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60))
def test_dots_stay_near_their_value_and_in_their_row(values: list[int]) -> None:
    """However many are equal, dots stay within the height of the row and within a dot of where they belong."""
    found = spots([(value, True) for value in values], 70)

    for (x, y), value in zip(sorted(found), sorted(values), strict=True):
        assert abs(x - 20 - value) <= DOT
        assert y - DOT / 2 >= 50 - 8
        assert y <= 50


def test_many_equal_dots_are_counted_in_writing() -> None:
    """Dots that lie over each other have their number written above them."""
    out = io.BytesIO()
    with open_pdf(out, title="Chart") as pdf:
        dot_plot(pdf, 20, 50, 100, [(80, True)] * 23, 70, lang="en")

    assert pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_bounded().strip() == "23"


@pytest.mark.parametrize("count", [1, 2, 4])
def test_few_results_have_no_spread(count: int) -> None:
    """Below five results only dots are drawn: no middle half, no median."""
    pixels = rendered(
        lambda pdf: dot_plot(pdf, 20, 50, 100, [(40 + n * 9, False) for n in range(count)], 90, lang="en")
    )

    assert (pixels[round(51.5 * DPMM), : 100 * DPMM] == 255).all()


def test_quartiles_agree_with_a_known_example() -> None:
    """The quartiles of 1 to 10 are 3.25, 5.5 and 7.75, as R and numpy give them."""
    values = list(range(1, 11))

    assert quartiles(values) == (Fraction(13, 4), Fraction(11, 2), Fraction(31, 4))
    assert [float(q) for q in quartiles(values)] == list(np.percentile(values, [25, 50, 75]))
    assert quartiles([7]) == (7, 7, 7)


def test_shares_fill_the_whole_bar_with_their_counts() -> None:
    """A bar of 6, 0 and 2 is cut at three quarters, and both counts are written in it."""
    out = io.BytesIO()
    with open_pdf(out, title="Chart") as pdf:
        share_bar(pdf, 20, 50, 80, [(6, CALM), (0, CALM), (2, ALERT)], lang="en")
    page = pypdfium2.PdfDocument(out.getvalue())[0]
    pixels = page.render(scale=DPMM / MM).to_numpy()[:, :, ::-1]

    assert page.get_textpage().get_text_bounded().split() == ["6", "2"]
    row = pixels[round(48.6 * DPMM)]
    assert row[78 * DPMM].min() > 150
    assert row[82 * DPMM].min() < 100
    assert dark(pixels, 48.6) == (pytest.approx(20, abs=0.3), pytest.approx(100, abs=0.3))


def test_every_sign_looks_different_without_colour() -> None:
    """A tick, a cross, a half circle and an open circle are told apart by their shape."""
    shapes = [
        rendered(lambda pdf, k=k: sign(pdf, 20, 20, k, 6)).mean(axis=2) < 128 for k in ("yes", "no", "part", "open")
    ]

    assert all(shape.sum() > 100 for shape in shapes)
    assert all((a != b).sum() > 150 for n, a in enumerate(shapes) for b in shapes[:n])


def test_charts_without_values_are_empty_lines() -> None:
    """Nothing scored is drawn as an axis, not as a bar of no length, and never fails."""

    def draw(pdf: Pdf) -> None:
        dot_plot(pdf, 20, 50, 100, [], 70, lang="en")
        share_bar(pdf, 20, 70, 100, [], lang="en")
        bar_against_mark(pdf, 20, 90, 100, None, 70, lang="en")

    pixels = rendered(draw)
    assert (pixels[round(89 * DPMM), 22 * DPMM : 80 * DPMM] == 255).all()
    assert charts._piles([], 70, 100) == {}
