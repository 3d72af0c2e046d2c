"""Marks that are taken back with strokes, and strokes that are no marks: they go to a person."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import scan_mishaps as mishaps
import scan_pictures as paper
import scan_strikes as strikes
from scan_sheet import Sheet, filled, read, why

from fieldkit.model.sheet import Box

SPOILT = ("act-2", "act-5", "act-8")
MACHINES = {"photo": lambda p, r: paper.photographed(p, r, wide=3024, high=4032), "scan": paper.scanned}
BLANK = {
    "a slip of the pen": lambda p, row, r: strikes.slip(p, r.choice(row), r, 3.2),
    "words": strikes.write,
}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return Sheet(tmp_path_factory.mktemp("strikes"))


def rest(marks: dict[str, str]) -> dict[str, str]:
    return {item: mark for item, mark in marks.items() if item not in SPOILT}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("what", strikes.OVER)
def test_marks_that_are_struck_out(sheet: Sheet, what: str, machine: str) -> None:
    """A tick, a cross or a disc with strokes drawn over it goes to a person; the marks beside it are read."""
    rng = random.Random(f"{what} {machine}")
    page, marks = filled(sheet, rng, styles=("disc", "cross", "tick"), leave=SPOILT)
    for item, style, size in zip(SPOILT, ("tick", "cross", "disc"), (1.6, 1.9, 1.7), strict=True):
        box = rng.choice(sheet.row(item))
        paper.mark(page, box, rng, style)
        strikes.draw_over(page, box, strikes.OVER[what](size), rng)
    image = MACHINES[machine](page, rng)
    assert read(sheet, image) == marks | dict.fromkeys(SPOILT)
    assert {why(sheet, image)[item] for item in SPOILT} <= {"a box is struck out", "a mark is too faint to be sure"}


@pytest.mark.parametrize("size", [1.0, 1.15, 1.3])
def test_generous_marks_are_not_struck_out(sheet: Sheet, size: float) -> None:
    """Somebody's crosses and ticks may well come out of their boxes, and are read."""
    rng = random.Random(str(size))
    page, marks = filled(sheet, rng, styles=("disc",), leave=SPOILT)
    for item in SPOILT:
        box = rng.choice(sheet.row(item))
        strikes.draw_over(page, box, strikes.cross(size), rng, 0.05)
        marks[item] = box.mark
    for style, seed in (("cross", 1), ("tick", 2)):
        beyond, others = filled(sheet, random.Random(seed), styles=(style,))
        assert read(sheet, paper.photographed(beyond, rng)) == others
    assert read(sheet, paper.photographed(page, rng)) == marks


def test_blurred_crosses_beyond_their_boxes(sheet: Sheet) -> None:
    """In a poor picture thin crosses that come out of their boxes look broad, and are crosses all the same."""
    rng = random.Random(4)
    page, marks = filled(sheet, rng, leave=SPOILT)
    for item in SPOILT:
        box = rng.choice(sheet.row(item))
        strikes.draw_over(page, box, strikes.cross(1.25), random.Random(item), 0.03)
        marks[item] = box.mark
    poor = mishaps.moved(paper.photographed(page, rng, tilt=0.1), rng, 5)
    assert rest(read(sheet, poor)) == rest(marks)  # type: ignore[arg-type]
    assert read(sheet, poor) == marks


@pytest.mark.parametrize("what", BLANK)
def test_strokes_that_are_no_marks(sheet: Sheet, what: str) -> None:
    """A slip of the pen, or words, in a row without a mark are not taken for one."""
    rng = random.Random(what)
    page, marks = filled(sheet, rng, leave=SPOILT)
    spoil: Callable[[np.ndarray, Sequence[Box], random.Random], None] = BLANK[what]
    for item in SPOILT:
        spoil(page, sheet.row(item), rng)
    assert read(sheet, paper.photographed(page, rng)) == marks | dict.fromkeys(SPOILT)


def test_an_arrow_from_the_margin(sheet: Sheet) -> None:
    """An arrow from the margin to another box than the marked one goes to a person."""
    rng = random.Random(6)
    page, marks = filled(sheet, rng, leave=SPOILT)
    for item in SPOILT:
        paper.mark(page, sheet.box(item), rng, "tick")
        strikes.margin_arrow(page, sheet.row(item), rng)
    assert read(sheet, paper.scanned(page, rng)) == marks | dict.fromkeys(SPOILT)
