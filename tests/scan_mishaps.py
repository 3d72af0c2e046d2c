"""More of what happens to sheets and pictures: copies of copies, hands that hold the paper, lenses, lamps, tables.

Like `pictures`: grey pictures, chance from a `random.Random`. What is done to the paper takes a page at DPI; what
is done by the camera takes any picture.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from scan_pictures import PER_MM, Grey, noisy, photocopy

from fieldkit.model.sheet import PAPER, Box

# What a hand does


def long_tick(page: Grey, box: Box, rng: random.Random, reach_mm: float = 11) -> None:
    """A tick whose tail runs up into the box above."""
    x, y, r = box.x_mm, box.y_mm, box.r_mm
    points = [(x - 0.7 * r, y), (x - 0.3 * r, y + 0.7 * r), (x + rng.uniform(0, 0.7) * r, y - reach_mm)]
    line = np.round(np.array(points) * PER_MM).astype(np.int32)
    cv2.polylines(page, [line], False, rng.randint(20, 90), round(0.6 * PER_MM), cv2.LINE_AA)


def dot(page: Grey, box: Box, rng: random.Random, radius_mm: float = 0.5) -> None:
    """The point of a pen that rested in a box."""
    middle = [round((at + rng.uniform(-0.4, 0.4) * box.r_mm) * PER_MM) for at in (box.x_mm, box.y_mm)]
    cv2.circle(page, tuple(middle), round(radius_mm * PER_MM), rng.randint(20, 90), -1, cv2.LINE_AA)


def beside(page: Grey, box: Box, rng: random.Random) -> None:
    """A tick that misses its box and stands beside it."""
    x, y, r = box.x_mm + rng.choice((-1, 1)) * rng.uniform(2.1, 2.5) * box.r_mm, box.y_mm, box.r_mm
    points = [(x - 0.8 * r, y), (x - 0.3 * r, y + 0.8 * r), (x + 0.8 * r, y - 0.9 * r)]
    line = np.round(np.array(points) * PER_MM).astype(np.int32)
    cv2.polylines(page, [line], False, rng.randint(20, 90), round(0.5 * PER_MM), cv2.LINE_AA)


def ring(page: Grey, box: Box, rng: random.Random) -> None:
    """A ring drawn round a box."""
    middle = round(box.x_mm * PER_MM), round(box.y_mm * PER_MM)
    axes = round(1.7 * box.r_mm * PER_MM), round(rng.uniform(1.4, 1.7) * box.r_mm * PER_MM)
    cv2.ellipse(page, middle, axes, rng.uniform(-20, 20), 0, 360, rng.randint(20, 90), round(0.5 * PER_MM), cv2.LINE_AA)


def solid(page: Grey, box: Box, rng: random.Random, size: float = 0.97) -> None:
    """A box coloured in from edge to edge, by a pen that is paler than print."""
    x, y, r = round(box.x_mm * PER_MM), round(box.y_mm * PER_MM), round(size * box.r_mm * PER_MM)
    inside = page[y - r : y + r + 1, x - r : x + r + 1]
    np.minimum(inside, rng.randint(40, 90), out=inside)


def wide_disc(page: Grey, box: Box, rng: random.Random) -> None:
    """A disc a little wider than its box."""
    layer = np.full_like(page, 255)
    middle = round(box.x_mm * PER_MM), round(box.y_mm * PER_MM)
    cv2.circle(layer, middle, round(rng.uniform(1.05, 1.2) * box.r_mm * PER_MM), rng.randint(20, 90), -1, cv2.LINE_AA)
    np.minimum(page, layer, out=page)


def pale_cross(page: Grey, box: Box, grey: int = 170) -> None:
    """A thin cross by a hard pencil, well inside a box."""
    x, y, reach = (round(mm * PER_MM) for mm in (box.x_mm, box.y_mm, 0.6 * box.r_mm))
    for slant in (-1, 1):
        cv2.line(page, (x - reach, y - slant * reach), (x + reach, y + slant * reach), grey, 3, cv2.LINE_AA)


def specks(page: Grey, box: Box) -> None:
    """Three specks of a copier that lie apart in a box."""
    x, y = (round(at * PER_MM) for at in (box.x_mm, box.y_mm))
    for dx, dy in ((-14, -10), (10, -8), (2, 12)):
        page[y + dy : y + dy + 5, x + dx : x + dx + 5] = 20


def arrow(page: Grey, start: Box, end: Box, rng: random.Random) -> None:
    """An arrow from one box of a row to another."""
    (x, y), tip = (start.x_mm, start.y_mm), end.x_mm - 1.1 * end.r_mm * np.sign(end.x_mm - start.x_mm)
    back = tip - 1.5 * np.sign(end.x_mm - start.x_mm)
    for line in ([(x, y), (tip, y)], [(back, y - 1.3), (tip, y), (back, y + 1.3)]):
        draw(page, line, rng)


def line_through(page: Grey, box: Box, rng: random.Random) -> None:
    """One thin line drawn through a box and out of it on both sides."""
    x, y, r, slope = box.x_mm, box.y_mm, box.r_mm, rng.uniform(-0.5, 0.5)
    draw(page, [(x - 2 * r, y - slope * r), (x + 2 * r, y + slope * r)], rng, 0.3, (120, 150))


def large(page: Grey, box: Box, rng: random.Random, style: str) -> None:
    """A disc or a cross by somebody who marks beyond the edges."""
    x, y, r, grey = box.x_mm, box.y_mm, 1.3 * box.r_mm, rng.randint(20, 60)
    if style == "disc":
        cv2.circle(page, (round(x * PER_MM), round(y * PER_MM)), round(r * PER_MM), grey, -1, cv2.LINE_AA)
        return
    for slant in (-1, 1):
        draw(page, [(x - r, y - slant * r), (x + r, y + slant * r)], rng, 1.2)


def draw(
    page: Grey,
    points: Sequence[tuple[float, float]],
    rng: random.Random,
    pen_mm: float = 0.5,
    ink: tuple[int, int] = (20, 60),
) -> None:
    """A stroke of the pen through points in millimetres."""
    line = np.round(np.array(points) * PER_MM).astype(np.int32)
    cv2.polylines(page, [line], False, rng.randint(*ink), round(pen_mm * PER_MM), cv2.LINE_AA)


# What happens to the paper


def cup(page: Grey, x_mm: float, y_mm: float, radius_mm: float = 17, dark: float = 0.25) -> Grey:
    """The brown ring that a cup has left, round a place."""
    soaked = np.ones(page.shape, np.float32)
    middle = round(x_mm * PER_MM), round(y_mm * PER_MM)
    cv2.circle(soaked, middle, round(radius_mm * PER_MM), 1 - dark, round(1.5 * PER_MM))
    return (page * cv2.GaussianBlur(soaked, (0, 0), 0.3 * PER_MM)).astype(np.uint8)


def copies(page: Grey, rng: random.Random, generations: int = 3) -> Grey:
    """A copy of a copy of a copy."""
    for _ in range(generations):
        page = photocopy(page, rng, rng.uniform(0.98, 1.01))
    return page


def scaled(page: Grey, rng: random.Random, size: float | None = None) -> Grey:
    """Printed smaller or larger than it should be, and not in the middle."""
    size = rng.uniform(0.9, 1.04) if size is None else size
    high, wide = page.shape
    room = (wide * (1 - size), high * (1 - size))
    shift = np.array([[size, 0, room[0] * rng.uniform(0.3, 0.7)], [0, size, room[1] * rng.uniform(0.3, 0.7)]])
    return cv2.warpAffine(page, shift, (wide, high), flags=cv2.INTER_AREA, borderValue=255)


def on_letter(page: Grey, rng: random.Random) -> Grey:
    """A sheet made for A4, fitted to Letter paper by the printer."""
    wide, high = (round(side * PER_MM) for side in PAPER["letter"])
    size = min(wide / page.shape[1], high / page.shape[0])
    shift = np.array([[size, 0, (wide - size * page.shape[1]) / 2], [0, size, (high - size * page.shape[0]) / 2]])
    return cv2.warpAffine(page, shift, (wide, high), flags=cv2.INTER_AREA, borderValue=255)


def held(page: Grey, rng: random.Random, height_mm: float = 14, seen_from: float = 450) -> Grey:
    """A sheet held up by hands: bent along and across at once, seen from `seen_from` millimetres."""
    high, wide = page.shape
    small = 4
    v, u = np.mgrid[0 : high // small, 0 : wide // small].astype(np.float32)
    u, v = u * small / wide - 0.5, v * small / high - 0.5
    along, over, twist = (rng.uniform(-1, 1) * height_mm for _ in range(3))

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return along * (0.25 - y * y) * 4 + over * (0.25 - x * x) * 4 + twist * x * y * 2

    x, y = u, v
    for _ in range(4):
        nearer = (seen_from - height(x, y)) / seen_from
        x, y = u * nearer, v * nearer
    slope = np.gradient(height(x, y), small / PER_MM)
    light = 1 - 0.35 * np.clip(slope[0] + slope[1], -1, 1) - 0.03
    full = (wide, high)
    maps = [cv2.resize(((a + 0.5) * side).astype(np.float32), full) for a, side in ((x, wide), (y, high))]
    bent = cv2.remap(page, *maps, cv2.INTER_LINEAR, borderValue=80)
    return np.clip(bent * cv2.resize(light.astype(np.float32), full), 0, 255).astype(np.uint8)


def crumpled(page: Grey, rng: random.Random, count: int = 6) -> Grey:
    """Pressed flat again after it was crumpled: lines of light and shade all over."""
    high, wide = page.shape
    shade = np.ones((high // 4, wide // 4), np.float32)
    for _ in range(count):
        ends = [(rng.randrange(wide // 4), rng.randrange(high // 4)) for _ in range(2)]
        cv2.line(shade, *ends, 1 - rng.uniform(0.1, 0.35), 2)
        side = np.zeros_like(shade)
        cv2.fillConvexPoly(side, np.array([*ends, (rng.randrange(wide // 4), rng.randrange(high // 4))]), 1)
        shade *= 1 - 0.08 * cv2.GaussianBlur(side, (0, 0), 3)
    return (page * cv2.resize(cv2.GaussianBlur(shade, (0, 0), 0.7), (wide, high))).astype(np.uint8)


def buckled(page: Grey, rng: random.Random, by_mm: float = 1.0, wide_mm: float = 20) -> Grey:
    """Paper that was crumpled and does not lie flat: each place is moved by about `by_mm`, otherwise `wide_mm` on."""
    high, wide = page.shape
    dice = np.random.default_rng(rng.getrandbits(32))
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    for at in (x, y):
        coarse = dice.normal(0, by_mm * PER_MM, (round(high / wide_mm / PER_MM), round(wide / wide_mm / PER_MM)))
        at += cv2.resize(coarse.astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    return cv2.remap(page, x, y, cv2.INTER_LINEAR, borderValue=255)


def waved(page: Grey, height_mm: float, waves: float = 1.0, start: float = 0.0) -> Grey:
    """Paper that lies in waves: its rows run up and down by `height_mm` from left to right."""
    high, wide = page.shape
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    y += height_mm * PER_MM * np.sin(2 * np.pi * waves * x / wide + start).astype(np.float32)
    return cv2.remap(page, x, y, cv2.INTER_LINEAR, borderValue=255)


def sharp_shadow(page: Grey, from_mm: float, width_mm: float = 60, dark: float = 0.7) -> Grey:
    """The shadow of something straight, with sharp edges, slanting down the page from a place at its top on."""
    high, wide = page.shape
    left, right, slant = (round(mm * PER_MM) for mm in (from_mm, from_mm + width_mm, 12))
    shade = np.ones((high, wide), np.float32)
    corners = [(left, 0), (right, 0), (right - slant, high), (left - slant, high)]
    cv2.fillConvexPoly(shade, np.array(corners), 1 - dark)
    return (page * cv2.GaussianBlur(shade, (0, 0), 0.2 * PER_MM)).astype(np.uint8)


def thumb_on_edge(page: Grey, rng: random.Random) -> Grey:
    """A thumb that holds the sheet at its left or right edge."""
    covered = page.copy()
    high, wide = page.shape
    x, y = rng.choice((0, wide)), round(rng.uniform(0.25, 0.85) * high)
    inward = 0 if x == 0 else 180
    cv2.ellipse(covered, (x, y), (round(22 * PER_MM), round(9 * PER_MM)), inward, 0, 360, rng.randint(110, 170), -1)
    return covered


def sleeve(page: Grey, rng: random.Random) -> Grey:
    """A plastic sleeve: greyer, with thin streaks of light that hide nothing."""
    high, wide = page.shape
    light = np.zeros((high // 4, wide // 4), np.float32)
    for _ in range(5):
        ends = [(rng.randrange(wide // 4), rng.randrange(high // 4)) for _ in range(2)]
        cv2.line(light, *ends, rng.uniform(20, 70), rng.randint(1, 6))
    light = cv2.resize(cv2.GaussianBlur(light, (0, 0), 1.5), (wide, high))
    return np.clip(page * 0.82 + 25 + light, 0, 255).astype(np.uint8)


# What the camera does


def from_the_side(page: Grey, rng: random.Random, degrees: float = 35, long_side: int = 4032) -> Grey:
    """A phone held `degrees` off the upright, about any axis; the sheet lies on boards."""
    high, wide = page.shape
    axis, angle = rng.uniform(0, 2 * np.pi), np.deg2rad(degrees)
    turn, _ = cv2.Rodrigues(np.array([np.cos(axis), np.sin(axis), 0.0]) * angle)
    edges = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [wide, high] / 2
    space = np.column_stack([edges, np.zeros(4)]) @ turn.T + [0, 0, 420 * PER_MM]
    seen = space[:, :2] / space[:, 2:]
    low, most = seen.min(axis=0), np.ptp(seen, axis=0).max()
    size = np.array([round(long_side * 0.75), long_side])
    corners = (seen - low - np.ptp(seen, axis=0) / 2) / most * long_side * 0.7 + size / 2
    lens = cv2.getPerspectiveTransform(
        (edges + np.array([wide, high]) / 2).astype(np.float32), corners.astype(np.float32)
    )
    table = boards((int(size[1]), int(size[0])), rng)
    small = cv2.resize(page, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    lens = lens @ np.diag([1 / 0.8, 1 / 0.8, 1])
    shown = cv2.warpPerspective(
        np.minimum(small, 235), lens, tuple(map(int, size)), dst=table, borderMode=cv2.BORDER_TRANSPARENT
    )
    return noisy(cv2.GaussianBlur(shown, (0, 0), 1), 5, rng)


def boards(shape: tuple[int, int], rng: random.Random) -> Grey:
    """The wood of a table: grain along, and dark joints."""
    high, wide = shape
    dice = np.random.default_rng(rng.getrandbits(32))
    grain = cv2.resize(dice.normal(0, 1, (high // 4, max(2, wide // 200))).astype(np.float32), (wide, high))
    wood = 130 + 22 * grain
    for x in range(rng.randrange(200), wide, max(60, wide // 8)):
        wood[:, x : x + 6] = 25
    return np.clip(wood, 0, 255).astype(np.uint8)


def lens(image: Grey, rng: random.Random, bend: float = 0.04) -> Grey:
    """Straight lines that a wide lens bends, outwards or inwards."""
    high, wide = image.shape
    k = rng.choice((-1, 1)) * bend
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    x, y = (x - wide / 2) / (high / 2), (y - high / 2) / (high / 2)
    times = (1 + k * (x * x + y * y)) / (1 + max(0, k) * 0.8)
    maps = [(a * times * (high / 2) + side / 2).astype(np.float32) for a, side in ((x, wide), (y, high))]
    return cv2.remap(image, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def moved(image: Grey, rng: random.Random, length: int = 9) -> Grey:
    """A phone that moved by `length` pixels while it took the picture."""
    streak = np.zeros((length, length), np.float32)
    angle, middle = rng.uniform(0, np.pi), (length - 1) / 2
    ends = [(round(middle + s * middle * np.cos(angle)), round(middle + s * middle * np.sin(angle))) for s in (-1, 1)]
    cv2.line(streak, *ends, 1, 1)
    return cv2.filter2D(image, -1, streak / streak.sum())


def vignette(image: Grey, rng: random.Random, dark: float = 0.6) -> Grey:
    """Corners much darker than the middle."""
    high, wide = image.shape
    y, x = np.linspace(-1, 1, high, dtype=np.float32)[:, None], np.linspace(-1, 1, wide, dtype=np.float32)
    return (image * (1 - dark * (x * x + y * y) / 2)).astype(np.uint8)


def lamp(image: Grey, rng: random.Random) -> Grey:
    """One strong lamp near one side: five times as bright there as at the other."""
    high, wide = image.shape
    y, x = np.mgrid[0 : high // 8, 0 : wide // 8].astype(np.float32)
    at = rng.uniform(-0.2, 1.2) * wide / 8, rng.choice((-0.2, 1.2)) * high / 8
    light = 1 / (1 + ((x - at[0]) ** 2 + (y - at[1]) ** 2) / (high / 12) ** 2)
    return (image * cv2.resize(0.25 + 0.75 * light / light.max(), (wide, high))).astype(np.uint8)


def hollowed(window: int, below: int = 10) -> Callable[[Grey, random.Random], Grey]:
    """A scanner app's black and white: black is what is darker by `below` than the mean of a square of `window` pixels
    round it, so that of what is wider than that only the edge is left."""

    def app(image: Grey, rng: random.Random) -> Grey:
        mean, black = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
        return cv2.adaptiveThreshold(cv2.GaussianBlur(image, (3, 3), 0), 255, mean, black, window, below)

    return app


def divided(image: Grey, rng: random.Random) -> Grey:
    """A scanner app that takes the shadows away: what is large and dark goes with them."""
    around = cv2.medianBlur(cv2.dilate(image, np.ones((7, 7))), 21)
    return cv2.normalize(255 - cv2.absdiff(image, around), None, 0, 255, cv2.NORM_MINMAX)


def first(*steps: Callable[[Grey, random.Random], Grey]) -> Callable[[Grey, random.Random], Grey]:
    """One thing after the other."""

    def all_of_them(image: Grey, rng: random.Random) -> Grey:
        for step in steps:
            image = step(image, rng)
        return image

    return all_of_them
