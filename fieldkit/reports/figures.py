"""Numbers as reports show them. What is shown is rounded; what is decided never is."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from fieldkit.judging.results import Score
from fieldkit.model.local_forms import shown_number

NO_FIGURE = "–"
_DECIMAL_COMMA = ("ru", "ky")
_TENTH = Decimal("0.1")


def exact_percent(score: Score) -> Fraction | None:
    """The exact percentage; None where nothing counts."""
    return Fraction(score.points) * 100 / Fraction(score.of) if score.of else None


def shown_percent(score: Score, pass_mark: Decimal) -> Decimal | None:
    """The percentage to one decimal, rounded half up, but never across the pass mark: 69.96 under a pass mark of 70
    is shown as 69.9, so that no figure contradicts its verdict. None where nothing counts."""
    exact = exact_percent(score)
    if exact is None:
        return None
    tenths = math.floor(exact * 10 + Fraction(1, 2))
    mark = Fraction(pass_mark) * 10
    if exact * 10 < mark <= tenths:
        tenths = math.floor(exact * 10)
    elif tenths < mark <= exact * 10:
        tenths = math.ceil(exact * 10)
    return tenths * _TENTH


def shown(value: Fraction) -> Decimal:
    """A percentage that no verdict hangs on, to one decimal, rounded half up."""
    return math.floor(value * 10 + Fraction(1, 2)) * _TENTH


def figure(value: Decimal, lang: str) -> str:
    """A number without needless zeros, to two decimals at most, with the decimal sign of the language."""
    short = f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return _signed(short, lang)


def column_figure(value: Decimal | float | None, lang: str) -> str:
    """A number with one decimal, for a column; a dash where there is none."""
    return NO_FIGURE if value is None else _signed(f"{value:.1f}", lang)


def percent(value: Decimal | None, lang: str) -> str:
    """A percentage in a sentence."""
    return NO_FIGURE if value is None else f"{figure(value, lang)}\u00a0%"


def whole_percents(ends: tuple[float, float], lang: str) -> str:
    """An interval of shares in whole percent, such as `61–83 %`."""
    low, high = (_signed(f"{100 * end:.0f}", lang) for end in ends)
    return f"{low}–{high}\u00a0%"


def _signed(number: str, lang: str) -> str:
    return number.replace(".", ",") if lang in _DECIMAL_COMMA else shown_number(number, lang)
