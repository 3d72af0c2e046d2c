"""Sets of synthetic scanner images: what is drawn into them, what can be seen in them, and the log that goes with them.

The grid over a picture has columns A to L and rows 1 to 4, each cell 100 x 100. `scenes.py` draws a sound unit,
`radiograph.py` makes the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from fieldkit.generator.container_number import draw_container_number
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import Case
from fieldkit.generator.planting import Change, Plant, in_line
from fieldkit.generator.scenes import CONTAINER, HOLD, TRAILER, Scene, Shape, draw_scene
from fieldkit.generator.seen import Papers, Seen

WIDTH, HEIGHT, CELL = 1200, 400, 100
SET, LOG = "image-set", "scan-log"
VISIBLE = 30  # the least change of the brightness, in thousandths of full light, that can be told from noise
DARK = 60  # less light than this, in thousandths, is not penetrated
EMPTY = "Порожний / Empty"
DECLARED = {
    "cartons": ("Обувь в картонах / Footwear in cartons", "Посуда в картонах / Tableware in cartons"),
    "sacks": ("Рис в мешках / Rice in bags", "Сахар в мешках / Sugar in bags"),
    "drums": ("Краска в бочках / Paint in drums", "Масло в бочках / Oil in drums"),
    "pallets": ("Плитка на паллетах / Tiles on pallets", "Кирпич на паллетах / Bricks on pallets"),
    "tyres": ("Шины / Tyres",),
    "engine": ("Двигатели / Engines",),
    "empty": (EMPTY,),
}
ShapeOf = Callable[[Dice, Scene], Shape | None]


def draw_images(dice: Dice, case: Case, count: int) -> Case:
    """Some images, each of a sound unit whose load is the declared one, with the log that goes with them."""
    moment = datetime.fromisoformat(f"{case['border_date']}T09:00")
    lines = []
    for number, load in enumerate(_loads(dice, count), 1):
        unit = dice.pick((CONTAINER, TRAILER))
        moment += timedelta(minutes=dice.between(6, 25))
        plate = f"00 {dice.digits(3)} TR{dice.pick('BCHKMPTX')}"
        lines.append({
            "plate": str(number),
            "unit_number": draw_container_number(dice) if unit == CONTAINER else plate,
            "taken_at": moment.strftime("%H:%M"),
            "declared": dice.pick(DECLARED[load]),
            "scene": draw_scene(dice, unit, load),
        })  # fmt: skip
    return {"set_number": f"IM-{dice.digits(4)}", "images": lines}


def _loads(dice: Dice, count: int) -> list[str]:
    """Loads of all sorts, among them at least one of cartons and one of bags, in which most things can be seen."""
    others = [load for load in DECLARED if load not in ("cartons", "sacks")]
    return dice.shuffled(["cartons", "sacks", *(dice.pick(others) for _ in range(count - 2))])


def attenuation_at(shapes: Sequence[Shape], x: int, y: int) -> int:
    """What lies on the beam at one place, in thousandths."""
    return sum(shape[5] for shape in shapes if _covers(shape, x, y))


def _covers(shape: Shape, x: int, y: int) -> bool:
    kind, left, top, wide, high = shape[:5]
    if not (left <= x < left + wide and top <= y < top + high):
        return False
    if kind in ("rect", "grid"):
        return True
    across, down = (2 * (x - left) - wide) / wide, (2 * (y - top) - high) / high
    far = across * across + down * down
    return far <= 1 and (kind == "ellipse" or far >= 0.25)


def light(attenuation: int) -> int:
    """What comes through, in thousandths of full light (Beer-Lambert)."""
    return round(1000 * math.exp(-attenuation / 1000))


def cells(shape: Shape) -> str:
    """The cells that a shape lies in, without its outermost fifth: `E2`, or `E2-F3` from corner to corner."""
    _, left, top, wide, high = shape[:5]
    first = _cell(left + wide // 5, top + high // 5)
    last = _cell(left + wide - wide // 5 - 1, top + high - high // 5 - 1)
    return first if first == last else f"{first}-{last}"


def _cell(x: int, y: int) -> str:
    return f"{'ABCDEFGHIJKL'[min(WIDTH - 1, max(0, x)) // CELL]}{min(HEIGHT - 1, max(0, y)) // CELL + 1}"


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Everything that can be seen in the images, and between them and the log."""
    log = {row["plate"]: row for row in documents.get(LOG, {}).get("lines", ())}
    for row in documents.get(SET, {}).get("lines", ()):
        yield from _odd(row)
        entry = log.get(row["plate"])
        if entry is None:
            continue
        if (row["unit_number"], row["taken_at"]) != (entry["unit_number"], entry["taken_at"]):
            yield Seen("X06", "unit_number", (SET, LOG), row["plate"])
        load = row["scene"]["load"]
        if entry["declared"] not in DECLARED[load]:
            yield Seen("X05" if entry["declared"] == EMPTY else "X04", "declared", (LOG, SET), row["plate"])


def _odd(row: dict[str, Any]) -> Iterator[Seen]:
    scene = row["scene"]
    left, top, right, bottom = HOLD[scene["unit"]]
    for shape in scene["odd"]:
        x, y = shape[1] + shape[3] // 2, shape[2] + shape[4] // 2
        behind = attenuation_at(scene["shapes"], x, y)
        before, after = light(behind), light(max(0, behind + shape[5]))
        if abs(after - before) < VISIBLE:
            continue
        if after < DARK and shape[3] >= CELL:
            yield Seen("X07", "scene", (SET,), row["plate"])
        elif not (left <= x < right and top <= y < bottom):
            yield Seen("X02", "scene", (SET,), row["plate"])
        else:
            yield Seen("X03" if shape[5] < 0 else "X01", "scene", (SET,), row["plate"])


def _shown(level: int, shape_of: ShapeOf) -> Plant:
    """An odd shape in one of the images in which it can be, at most one in each."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        rows = documents[SET]["lines"] if SET in names else []
        for place in dice.shuffled(range(len(rows))):
            scene = rows[place]["scene"]
            shape = None if scene["odd"] else shape_of(dice, scene)
            if shape is not None:
                paper = deepcopy(documents[SET])
                paper["lines"][place]["scene"]["odd"] = [shape]
                return Change(SET, "scene", cells(shape), "", level, paper, rows[place]["plate"])
        return None

    return way


def _object(level: int) -> Plant:
    """Something denser in a load of one sort: small and faint is hard."""
    wide, extra = {1: (90, 1100), 2: (64, 700), 3: (44, 480)}[level]

    def shape(dice: Dice, scene: Scene) -> Shape | None:
        if scene["load"] not in ("cartons", "sacks", "tyres"):
            return None
        left, _, right, bottom = HOLD[scene["unit"]]
        x, y = dice.between(left + 40, right - 320), bottom - dice.between(70, 120)
        return [
            dice.pick(("rect", "ellipse")),
            x,
            y,
            wide + dice.between(0, 16),
            wide - 8,
            extra + dice.between(0, 120),
        ]

    return _shown(level, shape)


def _in_structure(dice: Dice, scene: Scene) -> Shape | None:
    """Density where a sound unit has little or none: under the floor of a container, in a tyre of a trailer."""
    if scene["unit"] == CONTAINER:
        return ["rect", dice.between(120, 900), 349, dice.between(70, 130), 22, 900]
    return ["ellipse", dice.pick((330, 860, 950, 1040)) + 20, 310, 44, 44, 1400]


def _void(dice: Dice, scene: Scene) -> Shape | None:
    """A hollow in a dense load of one sort."""
    if scene["load"] != "cartons":
        return None
    left, _, right, bottom = HOLD[scene["unit"]]
    return ["rect", dice.between(left + 60, right - 340), bottom - dice.between(100, 130), 84, 70, -440]


def _dark(dice: Dice, scene: Scene) -> Shape | None:
    """A block through which no light comes."""
    left, _, right, bottom = HOLD[scene["unit"]]
    return ["rect", dice.between(left + 30, right - 300), bottom - 140, 130, 136, 5200]


def _declared_otherwise(empty: bool) -> Plant:
    """The log declares another load, or none."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        if LOG not in names or SET not in documents:
            return None
        place = dice.below(len(documents[LOG]["lines"]))
        load = documents[SET]["lines"][place]["scene"]["load"]
        if load == "empty":
            return None
        others = [goods for kind, names_ in DECLARED.items() if kind not in (load, "empty") for goods in names_]
        wrong = EMPTY if empty else dice.pick(others)
        return in_line(documents, LOG, place, "declared", wrong, 1 if empty else 2, key="plate")

    return way


def _wrong_unit(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """The image carries the number of another unit than the log."""
    if SET not in names or LOG not in documents:
        return None
    place = dice.below(len(documents[SET]["lines"]))
    right = documents[SET]["lines"][place]["unit_number"]
    digits = [n for n, c in enumerate(right) if c.isdigit()]
    at = dice.pick(digits[-5:-1] if len(digits) > 5 else digits[-3:])
    wrong = right[:at] + str((int(right[at]) + dice.between(1, 9)) % 10) + right[at + 1 :]
    return in_line(documents, SET, place, "unit_number", wrong, 2, key="plate")


PLANTS: dict[str, tuple[Plant, ...]] = {
    "X01": (_object(1), _object(2), _object(3)),
    "X02": (_shown(3, _in_structure),),
    "X03": (_shown(2, _void),),
    "X04": (_declared_otherwise(False),),
    "X05": (_declared_otherwise(True),),
    "X06": (_wrong_unit,),
    "X07": (_shown(1, _dark),),
}
