"""Charts, drawn as vectors: one question each, bars from zero, few people as dots. Nothing rests on colour alone.

Places are in millimetres from the top left corner of the page. A chart runs from the side on which its language
begins; what is said beside it is the caller's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
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
    half, line = size_mm / 2, max(0.3, size_mm / 7)
    if kind == "yes":
        _stroke(
            pdf,
            [
                (x_mm - half, y_mm + 0.1 * half),
                (x_mm - 0.3 * half, y_mm + 0.8 * half),
                (x_mm + half, y_mm - 0.8 * half),
            ],
            line,
            colour,
        )
    elif kind == "no":
        reach = 0.8 * half
        _stroke(pdf, [(x_mm - reach, y_mm - reach), (x_mm + reach, y_mm + reach)], line, colour)
        _stroke(pdf, [(x_mm - reach, y_mm + reach), (x_mm + reach, y_mm - reach)], line, colour)
    else:
        _circle(pdf, x_mm, y_mm, 0.8 * half, None, colour, line)
        if kind == "part":
            _half_disc(pdf, x_mm, y_mm, 0.8 * half, colour)


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
        _circle(
            pdf, x_mm, y_mm - DOT / 2 - 0.2 - number * step, DOT / 2 - 0.15, ACCENT if passed else PAPER, ACCENT, 0.3
        )
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


def _stroke(pdf: Pdf, points: Sequence[tuple[float, float]], line_mm: float, colour: Colour) -> None:
    pdf.setStrokeColor(colour)
    pdf.setLineWidth(line_mm * MM)
    path = pdf.beginPath()
    path.moveTo(*pdf.at(*points[0]))
    for point in points[1:]:
        path.lineTo(*pdf.at(*point))
    pdf.drawPath(path, stroke=1, fill=0)


def _circle(
    pdf: Pdf, x_mm: float, y_mm: float, radius: float, fill: Colour | None, colour: Colour, line_mm: float
) -> None:
    pdf.setStrokeColor(colour)
    pdf.setLineWidth(line_mm * MM)
    if fill is not None:
        pdf.setFillColor(fill)
    pdf.circle(*pdf.at(x_mm, y_mm), radius * MM, stroke=1, fill=int(fill is not None))


def _half_disc(pdf: Pdf, x_mm: float, y_mm: float, radius: float, colour: Colour) -> None:
    """The lower half of a circle, filled."""
    x, y = pdf.at(x_mm, y_mm)
    reach = radius * MM
    pdf.setFillColor(colour)
    pdf.wedge(x - reach, y - reach, x + reach, y + reach, 180, 180, stroke=0, fill=1)
