"""The table of thresholds: every number in it that decides about marks is needed where it is."""

from __future__ import annotations

import random
import sys
from dataclasses import fields, replace

import cv2
import numpy as np
import pytest
import scan_mishaps as mishaps
import scan_pictures as paper
import scan_strikes as strikes
from scan_sheet import Sheet, read

from fieldkit.scan.reading import Refused
from fieldkit.scan.thresholds import THRESHOLDS

Marks = dict[str, str | None]


def hard_page(sheet: Sheet, rng: random.Random) -> tuple[np.ndarray, Marks]:
    """A page on which hands did what hands do, and what may be read from it."""
    page, box = sheet.blank.copy(), sheet.box
    special = [f"act-{n}" for n in range(2, 12) if n != 9]
    marks: Marks = dict(paper.fill(page, sheet.layout, rng, leave=special)) | dict.fromkeys(special)
    mishaps.dot(page, box("act-2"), rng, 0.45)
    paper.mark(page, box("act-3"), rng, "disc", ink=paper.PENCIL)
    paper.rub_out(page, sheet.blank, box("act-3"), rng, 0.3)
    paper.mark(page, box("act-3", 2), rng, "cross")
    mishaps.long_tick(page, box("act-5", 1), rng, sheet.row_mm("act-5") + 1.5)
    paper.mark(page, box("act-6", 1), rng, "tick")
    paper.strike_row(page, sheet.row("act-6"), rng)
    paper.mark(page, box("act-7"), rng, "disc")
    paper.strike(page, box("act-7"), rng)
    paper.mark(page, box("act-8"), rng, "disc", ink=paper.PENCIL)
    paper.rub_out(page, sheet.blank, box("act-8"), rng, 0.35)
    paper.mark(page, box("act-10"), rng, "tick", ink=(60, 60))
    paper.mark(page, box("act-11"), rng, "disc", ink=(205, 205))
    mishaps.ring(page, next(b for b in sheet.row("act-12") if b.mark != marks["act-12"]), random.Random(0))
    marks["act-12"] = None
    return page, marks | {"act-3": box("act-3", 2).mark, "act-5": box("act-5", 1).mark, "act-10": box("act-10").mark}


def cup(sheet: Sheet) -> np.ndarray:
    """A page with the ring of a cup through a box of a row that has no mark."""
    page, box = sheet.blank.copy(), sheet.box("act-6", 3)
    paper.fill(page, sheet.layout, random.Random(27), leave=["act-6"])
    return mishaps.cup(page, box.x_mm + 3.8, box.y_mm + 3.8, 4.7, dark=0.38)


def streak(sheet: Sheet, page: np.ndarray) -> np.ndarray:
    """The line of a dirty scanner, down through a column of boxes."""
    page, x = page.copy(), round(sheet.box("act-10", 1).x_mm * paper.PER_MM)
    paper.fold(page, (x - 12, 0), (x - 8, page.shape[0]), 0.7)
    return page


def few_marks(sheet: Sheet, rng: random.Random) -> np.ndarray:
    """A page of four marks, one of them faint, one on a fold, and one with an arrow to another box."""
    page, y = sheet.blank.copy(), round(sheet.box("act-3").y_mm * paper.PER_MM)
    paper.mark(page, sheet.box("act-1"), rng, "tick")
    paper.mark(page, sheet.box("act-2"), rng, "disc", ink=(190, 190))
    paper.mark(page, sheet.box("act-3"), rng, "tick")
    paper.mark(page, sheet.box("act-4"), rng, "cross")
    mishaps.arrow(page, sheet.box("act-4"), sheet.box("act-4", 1), rng)
    paper.fold(page, (0, y), (page.shape[1], y), 0.22)
    return page


def faint_marks(sheet: Sheet, rng: random.Random) -> np.ndarray:
    """A page with a mark of a pencil, and what may be one, fainter still, by itself and beside it."""
    page = sheet.blank.copy()
    paper.mark(page, sheet.box("act-5"), rng, "disc", ink=(198, 198))
    paper.mark(page, sheet.box("act-6"), rng, "disc", ink=(150, 150))
    paper.mark(page, sheet.box("act-6", 2), rng, "disc", ink=(206, 206))
    return page


def struck_upright(sheet: Sheet) -> np.ndarray:
    """A page with one box that is scribbled solid beyond its upper and lower edge only."""
    page, box = sheet.blank.copy(), sheet.box("act-3")
    x, y, wide, high = (round(mm * paper.PER_MM) for mm in (box.x_mm, box.y_mm, 0.9 * box.r_mm, 1.6 * box.r_mm))
    page[y - high : y + high, x - wide : x + wide] = 40
    return page


def pale_beside_dark(sheet: Sheet) -> np.ndarray:
    """A page of dark discs, with a thin pencil cross beside one of them."""
    page = sheet.blank.copy()
    for number in range(1, 7):
        paper.mark(page, sheet.box(f"act-{number}", 1), random.Random(number), "disc", ink=(15, 15))
    mishaps.pale_cross(page, sheet.box("act-4"))
    return page


def slips(sheet: Sheet) -> np.ndarray:
    """A page of ticks, with a slip of the pen in one row without a mark and specks in another."""
    page, rng = sheet.blank.copy(), random.Random(8)
    for number in range(1, 7):
        paper.mark(page, sheet.box(f"act-{number}", 1), rng, "tick")
    strikes.slip(page, sheet.box("act-7"), rng, 2.0)
    mishaps.specks(page, sheet.box("act-8"))
    return page


def through_an_app(sheet: Sheet, window: int, noise: float = 0) -> np.ndarray:
    """A page by an app that hollows out what is solid: a box coloured in beside a mark, and one struck out."""
    rng = random.Random(1)
    page, marks = sheet.blank.copy(), paper.fill(sheet.blank.copy(), sheet.layout, random.Random(3))
    for item, mark in marks.items():
        paper.mark(page, next(b for b in sheet.row(item) if b.mark == mark), rng, rng.choice(("tick", "cross")))
    mishaps.solid(page, next(b for b in sheet.row("act-2") if b.mark != marks["act-2"]), rng)
    struck = next(b for b in sheet.row("act-8") if b.mark == marks["act-8"])
    paper.mark(page, struck, rng, "disc")
    paper.strike(page, struck, rng)
    photo = paper.noisy(paper.photographed(page, rng, wide=1800, high=2400, tilt=0.02), noise, rng)
    return mishaps.hollowed(window, 15)(photo, rng)


def struck_out(sheet: Sheet, rng: random.Random) -> np.ndarray:
    """A page of discs, and marks with strokes over them: a tick with a cross, a cross larger than any, a tick with a
    level stroke, and a cross that may stay; a narrow ring, a faint arrow from box to box, and one from the margin."""
    page = sheet.blank.copy()
    paper.fill(page, sheet.layout, rng, styles=("disc",), leave=[f"act-{n}" for n in range(1, 8)])
    for item in ("act-1", "act-3"):
        paper.mark(page, sheet.box(item), random.Random(item), "tick", ink=(40, 40))
    over = {"act-1": strikes.cross(1.34), "act-3": strikes.level(1.6), "act-5": strikes.cross(1.3)}
    for item, lines in over.items():
        strikes.draw_over(page, sheet.box(item), lines, random.Random(item), 0.0)
    for line in strikes.cross(1.6):
        mishaps.draw(page, strikes.on_page(sheet.box("act-2"), line), rng, 0.4)
    paper.mark(page, sheet.box("act-4"), random.Random(4), "tick")
    mishaps.draw(page, strikes.on_page(sheet.box("act-4", 2), strikes.ring(1.35)[0]), rng, 0.4)
    paper.mark(page, sheet.box("act-6"), random.Random(6), "tick", ink=(40, 40))
    x, y = sheet.box("act-6").x_mm, sheet.box("act-6").y_mm
    mishaps.draw(page, [(x, y), (sheet.box("act-6", 1).x_mm, y)], rng, 0.5, (170, 170))
    paper.mark(page, sheet.box("act-7"), random.Random(7), "tick", ink=(40, 40))
    strikes.margin_arrow(page, sheet.row("act-7"), random.Random(7))
    return page


def large_crosses(sheet: Sheet, rng: random.Random) -> np.ndarray:
    """A page of crosses that come far out of their boxes, and one that comes further still."""
    page = sheet.blank.copy()
    for item in {box.item: None for box in sheet.layout.boxes}:
        strikes.draw_over(page, sheet.box(item), strikes.cross(1.9 if item == "act-3" else 1.5), rng, 0.0)
    return page


def large_marks(sheet: Sheet, rng: random.Random) -> np.ndarray:
    """A page of discs that reach beyond their boxes."""
    page = sheet.blank.copy()
    for item in {box.item: None for box in sheet.layout.boxes}:
        mishaps.large(page, sheet.box(item), rng, "disc")
    return page


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sheet, dict[str, np.ndarray], Marks]:
    """The hard page as it was photographed, scanned, badly photographed, and spoilt in other ways."""
    rng, sheet = random.Random(21), Sheet(tmp_path_factory.mktemp("hard"))
    page, marks = hard_page(sheet, rng)
    photo = paper.photographed(page, rng)
    blurred = cv2.blur(cv2.GaussianBlur(paper.photographed(page, rng), (0, 0), 1), (5, 1))
    images = {
        "photo": photo,
        "scan": paper.scanned(page, rng),
        "streak": paper.photographed(streak(sheet, page), rng),
        "poor": paper.noisy(blurred, 10, rng),
        "noisy": paper.noisy(photo * 0.5, 14, rng),
        "dark": paper.noisy(photo * 0.13, 2, rng),
        "pale": np.clip(photo * 0.3 + 170, 0, 255).astype(np.uint8),
        "few": paper.photographed(few_marks(sheet, rng), rng),
        "faint": paper.photographed(faint_marks(sheet, rng), rng),
        "upright": paper.photographed(struck_upright(sheet), rng),
        "fine app": through_an_app(sheet, 15),
        "app": through_an_app(sheet, 31),
        "noisy app": through_an_app(sheet, 31, 10),
        "coarse app": through_an_app(sheet, 45),
        "cup": paper.scanned(cup(sheet), rng),
        "large": paper.photographed(large_marks(sheet, rng), rng),
        "struck": paper.photographed(struck := struck_out(sheet, rng), rng),
        "noisy struck": paper.noisy(paper.photographed(struck, rng) * 0.5, 14, rng),
        "crosses": paper.photographed(large_crosses(sheet, rng), rng),
        "pencil": paper.photographed(pale_beside_dark(sheet), random.Random(1)),
        "slips": paper.scanned(slips(sheet), random.Random(1)),
        "shadow": paper.photographed(mishaps.sharp_shadow(page, sheet.box("act-1", 1).x_mm), random.Random(5)),
    }
    return sheet, images, marks


def read_or_refuse(sheet: Sheet, image: np.ndarray) -> Marks:
    try:
        return read(sheet, image)
    except Refused:
        return {}


@pytest.mark.parametrize("name", ["photo", "scan", "streak", "poor", "noisy"])
def test_a_page_with_every_difficulty(pictures: tuple[Sheet, dict[str, np.ndarray], Marks], name: str) -> None:
    """A dot, a tick from the next row, what is rubbed out or struck out is no mark; the others are read."""
    sheet, images, marks = pictures
    assert read(sheet, images[name]) == marks


MOVED = [
    ("photo", "outline", 1.2),
    ("scan", "usual_outline", 1.8),
    ("photo", "inside_r", 0.25),
    ("photo", "depth_r", 1.1),
    ("photo", "darkest", 0),
    ("streak", "beyond_r", (1.0, 1.16)),
    ("large", "through_r", 0.8),
    ("scan", "ink_mm", 0.0),
    ("dark", "dim", 15),
    ("pale", "black", 0.1),
    ("shadow", "shadow_edge", 100.0),
    ("photo", "shaded", 1.05),
    ("photo", "glare", 0.0),
    ("faint", "empty_ink", 0.2),
    ("photo", "marked_ink", 0.15),
    ("streak", "empty_depth", 0.0),
    ("faint", "marked_depth", 0.1),
    ("faint", "stroke", 0.0),
    ("few", "usual_from", 10),
    ("slips", "slip", 0.5),
    ("slips", "piece", 0.0),
    ("slips", "thin", 0.0),
    ("few", "like_others", 0.2),
    ("few", "sharp_outline", 5.0),
    ("cup", "stained", 0.0),
    ("photo", "rubbed_out", 0.0),
    ("pencil", "smudged", 1.0),
    ("streak", "line", 0.6),
    ("noisy struck", "noise_line", 16.0),
    ("streak", "line_r", 0.0),
    ("few", "pen_line", 0.2),
    ("streak", "streak", 1.2),
    ("streak", "streak_from", 16),
    ("photo", "foot", 0.6),
    ("streak", "sooner_tail", 0.7),
    ("upright", "solid", 1.1),
    ("poor", "beyond", 0.0),
    ("large", "filled", 1.1),
    ("struck", "ringed", 2.0),
    ("coarse app", "framed", 1.1),
    ("fine app", "rim_r", ((0.0, 0.3), (0.0, 0.3), (1.5, 1.6))),
    ("fine app", "hollow", 0.0),
    ("fine app", "hollow_rim", 1.5),
    ("fine app", "hollow_empty", -1.0),
    ("fine app", "specks", -1.0),
    ("noisy app", "noise_rim", 0.0),
    ("fine app", "rim", (2.0, 2.0)),
    ("struck", "linked", 2.0),
    ("struck", "pointed", 2.0),
    ("struck", "end", 1.5),
    ("struck", "ends_r", (1.0, 1.1)),
    ("struck", "far_ends_r", (1.8, 1.81)),
    ("crosses", "out_ends_r", (1.0, 1.1)),
    ("struck", "strokes_r", 0.2),
    ("struck", "stroke_ink", 0.1),
    ("struck", "stroke_r", 0.5),
    ("struck", "overdrawn", 0.5),
    ("large", "usual_overdrawn", 1.1),
    ("crosses", "usual_crosses", 1.1),
]


@pytest.mark.parametrize(("picture", "threshold", "moved"), MOVED)
def test_the_table_decides(
    pictures: tuple[Sheet, dict[str, np.ndarray], Marks],
    monkeypatch: pytest.MonkeyPatch,
    picture: str,
    threshold: str,
    moved: float,
) -> None:
    """Moving a threshold makes the reader fail: every one of them is needed where it is."""
    sheet, images, _ = pictures
    before = read_or_refuse(sheet, images[picture])
    changed = replace(THRESHOLDS, **{threshold: moved})
    for name, module in list(sys.modules.items()):
        if name.startswith("fieldkit.scan.") and hasattr(module, "THRESHOLDS"):
            monkeypatch.setattr(module, "THRESHOLDS", changed)
    assert read_or_refuse(sheet, images[picture]) != before


def test_no_threshold_about_marks_is_left_out() -> None:
    """The table above names every threshold that measures or decides about marks, but for two on what is paper."""
    names = [field.name for field in fields(THRESHOLDS)]
    about_marks = names[names.index("inside_r") :]
    assert set(about_marks) - {name for _, name, _ in MOVED} <= {"uneven", "paper_r"}
