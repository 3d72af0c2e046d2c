"""What a hand draws to take a mark back, or by mistake: strokes over a mark, a slip of the pen, an arrow.

Like `scan_mishaps`: everything takes a page at DPI, and its chance from a `random.Random`. Sizes are in boxes: at 1 a
stroke goes from edge to edge.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
from scan_mishaps import draw
from scan_pictures import Grey

from fieldkit.model.sheet import Box

Line = list[tuple[float, float]]  # from the middle of a box, in halves of its side


def cross(size: float) -> list[Line]:
    """A large X."""
    return [[(-size, -size), (size, size)], [(-size, size), (size, -size)]]


def slanting(size: float) -> list[Line]:
    """One stroke from corner to corner, the other way than a tick rises."""
    return [[(-size, -size), (size, size)]]


def two_slanting(size: float) -> list[Line]:
    """Two strokes side by side, from corner to corner."""
    return [[(-size + by, size), (size + by, -size)] for by in (-0.45, 0.45)]


def level(size: float) -> list[Line]:
    """One stroke from side to side."""
    return [[(-size, 0.1), (size, -0.1)]]


def two_level(size: float) -> list[Line]:
    """Two strokes from side to side."""
    return [[(-size, at), (size, at)] for at in (-0.35, 0.35)]


def wave(size: float) -> list[Line]:
    """A wavy line from side to side."""
    return [[(size * k / 20, 0.45 * math.sin(k / 2.5)) for k in range(-20, 21)]]


def hash_sign(size: float) -> list[Line]:
    """Two strokes down over two from side to side."""
    return [*two_level(size), *([(y + 0.2 * x, x) for x, y in line] for line in two_level(size))]


def ring(size: float) -> list[Line]:
    """A ring, to mean this one or not this one."""
    return [[(size * math.cos(k / 8), size * math.sin(k / 8)) for k in range(52)]]


OVER: dict[str, Callable[[float], list[Line]]] = {
    "a large X": cross,
    "one slanting stroke": slanting,
    "two slanting strokes": two_slanting,
    "one level stroke": level,
    "two level strokes": two_level,
    "a wavy line": wave,
    "a hash sign": hash_sign,
}


def on_page(box: Box, line: Line) -> Line:
    """The same line in millimetres."""
    return [(box.x_mm + a * box.r_mm, box.y_mm + b * box.r_mm) for a, b in line]


def draw_over(page: Grey, box: Box, lines: list[Line], rng: random.Random, shaky: float = 0.07) -> None:
    """Strokes over a box, by a pen of its own, from a hand that is not exact."""
    pen, ink = rng.uniform(0.3, 0.9), (20, 100)
    x, y = box.x_mm + rng.gauss(0, 0.2), box.y_mm + rng.gauss(0, 0.2)
    for line in lines:
        points = [(x + (a + rng.gauss(0, shaky)) * box.r_mm, y + (b + rng.gauss(0, shaky)) * box.r_mm) for a, b in line]
        draw(page, points, rng, pen, ink)


def slip(page: Grey, box: Box, rng: random.Random, long_mm: float | None = None) -> None:
    """A short stroke of a pen that slipped."""
    half, turn = (rng.uniform(1.5, 4.0) if long_mm is None else long_mm) / 2, rng.uniform(0, math.pi)
    x, y = box.x_mm + rng.gauss(0, 0.6), box.y_mm + rng.gauss(0, 0.6)
    by = half * math.cos(turn), half * math.sin(turn)
    draw(page, [(x - by[0], y - by[1]), (x + by[0], y + by[1])], rng, rng.uniform(0.3, 0.5), (20, 90))


def margin_arrow(page: Grey, row: Sequence[Box], rng: random.Random) -> None:
    """An arrow from the right margin to the last box of a row, bent as a hand draws it."""
    end, start = row[-1].x_mm + rng.uniform(1.0, 1.4) * row[-1].r_mm, row[-1].x_mm + rng.uniform(9, 14)
    y, rise = row[-1].y_mm + rng.uniform(-0.8, 0.8), rng.uniform(-3, 3)
    draw(page, [(start, y + rise), ((start + end) / 2, y + rise / 4), (end, y)], rng)
    draw(page, [(end + 1.6, y - 1.2), (end, y), (end + 1.6, y + 1.2)], rng)


def write(page: Grey, row: Sequence[Box], rng: random.Random) -> None:
    """Words written through the boxes of a row."""
    x, y = row[0].x_mm - rng.uniform(-3, 12), row[0].y_mm + rng.gauss(0, 0.8)
    while x < row[-1].x_mm - 5:
        for _ in range(rng.randint(2, 7)):
            high = rng.choice((1.2, 1.8, 2.6))
            letter = np.array([(rng.uniform(-0.2, 1.6), rng.uniform(-1, 1) * high) for _ in range(4)])
            draw(page, [(x + a, y + b) for a, b in letter], rng, 0.45)
            x += rng.uniform(1.6, 2.4)
        x += rng.uniform(1.5, 4)
