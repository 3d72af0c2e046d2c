"""Where each printed box really is. Four corners say it on flat paper; paper that is curled or creased is followed from
the code down, box by box, each sought near where those around it say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import BOX_R, COLUMN, SIDE_DOT_R, Box, Page
from fieldkit.scan.lighting import Floats, Lit
from fieldkit.scan.medians import median
from fieldkit.scan.placing import Anchors, Placement, marker_anchors
from fieldkit.scan.thresholds import THRESHOLDS

FINE = 4  # pixels a millimetre of the patches that are searched for outlines
ROUND = 0.75  # millimetres round a box that the search looks at besides
DOT_FINE = 3
OWN_MM = 0.5  # how far a box on flat paper may be from where its row is
NEAR_MM = 1.0  # how far a box with ink on curled paper may be from where those around it say
NEARER = 0.02  # darkness that one millimetre nearer is worth: of two equal places the nearer is taken
FAR_MM = 45.0  # an anchor this far away counts about half as much as one close by
NEXT_MM = 12.0  # and where most boxes are known, on paper that bends to and fro
STIFF = 60.0  # how much paper resists to bend, in anchors
Millimetres = npt.NDArray[Any]
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Followed:
    """Where boxes are: `moved` (n, 2) millimetres from where flat paper has them; `seen` (n) is how dark the lightest
    side of the outline is there; and whether the page had to be followed as curled."""

    moved: Millimetres
    seen: npt.NDArray[Any]
    curled: bool

    @property
    def found(self) -> float:
        """The share of boxes whose outline is seen."""
        return float((self.seen >= THRESHOLDS.outline * median(self.seen)).mean())


def follow(lit: Lit, placement: Placement, page: Page, boxes: Sequence[Box], code: Anchors) -> Followed:
    """Find every one of `boxes` on a placed page; `code` is where the corners of its code were found."""
    centres = np.array([[box.x_mm, box.y_mm] for box in boxes])
    rows = _rows(centres)
    flat = _row_by_row(_outline_fields(lit, placement, centres, THRESHOLDS.shift_mm), rows)
    at_edge = np.abs(flat.moved).max() > THRESHOLDS.shift_mm - 1.5 / FINE
    if flat.found == 1 and not at_edge:
        return flat
    known = _join(marker_anchors(placement), code, _dots(lit, placement, page))
    curled = _box_by_box(lit, placement, centres, rows, known)
    if curled.found < 1:
        there = curled.seen >= THRESHOLDS.outline * median(curled.seen)
        known = _join(known, Anchors(centres[there], curled.moved[there]))
        again = _box_by_box(lit, placement, centres, rows, known, NEXT_MM)
        curled = max(curled, again, key=lambda followed: followed.found)
    return curled if curled.found > flat.found else flat


def strangers(lit: Lit, placement: Placement, page: Page, followed: Followed) -> float:
    """The share of places beside and below the rows, where nothing is printed, that have a box all the same."""
    blank, beside = [], []
    first = 0
    for row in (row for block in page.blocks for row in block.rows):
        blank.append((row.boxes[0].x_mm - COLUMN, row.y_mm))
        beside.append(first)
        first += len(row.boxes)
    if first:
        blank += [(box.x_mm, box.y_mm + row.height_mm) for box in row.boxes]
        beside += range(first - len(row.boxes), first)
    fields = _outline_fields(lit, placement, np.array(blank) + followed.moved[beside], OWN_MM, followed.curled)
    dark = fields.reshape(len(fields), -1).max(axis=1)
    return float((dark > THRESHOLDS.stranger * median(followed.seen)).mean())


def _rows(centres: Millimetres) -> list[Numbers]:
    """The numbers of the boxes of each row, from the top of the page down."""
    return [np.flatnonzero(centres[:, 1] == y) for y in sorted({*centres[:, 1].tolist()})]


def _outline_fields(lit: Lit, placement: Placement, centres: Millimetres, search: float, loose: bool = False) -> Floats:
    """How dark the lightest of the four sides of a box would be at each shift: (n, k, k), the middle is no shift.
    `loose` lets each side be a little off, as it is where paper bends away."""
    patches = lit.darkness(placement, centres, BOX_R + search + ROUND, FINE)
    size = patches.shape[1]
    side, reach, middle = round(BOX_R * FINE), round(search * FINE), size // 2
    length = 2 * side - 3
    stacked = patches.reshape(-1, size)
    abreast = patches.transpose(1, 0, 2).reshape(size, -1)
    level, upright = cv2.blur(stacked, (length, 1)), cv2.blur(abreast, (1, length))
    if loose:
        level, upright = cv2.dilate(level, np.ones((3, 1))), cv2.dilate(upright, np.ones((1, 3)))
    across = level.reshape(-1, size, size)
    down = upright.reshape(size, -1, size).transpose(1, 0, 2)

    def at(lines: npt.NDArray[Any], dx: int, dy: int) -> npt.NDArray[Any]:
        y, x = middle + dy - reach, middle + dx - reach
        return lines[:, y : y + 2 * reach + 1, x : x + 2 * reach + 1]

    above_below = np.minimum(at(across, 0, -side), at(across, 0, side))
    left_right = np.minimum(at(down, -side, 0), at(down, side, 0))
    return np.minimum(above_below, left_right)


def _row_by_row(fields: Floats, rows: list[Numbers]) -> Followed:
    """Flat paper: where each row is darkest as a whole, and each box near that place."""
    count, size, near = len(fields), fields.shape[1], round(OWN_MM * FINE)
    ranked = fields - NEARER * _away(size)
    at, usual = np.zeros((count, 2), int), np.zeros(count)
    for row in rows:
        at[row] = _peak(ranked[row].sum(axis=0))
        usual[row] = median(fields[row, at[row, 0], at[row, 1]])
    steps = np.arange(-near, near + 1)
    y, x = at[:, 0, None, None] + steps[:, None], at[:, 1, None, None] + steps
    outside = (y < 0) | (y >= size) | (x < 0) | (x >= size)
    each = np.arange(count)
    own = np.where(outside, -np.inf, ranked[each[:, None, None], y.clip(0, size - 1), x.clip(0, size - 1)])
    best = own.reshape(count, -1).argmax(axis=1)
    own_at = at + np.stack(np.divmod(best, len(steps)), axis=1) - near
    inked = fields[each, own_at[:, 0], own_at[:, 1]] >= THRESHOLDS.as_dark[1] * usual
    place = np.where(inked[:, None], at, own_at)  # ink draws a box away: as its row has it
    return Followed((place[:, ::-1] - size // 2) / FINE, fields[each, place[:, 0], place[:, 1]], False)


def _box_by_box(
    lit: Lit, placement: Placement, centres: Millimetres, rows: list[Numbers], known: Anchors, far: float = FAR_MM
) -> Followed:
    """Curled paper: each box is sought near where the anchors say, and becomes one itself. A box with much ink is
    sought afterwards close to where those around it say; one that is not found is taken to be there. The last but one
    is printed solid: that is no ink."""
    coarse = _foretold(known, centres, far)
    fields = _outline_fields(lit, placement, centres + coarse, THRESHOLDS.follow_mm, loose=True)
    size = fields.shape[1]
    usual = float(median(fields.reshape(len(fields), -1).max(axis=1)))
    darkest = np.full(len(fields), THRESHOLDS.as_dark[1])
    darkest[-2] = np.inf
    within = THRESHOLDS.follow_rows * _gaps(centres, rows)
    moved, seen = coarse.copy(), np.zeros(len(fields))
    for row in rows:
        for number in row:
            near = _place(_foretold(known, centres[number][None], far)[0] - coarse[number], size)
            at = _peak(fields[number] - NEARER * _away(size), near, min(within[number], THRESHOLDS.follow_mm))
            if THRESHOLDS.as_dark[0] <= fields[number][at] / usual <= darkest[number]:
                moved[number], seen[number] = coarse[number] + _shift(*at, size), fields[number][at]
                known = _join(known, Anchors(centres[number][None], moved[number][None]))
        for number in row[seen[row] == 0]:
            moved[number] = _foretold(known, centres[number][None], far)[0]
            at = _peak(fields[number], _place(moved[number] - coarse[number], size), NEAR_MM)
            seen[number] = fields[number][at]
            if seen[number] > THRESHOLDS.as_dark[1] * usual:
                moved[number] = coarse[number] + _shift(*at, size)
    return Followed(moved, seen, True)


def _gaps(centres: Millimetres, rows: list[Numbers]) -> npt.NDArray[Any]:
    """Millimetres from each box to the nearest other row."""
    ys = np.array([centres[row[0], 1] for row in rows])
    gaps = np.empty(len(centres))
    for row, y in zip(rows, ys, strict=True):
        gaps[row] = np.abs(ys[ys != y] - y).min()
    return gaps


def _place(shift: Millimetres, size: int) -> tuple[int, int]:
    """Row and column of a field (or of its rim) that stand for a shift in millimetres."""
    x, y = np.round(shift * FINE).astype(int) + size // 2
    return int(np.clip(y, 0, size - 1)), int(np.clip(x, 0, size - 1))


def _foretold(known: Anchors, points: Millimetres, far: float) -> Millimetres:
    """By how much paper at `points` (n, 2) has moved, as the anchors around each say: a plane through what they have
    moved by, those near counting most."""
    apart = known.points[None] - points[:, None]
    weight = 1 / (1 + (np.linalg.norm(apart, axis=2) / far) ** 4)
    ones = np.ones((*apart.shape[:2], 1))
    design = np.concatenate([ones, apart / far], axis=2)
    normal = np.einsum("nk,nki,nkj->nij", weight, design, design)
    normal += np.diag([1e-9, 1, 1]) * STIFF / 100
    right = np.einsum("nk,nki,kd->nid", weight, design, known.moved)
    return np.linalg.solve(normal, right)[:, 0]


def _peak(field: npt.NDArray[Any], near: tuple[int, int] | None = None, within_mm: float = 0) -> tuple[int, int]:
    """Row and column of the highest value, where wanted not further than `within_mm` from `near` either way."""
    low, high = [0, 0], list(field.shape)
    if near is not None:
        reach = round(within_mm * FINE)
        low = [max(0, n - reach) for n in near]
        high = [n + reach + 1 for n in near]
    part = field[low[0] : high[0], low[1] : high[1]]
    y, x = divmod(int(part.argmax()), part.shape[1])
    return low[0] + y, low[1] + x


def _shift(y: int, x: int, size: int) -> Millimetres:
    """Millimetres that a place in a field stands for."""
    return np.array([x - size // 2, y - size // 2]) / FINE


def _away(size: int) -> npt.NDArray[Any]:
    """How far each place in a field is from its middle, in millimetres."""
    return np.hypot(*np.meshgrid(*[np.arange(size) - size // 2] * 2)) / FINE


def _join(*parts: Anchors) -> Anchors:
    return Anchors(np.concatenate([p.points for p in parts]), np.concatenate([p.moved for p in parts]))


def _dots(lit: Lit, placement: Placement, page: Page) -> Anchors:
    """The side dots that are found."""
    dots = np.array(page.side_dots)
    search = 2 * THRESHOLDS.follow_mm
    patches = lit.darkness(placement, dots, search + 2 * SIDE_DOT_R, DOT_FINE)
    reach, middle = round(search * DOT_FINE), patches.shape[1] // 2
    within = slice(middle - reach, middle + reach + 1)
    found, moved = [], []
    for number, patch in enumerate(patches):
        score = cv2.filter2D(patch, -1, _dot_kernel())[within, within]
        y, x = divmod(int(score.argmax()), score.shape[1])
        if score[y, x] > THRESHOLDS.dot:
            found.append(number)
            moved.append(((x - reach) / DOT_FINE, (y - reach) / DOT_FINE))
    return Anchors(dots[found].reshape(-1, 2), np.array(moved).reshape(-1, 2))


def _dot_kernel() -> Floats:
    """The mean darkness of a disc the size of a dot, less that of a ring round it."""
    steps = np.arange(-2 * SIDE_DOT_R * DOT_FINE, 2 * SIDE_DOT_R * DOT_FINE + 1)
    from_middle = np.hypot(*np.meshgrid(steps, steps)) / DOT_FINE
    disc = from_middle <= SIDE_DOT_R
    ring = (from_middle >= 1.3 * SIDE_DOT_R) & (from_middle <= 1.9 * SIDE_DOT_R)
    return (disc / disc.sum() - ring / ring.sum()).astype(np.float32)
