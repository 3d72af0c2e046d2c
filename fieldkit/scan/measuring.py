"""How dark each box is inside, and how far its ink reaches beyond the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import BOX_R
from fieldkit.scan.lighting import Floats, Lit
from fieldkit.scan.placing import Placement
from fieldkit.scan.thresholds import THRESHOLDS

FINE = 5  # pixels a millimetre
REACH_R = 1.85  # how far round a box is looked at, in halves of its side; beyond begin its neighbours
INSIDE_R = 0.62  # the inside that is measured: clear of the outline, however blurred
WIDE_R = 0.68
PAPER_R = 1.3  # from here on there is paper, on most sides
BEYOND_R = (1.25, 1.45)  # just outside the edge, and below the words over a column
SMOOTH = 3  # pixels, against noise
DARKEST = 95  # percentile


@dataclass(frozen=True)
class Measures:
    """Of each box (n): `ink`, the mean darkness inside; `depth`, the darkness of its darkest twentieth; `solid`, the
    share of the inside that is inked; `beyond` (n, 4), how dark the darkest is just outside left, right,
    upper and lower edge; `outline`, how dark the lightest side of its outline is; `paper`, how bright the paper is
    there (0 to 255).
    `black` is the darkness of printed black against the paper, by which the others are measured."""

    ink: npt.NDArray[Any]
    depth: npt.NDArray[Any]
    solid: npt.NDArray[Any]
    beyond: npt.NDArray[Any]
    outline: npt.NDArray[Any]
    paper: npt.NDArray[Any]
    black: float


def measure(
    lit: Lit, placement: Placement, centres: npt.NDArray[Any], outline: npt.NDArray[Any], filled: int
) -> Measures:
    """Measure the boxes at `centres` (n, 2), in millimetres; number `filled` is the reference box printed solid."""
    dark = _against_paper(lit.darkness(placement, centres, REACH_R * BOX_R, FINE))
    size = dark.shape[1]
    away = np.abs(np.arange(size) - size // 2) / (FINE * BOX_R)
    square = np.maximum(away[:, None], away)
    inside, wide = square < INSIDE_R, square < WIDE_R
    black = float(np.median(dark[filled][wide]))
    dark /= max(black, 0.01)
    calm = cv2.blur(dark.reshape(-1, size), (SMOOTH, SMOOTH)).reshape(-1, size, size)
    depth = np.percentile(calm[:, wide], DARKEST, axis=1)
    solid = (calm[:, wide] > 0.5 * depth[:, None]).mean(axis=1)
    beyond = np.stack([np.percentile(calm[:, side], DARKEST, axis=1) for side in _sides(size)], axis=1)
    paper = lit.brightness(placement, centres)
    return Measures(dark[:, inside].mean(axis=1), depth, solid, beyond, outline, paper, black)


def _against_paper(dark: Floats) -> Floats:
    """The same patches, 0 being the paper round each box, as far as that is not inked over."""
    size = dark.shape[1]
    away = np.abs(np.arange(size) - size // 2) / (FINE * BOX_R)
    around = np.maximum(away[:, None], away) > PAPER_R
    paper = np.median(dark[:, around][:, ::2], axis=1)
    usual = float(np.median(paper))
    paper = paper.clip(usual - THRESHOLDS.uneven, usual + THRESHOLDS.uneven)[:, None, None]
    return (dark - paper) / (1 - paper)


def _sides(size: int) -> list[npt.NDArray[Any]]:
    """The strips just outside the left, right, upper and lower edge of a box, corners included."""
    at = (np.arange(size) - size // 2) / (FINE * BOX_R)
    low, high = BEYOND_R
    strip, along = (at >= low) & (at <= high), np.abs(at) <= high
    right, down = along[:, None] & strip, strip[:, None] & along
    return [right[:, ::-1], right, down[::-1], down]
