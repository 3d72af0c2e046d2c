"""Charts, drawn as vectors: one question each, bars from zero, few people as dots. Nothing rests on colour alone.

Places are in millimetres from the top left corner of the page. A chart runs from the side on which its language
begins; what is said beside it is the caller's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Literal

from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.page import MM, Colour, Pdf, hairline, rect
from fieldkit.paper.text import ACCENT, ALERT, INK, Style, draw_line, width

CALM: Colour = (0.72, 0.75, 0.80)  # bars that say nothing alarming
MIDDLE: Colour = (0.50, 0.52, 0.58)
PAPER: Colour = (1.0, 1.0, 1.0)
FAINT: Colour = (0.80, 0.80, 0.80)  # lines that only guide the eye
DOT = 1.9  # across
_ROOM_FOR_COUNT = 2.8  # above dots that lie over each other
_COUNT = Style(8.5, bold=True, align="center")
_COUNT_ON_DARK = Style(8.5, bold=True, align="center", color=PAPER)

Number = Fraction | int
Sign = Literal["yes", "no", "part", "open"]


def bar_against_mark(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    percent: Number | None,
    mark: Number,
    *,
    lang: str,
    failed: bool = False,
    height_mm: float = 3.2,
) -> None:
    """A bar from 0 to `percent` (of 100, which is the whole width) with a line at the pass mark; y is its middle.

    A failed bar is darker; None draws no bar.
    """
    place = _scale(x_mm, width_mm, lang)
    hairline(pdf, x_mm, y_mm + height_mm / 2, x_mm + width_mm, y_mm + height_mm / 2, colour=FAINT)
    if percent:
        _span(pdf, place(0), place(percent), y_mm, height_mm, ALERT if failed else CALM)
    hairline(pdf, place(0), y_mm - height_mm / 2, place(0), y_mm + height_mm / 2, line_mm=0.25, colour=MIDDLE)
    reach = height_mm / 2 + 0.9
    hairline(pdf, place(mark), y_mm - reach, place(mark), y_mm + reach, line_mm=0.45, colour=INK)


def bar(
    pdf: Pdf, x_mm: float, y_mm: float, width_mm: float, percent: Number, *, lang: str, height_mm: float = 2.6
) -> None:
    """A plain bar from 0 to `percent` of the width; y is its middle."""
    place = _scale(x_mm, width_mm, lang)
    hairline(pdf, x_mm, y_mm + height_mm / 2, x_mm + width_mm, y_mm + height_mm / 2, colour=FAINT)
    if percent:
        _span(pdf, place(0), place(percent), y_mm, height_mm, CALM)
    hairline(pdf, place(0), y_mm - height_mm / 2, place(0), y_mm + height_mm / 2, line_mm=0.25, colour=MIDDLE)


def dot_plot(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    values: Sequence[tuple[Number, bool]],
    mark: Number,
    *,
    lang: str,
    height_mm: float = 7.0,
) -> None:
    """One dot for each (percent, passed) on a line from 0 to 100 at y, piled upwards, with the pass mark.

    Dots of those who did not pass are open. With five values or more, a bar below the line holds the middle half of
    them, and a notch their median.
    """
    place = _scale(x_mm, width_mm, lang)
    hairline(pdf, x_mm, y_mm, x_mm + width_mm, y_mm, line_mm=0.2, colour=MIDDLE)
    hairline(pdf, place(mark), y_mm - height_mm, place(mark), y_mm + 2.4, line_mm=0.45, colour=INK)
    for spot, pile in _piles(values, mark, width_mm).items():
        _pile(pdf, place(spot), y_mm, pile, height_mm, lang)
    if len(values) >= 5:
        _spread(pdf, y_mm + 1.5, [value for value, _ in values], x_mm, width_mm, lang)


def share_bar(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    parts: Sequence[tuple[int, Colour]],
    *,
    lang: str,
    height_mm: float = 3.6,
) -> None:
    """How a whole divides: one stretch for each (count, colour), the count written where there is room for it."""
    whole = sum(count for count, _ in parts)
    place = _scale(x_mm, width_mm, lang)
    done = 0
    for count, colour in parts:
        if count:
            start, end = place(Fraction(done * 100, whole)), place(Fraction((done + count) * 100, whole))
            _span(pdf, start, end, y_mm, height_mm, colour, line_mm=0.2)
            style = _COUNT_ON_DARK if sum(colour) < 1.65 else _COUNT
            if width(str(count), style, lang) + 0.6 < abs(end - start):
                left = min(start, end)
                draw_line(pdf, left, y_mm + 1.05, str(count), style, lang=lang, width_mm=abs(end - start))
            done += count


def sign(pdf: Pdf, x_mm: float, y_mm: float, kind: Sign, size_mm: float = 2.6, colour: Colour = INK) -> None:
    """A tick, a cross, a half filled circle or an open one, centred at (x, y); always beside a word or a figure."""
    _stamp(pdf, x_mm, y_mm, _sign(kind, size_mm, colour))


def _scale(x_mm: float, width_mm: float, lang: str) -> Callable[[Number], float]:
    """From a percentage to its place on a line that begins where the language does."""
    if LANGUAGES[lang].right_to_left:
        return lambda percent: x_mm + width_mm * (1 - float(percent) / 100)
    return lambda percent: x_mm + width_mm * float(percent) / 100


def _span(pdf: Pdf, start: float, end: float, y_mm: float, height_mm: float, fill: Colour, line_mm: float = 0) -> None:
    left, right = sorted((start, end))
    rect(pdf, left, y_mm - height_mm / 2, right - left, height_mm, line_mm=line_mm, colour=MIDDLE, fill=fill)


def _piles(values: Sequence[tuple[Number, bool]], mark: Number, width_mm: float) -> dict[Fraction, Counter[bool]]:
    """Values by the place of their dot. Places lie side by side from the pass mark, so that no dot crosses it."""
    step = Fraction(DOT) * 100 / Fraction(width_mm)
    piles: dict[Fraction, Counter[bool]] = {}
    for value, passed in sorted(values):
        spot = mark + (math.floor((value - mark) / step) + Fraction(1, 2)) * step
        piles.setdefault(spot, Counter())[passed] += 1
    return piles


def _pile(pdf: Pdf, x_mm: float, y_mm: float, pile: Counter[bool], height_mm: float, lang: str) -> None:
    count = pile.total()
    step = DOT if count * DOT <= height_mm else (height_mm - DOT - _ROOM_FOR_COUNT) / (count - 1)
    for number in range(count):
        passed = number < pile[True]
        _stamp(pdf, x_mm, y_mm - DOT / 2 - 0.2 - number * step, _dot(passed))
    if step < DOT:
        draw_line(pdf, x_mm - 3, y_mm - height_mm + 1.9, str(count), _COUNT, lang=lang, width_mm=6)


def _spread(pdf: Pdf, y_mm: float, values: list[Number], x_mm: float, width_mm: float, lang: str) -> None:
    place = _scale(x_mm, width_mm, lang)
    low, middle, high = quartiles(values)
    hairline(pdf, place(min(values)), y_mm, place(max(values)), y_mm, line_mm=0.2, colour=MIDDLE)
    _span(pdf, place(low), place(high), y_mm, 1.2, MIDDLE)
    hairline(pdf, place(middle), y_mm - 1.1, place(middle), y_mm + 1.1, line_mm=0.6, colour=INK)


def quartiles(values: Sequence[Number]) -> tuple[Fraction, Fraction, Fraction]:
    """First quartile, median and third quartile, between neighbours by the share of the way (Hyndman & Fan 1996,
    type 7). Needs one value at least."""
    ordered = sorted(Fraction(value) for value in values)

    def at(share: Fraction) -> Fraction:
        place = share * (len(ordered) - 1)
        below = math.floor(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)

    return at(Fraction(1, 4)), at(Fraction(1, 2)), at(Fraction(3, 4))


def _stamp(pdf: Pdf, x_mm: float, y_mm: float, shape: str) -> None:
    """A shape, given in points round its centre as PDF operators, at (x, y).

    Signs and dots are many; put together once and placed, each costs a tenth of a path of ReportLab's.
    """
    x, y = pdf.at(x_mm, y_mm)
    pdf._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {shape} Q")


@cache
def _sign(kind: Sign, size_mm: float, colour: Colour) -> str:
    half, line = size_mm * MM / 2, max(0.3, size_mm / 7) * MM
    reach = 0.8 * half
    pen = f"{_rgb(colour)} RG {_rgb(colour)} rg {line:.2f} w "
    if kind == "yes":
        return pen + _polyline((-half, -0.1 * half), (-0.3 * half, -reach), (half, reach)) + " S"
    if kind == "no":
        return f"{pen}{_polyline((-reach, -reach), (reach, reach))} {_polyline((-reach, reach), (reach, -reach))} S"
    lower = f"{_arc(reach, (2, 3))} h f " if kind == "part" else ""
    return f"{pen}{lower}{_arc(reach, (0, 1, 2, 3))} s"


def _polyline(*points: tuple[float, float]) -> str:
    (x, y), *rest = points
    return f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest)


@cache
def _dot(filled: bool) -> str:
    """A dot of ours, filled or open."""
    fill = ACCENT if filled else PAPER
    return f"{_rgb(ACCENT)} RG {_rgb(fill)} rg {0.3 * MM:.2f} w {_arc((DOT / 2 - 0.15) * MM, (0, 1, 2, 3))} b"


def _arc(radius: float, quarters: Sequence[int]) -> str:
    """Quarters of a circle round the centre, counted against the clock from the right; four Bezier curves make it."""
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    pull = 0.5522847 * radius
    first = corners[quarters[0]]
    parts = [f"{first[0] * radius:.2f} {first[1] * radius:.2f} m"]
    for quarter in quarters:
        (ax, ay), (bx, by) = corners[quarter], corners[quarter + 1]
        points = (ax * radius + bx * pull, ay * radius + by * pull, bx * radius + ax * pull, by * radius + ay * pull)
        parts.append(" ".join(f"{value:.2f}" for value in (*points, bx * radius, by * radius)) + " c")
    return " ".join(parts)


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
