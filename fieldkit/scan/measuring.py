"""How dark each box is inside, how far its ink reaches beyond the edges, and what of it is a line that runs through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import BOX_R, Box
from fieldkit.scan.following import Followed
from fieldkit.scan.lighting import Floats, Lit
from fieldkit.scan.lines import LEFT, RIGHT, Lines, find_lines
from fieldkit.scan.medians import median
from fieldkit.scan.placing import Placement
from fieldkit.scan.rims import black_of, frames, rims
from fieldkit.scan.strokes import Strokes, find_strokes
from fieldkit.scan.thresholds import THRESHOLDS

FINE = 5  # pixels a millimetre
REACH_R = 1.85  # how far round a box is looked at, in halves of its side; beyond begin its neighbours
SMOOTH = 3  # pixels, against noise
RING_SIDES = 3  # of the four edges of a box: no tail and no stroke from a neighbour passes so many


@dataclass(frozen=True)
class Measures:
    """Of each box (n): `ink`, the mean darkness inside, above that of the page's empty boxes; `depth`, the darkness of
    its darkest twentieth; `beside` (n, 2), ink and depth of what is beside a line that runs through, or opposite a tail
    that leaves it; `solid`, the share of the inside that is inked, `length`, how long that is from corner to corner,
    and `piece`, how far the largest piece of it reaches across or down, in halves of the side; `beyond` (n, 4), how
    dark the darkest is just outside left, right, upper and lower edge, but for such a line, and `far` (n, 4) well
    outside; `rim`, where the solid box is hollow, how much darker than usual it is round the edge; `frame`, how dark a
    line is that runs along beyond both its left and its right edge; `outline`, how dark the lightest side of its
    outline is; `paper`, how bright the paper is there (0 to 255). `lines` are those that do not end at the boxes;
    `strokes`, what marks are made of; `black` is the darkness of printed black against the paper, by which the others
    are measured, and `hollow` whether the box printed solid has lost its middle, as an app does that makes pages black
    and white."""

    ink: npt.NDArray[Any]
    depth: npt.NDArray[Any]
    beside: npt.NDArray[Any]
    solid: npt.NDArray[Any]
    length: npt.NDArray[Any]
    piece: npt.NDArray[Any]
    beyond: npt.NDArray[Any]
    far: npt.NDArray[Any]
    rim: npt.NDArray[Any]
    frame: npt.NDArray[Any]
    outline: npt.NDArray[Any]
    paper: npt.NDArray[Any]
    lines: Lines
    strokes: Strokes
    black: float
    hollow: bool

    @property
    def all_ink(self) -> npt.NDArray[Any]:
        """Ink and depth (n, 2), lines and all."""
        return np.stack([self.ink, self.depth], axis=1)

    @cached_property
    def line(self) -> float:
        """How dark a line must be on this page to be one, for noise."""
        return max(THRESHOLDS.line, THRESHOLDS.noise_line * float(median(self.lines.dark)))

    @cached_property
    def sideways(self) -> npt.NDArray[Any]:
        """How dark a line is that leaves each box (n) by both its left and its right edge."""
        return self.lines.leaving[:, (LEFT, RIGHT)].min(axis=1)

    @cached_property
    def aside(self) -> npt.NDArray[Any]:
        """How dark a line is that leaves each box (n) by its left or its right edge."""
        return self.lines.leaving[:, (LEFT, RIGHT)].max(axis=1)

    @cached_property
    def heads(self) -> npt.NDArray[Any]:
        """How dark it is just and well outside the left or the right edge of each box (n), as at an arrow's head."""
        return np.minimum(self.beyond, self.far)[:, (LEFT, RIGHT)].max(axis=1)

    @cached_property
    def round(self) -> npt.NDArray[Any]:
        """How dark it is at least just outside most edges of each box (n)."""
        return np.partition(self.beyond, -RING_SIDES, axis=1)[:, -RING_SIDES]

    @cached_property
    def full_rim(self) -> float:
        """Where the solid box is hollow: how dark the rim must be of a box that may have been filled as a whole."""
        return float(np.clip(THRESHOLDS.noise_rim * median(np.abs(self.rim)), *THRESHOLDS.rim))


def measure(lit: Lit, placement: Placement, boxes: Sequence[Box], followed: Followed) -> Measures:
    """Measure `boxes` where they were found; the last but one is the reference box printed solid."""
    centres = np.array([[box.x_mm, box.y_mm] for box in boxes]) + followed.moved
    dark = _against_paper(lit.darkness(placement, centres, REACH_R * BOX_R, FINE))
    size = dark.shape[1]
    away = (np.arange(size) - size // 2) / (FINE * BOX_R)
    square = np.maximum(np.abs(away)[:, None], np.abs(away))
    inside, wide = square < THRESHOLDS.inside_r, square < THRESHOLDS.depth_r
    black, hollow = black_of(dark[-2], square)
    dark /= max(black, 0.01)
    ink = dark[:, inside].mean(axis=1)
    nothing = float(median(np.sort(ink)[: len(ink) // 2]))  # at least half of the boxes are empty
    calm = cv2.blur(dark.reshape(-1, size), (SMOOTH, SMOOTH)).reshape(-1, size, size)
    depth = _darkest(calm[:, wide])
    inked = (calm > 0.5 * depth[:, None, None]) & wide
    solid = inked.sum(axis=(1, 2)) / wide.sum()
    length, piece = _reach(inked, (depth > THRESHOLDS.empty_depth) & (solid < THRESHOLDS.solid))
    lines = find_lines(calm, away, boxes)
    near = _sides(away, *THRESHOLDS.beyond_r)
    beyond, beside = _outside(calm, near), np.stack([ink, depth], axis=1)
    for box in map(int, np.flatnonzero(lines.dark > THRESHOLDS.line)):
        off = lines.off_line(box, np.where(inside, dark[box], 0), away)
        beyond[box] = _outside(calm[box, None], [off & side for side in near])
        if lines.begins[box]:
            off &= (away > 0)[:, None]  # the half away from its tail, where a tick has its foot
        if (off & inside).any():
            beside[box] = dark[box][off & inside].mean(), _darkest(calm[box][off & wide][None])[0]
    return Measures(
        ink=ink - nothing,
        depth=depth,
        beside=beside - [nothing, 0],
        solid=solid,
        length=length / (FINE * BOX_R),
        piece=piece / (FINE * BOX_R),
        beyond=beyond,
        far=_outside(calm, _sides(away, THRESHOLDS.through_r, REACH_R)),
        rim=rims(dark, away) if hollow else np.zeros(len(dark)),
        frame=frames(dark, away),
        outline=followed.seen,
        paper=lit.brightness(placement, centres),
        lines=lines,
        strokes=find_strokes(calm, away, depth, ink - nothing >= THRESHOLDS.marked_ink),
        black=black,
        hollow=hollow,
    )


def _outside(calm: Floats, sides: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """The darkest of each patch (n, s, s) in each strip outside its box: (n, 4)."""
    return np.stack([_darkest(calm[:, side]) for side in sides], axis=1)


def _darkest(parts: Floats) -> npt.NDArray[Any]:
    """The darkness above which the darkest twentieth of each part (n) lies; several times as quick as a percentile."""
    rank = round(THRESHOLDS.darkest / 100 * (parts.shape[1] - 1))
    return np.partition(parts, rank, axis=1)[:, rank]


def _reach(inked: npt.NDArray[Any], apart: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """How long the inked pixels of each patch (n, s, s) are from corner to corner, and how far they reach across or
    down, in pixels; where they may lie `apart` (n), their largest piece: strokes hang together, specks do not."""
    sides = [np.asarray(inked.any(axis=axis)) for axis in (1, 2)]
    sizes = [side.shape[1] - side.argmax(axis=1) - side[:, ::-1].argmax(axis=1) for side in sides]
    piece = np.max(sizes, axis=0)
    for box in np.flatnonzero(apart):
        pieces = cv2.connectedComponentsWithStats(inked[box].view(np.uint8))[2][1:]
        piece[box] = pieces[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(initial=0)
    return np.hypot(*sizes), piece


def _against_paper(dark: Floats) -> Floats:
    """The same patches, 0 being the paper round each box, as far as that is not inked over."""
    size = dark.shape[1]
    away = np.abs(np.arange(size) - size // 2) / (FINE * BOX_R)
    around = np.maximum(away[:, None], away) > THRESHOLDS.paper_r
    paper = median(dark[:, around][:, ::2])
    usual = float(median(paper))
    paper = paper.clip(usual - THRESHOLDS.uneven, usual + THRESHOLDS.uneven)[:, None, None]
    return (dark - paper) / (1 - paper)


def _sides(away: npt.NDArray[Any], low: float, high: float) -> list[npt.NDArray[Any]]:
    """The strips outside the left, right, upper and lower edge of a box from `low` to `high`, and as far along it."""
    strip, along = (away >= low) & (away <= high), np.abs(away) <= THRESHOLDS.beyond_r[1]
    right, down = along[:, None] & strip, strip[:, None] & along
    return [right[:, ::-1], right, down[::-1], down]
