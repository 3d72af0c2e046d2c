"""The charts of the quality file: bands around the pass mark, intervals of strictness, and what more stations buy.

A square is an estimate, a line its 95 % interval. Widths are in millimetres; y is the middle of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from fieldkit.paper.page import Colour, hairline, rect
from fieldkit.paper.text import ACCENT, ALERT, INK, Span
from fieldkit.reports.layout import NOTE, NOTE_END, SMALL, STEP, Flow, Paper
from fieldkit.reports.quality_figures import number
from fieldkit.reports.quality_words import say

if TYPE_CHECKING:
    from fieldkit.judging.estimate import Estimate
    from fieldkit.judging.passing_findings import CurvePoint

SQUARE, NOW = 1.7, 2.6
FAINT: Colour = (0.80, 0.80, 0.80)
CURVE_MM, CURVE_WIDE, LEVELS = 48.0, 120.0, (0.0, 0.25, 0.5, 0.75, 1.0)
Place = Callable[[float], float]


def scale(paper: Paper, offset: float, width: float, low: float, high: float) -> Place:
    """From a value to its place on the page, kept within the line; values grow the way the language runs."""
    left = paper.left(offset, width)

    def place(value: float) -> float:
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return left + width * ((1 - share) if paper.rtl else share)

    return place


def band(paper: Paper, place: Place, y: float, estimate: Estimate, colour: Colour = ACCENT) -> None:
    """An estimate with its interval."""
    if estimate.value is None:
        return
    if estimate.low is not None and estimate.high is not None:
        hairline(paper.pdf, place(estimate.low), y, place(estimate.high), y, line_mm=0.5, colour=colour)
    x = place(estimate.value)
    rect(paper.pdf, x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE, line_mm=0, fill=colour)


def band_row(
    flow: Flow, chart: tuple[float, float], name: str, words: str, estimate: Estimate, mark: float, *, alert: bool
) -> None:
    """One trainee: name, band on a line from 0 to 100 % with the pass mark, and what it says."""
    paper = flow.paper
    offset, width = chart
    place = scale(paper, offset, width, 0.0, 100.0)
    start = offset + width + 3

    def draw(y: float) -> None:
        middle = y + STEP / 2
        paper.line(0, y, offset - 3, [Span(name, bold=alert)], SMALL)
        hairline(paper.pdf, place(0), middle, place(100), middle, colour=FAINT)
        hairline(paper.pdf, place(mark), y, place(mark), y + STEP + 0.6, line_mm=0.4, colour=INK)
        band(paper, place, middle, estimate, ALERT if alert else ACCENT)
        paper.line(start, y, paper.room - start, [Span(words, bold=alert)], SMALL)

    flow.add(STEP + 0.6, draw)


def severity_row(flow: Flow, chart: tuple[float, float], name: str, estimate: Estimate, reach: float) -> None:
    """One instructor: name and strictness on a line with 0 in the middle."""
    paper = flow.paper
    offset, width = chart
    place = scale(paper, offset, width, -reach, reach)

    def draw(y: float) -> None:
        middle = y + STEP / 2
        paper.line(0, y, offset - 3, name, SMALL)
        hairline(paper.pdf, place(-reach), middle, place(reach), middle, colour=FAINT)
        hairline(paper.pdf, place(0), y, place(0), y + STEP + 0.8, line_mm=0.3, colour=INK)
        clear = estimate.low is not None and estimate.high is not None and not estimate.low <= 0 <= estimate.high
        band(paper, place, middle, estimate, ALERT if clear else ACCENT)

    flow.add(STEP + 0.8, draw, keep=True)


def ends(flow: Flow, chart: tuple[float, float], start: str, end: str) -> None:
    """Words at both ends of the line of a chart."""
    paper, (offset, width) = flow.paper, chart

    def draw(y: float) -> None:
        paper.line(offset, y, width / 2, start, NOTE)
        paper.line(offset + width / 2, y, width / 2, end, NOTE_END)

    flow.add(STEP, draw, keep=True)


def curve(flow: Flow, points: Sequence[CurvePoint], now: CurvePoint) -> None:
    """Phi over the number of stations, a line for each number of instructors, named at its end; `now` stands out."""
    paper, lang = flow.paper, flow.paper.lang
    places = sorted({point.stations for point in points})
    across = scale(paper, 12.0, CURVE_WIDE, places[0] - 0.5, places[-1] + 0.5)

    def draw(top: float) -> None:
        def down(value: float) -> float:
            return top + 2 + CURVE_MM * (1 - min(max(value, 0.0), 1.0))

        for level in LEVELS:
            hairline(paper.pdf, paper.left(12.0, 0), down(level), across(places[-1]), down(level), colour=FAINT)
            paper.line(0, down(level) - STEP / 2, 10, number(level, 2, lang), NOTE_END)
        for count in places:
            at = across(count) - paper.left(0, 0) if not paper.rtl else paper.left(0, 0) - across(count)
            style = SMALL if count == now.stations else NOTE
            words = [Span(str(count), bold=count == now.stations)]
            paper.line(at - paper.width(words, style) / 2, down(0) + 1, 10, words, style)
        paper.line(12.0 + CURVE_WIDE + 3, down(0) + 1, paper.room - CURVE_WIDE - 15, say("stations-axis", lang), NOTE)
        _lines(paper, points, now, across, down)
        x, y = across(now.stations), down(now.phi.value or 0.0)
        rect(paper.pdf, x - NOW / 2, y - NOW / 2, NOW, NOW, line_mm=0, fill=INK)

    flow.add(CURVE_MM + 3 + 2 * STEP, draw)


def _lines(paper: Paper, points: Sequence[CurvePoint], now: CurvePoint, across: Place, down: Place) -> None:
    """The lines; names that would lie over each other are moved apart, the highest line first."""
    free, several = 0.0, len({point.instructors for point in points}) > 1
    for raters in sorted({point.instructors for point in points}, reverse=True):
        line = [(across(p.stations), down(p.phi.value or 0.0)) for p in points if p.instructors == raters]
        for (x1, y1), (x2, y2) in pairwise(line):
            hairline(paper.pdf, x1, y1, x2, y2, line_mm=0.5, colour=ACCENT)
        for x, y in line:
            rect(paper.pdf, x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE, line_mm=0, fill=ACCENT)
        y = max(line[-1][1] - STEP / 2, free)
        free = y + STEP
        end = number([point.phi.value or 0.0 for point in points if point.instructors == raters][-1], 2, paper.lang)
        same = raters == now.instructors
        name = say("as-now", paper.lang) if same else say("raters", paper.lang, n=round(raters))
        words = [Span(f"{name}: {end}" if several else end, bold=same and several)]
        paper.line(12.0 + CURVE_WIDE + 3, y, paper.room - CURVE_WIDE - 15, words, SMALL)
