"""What is left round the edges of a box by an app that hollows out what is solid, or by a pen that scribbles over."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.scan.lighting import Floats
from fieldkit.scan.medians import median
from fieldkit.scan.thresholds import THRESHOLDS

RINGS, RING = (0.5, 0.6, 0.7, 0.8, 0.9), 0.1  # round the middle of the solid box: from, and how wide
MIDDLE = 0.3  # of that box
CORNERS = 0.6  # from here on
BEYOND, FRAME = 1.3, 1.2  # clear of the outline of a box; and how far a line beyond it runs, up and down


def black_of(solid: npt.NDArray[Any], square: npt.NDArray[Any]) -> tuple[float, bool]:
    """How dark the patch of the solid box is, and whether its middle is lost, so that only its rim says so. `square` is
    how far each pixel is from the middle, across or down."""
    rim = max(float(solid[(square >= low) & (square < low + RING)].mean()) for low in RINGS)
    hollow = float(solid[square < MIDDLE].mean()) < THRESHOLDS.hollow * rim
    return rim if hollow else float(median(solid[square < THRESHOLDS.depth_r])), hollow


def rims(dark: Floats, away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How much ink is left round the edge of each patch (n, s, s), against the usual: just inside, outside, or in its
    corners, where a disc shows that is as wide as the box. Of four sides or corners the lightest and the darkest do not
    count: a box may be found a little beside its place, and a stroke may cross it."""
    corner, side, outer = ((away >= low) & (away <= high) for low, high in THRESHOLDS.rim_r)
    middle = np.abs(away) <= CORNERS
    across, down = dark[:, middle].mean(axis=1), dark[:, :, middle].mean(axis=2)
    parts = []
    for part in (side, outer):
        parts.append([line[:, one].mean(axis=1) for line in (across, down) for one in (part, part[::-1])])
    both = (corner, corner[::-1])
    parts.append([dark[:, high][:, :, wide].mean(axis=(1, 2)) for high in both for wide in both])
    usual = np.sort(np.array(parts), axis=1)[:, 1:3].mean(axis=1)
    return np.asarray((usual - median(usual)[:, None]).max(axis=0))


def frames(dark: Floats, away: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How dark a line is that runs straight along beyond the left and the right edge of each patch (n, s, s), as a ring
    does not; nothing is printed there. Above and below are the lines between rows."""
    far = np.abs(away) <= FRAME
    thirds = np.array_split(dark[:, far], 3, axis=1)
    along = np.min([third.mean(axis=1) for third in thirds], axis=0)
    beyond = away >= BEYOND
    both = np.minimum(along[:, beyond].max(axis=1), along[:, beyond[::-1]].max(axis=1))
    return np.asarray(both - median(both))  # printed outlines that are blurred reach out as far
