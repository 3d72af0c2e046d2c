"""Pages that a scanner app has made black and white. Such an app compares each spot with what is near it, and so leaves
of what is solid only the edge: the corner markers, the patterns of the code, discs, the box that is printed filled."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import MARKERS
from fieldkit.scan.placing import CELLS, LEAST_PERIMETER, Grey, Points, detector, enlarged, halved
from fieldkit.scan.thresholds import THRESHOLDS

CELL = 8  # pixels of a cell of a straightened marker
EDGES = (2.5, 5.0)  # pixels of its edge that are left of what is solid
CALM = 1.5  # pixels, against noise and edges that lie a little off
STEP = 4  # of the pixels every so many, either way, tell how a picture is made
BLACK, WHITE = 48, 208  # of 255: what is between is neither


def black_and_white(grey: Grey) -> bool:
    """Whether a picture is hardly anything but black on white, and not by chance all white."""
    some = grey[::STEP, ::STEP]
    dark, light = float((some < BLACK).mean()), float((some >= WHITE).mean())
    return 1 - dark - light < min(THRESHOLDS.between, THRESHOLDS.between_dark * dark)


def hollow_markers(grey: Grey) -> dict[int, list[Points]]:
    """The corner markers by number, as `find_markers` gives them, of which only the edges are left: squares that look
    most like one of them, the likeliest first."""
    squares = _squares(grey)
    if not squares:
        return {}
    looks = _normal(np.stack([_straight(grey, four) for four in squares]))
    numbers, turns, patterns = _patterns()
    alike = looks @ patterns.T
    best = alike.argmax(axis=1)
    found: dict[int, list[Points]] = {}
    for square in np.argsort(-alike.max(axis=1)):
        which = best[square]
        if alike[square, which] >= THRESHOLDS.hollow_marker:
            found.setdefault(numbers[which], []).append(np.roll(squares[square], turns[which], axis=0))
    return found


def _squares(grey: Grey) -> list[Points]:
    """The squares in a picture whose inside is no marker's, clockwise, fine and coarse ones: noise breaks the edges of
    the fine, smoothing joins them."""
    found = []
    for picture, times in ((halved(grey), 2), (grey, 1)):
        _, _, others = detector(LEAST_PERIMETER).detectMarkers(picture)
        found += [enlarged(four, times) for (four,) in others]
    return found


def _straight(grey: Grey, four: Points) -> npt.NDArray[Any]:
    """How dark it is inside a square."""
    side = CELL * CELLS
    flat = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32) - 0.5
    return 255.0 - cv2.warpPerspective(grey, cv2.getPerspectiveTransform(four, flat), (side, side))


def _normal(patches: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Patches (n, s, s) without their outermost edge, which all squares have, as (n, pixels) of length 1."""
    calm = np.stack([cv2.GaussianBlur(patch.astype(np.float32), (0, 0), CALM) for patch in patches])
    inner = calm[:, CELL // 2 : -CELL // 2, CELL // 2 : -CELL // 2].reshape(len(calm), -1)
    inner = inner - inner.mean(axis=1, keepdims=True)
    return np.asarray(inner / np.maximum(np.linalg.norm(inner, axis=1, keepdims=True), 1e-6))


@cache
def _patterns() -> tuple[list[int], list[int], npt.NDArray[Any]]:
    """What is left of each marker in each turn: its number, the turns that bring the first corner of a square to the
    marker's own, and how that looks."""
    numbers, turns, drawn = [], [], []
    for number, cells in enumerate(MARKERS):
        bits = np.pad(np.array([*map(int, cells)], np.uint8).reshape(4, 4), 1)
        solid = cv2.resize(1 - bits, None, fx=CELL, fy=CELL, interpolation=cv2.INTER_NEAREST)
        inward = cv2.distanceTransform(np.pad(solid, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
        for edge in EDGES:
            for turn in range(4):
                numbers.append(number)
                turns.append(turn)
                drawn.append(np.rot90((inward > 0) & (inward <= edge), turn).astype(np.float32))
    return numbers, turns, _normal(np.stack(drawn))
