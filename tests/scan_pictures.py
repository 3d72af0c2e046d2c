"""Sheets as they come back: filled in by hand, then bent, stained, copied, covered, and photographed or scanned.

A page is a grey picture at DPI, 255 being paper; boxes are in millimetres, as `lay_out` gives them. Everything takes
its chance from a `random.Random`, so that a picture can be made again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from fieldkit.model.sheet import Box, Page

DPI = 254
PER_MM = DPI / 25.4
PEN, PENCIL, FAINT = (15, 100), (110, 150), (150, 175)  # how grey, on paper of 235
STYLES = ("disc", "cross", "tick", "bar", "scribble")
Grey = np.ndarray
Distort = Callable[[Grey, random.Random], Grey]


def printed(pdf: Path, number: int = 1) -> Grey:
    """Page `number` of a PDF as a printer would put it on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[number - 1].render(scale=DPI / 72, grayscale=True)
        return bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].copy()
    finally:
        document.close()


# What a hand does


def mark(page: Grey, box: Box, rng: random.Random, style: str = "", ink: tuple[int, int] = PEN) -> None:
    """One mark, made by a hand that is not exact."""
    style = style or rng.choice(STYLES)
    pen = max(2, round(rng.uniform(0.4, 0.7) * PER_MM))
    x, y = box.x_mm + rng.gauss(0, 0.25), box.y_mm + rng.gauss(0, 0.25)
    r, grey = box.r_mm * rng.uniform(0.75, 1.05), rng.randint(*ink)
    if style == "disc":
        layer = np.full_like(page, 255)
        axes = round(r * PER_MM), round(r * rng.uniform(0.75, 1) * PER_MM)
        centre = round(x * PER_MM), round(y * PER_MM)
        cv2.ellipse(layer, centre, axes, rng.uniform(0, 180), 0, 360, grey, -1, cv2.LINE_AA)
        np.minimum(page, layer, out=page)
        return
    lines = {
        "cross": [[(-1, -1), (1, 1)], [(-1, 1), (1, -1)]],
        "tick": [[(-0.9, 0), (-0.3, 0.9), (1.2, -1.2)]],
        "bar": [[(-0.9, 0.8), (0.9, -0.8)]],
        "scribble": [[((-1) ** k * 0.75, -0.8 + 0.2 * k) for k in range(9)]],
    }[style]
    for line in lines:
        _stroke(page, [(x + dx * r, y + dy * r) for dx, dy in line], grey, pen)


def strike(page: Grey, box: Box, rng: random.Random) -> None:
    """Scribbled solid beyond the edges of a box."""
    grey, pen, r = rng.randint(15, 80), round(0.7 * PER_MM), box.r_mm * rng.uniform(1.5, 1.9)
    for turn in (0, 1):
        steps = [(((-1) ** k) * rng.uniform(0.9, 1.1), -1 + k / 8 + rng.gauss(0, 0.03)) for k in range(17)]
        line = [(dy, dx) if turn else (dx, dy) for dx, dy in steps]
        _stroke(page, [(box.x_mm + dx * r, box.y_mm + dy * r) for dx, dy in line], grey, pen)


def strike_row(page: Grey, row: Sequence[Box], rng: random.Random) -> None:
    """A line drawn through all the boxes of an item."""
    left, right = row[0].x_mm - rng.uniform(7, 30), row[-1].x_mm + rng.uniform(6, 9)
    ends = [(x, row[0].y_mm + rng.uniform(-1, 1)) for x in (left, right)]
    _stroke(page, ends, rng.randint(15, 80), round(0.6 * PER_MM))


def rub_out(page: Grey, clean: Grey, box: Box, rng: random.Random, left: float = 0.12) -> None:
    """A rubber over a box: what stood there stays as a shadow of `left` of its darkness."""
    reach = round(1.6 * box.r_mm * PER_MM)
    x, y = round(box.x_mm * PER_MM), round(box.y_mm * PER_MM)
    here = np.s_[y - reach : y + reach, x - reach : x + reach]
    mixed = clean[here] * (1 - left) + page[here] * left
    page[here] = cv2.GaussianBlur(mixed.astype(np.uint8), (0, 0), 0.1 * PER_MM)
    np.minimum(page[here], clean[here], out=page[here])


def _stroke(page: Grey, points: Sequence[tuple[float, float]], grey: int, pen: int) -> None:
    layer = np.full_like(page, 255)
    cv2.polylines(layer, [np.round(np.array(points) * PER_MM).astype(np.int32)], False, grey, pen, cv2.LINE_AA)
    np.minimum(page, layer, out=page)


def fill(
    page: Grey,
    layout: Page,
    rng: random.Random,
    *,
    ink: tuple[int, int] = PEN,
    styles: Sequence[str] = STYLES,
    leave: Sequence[str] = (),
) -> dict[str, str]:
    """Mark one box of every item but those to `leave`; returns what was marked."""
    rows: dict[str, list[Box]] = {}
    for box in layout.boxes:
        rows.setdefault(box.item, []).append(box)
    chosen = {item: rng.choice(boxes) for item, boxes in rows.items() if item not in leave}
    for box in chosen.values():
        mark(page, box, rng, rng.choice(styles), ink)
    return {item: box.mark for item, box in chosen.items()}


# What happens to the paper


def curl(page: Grey, rng: random.Random, height_mm: float = 18, across: bool | None = None) -> Grey:
    """Paper that bends up in the middle, seen from 45 cm: along its length, or `across` it."""
    across = rng.random() < 0.5 if across is None else across
    return _bent(page, across, lambda s: height_mm * np.sin(np.pi * s))


def crease(page: Grey, rng: random.Random, height_mm: float = 8) -> Grey:
    """Paper that was folded in three and does not lie flat."""
    first, second = rng.uniform(0.3, 0.36), rng.uniform(0.63, 0.7)
    return _bent(page, False, lambda s: np.interp(s, [0, first, second, 1], [0, height_mm, 0.1 * height_mm, 0]))


def fold(page: Grey, start: tuple[int, int], end: tuple[int, int], dark: float = 0.45) -> None:
    """The dark line that a fold leaves, from one pixel to another."""
    line = np.zeros(page.shape, np.float32)
    cv2.line(line, start, end, dark, round(0.5 * PER_MM))
    page[:] = page * (1 - cv2.GaussianBlur(line, (0, 0), 0.1 * PER_MM))


def _bent(page: Grey, across: bool, height: Callable[[np.ndarray], np.ndarray], seen_from: float = 450) -> Grey:
    if across:
        return np.ascontiguousarray(_bent(np.ascontiguousarray(page.T), False, height, seen_from).T)
    high, wide = page.shape
    s = np.linspace(0, 1, high)
    z = height(s)
    length = high / PER_MM
    slope = np.gradient(z, length / high)
    along = np.concatenate([[0], np.cumsum(np.sqrt(np.maximum(0, 1 - slope[1:] ** 2)))]) / PER_MM
    nearer = seen_from / (seen_from - z)
    y_seen = ((along - along[-1] / 2) * nearer + length / 2) * PER_MM
    rows = np.interp(np.arange(high), y_seen, np.arange(high), left=-1, right=-1)
    at = np.interp(np.arange(high), y_seen, nearer)
    x = (np.arange(wide, dtype=np.float32) - wide / 2) / at[:, None] + wide / 2
    y = np.repeat(rows[:, None], wide, axis=1)
    bent = cv2.remap(page, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderValue=90)
    light = np.interp(np.arange(high), y_seen, 1 - 0.8 * np.clip(slope, -0.5, 0.5) * 0.5 - 0.05)
    return np.clip(bent * light[:, None], 0, 255).astype(np.uint8)


def stain(page: Grey, rng: random.Random, count: int = 3) -> Grey:
    """Rings and splashes of tea."""
    high, wide = page.shape
    soaked = np.ones((high, wide), np.float32)
    for _ in range(count):
        centre = rng.randrange(wide), rng.randrange(high)
        size = round(rng.uniform(2, 35) * PER_MM)
        cv2.circle(soaked, centre, size, 1 - rng.uniform(0.05, 0.2), -1)
        cv2.circle(soaked, centre, size, 1 - rng.uniform(0.15, 0.35), round(rng.uniform(0.5, 2) * PER_MM))
    return (page * cv2.GaussianBlur(soaked, (0, 0), 0.3 * PER_MM)).astype(np.uint8)


def hand_shadow(page: Grey, rng: random.Random) -> Grey:
    """The shadow of a hand and a phone, with an edge of some millimetres."""
    high, wide = page.shape
    shade = np.ones((high // 8, wide // 8), np.float32)
    x, y = rng.randrange(wide // 8), rng.randrange(high // 8)
    dark = 1 - rng.uniform(0.3, 0.6)
    cv2.ellipse(shade, (x, y), (wide // 24, high // 20), rng.uniform(0, 180), 0, 360, dark, -1)
    for finger in range(4):
        angle = np.deg2rad(rng.uniform(0, 360))
        tip = round(x + np.cos(angle + finger / 3) * high / 20), round(y + np.sin(angle + finger / 3) * high / 20)
        cv2.line(shade, (x, y), tip, dark, round(14 * PER_MM / 8))
    shade = cv2.GaussianBlur(shade, (0, 0), rng.uniform(1.0, 4.0) * PER_MM / 8)
    return (page * cv2.resize(shade, (wide, high), interpolation=cv2.INTER_LINEAR)).astype(np.uint8)


def thumb(page: Grey, rng: random.Random, corner: int | None = None) -> Grey:
    """A thumb on a corner of the page: 0 top left, clockwise."""
    corner = rng.randrange(4) if corner is None else corner
    high, wide = page.shape
    covered = page.copy()
    x, y = (0, wide, wide, 0)[corner], (0, 0, high, high)[corner]
    inward = 45 + 90 * corner
    tip = round(x + np.cos(np.deg2rad(inward)) * 14 * PER_MM), round(y + np.sin(np.deg2rad(inward)) * 14 * PER_MM)
    cv2.ellipse(covered, tip, (round(17 * PER_MM), round(9 * PER_MM)), inward, 0, 360, rng.randint(110, 170), -1)
    cv2.line(covered, (x, y), tip, rng.randint(110, 170), round(18 * PER_MM))
    return covered


def photocopy(page: Grey, rng: random.Random, size: float | None = None) -> Grey:
    """A copy at 90 to 104 %, hard in contrast, with specks and a grey edge."""
    size = rng.uniform(0.9, 1.04) if size is None else size
    high, wide = page.shape
    fit = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-1, 1), size)
    copy = cv2.warpAffine(page, fit, (wide, high), flags=cv2.INTER_AREA, borderValue=255)
    copy = np.clip((copy.astype(np.float32) - 60) * 1.5, 0, 255)
    noise = np.random.default_rng(rng.getrandbits(32))
    specks = noise.random(copy.shape) > 0.9997
    copy[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 40
    copy[:, : round(rng.uniform(0, 5) * PER_MM)] = 120
    return cv2.GaussianBlur(copy.astype(np.uint8), (0, 0), 0.8)


def glare(page: Grey, rng: random.Random, top_mm: float, height_mm: float = 25) -> Grey:
    """A lamp's reflection in a plastic sleeve, across the page."""
    high, wide = page.shape
    light = np.zeros((high, wide), np.float32)
    middle = round((top_mm + height_mm / 2) * PER_MM)
    axes = round(wide * 0.6), round(height_mm / 2 * PER_MM)
    cv2.ellipse(light, (round(wide * 0.7), middle), axes, 0, 0, 360, 1, -1)
    light = cv2.GaussianBlur(light, (0, 0), 2 * PER_MM)
    return np.clip(page * 0.9 + light * 400, 0, 255).astype(np.uint8)


# What the machine sees


def scanned(page: Grey, rng: random.Random, dpi: int = 200, askew: float = 1.5, noise: float = 4) -> Grey:
    """An office scanner: up to `askew` degrees off, a little noise."""
    seen = cv2.resize(page, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
    high, wide = seen.shape
    turned = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-askew, askew), 1)
    return noisy(cv2.warpAffine(seen, turned, (wide, high), borderValue=252), noise, rng)


def faxed(page: Grey, rng: random.Random, down: int = 196) -> Grey:
    """Black and white only, 204 dots across and `down` dots to the inch: pixels that need not be square."""
    size = round(page.shape[1] * 204 / DPI), round(page.shape[0] * down / DPI)
    seen = noisy(cv2.resize(page, size, interpolation=cv2.INTER_AREA), 10, rng)
    return np.where(seen > 150, 255, 0).astype(np.uint8)


def photographed(
    page: Grey, rng: random.Random, *, wide: int = 1512, high: int = 2016, fills: float = 0.86, tilt: float = 0.05
) -> Grey:
    """A phone's picture: askew, uneven light, noise; a desk around."""
    paper_high, paper_wide = page.shape
    scale = min(wide * fills / paper_wide, high * fills / paper_high)
    half = np.array([paper_wide, paper_high]) * scale / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    corners *= 1 - np.array([[rng.uniform(0, tilt), rng.uniform(0, tilt)] for _ in range(4)])
    turn = np.deg2rad(rng.uniform(-4, 4))
    corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + [wide / 2, high / 2]
    edges = np.array([[0, 0], [paper_wide, 0], [paper_wide, paper_high], [0, paper_high]], np.float32)
    lens = cv2.getPerspectiveTransform(edges, corners.astype(np.float32))
    small = cv2.resize(page, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    lens = lens @ np.diag([1 / 0.7, 1 / 0.7, 1])
    dice = np.random.default_rng(rng.getrandbits(32))
    desk = cv2.resize(dice.integers(50, 110, (40, 30)).astype(np.uint8), (wide, high), interpolation=cv2.INTER_CUBIC)
    seen = cv2.warpPerspective(np.minimum(small, 235), lens, (wide, high), dst=desk, borderMode=cv2.BORDER_TRANSPARENT)
    across, down = np.linspace(0, 1, wide, dtype=np.float32), np.linspace(0, 1, high, dtype=np.float32)
    light = 1 - rng.uniform(0.1, 0.4) * (0.5 * across + 0.5 * down[:, None])
    seen = cv2.GaussianBlur(seen * light, (0, 0), 0.8)
    return noisy(seen, 4, rng)


def noisy(image: np.ndarray, sigma: float, rng: random.Random) -> Grey:
    """With the noise of a sensor."""
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, sigma, image.shape).astype(np.float32)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def jpeg(image: Grey, quality: int = 80) -> bytes:
    """The bytes of a JPEG file."""
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
