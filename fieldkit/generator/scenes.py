"""What stands in a synthetic scanner image: a unit and its load, as shapes by place and attenuation.

A scene is plain data: `[kind, x, y, width, height, attenuation]`, places in pixels of a picture of 1200 x 400 from the
top left, attenuation (mu times thickness) in thousandths, added up along the beam. `odd` holds what does not belong.
"""

from __future__ import annotations

from typing import Any

from fieldkit.generator.dice import Dice

CONTAINER, TRAILER = "container", "trailer"
# Inside of the unit: left, top, right, bottom.
HOLD = {CONTAINER: (60, 60, 1140, 330), TRAILER: (300, 50, 1160, 270)}
Shape = list[Any]
Scene = dict[str, Any]


def draw_scene(dice: Dice, unit: str, load: str) -> Scene:
    """One unit with its load."""
    return {
        "unit": unit,
        "load": load,
        "shapes": [*(_container() if unit == CONTAINER else _trailer()), *_load(dice, load, HOLD[unit])],
        "odd": [],
        "noise": dice.between(8, 14),
        "seed": dice.below(1 << 31),
    }


def _container() -> list[Shape]:
    left, top, right, bottom = HOLD[CONTAINER]
    ribs: list[Shape] = [["rect", x, top - 6, 6, bottom - top + 12, 60] for x in range(left + 20, right - 10, 44)]
    walls: list[Shape] = [
        ["rect", left - 10, top - 10, right - left + 20, 10, 700],
        ["rect", left - 10, bottom, right - left + 20, 18, 900],
        ["rect", left - 10, top - 10, 10, bottom - top + 28, 1100],
        ["rect", right, top - 10, 10, bottom - top + 28, 1100],
        ["rect", left, top, right - left, bottom - top, 120],
    ]
    corners = [(x, y) for x in (left - 12, right - 10) for y in (top - 14, bottom + 2)]
    castings: list[Shape] = [["rect", x, y, 24, 20, 1500] for x, y in corners]
    door_bars: list[Shape] = [["rect", right - 4, y, 18, 5, 900] for y in range(top + 20, bottom - 10, 56)]
    feet: list[Shape] = [["rect", x, bottom + 18, 26, 14, 800] for x in range(left, right, 180)]
    return [*walls, *ribs, *castings, *door_bars, *feet]


def _trailer() -> list[Shape]:
    left, top, right, bottom = HOLD[TRAILER]
    hull: list[Shape] = [
        ["rect", left - 8, top - 8, right - left + 16, 8, 420],
        ["rect", left - 8, bottom, right - left + 16, 14, 800],
        ["rect", left - 8, top - 8, 8, bottom - top + 22, 600],
        ["rect", right, top - 8, 8, bottom - top + 22, 600],
        ["rect", left, top, right - left, bottom - top, 60],
        ["rect", 200, 284, 900, 10, 1300],
    ]
    cab: list[Shape] = [
        ["rect", 50, 90, 170, 10, 500],
        ["rect", 46, 90, 10, 190, 700],
        ["rect", 214, 90, 8, 190, 500],
        ["rect", 56, 220, 110, 70, 2100],
        ["rect", 60, 280, 180, 14, 1300],
        ["ellipse", 235, 240, 60, 46, 900],
    ]
    inside: list[Shape] = [
        ["rect", 120, 150, 14, 70, 260],
        ["rect", 104, 208, 60, 12, 320],
        ["rect", 62, 168, 26, 10, 420],
        ["ellipse", 84, 150, 10, 44, 380],
        ["rect", 30, 262, 26, 30, 900],
        ["rect", 292, 270, 70, 12, 1600],
        ["rect", 470, 284, 9, 74, 1200],
        ["rect", 458, 354, 34, 7, 1200],
        ["rect", 560, 296, 120, 34, 420],
        ["rect", 1120, 294, 34, 20, 700],
    ]
    axles = (70, 330, 860, 950, 1040)
    wheels: list[Shape] = [["ring", x, 290, 84, 84, 1500] for x in axles]
    hubs: list[Shape] = [["ellipse", x + 32, 322, 20, 20, 1300] for x in axles]
    return [*hull, *cab, *inside, *wheels, *hubs]


def _load(dice: Dice, load: str, hold: tuple[int, int, int, int]) -> list[Shape]:
    left, top, right, bottom = hold
    fill = dice.between(60, 85)
    low = bottom - (bottom - top) * fill // 100
    end = right - dice.between(20, 160)
    weight = dice.between(0, 200)
    if load == "cartons":
        return [["grid", left + 8, low, end - left - 8, bottom - low, 620 + weight, dice.between(34, 52)]]
    if load == "sacks":
        return [["ellipse", x, y, 96, 40, 480 + weight] for y in range(bottom - 38, low, -30)
                for x in range(left + 10, end - 90, 88)]  # fmt: skip
    if load == "drums":
        return [["rect", x, y, 58, 84, 1100 + weight] for y in range(bottom - 84, low - 20, -92)
                for x in range(left + 12, end - 60, 66)]  # fmt: skip
    if load == "pallets":
        return [shape for x in range(left + 12, end - 90, 112) for shape in _pallet(dice, x, bottom, weight)]
    if load == "tyres":
        return [["ring", x, y, 62, 62, 520 + weight] for y in range(bottom - 62, low - 20, -60)
                for x in range(left + 10, end - 60, 64)]  # fmt: skip
    if load == "engine":
        return [shape for x in range(left + 40, end - 150, 220)
                for shape in (["rect", x, bottom - 120, 130, 104, 1900 + weight],
                              ["ellipse", x + 20, bottom - 150, 90, 60, 900],
                              ["rect", x - 8, bottom - 16, 146, 16, 300])]  # fmt: skip
    return []


def _pallet(dice: Dice, x: int, bottom: int, weight: int) -> list[Shape]:
    high = dice.between(84, 128)
    dense = 1500 + weight + dice.between(0, 160)
    return [["rect", x, bottom - 12, 92, 12, 260], ["rect", x + 2, bottom - 12 - high, 88, high, dense]]
