"""Plans of the units on the instructor's card: outlines, and the inspection points with what lies there.

A sketch is WIDTH by HEIGHT millimetres, measured from its own top left corner. A point that a sketch does not know
is in the list of points beneath it all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldkit.paper.page import MM, Pdf, hairline, rect
from fieldkit.paper.text import BLACK, GREY, Style, draw_line, fit, width
from fieldkit.printing.sketch_plans import SKETCHES, XY, Sketch, Spot

WIDTH, HEIGHT = 176.0, 66.0
DISC_R = 2.7
NUMBER = Style(8.5, bold=True, align="center")
LETTERS = Style(10.5, bold=True)
WHITE = (1.0, 1.0, 1.0)


def sketch_for(unit: str, points: Collection[str]) -> Sketch | None:
    """The sketch of a unit that shows most of the points; None for a unit without sketches (papers only)."""
    known = SKETCHES.get(unit, ())
    return max(known, key=lambda sketch: len(sketch.spots.keys() & set(points)), default=None)


@dataclass(frozen=True)
class Shown:
    """A point as it is drawn: its number, whether something is planted there, and the letters of what lies there."""

    number: str
    planted: bool
    letters: str = ""


def draw_sketch(pdf: Pdf, x_mm: float, y_mm: float, sketch: Sketch, points: Mapping[str, Shown]) -> None:
    """A sketch with its points, by their ids; the top left corner at (x, y)."""
    _chains(pdf, x_mm, y_mm, sketch.fine, 0.08, GREY)
    _chains(pdf, x_mm, y_mm, sketch.solid, 0.35, BLACK)
    pdf.setDash(2, 2)
    _chains(pdf, x_mm, y_mm, sketch.dashed, 0.2, BLACK)
    pdf.setDash()
    for x, y in sketch.wheels:
        _circle(pdf, x_mm + x, y_mm + y, 5, WHITE)
        _circle(pdf, x_mm + x, y_mm + y, 2, WHITE)
    for point, shown in points.items():
        if point in sketch.spots:
            _spot(pdf, x_mm, y_mm, sketch.spots[point], shown)


def draw_disc(pdf: Pdf, x_mm: float, y_mm: float, shown: Shown) -> None:
    """The number of a point in a disc, white on black where something is planted; a long one is made to fit."""
    _circle(pdf, x_mm, y_mm, DISC_R, BLACK if shown.planted else WHITE)
    style = replace(NUMBER, color=WHITE if shown.planted else BLACK)
    style = fit(shown.number, style, 2 * DISC_R, least=0)
    draw_line(pdf, x_mm - DISC_R, y_mm + 1.05, shown.number, style, width_mm=2 * DISC_R)


def _spot(pdf: Pdf, x_mm: float, y_mm: float, spot: Spot, shown: Shown) -> None:
    """The disc, the line to its place, and the letters of what lies there on the side away from the line."""
    x, y = x_mm + spot.disc[0], y_mm + spot.disc[1]
    to_the_right = spot.leads_to is not None and spot.leads_to[0] > spot.disc[0] + 5
    if spot.leads_to is not None:
        hairline(pdf, x, y, x_mm + spot.leads_to[0], y_mm + spot.leads_to[1], line_mm=0.2)
    draw_disc(pdf, x, y, shown)
    if shown.letters:
        taken = width(shown.letters, LETTERS)
        left = x - DISC_R - 0.8 - taken if to_the_right else x + DISC_R + 0.8
        rect(pdf, left - 0.3, y - 2, taken + 0.6, 4, line_mm=0, fill=WHITE)
        draw_line(pdf, left, y + 1.3, shown.letters, LETTERS)


def _chains(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    chains: Sequence[Sequence[XY]],
    line_mm: float,
    colour: tuple[float, float, float],
) -> None:
    path = pdf.beginPath()
    for chain in chains:
        for place, (x, y) in enumerate(chain):
            (path.lineTo if place else path.moveTo)(*pdf.at(x_mm + x, y_mm + y))
    pdf.setStrokeColor(colour)
    pdf.setLineWidth(line_mm * MM)
    pdf.setLineJoin(1)
    pdf.drawPath(path, stroke=1, fill=0)


def _circle(pdf: Pdf, x_mm: float, y_mm: float, radius: float, fill: tuple[float, float, float]) -> None:
    pdf.setStrokeColor(BLACK)
    pdf.setLineWidth(0.25 * MM)
    pdf.setFillColor(fill)
    pdf.circle(*pdf.at(x_mm, y_mm), radius * MM, stroke=1, fill=1)
