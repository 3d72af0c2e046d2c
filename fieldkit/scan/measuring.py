"""How dark each box is inside, how far its ink reaches beyond the edges, and what of it is a line that runs through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import BOX_R, Box
from fieldkit.scan.following import Followed
from fieldkit.scan.lighting import Floats, Lit
from fieldkit.scan.lines import Lines, find_lines
from fieldkit.scan.medians import median
from fieldkit.scan.placing import Placement
from fieldkit.scan.thresholds import THRESHOLDS

FINE = 5  # pixels a millimetre
REACH_R = 1.85  # how far round a box is looked at, in halves of its side; beyond begin its neighbours
SMOOTH = 3  # pixels, against noise
RINGS, RING = (0.5, 0.6, 0.7, 0.8, 0.9), 0.1  # round the middle of the solid box: from, and how wide
MIDDLE = 0.3  # of that box
CORNERS = 0.6  # from here on
BEYOND, FRAME = 1.3, 1.2  # clear of the outline of a box; and how far a line beyond it runs, up and down


@dataclass(frozen=True)
class Measures:
    """Of each box (n): `ink`, the mean darkness inside, above that of the page's empty boxes; `depth`, the darkness of
    its darkest twentieth; `beside` (n, 2), ink and depth of what is beside a line that runs through, or opposite a tail
    that leaves it; `solid`, the share of the inside that is inked, and `span`, how far that reaches across it, in
    halves of the side; `beyond` (n, 4), how dark the darkest is just outside left, right, upper and lower edge, but for
    such a line; `rim`, where the solid box is hollow, how much darker than usual it is round the edge; `frame`, how
    dark a line is that runs along beyond both its left and its right edge; `outline`, how dark the lightest side of its
    outline is; `paper`, how bright the paper is there (0 to 255). `lines` are those that do not end at the boxes;
    `black` is the darkness of printed black against the paper, by which the others are measured, and `hollow` whether
    the box printed solid has lost its middle, as an app does that makes pages black and white."""

    ink: npt.NDArray[Any]
    depth: npt.NDArray[Any]
    beside: npt.NDArray[Any]
    solid: npt.NDArray[Any]
    span: npt.NDArray[Any]
    beyond: npt.NDArray[Any]
    rim: npt.NDArray[Any]
    frame: npt.NDArray[Any]
    outline: npt.NDArray[Any]
    paper: npt.NDArray[Any]
    lines: Lines
    black: float
    hollow: bool

    @property
    def all_ink(self) -> npt.NDArray[Any]:
        """Ink and depth (n, 2), lines and all."""
        return np.stack([self.ink, self.depth], axis=1)


def measure(lit: Lit, placement: Placement, boxes: Sequence[Box], followed: Followed) -> Measures:
    """Measure `boxes` where they were found; the last but one is the reference box printed solid."""
    centres = np.array([[box.x_mm, box.y_mm] for box in boxes]) + followed.moved
    dark = _against_paper(lit.darkness(placement, centres, REACH_R * BOX_R, FINE))
    size = dark.shape[1]
    away = (np.arange(size) - size // 2) / (FINE * BOX_R)
    square = np.maximum(np.abs(away)[:, None], np.abs(away))
    inside, wide = square < THRESHOLDS.inside_r, square < THRESHOLDS.depth_r
    black, hollow = _black(dark[-2], square)
    dark /= max(black, 0.01)
    ink = dark[:, inside].mean(axis=1)
    nothing = float(median(np.sort(ink)[: len(ink) // 2]))  # at least half of the boxes are empty
    calm = cv2.blur(dark.reshape(-1, size), (SMOOTH, SMOOTH)).reshape(-1, size, size)
    depth = _darkest(calm[:, wide])
    sides = _sides(away)
    beyond = np.stack([_darkest(calm[:, side]) for side in sides], axis=1)
    inked = (calm > 0.5 * depth[:, None, None]) & wide
    solid = inked.sum(axis=(1, 2)) / wide.sum()
    lines = find_lines(calm, away, boxes)
    beside = np.stack([ink - nothing, depth], axis=1)
    for box in np.flatnonzero(lines.dark > THRESHOLDS.line):
        off = lines.off_line(int(box), np.where(inside, dark[box], 0), away)
        beyond[box] = [_darkest(calm[box][off & side][None])[0] for side in sides]
        if lines.begins[box]:
            off &= (away > 0)[:, None]  # the half away from its tail, where a tick has its foot
        if (off & inside).any():
            beside[box] = dark[box][off & inside].mean() - nothing, _darkest(calm[box][off & wide][None])[0]
    rim = _rims(dark, away) if hollow else np.zeros(len(dark))
    return Measures(
        ink - nothing,
        depth,
        beside,
        solid,
        _span(inked, away),
        beyond,
        rim,
        _frames(dark, away),
        followed.seen,
        lit.brightness(placement, centres),
        lines,
        black,
        hollow,
    )


def _black(solid: npt.NDArray[Any], square: npt.NDArray[Any]) -> tuple[float, bool]:
    """How dark the patch of the solid box is, and whether its middle is lost, so that only its rim says so. `square` is
    how far each pixel is from the middle, across or down."""
    rim = max(float(solid[(square >= low) & (square < low + RING)].mean()) for low in RINGS)
    hollow = float(solid[square < MIDDLE].mean()) < THRESHOLDS.hollow * rim
    return rim if hollow else float(median(solid[square < THRESHOLDS.depth_r])), hollow


def _rims(dark: Floats, away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How much ink is left round the edge of each patch (n, s, s), against the usual: just inside, outside, or in its
    corners, where a disc shows that is as wide as the box. Of four sides or corners the lightest and the darkest do not
    count: a box may be found a little beside its place, and a stroke may cross it."""
    corner, side, outer = ((away >= low) & (away <= high) for low, high in THRESHOLDS.rim_r)
    middle = np.abs(away) <= CORNERS
    across, down = dark[:, middle].mean(axis=1), dark[:, :, middle].mean(axis=2)
    rims = []
    for part in (side, outer):
        rims.append([line[:, one].mean(axis=1) for line in (across, down) for one in (part, part[::-1])])
    both = (corner, corner[::-1])
    rims.append([dark[:, high][:, :, wide].mean(axis=(1, 2)) for high in both for wide in both])
    usual = np.sort(np.array(rims), axis=1)[:, 1:3].mean(axis=1)
    return np.asarray((usual - median(usual)[:, None]).max(axis=0))


def _frames(dark: Floats, away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How dark a line is that runs straight along beyond the left and the right edge of each patch (n, s, s), as a ring
    does not; nothing is printed there. Above and below are the lines between rows."""
    far = np.abs(away) <= FRAME
    thirds = np.array_split(dark[:, far], 3, axis=1)
    along = np.min([third.mean(axis=1) for third in thirds], axis=0)
    beyond = away >= BEYOND
    frames = np.minimum(along[:, beyond].max(axis=1), along[:, beyond[::-1]].max(axis=1))
    return np.asarray(frames - median(frames))  # printed outlines that are blurred reach out as far


def _darkest(parts: Floats) -> npt.NDArray[Any]:
    """The darkness above which the darkest twentieth of each part (n) lies; several times as quick as a percentile."""
    rank = round(THRESHOLDS.darkest / 100 * (parts.shape[1] - 1))
    return np.partition(parts, rank, axis=1)[:, rank]


def _span(inked: npt.NDArray[Any], away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How far apart, across or down, the outermost inked pixels of each patch (n, s, s) are."""
    sides = [np.asarray(inked.any(axis=axis)) for axis in (1, 2)]
    pixels = [side.shape[1] - side.argmax(axis=1) - side[:, ::-1].argmax(axis=1) for side in sides]
    return np.max(pixels, axis=0) * (away[1] - away[0])


def _against_paper(dark: Floats) -> Floats:
    """The same patches, 0 being the paper round each box, as far as that is not inked over."""
    size = dark.shape[1]
    away = np.abs(np.arange(size) - size // 2) / (FINE * BOX_R)
    around = np.maximum(away[:, None], away) > THRESHOLDS.paper_r
    paper = median(dark[:, around][:, ::2])
    usual = float(median(paper))
    paper = paper.clip(usual - THRESHOLDS.uneven, usual + THRESHOLDS.uneven)[:, None, None]
    return (dark - paper) / (1 - paper)


def _sides(away: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    """The strips just outside the left, right, upper and lower edge of a box, corners included."""
    low, high = THRESHOLDS.beyond_r
    strip, along = (away >= low) & (away <= high), np.abs(away) <= high
    right, down = along[:, None] & strip, strip[:, None] & along
    return [right[:, ::-1], right, down[::-1], down]
