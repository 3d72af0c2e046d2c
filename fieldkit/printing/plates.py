"""Plates of scanner images: a synthetic picture under a grid by which the trainee answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from fieldkit.generator.images import CELL, HEIGHT, WIDTH
from fieldkit.generator.radiograph import render
from fieldkit.model.texts import text
from fieldkit.paper.furniture import MARGIN
from fieldkit.paper.page import MM, Pdf, hairline, rect
from fieldkit.paper.text import GREY, SMALL, TEXT, Style, draw_line
from fieldkit.printing.flow import Piece

PLATE = text("Image {plate}   {unit}   {time}", ru="Снимок {plate}   {unit}   {time}")
SYNTHETIC = text("Synthetic, not a photograph", ru="Синтетический снимок, не фотография")
RIM = 6.0  # left of and above the picture, for the letters and numbers of the grid
TICK = Style(9, bold=True, align="center")
LINE: tuple[float, float, float] = (0.55, 0.55, 0.55)


def plate(pdf: Pdf, number: str, row: Mapping[str, Any], lang: str) -> Piece:
    """One picture of a set, with its unit, its time and its grid. Raises NotInstalled without numpy."""
    wide = pdf.width_mm - 2 * MARGIN - RIM
    cell = wide * CELL / WIDTH
    high = wide * HEIGHT / WIDTH
    title = (
        f"{number}   " + PLATE.fill({"plate": row["plate"], "unit": row["unit_number"], "time": row["taken_at"]})[lang]
    )

    def draw(y: float) -> None:
        left, top = MARGIN + RIM, y + 13.0
        room = wide / 2
        draw_line(pdf, MARGIN, y + 5, title, replace(TEXT, bold=True), lang=lang, width_mm=room + 20, shorten=True)
        draw_line(pdf, left + room + 20, y + 5, SYNTHETIC[lang], replace(SMALL, color=GREY, align="end"), lang=lang,
                  width_mm=room - 20, shorten=True)  # fmt: skip
        picture = ImageReader(Image.fromarray(render(row["scene"])))
        x, bottom = pdf.at(left, top + high)
        pdf.drawImage(picture, x, bottom, wide * MM, high * MM)
        rect(pdf, left, top, wide, high)
        for n in range(WIDTH // CELL):
            draw_line(pdf, left + n * cell, top - 1.5, "ABCDEFGHIJKL"[n], TICK, width_mm=cell)
            hairline(pdf, left + n * cell, top, left + n * cell, top + high, colour=LINE)
        for n in range(HEIGHT // CELL):
            draw_line(pdf, MARGIN, top + (n + 0.5) * cell + 1, str(n + 1), TICK, width_mm=RIM)
            hairline(pdf, left, top + n * cell, left + wide, top + n * cell, colour=LINE)

    return Piece(high + 21.0, draw)
