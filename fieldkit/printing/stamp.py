"""A made-up signature with a round stamp, for boxes of mock papers that are signed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from fieldkit.paper.page import MM, Pdf
from fieldkit.paper.text import Colour, Style, draw_line

INK: Colour = (0.16, 0.22, 0.5)
RADIUS = 11.0
WORDS = ("УЧЕБНО", "TRAINING")


def draw_stamp(pdf: Pdf, x_mm: float, y_mm: float, wide: float, high: float, name: str) -> None:
    """A signature on the left and a stamp on the right of a place; `name` makes one hand differ from another."""
    radius = min(RADIUS, high / 2, wide / 5)
    middle = y_mm + high / 2
    pdf.setStrokeColor(INK)
    pdf.setLineWidth(0.35 * MM)
    _signature(pdf, x_mm + 2, middle, max(12.0, wide - 2 * radius - 8), hashlib.sha256(name.encode()).digest())
    centre = pdf.at(x_mm + wide - radius - 2, middle)
    pdf.circle(*centre, radius * MM, stroke=1, fill=0)
    pdf.circle(*centre, (radius - 1) * MM, stroke=1, fill=0)
    style = replace(Style(max(4.0, radius * 0.75), bold=True, align="center"), color=INK)
    for place, line in enumerate(WORDS):
        down = (place - 0.5) * style.line_mm + style.line_mm * 0.3
        draw_line(pdf, x_mm + wide - 2 * radius - 2, middle + down, line, style, width_mm=2 * radius)


def _signature(pdf: Pdf, x: float, y: float, wide: float, bits: bytes) -> None:
    """Loops of a pen, as high and as many as chance has it."""
    path, loops = pdf.beginPath(), 4 + bits[0] % 3
    step = min(wide, 34.0) / loops
    path.moveTo(*pdf.at(x, y + 2))
    for n in range(loops):
        up, down = 2.0 + bits[n + 1] % 5, 1.0 + bits[n + 9] % 3
        start = x + n * step
        points = ((start + step * 0.1, y - up), (start + step * 0.9, y - up), (start + step * 0.6, y + down))
        path.curveTo(*(number for point in points for number in pdf.at(*point)))
    path.lineTo(*pdf.at(x + loops * step + 4, y - 1))
    pdf.drawPath(path, stroke=1, fill=0)
