"""Percentages and counts on reports: rounded to be read, never against the verdict."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.judging.results import Score
from fieldkit.reports.figures import column_figure, figure, percent, shown_percent

SEVENTY = Decimal(70)


@pytest.mark.parametrize(
    ("points", "of", "mark", "shown"),
    [
        ("6996", "10000", "70", "69.9"),  # 69.96 is not yet 70
        ("69.999", "100", "70", "69.9"),
        ("70", "100", "70", "70.0"),
        ("70.04", "100", "70.04", "70.1"),  # reached, so not shown below
        ("2", "3", "70", "66.7"),
        ("1", "8", "70", "12.5"),
        ("86.85", "100", "70", "86.9"),  # half up
        ("86.84", "100", "70", "86.8"),
        ("0", "5", "70", "0.0"),
        ("5", "5", "70", "100.0"),
    ],
)
def test_a_shown_percentage_agrees_with_its_verdict(points: str, of: str, mark: str, shown: str) -> None:
    """A result just below the pass mark is never shown as if it had reached it, nor the other way round."""
    assert column_figure(shown_percent(Score(Decimal(points), Decimal(of)), Decimal(mark)), "en") == shown


@given(st.integers(0, 4000), st.integers(1, 4000), st.decimals(0, 100, places=2))
def test_no_shown_percentage_contradicts_its_verdict(points: int, of: int, mark: Decimal) -> None:
    """Whatever the points and the pass mark, the shown figure lies on the side that the exact one lies on."""
    score = Score(Decimal(min(points, of)), Decimal(of))
    shown = shown_percent(score, mark)

    assert shown is not None
    assert (shown >= mark) == score.reaches(mark)
    assert abs(Fraction(shown) - Fraction(score.points) * 100 / of) < Fraction(1, 10)


@given(st.integers(0, 4000), st.integers(1, 4000))
def test_away_from_the_pass_mark_percentages_are_rounded_half_up(points: int, of: int) -> None:
    """Where no verdict is near, the figure is the exact percentage rounded half up to one decimal."""
    points = min(points, of)
    tenths = math.floor(Fraction(points * 1000, of) + Fraction(1, 2))

    assert shown_percent(Score(Decimal(points), Decimal(of)), Decimal(0)) == Decimal(tenths) / 10


def test_nothing_counted_has_no_percentage() -> None:
    """Where every item was not applicable, a dash stands instead of a figure."""
    assert shown_percent(Score(Decimal(0), Decimal(0)), SEVENTY) is None
    assert column_figure(None, "en") == "–"
    assert percent(None, "ru") == "–"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    """Russian and Kyrgyz have a decimal comma, English a point; needless zeros are left out of sentences."""
    assert figure(Decimal("16.50"), "en") == "16.5"
    assert figure(Decimal("16.50"), "ru") == "16,5"
    assert figure(Decimal("1E+1"), "en") == "10"
    assert figure(Decimal("0.333333"), "en") == "0.33"
    assert percent(Decimal("70.0"), "en") == "70\u00a0%"
    assert column_figure(Decimal("70"), "ky") == "70,0"
