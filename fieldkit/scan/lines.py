"""Lines that do not end at a box: folds, creases, streaks, strokes that cross out a row, and tails of long ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import Box
from fieldkit.scan.lighting import Floats
from fieldkit.scan.medians import median
from fieldkit.scan.thresholds import THRESHOLDS

LEFT, RIGHT, UP, DOWN = range(4)
_PAIRS = np.array([[LEFT, RIGHT], [UP, DOWN], [LEFT, UP], [LEFT, DOWN], [RIGHT, UP], [RIGHT, DOWN]])
NOBODY = -1
TURNS = 15  # directions that are tried for the tail of a tick
STEPS = 16  # places along a line that are looked at


@dataclass(frozen=True)
class Lines:
    """Of each box (n), lengths in halves of its side: `leaving` (n, 4) is how much darker than what lies beside it a
    line is that goes on well outside the left, right, upper and lower edge; `dark` (n) is how dark the one line is that
    most likely runs through, or into it from the box above or below; `ends` (n, 2, 2) are its two points, from the
    middle of the box, of which the second is not known where there is such a `partner` (n), else NOBODY."""

    leaving: npt.NDArray[Any]
    ends: npt.NDArray[Any]
    dark: npt.NDArray[Any]
    partner: npt.NDArray[Any]

    def off_line(self, box: int, patch: Floats, away: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Which parts of the `patch` (s, s) of a box lie beside its line. `away` (s) is how far each row and column of
        the patch is from its middle. A tail runs the way that leaves least beside it."""
        start, end = self.ends[box]
        if self.partner[box] == NOBODY:
            return _off(start, end, away)
        across = np.linspace(-1, 1, TURNS) * THRESHOLDS.through_r
        tried = [_off(start, np.array([x, -start[1]]), away) for x in across]
        return min(tried, key=lambda off: float(patch[off].sum()))

    @property
    def begins(self) -> npt.NDArray[Any]:
        """The boxes (n) from which a line runs into the one above, as the tail of a tick does."""
        return (self.partner != NOBODY) & (self.ends[:, 0, 1] < 0)


def _along(patch: Floats, start: npt.NDArray[Any], end: npt.NDArray[Any], away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How dark a patch is along a line from `start` to `end` that need not be quite straight: (STEPS)."""
    per_r, middle = 1 / (away[1] - away[0]), len(away) // 2
    points = start + np.linspace(0, 1, STEPS)[:, None] * (end - start)
    x, y = (np.round(points * per_r).astype(int) + middle).clip(0, len(away) - 1).T
    return cv2.dilate(patch, np.ones((3, 3)))[y, x]


def _off(start: npt.NDArray[Any], end: npt.NDArray[Any], away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Which parts of a patch are not near the line from `start` to `end`."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-6)
    off = (away[None, :] - start[0]) * along[1] - (away[:, None] - start[1]) * along[0]
    return np.abs(off) > THRESHOLDS.line_r


def _off_middle(start: npt.NDArray[Any], end: npt.NDArray[Any]) -> float:
    """How far from the middle of a box the line from `start` to `end` passes."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-6)
    return float(abs(start[0] * along[1] - start[1] * along[0]))


def find_lines(patches: Floats, away: npt.NDArray[Any], boxes: Sequence[Box]) -> Lines:
    """The lines that leave `boxes`, which lie in the middle of `patches` (n, s, s); `away` as above."""
    far, along = away >= THRESHOLDS.through_r, np.abs(away) <= 1
    turned = patches.transpose(0, 2, 1)
    leaving, at = np.empty((len(boxes), 4)), np.empty((len(boxes), 4))
    for edge, lines in enumerate((turned[:, ::-1], turned, patches[:, ::-1], patches)):
        across = lines[:, far][:, :, along].mean(axis=1)
        leaving[:, edge] = across.max(axis=1) - median(across)
        at[:, edge] = away[along][across.argmax(axis=1)]
    return _joined(_through(leaving, at, patches, away), at, boxes)


def _through(leaving: npt.NDArray[Any], at: npt.NDArray[Any], patches: Floats, away: npt.NDArray[Any]) -> Lines:
    """Lines by the two edges where one most likely leaves: rather opposite ones, for words may stand at a side. Between
    them a line is as dark as where it leaves; two tails that leave by two edges are none."""
    out, each = THRESHOLDS.through_r, np.arange(len(leaving))
    left, right = np.full((len(at), 2), -out), np.full((len(at), 2), out)
    where = np.stack([left, right, left, right], axis=1)
    where[:, (LEFT, RIGHT), 1] = at[:, (LEFT, RIGHT)]
    where[:, (UP, DOWN), 0] = at[:, (UP, DOWN)]
    dark = leaving[:, _PAIRS].min(axis=2)
    for box, pair in np.argwhere(dark > THRESHOLDS.line):
        start, end = where[box, _PAIRS[pair]]
        inside = _off_middle(start, end) < THRESHOLDS.inside_r
        along = np.sort(_along(patches[box], start, end, away))[STEPS // 4] if inside else 0.0
        dark[box, pair] = min(dark[box, pair], along)
    best = (dark * [2, 2, 1, 1, 1, 1]).argmax(axis=1)
    return Lines(leaving, where[each[:, None], _PAIRS[best]], dark[each, best], np.full(len(at), NOBODY))


def _joined(lines: Lines, at: npt.NDArray[Any], boxes: Sequence[Box]) -> Lines:
    """The same, with the lines that begin in one box and end in the one above."""
    for above, below in chain.from_iterable(map(pairwise, columns(boxes))):
        dark = min(lines.leaving[above, DOWN], lines.leaving[below, UP])
        for box, edge, y, partner in ((above, DOWN, 1, below), (below, UP, -1, above)):
            if dark >= max(THRESHOLDS.line, THRESHOLDS.sooner_tail * lines.dark[box]):
                lines.ends[box, 0] = at[box, edge], y * THRESHOLDS.through_r
                lines.dark[box], lines.partner[box] = dark, partner
    return lines


def columns(boxes: Sequence[Box]) -> list[list[int]]:
    """The numbers of boxes that stand above one another, from the top of the page down."""
    found: dict[float, list[int]] = {}
    for number in sorted(range(len(boxes)), key=lambda n: boxes[n].y_mm):
        found.setdefault(boxes[number].x_mm, []).append(number)
    return list(found.values())


def rows(boxes: Sequence[Box]) -> dict[str, list[int]]:
    """The numbers of the boxes of each item, from left to right."""
    found: dict[str, list[int]] = {}
    for number, box in enumerate(boxes):
        found.setdefault(box.item, []).append(number)
    return found
