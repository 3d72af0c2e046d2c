"""A code on crumpled paper, drawn flat: every code has three nested squares in its corners and a small one near the
fourth, and where their corners lie tells how the paper between them is bent."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.scan.equalising import ALIGNMENT, FINDER, MODULES, QUIET
from fieldkit.scan.placing import Grey, Points

NESTED = (FINDER - 1, FINDER - 3, FINDER - 5)  # modules across: a black square, a white one in it, a black one in that
SMALL = 3  # modules across the white square of the small one, whose black edge may touch other modules
NEAR = 5.0  # modules that the small one may be from where the others say it is
LARGE_AREA, SMALL_AREA = (20.0, 100.0), (4.0, 20.0)  # modules, of what they enclose
NEST_AREA = ((0.3, 0.75), (0.15, 0.6))  # of a white square, of the black one round it; of the one in it, of that
CORE_AREA = (0.02, 0.4)  # of what is in the white square of the small one
FINER = 2  # times, in which outlines are followed
AROUND, BELOW = 9, 8  # black is what is darker than the mean so many modules round it, by so much of 255
LOOSE = (0.04, 0.06, 0.08, 0.1, 0.13)  # of its length: so far an outline may run beside its four sides
STIFF = (0.0, 0.0, 1e-4, 1e-4)  # how much paper resists to be moved, turned or stretched, bent, and bent to and fro
STIFFER = (0.0, 0.0, 0.1, 1.0)  # where the small square is not yet known
_POWERS = [(i, j) for i in range(len(STIFF)) for j in range(len(STIFF) - i)]
Bend = npt.NDArray[Any]  # (terms, 2): from modules to pixels


def flattened(patch: Grey) -> tuple[Grey, Points] | None:
    """The patch (s, s) of a code of MODULES by MODULES modules as if its paper were flat, and the four corners of the
    code, clockwise, in pixels of `patch`; None where its squares are not found."""
    size = patch.shape[0] / MODULES
    nested, small = _squares(patch, size)
    if len(nested) < 3:
        return None
    first, last = QUIET + NESTED[0] / 2, MODULES - QUIET - NESTED[0] / 2
    modules: list[Points] = []
    pixels: list[Points] = []
    for middle in ((first, first), (last, first), (first, last)):
        squares: list[Points] = min(nested, key=lambda found: _apart(found[0], np.array(middle) * size))
        pixels += squares
        modules += [_square(middle, side) for side in NESTED]
    middle = (QUIET + ALIGNMENT - SMALL / 2,) * 2
    expected = _terms(np.array([middle])) @ _bend(modules, pixels, STIFFER)
    best = min(small, key=lambda square: _apart(square, expected), default=None)
    if best is not None and _apart(best, expected) < NEAR * size:
        modules += [_square(middle, SMALL)] * len(NESTED)
        pixels += [best] * len(NESTED)
    bend = _bend(modules, pixels, STIFF)
    return _unbent(patch, bend), _terms(_square((MODULES / 2,) * 2, MODULES - 2 * QUIET)) @ bend


def _squares(patch: Grey, size: float) -> tuple[list[list[Points]], list[Points]]:
    """The nested squares in a patch whose modules have `size` pixels, each as its corners from the outer one inwards,
    and the white ones that may be of the small one."""
    fine = cv2.resize(patch, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC)
    calm = cv2.GaussianBlur(fine, (0, 0), FINER * size / 8)
    method, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    black = cv2.adaptiveThreshold(calm, 255, method, kind, round(AROUND * size * FINER) | 1, BELOW)
    outlines, tree = cv2.findContours(black, cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    area = [cv2.contourArea(one) / (FINER * size) ** 2 for one in outlines]
    largest: dict[int, int] = {}  # outline directly inside another
    for inner, (_, _, _, outer) in enumerate([] if tree is None else tree[0]):
        if outer >= 0 and area[inner] > area[largest.get(outer, inner)] * (outer in largest):
            largest[outer] = inner
    nested, small = [], []
    for outer, inner in largest.items():
        part = area[inner] / max(area[outer], 1e-6)
        core = largest.get(inner)
        if core is not None and _within(area[outer], LARGE_AREA) and _within(part, NEST_AREA[0]):
            squares = [_corners(outlines[one]) for one in (outer, inner, core)]
            if _within(area[core] / area[inner], NEST_AREA[1]) and all(square is not None for square in squares):
                nested.append([square for square in squares if square is not None])
        if _within(area[outer], SMALL_AREA) and _within(part, CORE_AREA):
            small += [square for square in [_corners(outlines[outer])] if square is not None]
    return nested, small


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] < value < limits[1]


def _corners(outline: Points) -> Points | None:
    """The corners of an outline that is about a square, clockwise from its top left, in pixels of the patch."""
    length = cv2.arcLength(outline, True)
    tried = (cv2.approxPolyDP(outline, loose * length, True) for loose in LOOSE)
    four = next((found for found in tried if len(found) == 4), None)
    if four is None:
        return None
    corners = (four.reshape(4, 2) + 0.5) / FINER - 0.5
    down, across = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [down.argmin(), across.argmax(), down.argmax(), across.argmin()]
    return corners[order] if len(set(order)) == 4 else None


def _square(middle: tuple[float, float], side: float) -> Points:
    """The corners of a square, clockwise from its top left."""
    return np.array(middle) + side / 2 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


def _apart(square: Points, point: npt.NDArray[Any]) -> float:
    return float(np.linalg.norm(square.mean(axis=0) - point))


def _terms(modules: Points) -> npt.NDArray[Any]:
    """What the place of each point (n, 2) of the code is made of: (n, terms)."""
    x, y = (2 * modules / MODULES - 1).T
    return np.stack([x**i * y**j for i, j in _POWERS], axis=1)


def _bend(modules: list[Points], pixels: list[Points], stiff: tuple[float, ...]) -> Bend:
    """How modules become pixels, smoothly, by corners that were found."""
    terms = _terms(np.concatenate(modules))
    held = len(terms) * np.diag([stiff[i + j] for i, j in _POWERS])
    return np.linalg.solve(terms.T @ terms + held, terms.T @ np.concatenate(pixels))


def _unbent(patch: Grey, bend: Bend) -> Grey:
    """The patch with each module where it belongs."""
    steps = (np.arange(len(patch)) + 0.5) * MODULES / len(patch)
    places = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    x, y = (_terms(places) @ bend).T.reshape(2, *patch.shape).astype(np.float32)
    return cv2.remap(patch, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
