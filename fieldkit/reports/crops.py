"""Pictures of the rows of a sheet, as they were photographed, in a report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from reportlab.lib.utils import ImageReader

from fieldkit.paper.page import MM
from fieldkit.reports.layout import RULE, Flow, Paper

SMALLER = 0.8  # than on the sheet
PER_MM = 5.0  # pixels of a crop to a millimetre of the sheet
AIR = 0.8


def add_crops(flow: Flow, files: Iterable[Path], offset: float) -> None:
    """The pictures, one below the other."""
    for file in files:
        image = ImageReader(str(file))
        wide, high = (pixels / PER_MM * SMALLER for pixels in image.getSize())
        less = min(1.0, (flow.paper.room - offset) / wide)
        flow.add(high * less + AIR, partial(_draw, flow.paper, image, offset, wide * less, high * less))


def _draw(paper: Paper, image: ImageReader, offset: float, wide: float, high: float, y: float) -> None:
    x, bottom = paper.pdf.at(paper.left(offset, wide), y + high)
    paper.pdf.drawImage(image, x, bottom, wide * MM, high * MM)
    paper.rule(offset, y + high, wide, RULE)
