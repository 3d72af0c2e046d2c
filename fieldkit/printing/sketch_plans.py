"""Outlines of the units and the places of their inspection points, in millimetres from a sketch's top left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

XY = tuple[float, float]


class Spot(NamedTuple):
    """Where the disc of a point stands, and the place on the unit that its line leads to (None: it stands there)."""

    disc: XY
    leads_to: XY | None = None


@dataclass(frozen=True)
class Sketch:
    """Outlines of a unit: `solid` and `dashed` (hidden edges) chains of places, wheels, and the spots of its points."""

    solid: Sequence[Sequence[XY]]
    dashed: Sequence[Sequence[XY]]
    wheels: Sequence[XY]
    spots: Mapping[str, Spot]
    fine: Sequence[Sequence[XY]] = ()


def _ribs(start: XY, end: XY, down: float, count: int) -> list[list[XY]]:
    """Upright lines between two places of an edge, as on a corrugated wall."""
    found = []
    for k in range(1, count):
        x, y = (a + (b - a) * k / count for a, b in zip(start, end, strict=True))
        found.append([(x, y + 1.5), (x, y + down - 1.5)])
    return found


_CONTAINER_SPOTS = {
    "undercarriage": Spot((62, 62), (62, 57)),
    "doors": Spot((22, 33)),
    "right-wall": Spot((98, 38)),
    "left-wall": Spot((56, 5), (56, 17)),
    "side-walls": Spot((98, 38)),
    "front-wall": Spot((168, 32), (152, 32)),
    "roof": Spot((84, 19)),
    "floor": Spot((112, 62), (104, 48)),
    "seal": Spot((6, 48), (26, 48)),
    "fan-housing": Spot((168, 20), (155, 24)),
    "refrigeration-unit": Spot((168, 20), (155, 24)),
}
CONTAINER = Sketch(
    solid=(
        [(12, 22), (38, 30), (38, 58), (12, 50), (12, 22)],
        [(38, 30), (152, 16), (152, 44), (38, 58)],
        [(12, 22), (126, 8), (152, 16)],
        [(25, 26), (25, 54)],
    ),
    dashed=([(126, 8), (126, 36)], [(12, 50), (126, 36), (152, 44)]),
    wheels=(),
    spots=_CONTAINER_SPOTS,
    fine=(*_ribs((38, 30), (152, 16), 28, 24), *_ribs((12, 22), (38, 30), 28, 6)),
)
REEFER = Sketch(
    solid=(*CONTAINER.solid, [(152, 18), (158, 17.3), (158, 41.3), (152, 42)]),
    dashed=CONTAINER.dashed,
    wheels=(),
    spots=_CONTAINER_SPOTS,
    fine=CONTAINER.fine,
)
TRUCK = Sketch(
    solid=(
        [(8, 44), (8, 28), (12, 13), (33, 13), (33, 44), (8, 44)],
        [(12, 15), (20, 15), (20, 26), (9, 26)],
        [(52, 10), (168, 10), (168, 38), (52, 38), (52, 10)],
        [(33, 42), (74, 42), (74, 45), (33, 45)],
        [(46, 42), (46, 47), (34, 47), (34, 42)],
        [(58, 38), (58, 41), (70, 41), (70, 38)],
        [(78, 38), (78, 42), (168, 42), (168, 38)],
        [(86, 42), (86, 50)],
        [(36, 42), (36, 10)],
        [(47, 14), (52, 14), (52, 30), (47, 30), (47, 14)],
    ),
    dashed=([(54, 35), (166, 35)],),
    wheels=((18, 46), (56, 46), (68, 46), (134, 46), (146, 46), (158, 46)),
    spots={
        "bumper": Spot((3, 53), (8, 42)),
        "engine": Spot((3, 36), (13, 36)),
        "tyres": Spot((18, 60), (18, 51)),
        "cab-floor": Spot((28, 60), (26, 43)),
        "fuel-tanks": Spot((38, 60), (38, 46)),
        "cab": Spot((20.5, 32)),
        "air-tanks": Spot((48, 60), (52, 44)),
        "drive-shaft": Spot((62, 60), (62, 46)),
        "fifth-wheel": Spot((76, 60), (65, 40)),
        "undercarriage": Spot((96, 60), (96, 42)),
        "doors": Spot((173, 20), (168, 20)),
        "trailer-floor": Spot((116, 60), (116, 35)),
        "floor": Spot((116, 60), (116, 35)),
        "side-walls": Spot((110, 23)),
        "left-wall": Spot((96, 23)),
        "right-wall": Spot((124, 23)),
        "front-wall": Spot((64, 4), (52.5, 12)),
        "roof": Spot((110, 4), (110, 10)),
        "refrigeration-unit": Spot((48, 4), (49, 14)),
        "exhaust": Spot((30, 5), (36, 11)),
        "seal": Spot((173, 34), (168, 30)),
    },
)


def _bars() -> list[list[XY]]:
    """Four locking bars of a door end, each with its cams and its handle."""
    found: list[list[XY]] = []
    for x, side in ((60, 1), (78, -1), (98, 1), (116, -1)):
        found += [[(x, 6), (x, 60)], [(x - 2, 6), (x + 2, 6)], [(x - 2, 60), (x + 2, 60)]]
        found += [[(x, 41), (x + 7 * side, 41), (x + 7 * side, 42.5), (x, 42.5)]]
    return found


DOOR_END = Sketch(
    solid=(
        [(48, 3), (128, 3), (128, 63), (48, 63), (48, 3)],
        [(51, 5), (87.5, 5), (87.5, 61), (51, 61), (51, 5)],
        [(88.5, 5), (125, 5), (125, 61), (88.5, 61), (88.5, 5)],
        *_bars(),
        *([(x, y), (x + 3, y), (x + 3, y + 4), (x, y + 4), (x, y)] for x in (49.5, 123.5) for y in (9, 24, 39, 53)),
        [(103.5, 43), (105.5, 43), (105.5, 47), (103.5, 47), (103.5, 43)],
    ),
    dashed=(),
    wheels=(),
    spots={
        "seal": Spot((150, 50), (105.5, 45)),
        "locking-handle": Spot((26, 50), (63, 42)),
        "locking-bars": Spot((26, 20), (60, 20)),
        "hinges": Spot((150, 26), (125, 26)),
        "rivets": Spot((26, 35), (60, 41)),
        "door-panel": Spot((107, 20)),
    },
)


def _box(left: float, top: float, right: float, bottom: float) -> list[XY]:
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


LOAD_ROWS = Sketch(
    solid=(
        [(8, 6), (8, 60), (168, 60), (168, 6)],
        *(_box(20 + 36 * row, 14 + 11 * n, 46 + 36 * row, 23 + 11 * n) for row in range(4) for n in range(4)),
    ),
    dashed=(),
    wheels=(),
    spots={f"row-{name}": Spot((33 + 36 * n, 62.5), (33 + 36 * n, 56)) for n, name in enumerate("abcd")},
)
CURTAIN = replace(
    TRUCK,
    fine=(*([(x, 10), (x, 38)] for x in range(60, 168, 12)), [(52, 34), (168, 34)]),
    spots={
        "tir-plates": Spot((44, 4), (52, 20)),
        "front-wall": Spot((64, 4), (52.5, 12)),
        "sheet-left": Spot((96, 23)),
        "sheet-right": Spot((124, 23)),
        "sheet-roof": Spot((110, 4), (110, 10)),
        "sheet-buckles": Spot((82, 60), (82, 38)),
        "eyelets": Spot((110, 60), (110, 35)),
        "cord-end": Spot((173, 34), (168, 34)),
        "doors": Spot((173, 20), (168, 20)),
        "undercarriage": Spot((126, 60), (126, 42)),
        "fifth-wheel": Spot((70, 60), (65, 40)),
    },
)
TANKER = Sketch(
    solid=(
        *TRUCK.solid[:2],
        [(56, 12), (162, 12), (167, 18), (167, 32), (162, 38), (56, 38), (51, 32), (51, 18), (56, 12)],
        *([(x, 12), (x, 9), (x + 10, 9), (x + 10, 12)] for x in (74, 104, 134)),
        *TRUCK.solid[3:8],
        [(160, 9), (160, 40), (163, 40), (163, 9)],
    ),
    dashed=([(88, 12), (88, 38)], [(124, 12), (124, 38)]),
    wheels=TRUCK.wheels,
    spots={
        **{name: TRUCK.spots[name] for name in ("bumper", "engine", "tyres", "fuel-tanks", "cab", "air-tanks",
                                                "undercarriage")},
        "exhaust": Spot((30, 5), (36, 20)),
        "fifth-wheel": Spot((76, 60), (65, 40)),
        "orange-plates": Spot((3, 60), (8, 44)),
        "tank-shell": Spot((106, 25)),
        "manlids": Spot((109, 3), (109, 9)),
        "tank-valves": Spot((116, 60), (116, 40)),
        "ladder": Spot((173, 20), (163, 20)),
    },
)  # fmt: skip
SCANNER_SITE = Sketch(
    solid=(
        _box(76, 22, 100, 44),
        [(52, 26), (60, 26), (60, 40), (48, 40), (48, 31), (52, 26)],
        _box(60, 24, 74, 40),
        _box(104, 20, 118, 30),
        _box(140, 16, 166, 34),
    ),
    dashed=(_box(20, 8, 130, 58),),
    wheels=((53, 42), (68, 42)),
    spots={
        "scan-cab": Spot((40, 20), (52, 32)),
        "scan-hold": Spot((67, 16), (67, 26)),
        "scan-zone": Spot((38, 52)),
        "scan-barrier": Spot((12, 33), (20, 33)),
        "scan-light": Spot((88, 14), (88, 22)),
        "scan-interlock": Spot((136, 50), (130, 46)),
        "scan-stop": Spot((111, 38), (111, 30)),
        "scan-dosimeter": Spot((172, 40), (160, 34)),
        "scan-journal": Spot((153, 25)),
    },
)
BAG = Sketch(
    solid=(_box(40, 20, 130, 58), [(72, 20), (72, 10), (98, 10), (98, 20)], _box(146, 40, 160, 58)),
    dashed=(_box(44, 24, 126, 54),),
    wheels=(),
    spots={
        "bag-outside": Spot((20, 40), (40, 40)),
        "bag-lining": Spot((54, 32)),
        "bag-frame": Spot((112, 6), (98, 12)),
        "bag-contents": Spot((85, 42)),
        "bag-containers": Spot((153, 34), (153, 40)),
    },
)
FIND_TABLE = Sketch(
    solid=(_box(10, 16, 166, 54), _box(22, 24, 44, 44), _box(58, 22, 82, 48), _box(96, 28, 112, 38),
           _box(126, 22, 156, 48)),
    dashed=(),
    wheels=(),
    spots={
        "find-scale": Spot((33, 34)),
        "find-bag": Spot((70, 35)),
        "find-label": Spot((104, 46), (104, 38)),
        "find-store": Spot((141, 35)),
    },
)  # fmt: skip
SKETCHES = {
    "container": (CONTAINER, DOOR_END, LOAD_ROWS),
    "reefer-container": (REEFER, DOOR_END),
    "truck-trailer": (TRUCK, CURTAIN),
    "tanker": (TANKER,),
    "scanner-site": (SCANNER_SITE,),
    "baggage": (BAG, FIND_TABLE),
}
