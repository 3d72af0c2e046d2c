"""Sheets on which the reader was not tuned: in sharp shadows, crumpled, with specks, with pale marks by dark ones."""

from __future__ import annotations

import random

import pytest
import scan_mishaps as mishaps
import scan_pictures as paper
from scan_sheet import Sheet, filled, read, why

from fieldkit.scan.bins import FAINT, SECOND


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return Sheet(tmp_path_factory.mktemp("sheet"))


@pytest.mark.parametrize("beside_mm", [-1, 1])
def test_a_shadow_that_ends_sharply_in_a_box(sheet: Sheet, beside_mm: float) -> None:
    """The sharp edge of a shadow through a box is no mark, and what lies in a deep shadow is read."""
    rng = random.Random(5)
    page, marks = filled(sheet, rng)
    page = mishaps.sharp_shadow(page, sheet.box("act-1", 1).x_mm + beside_mm)
    assert read(sheet, paper.photographed(page, rng)) == marks


def test_a_pale_cross_beside_a_dark_mark(sheet: Sheet) -> None:
    """A thin pencil cross in a row with a dark mark goes to a person: a rubber leaves no strokes."""
    rng = random.Random(1)
    page, marks = filled(sheet, rng, leave=["act-4"], styles=("disc",))
    paper.mark(page, sheet.box("act-4", 1), rng, "disc", ink=(15, 15))
    mishaps.pale_cross(page, sheet.box("act-4"))
    image = paper.photographed(page, rng)
    assert read(sheet, image) == marks | {"act-4": None}
    assert why(sheet, image)["act-4"] == SECOND


def test_a_pale_tick_that_leaves_by_the_corner(sheet: Sheet) -> None:
    """A pencil tick whose tail leaves its box by the corner is read among dark marks: it is no ring of a cup."""
    rng = random.Random(3)
    page, marks = filled(sheet, rng, leave=["act-4"], styles=("disc",))
    box = sheet.box("act-4", 1)
    r = box.r_mm
    tick = [
        (box.x_mm - 0.6 * r, box.y_mm),
        (box.x_mm - 0.2 * r, box.y_mm + 0.5 * r),
        (box.x_mm + 1.4 * r, box.y_mm - 1.4 * r),
    ]
    mishaps.draw(page, tick, rng, 0.5, (152, 152))
    assert read(sheet, paper.scanned(page, rng)) == marks | {"act-4": box.mark}


def test_specks_that_lie_in_one_box(sheet: Sheet) -> None:
    """Three specks of a copier in a box of a row without a mark are no mark, however far apart they lie."""
    rng = random.Random(2)
    page, marks = filled(sheet, rng, leave=["act-4"], styles=("tick", "cross"))
    mishaps.specks(page, sheet.box("act-4"))
    image = paper.scanned(page, rng)
    assert read(sheet, image) == marks | {"act-4": None}
    assert why(sheet, image)["act-4"] == FAINT


@pytest.mark.parametrize("seed", [1, 2])
def test_crumpled_paper(sheet: Sheet, seed: int) -> None:
    """Paper that was crumpled and bends by some millimetres all over is read, its code too."""
    rng = random.Random(seed)
    page, marks = filled(sheet, rng)
    got = read(sheet, paper.scanned(mishaps.buckled(page, rng), rng))
    asked = [item for item, mark in got.items() if mark is None]
    assert len(asked) <= 1
    assert {item: mark for item, mark in got.items() if mark} == {i: m for i, m in marks.items() if i not in asked}


@pytest.mark.parametrize(("waves", "start"), [(0.8, 1.5), (1.2, 3.0)])
def test_paper_in_waves(sheet: Sheet, waves: float, start: float) -> None:
    """Paper in waves, whose rows run up and down by most of a box's height, is read."""
    rng = random.Random(1)
    page, marks = filled(sheet, rng)
    assert read(sheet, paper.scanned(mishaps.waved(page, 4, waves, start), rng)) == marks
