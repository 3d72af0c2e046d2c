"""Of how many strokes a mark is made, and how many of their ends stick out of its box. A tick and a cross are two
strokes, a disc has no ends; what strikes a mark out is drawn over it, and beyond."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.scan.lighting import Floats
from fieldkit.scan.thresholds import THRESHOLDS

PLACES = 160  # that are looked at round a box; the one opposite is half as many further on
ACROSS = 14  # of these, either way, that are opposite as well: about 30 degrees
ASIDE = 5  # of these, either way, within which a stroke goes on from one ring to the next
MIDDLE = 9  # of these, either way, are the middle of an edge: a cross and a tick leave by the corners
LEVEL = 3  # of these, either way, by which a level stroke may rise or fall
LOWER = 17  # of these, either way, are where the tail of a tick in the row below may come in
_TOP, _RIGHT, _BOTTOM, _LEFT = (PLACES * (1 + 2 * edge) // 8 for edge in range(4))  # the middle of each edge
EVERY = 2  # of the pixels inside, along and down, is enough of a patch that was smoothed
ANGLES, OFFSET = 20, 0.1  # how finely straight strokes are tried, in directions and in halves of the side


@dataclass(frozen=True)
class Strokes:
    """Of each box (n): `others`, the share of the ink inside that is beside its two straightest strokes; `ends`, how
    many strokes leave the box, but for the middle of its lower edge; `across`, whether two of these are opposite ends,
    as of a stroke that is drawn over the box, `far_across`, whether two such go on well outside, and `out_across`, as
    far as can be seen; `level`, whether ink leaves by the middle of both its left and its right edge. Where fewer
    than two leave, the rest is not looked at."""

    others: npt.NDArray[Any]
    ends: npt.NDArray[Any]
    across: npt.NDArray[Any]
    far_across: npt.NDArray[Any]
    out_across: npt.NDArray[Any]
    level: npt.NDArray[Any]


def find_strokes(calm: Floats, away: npt.NDArray[Any], depth: npt.NDArray[Any], inked: npt.NDArray[Any]) -> Strokes:
    """The strokes of the patches `calm` (n, s, s), of which `inked` (n) may be marked; `away` (s) is how far pixels are
    from the middle."""
    n = len(calm)
    found = Strokes(np.zeros(n), np.zeros(n, int), *(np.zeros(n, bool) for _ in range(4)))
    boxes = np.flatnonzero(inked)
    near = _beyond(calm, away, depth, boxes, THRESHOLDS.ends_r)
    found.ends[boxes] = _count(near)
    several = found.ends[boxes] > 1
    near, boxes = near[several], boxes[several]
    if not len(boxes):
        return found
    far = _beyond(calm, away, depth, boxes, THRESHOLDS.far_ends_r) & _wider(near, ASIDE)
    out = _beyond(calm, away, depth, boxes, THRESHOLDS.out_ends_r) & _wider(far, ASIDE)
    found.across[boxes], found.far_across[boxes], found.out_across[boxes] = map(_opposite, (near, far, out))
    left, right = (
        ring[:, edge - MIDDLE : edge + MIDDLE + 1] for ring, edge in ((_wider(near, LEVEL), _LEFT), (near, _RIGHT))
    )
    found.level[boxes] = (left[:, ::-1] & right).any(axis=1)
    found.others[boxes] = _others(calm[boxes], away, depth[boxes])
    return found


def _others(calm: Floats, away: npt.NDArray[Any], depth: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The share of the ink inside each patch (n, s, s) that is beside the straight strokes which cover most of it, one
    after the other."""
    inside = np.flatnonzero(np.abs(away) < THRESHOLDS.strokes_r)[::EVERY]
    dark = calm[:, inside[:, None], inside] > THRESHOLDS.stroke_ink * depth[:, None, None]
    ink: Floats = dark.reshape(len(calm), -1).astype(np.float32)
    total = np.maximum(ink.sum(axis=1), 1)
    strokes = _straight(tuple(away[inside]), THRESHOLDS.stroke_r)
    nothing = np.empty(0, np.float32)
    for _ in range(2):
        covered = cv2.gemm(ink, strokes, 1, nothing, 0, flags=cv2.GEMM_2_T)  # numpy would wait for other processors
        ink *= 1 - strokes[covered.argmax(axis=1)]
    return np.asarray(ink.sum(axis=1) / total)


@cache
def _straight(away: tuple[float, ...], half: float) -> Floats:
    """Straight strokes `half` as wide either way through a square of pixels, as 1 on 0: (strokes, pixels)."""
    x, y = (axis.ravel() for axis in np.meshgrid(away, away))
    turn = np.arange(ANGLES)[:, None] * np.pi / ANGLES
    across = x * np.cos(turn) + y * np.sin(turn)
    offsets = np.arange(-1, 1 + OFFSET, OFFSET)
    near = np.abs(across[:, None] - offsets[:, None]) < half
    return near.reshape(-1, len(x)).astype(np.float32)


def _beyond(
    calm: Floats, away: npt.NDArray[Any], depth: npt.NDArray[Any], boxes: npt.NDArray[Any], radii: tuple[float, float]
) -> npt.NDArray[Any]:
    """Where some `boxes` (m) of the patches (n, s, s) have ink between two distances from their middle, at PLACES round
    them: (m, PLACES)."""
    places = _places(len(away), float(away[1] - away[0]), radii)
    dark = calm[boxes].reshape(len(boxes), -1).take(places, axis=1).mean(axis=1)
    inked = dark > np.maximum(THRESHOLDS.end * depth[boxes], THRESHOLDS.empty_depth)[:, None]
    inked &= np.roll(inked, 1, axis=1)  # a single place is noise
    inked[:, _BOTTOM - LOWER : _BOTTOM + LOWER + 1] = False
    return np.asarray(inked)


@cache
def _places(size: int, step: float, radii: tuple[float, float]) -> npt.NDArray[Any]:
    """The numbers of the pixels on three squares round the middle of a patch, clockwise: (3, PLACES)."""
    side, along = np.divmod(np.arange(PLACES) * 4 / PLACES, 1)
    along = 2 * along - 1
    x = np.select([side == 0, side == 1, side == 2], [along, 1, -along], -1)
    y = np.select([side == 0, side == 1, side == 2], [-1, along, 1], -along)
    out = np.linspace(*radii, 3)[:, None] / step
    down, across = (np.round(at * out).astype(int) + size // 2 for at in (y, x))
    return np.asarray(down * size + across)


def _wider(ring: npt.NDArray[Any], places: int) -> npt.NDArray[Any]:
    """The same ring (n, PLACES) with what is within so many places of what is in it."""
    around = np.concatenate([ring[:, -places:], ring, ring[:, :places]], axis=1).astype(np.uint8)
    return cv2.dilate(around, np.ones((1, 2 * places + 1), np.uint8))[:, places:-places] > 0


def _count(ring: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How many pieces of a ring (n, PLACES) are inked."""
    return np.asarray((ring & ~np.roll(ring, 1, axis=1)).sum(axis=1))


def _opposite(ring: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whether ink of a ring (n, PLACES) is opposite other ink of it, about."""
    half = PLACES // 2
    return np.asarray((ring[:, :half] & _wider(ring, ACROSS)[:, half:]).any(axis=1))
