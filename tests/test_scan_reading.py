"""Reading one picture: what is marked is read, what is doubtful goes to a person, and nothing is guessed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import printing_samples as samples
import pytest
import scan_mishaps as mishaps
import scan_pictures as paper
from scan_sheet import Sheet, filled, read, refusal, seen, why

from fieldkit.model.sheet import lay_out
from fieldkit.scan.bins import Bin
from fieldkit.scan.pictures import Picture
from fieldkit.scan.reading import Refused, read_picture
from fieldkit.scan.straight import straighten


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return Sheet(tmp_path_factory.mktemp("sheet"))


Machine = Callable[[np.ndarray, random.Random], np.ndarray]
PLAIN: dict[str, Machine] = {
    "photo": paper.photographed,
    "tilted photo": lambda p, r: paper.photographed(p, r, tilt=0.13),
    "far away": lambda p, r: paper.photographed(p, r, wide=3024, high=4032, fills=0.45),
    "scan at 200 dpi": paper.scanned,
    "scan at 100 dpi": lambda p, r: paper.scanned(p, r, dpi=100),
    "fax": paper.faxed,
    "coarse fax": lambda p, r: paper.faxed(p, r, down=98),
    "photocopy at 90 %": lambda p, r: paper.scanned(paper.photocopy(p, r, 0.9), r),
    "photo of a copy at 104 %": lambda p, r: paper.photographed(paper.photocopy(p, r, 1.04), r),
    "curled along": lambda p, r: paper.photographed(paper.curl(p, r, 18, across=False), r),
    "curled across": lambda p, r: paper.photographed(paper.curl(p, r, 15, across=True), r),
    "folded in three": lambda p, r: paper.photographed(paper.crease(p, r, 10), r),
    "shadow of a hand": lambda p, r: paper.photographed(paper.hand_shadow(p, r), r),
    "thumb on a corner": lambda p, r: paper.photographed(paper.thumb(p, r, 3), r),
    "held in the hands": lambda p, r: paper.photographed(mishaps.held(p, r, 15), r),
    "copy of a copy of a copy": lambda p, r: paper.scanned(mishaps.copies(p, r), r),
    "A4 on Letter": lambda p, r: paper.photographed(mishaps.on_letter(p, r), r),
    "plastic sleeve": lambda p, r: paper.photographed(mishaps.sleeve(p, r), r),
    "35 degrees off, on boards": lambda p, r: mishaps.from_the_side(p, r, 35, 2016),
    "wide lens": lambda p, r: mishaps.lens(paper.photographed(p, r), r),
    "very wide lens": lambda p, r: mishaps.lens(paper.photographed(p, r), r, 0.1),
    "moved": lambda p, r: mishaps.moved(paper.photographed(p, r), r, 5),
    "dark corners": lambda p, r: mishaps.vignette(paper.photographed(p, r), r),
    "one lamp": lambda p, r: mishaps.lamp(paper.photographed(p, r), r),
}


@pytest.mark.parametrize("name", PLAIN)
def test_clear_marks_are_read(sheet: Sheet, name: str) -> None:
    """However a sheet is photographed, scanned, copied or bent, what is marked clearly is read, and read right."""
    rng = random.Random(name)
    page, marks = filled(sheet, rng)
    assert read(sheet, PLAIN[name](page, rng)) == marks


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_any_rotation(sheet: Sheet, turns: int) -> None:
    """A picture may lie on any side."""
    rng = random.Random(turns)
    page, marks = filled(sheet, rng)
    assert read(sheet, np.ascontiguousarray(np.rot90(paper.photographed(page, rng), turns))) == marks


@pytest.mark.parametrize(
    ("size", "lang", "beside"),
    [("letter", "ru", ""), ("a4", "prs", ""), ("letter", "ps", ""), ("a4", "ru", "ps"), ("letter", "prs", "ky")],
)
def test_every_sheet_is_read(tmp_path: Path, size: str, lang: str, beside: str) -> None:
    """Letter or A4, from left or from right, in one language or two: every sheet is read as well."""
    rng, other = random.Random(1), Sheet(tmp_path, size, lang, beside)
    page, marks = filled(other, rng)
    for image in (paper.photographed(page, rng), paper.scanned(page, rng)):
        assert read(other, image) == marks


def test_pencil(sheet: Sheet) -> None:
    """Pencil is read, even where it is not pressed hard."""
    rng = random.Random(2)
    page, marks = filled(sheet, rng, ink=paper.PENCIL)
    assert read(sheet, paper.photographed(page, rng)) == marks


def test_blank_and_double_go_to_a_person(sheet: Sheet) -> None:
    """An item without a mark, or with two, is never decided."""
    rng = random.Random(3)
    page = sheet.blank.copy()
    for box in (sheet.box("act-2"), sheet.box("act-2", 2)):
        paper.mark(page, box, rng)
    said = why(sheet, paper.photographed(page, rng))
    assert said["act-1"] == "no box is marked"
    assert said["act-2"] == "more than one box is marked"


@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed])
def test_a_struck_out_box_never_counts(sheet: Sheet, machine: Machine) -> None:
    """A box scribbled solid beyond its edges goes to a person, alone or with another mark beside it."""
    rng = random.Random(4)
    page, marks = filled(sheet, rng)
    for item in ("act-1", "act-7", "rating"):
        paper.strike(page, next(b for b in sheet.layout.boxes if (b.item, b.mark) == (item, marks[item])), rng)
    other = next(b for b in sheet.layout.boxes if b.item == "act-3" and b.mark != marks["act-3"])
    paper.mark(page, other, rng, "disc")
    paper.strike(page, other, rng)
    said = why(sheet, machine(page, rng))
    struck = {item for item, reason in said.items() if reason}
    assert struck == {"act-1", "act-3", "act-7", "rating"}
    assert said["act-1"] == said["act-3"] == "a box is struck out"


def test_rubbed_out(sheet: Sheet) -> None:
    """Where a mark was rubbed out and another given, the other is read; where none was given, a person is asked."""
    rng = random.Random(5)
    page, marks = filled(sheet, rng)
    for item in ("act-2", "act-5"):
        other = next(b for b in sheet.layout.boxes if b.item == item and b.mark != marks[item])
        paper.mark(page, other, rng, ink=paper.PENCIL)
        paper.rub_out(page, sheet.blank, other, rng)
    gone = next(b for b in sheet.layout.boxes if (b.item, b.mark) == ("act-8", marks["act-8"]))
    paper.rub_out(page, sheet.blank, gone, rng)
    got = read(sheet, paper.photographed(page, rng))
    assert got["act-8"] is None
    assert {item: got[item] for item in ("act-2", "act-5")} == {item: marks[item] for item in ("act-2", "act-5")}


def test_glare_hides_rows_and_says_so(sheet: Sheet) -> None:
    """Rows under a reflection go to a person; the others are read."""
    rng = random.Random(6)
    page, marks = filled(sheet, rng)
    top = sheet.box("act-5").y_mm - 3
    got = seen(sheet, paper.photographed(paper.glare(page, rng, top, 22), rng)).readings
    hidden = {r.item for r in got if r.why == "a box cannot be seen"}
    assert {"act-5", "act-6"} <= hidden <= {f"act-{n}" for n in range(4, 9)}
    assert all(r.mark == marks[r.item] for r in got if r.item not in hidden)


def test_stains_are_not_marks(sheet: Sheet) -> None:
    """Tea on the sheet marks nothing."""
    rng = random.Random(7)
    page, marks = filled(sheet, rng, styles=("disc", "cross"), leave=("act-4",))
    got = read(sheet, paper.photographed(paper.stain(page, rng, 8), rng))
    assert got["act-4"] is None
    assert all(mark in (None, marks.get(item)) for item, mark in got.items())


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed])
def test_a_fold_is_no_mark(sheet: Sheet, upright: bool, machine: Machine) -> None:
    """A fold through boxes marks nothing, and hides no mark beside it or under it."""
    rng = random.Random(14)
    page, marks = filled(sheet, rng, styles=("disc", "cross"), leave=("act-4",))
    box = sheet.box("act-4", 1)
    x, y = round(10 * box.x_mm), round(10 * box.y_mm)
    high, wide = page.shape
    paper.fold(page, *((x - 6, 0), (x + 6, high)) if upright else ((0, y - 6), (wide, y + 6)), dark=0.35)
    assert read(sheet, machine(page, rng)) == marks | {"act-4": None}


@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed])
def test_ticks_that_run_into_the_next_row(sheet: Sheet, machine: Machine) -> None:
    """The tail of a long tick marks nothing in the row above, whether that is marked or not."""
    rng = random.Random(15)
    page, marks = filled(sheet, rng, styles=("disc", "cross"), leave=("act-3", "act-4", "act-8", "act-9"))
    for item in ("act-4", "act-9"):
        box = sheet.box(item, 1)
        mishaps.long_tick(page, box, rng, sheet.row_mm(item) + 1)
        marks[item] = box.mark
    other = sheet.box("act-8", 2)
    paper.mark(page, other, rng, "cross")
    assert read(sheet, machine(page, rng)) == marks | {"act-3": None, "act-8": other.mark}


@pytest.mark.parametrize("radius_mm", [0.4, 0.5, 0.6])
def test_a_pen_that_rested_is_no_mark(sheet: Sheet, radius_mm: float) -> None:
    """A dot of the pen in a row without a mark is for a person, on a page of pencil as well."""
    rng = random.Random(23)
    page, marks = filled(sheet, rng, ink=paper.PENCIL, leave=("act-2", "act-9"))
    for item in ("act-2", "act-9"):
        mishaps.dot(page, sheet.box(item, 1), rng, radius_mm)
    for image in (paper.photographed(page, rng), paper.scanned(page, rng)):
        assert read(sheet, image) == marks | {"act-2": None, "act-9": None}


def test_thin_pencil_ticks(sheet: Sheet) -> None:
    """A page of thin ticks in pencil is read: a thin stroke is faint in a picture, but it stands out."""
    rng = random.Random(24)
    page, marks = filled(sheet, rng, ink=paper.FAINT, styles=("tick",))
    assert read(sheet, paper.photographed(page, rng)) == marks


def test_long_ticks_one_above_the_other(sheet: Sheet) -> None:
    """Where every tick of a column runs into the box above, each is read for its own row."""
    rng = random.Random(25)
    items = [f"act-{n}" for n in range(2, 6)]
    page, marks = filled(sheet, rng, styles=("disc", "cross"), leave=items)
    for item in items:
        mishaps.long_tick(page, sheet.box(item, 1), rng, sheet.row_mm(item) - 2)
    assert read(sheet, paper.photographed(page, rng)) == marks | {item: sheet.box(item, 1).mark for item in items}


@pytest.mark.parametrize("hand", [mishaps.beside, mishaps.ring])
def test_marks_outside_the_box(sheet: Sheet, hand: Callable) -> None:
    """What stands beside a box, or round it, is for a person."""
    rng = random.Random(16)
    page, marks = filled(sheet, rng, leave=("act-2", "act-9"))
    for item in ("act-2", "act-9"):
        hand(page, sheet.box(item, 1), rng)
    assert read(sheet, paper.photographed(page, rng)) == marks | {"act-2": None, "act-9": None}


@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed, paper.faxed])
def test_a_ring_round_another_box(sheet: Sheet, machine: Machine) -> None:
    """Where one box is marked and a ring is drawn round another, a person says which is meant."""
    rng = random.Random(19)
    page, marks = filled(sheet, rng)
    for item in ("act-2", "act-9", "rating"):
        mishaps.ring(page, next(b for b in sheet.row(item) if b.mark != marks[item]), rng)
    said = why(sheet, machine(page, rng))
    assert {item for item, reason in said.items() if reason} == {"act-2", "act-9", "rating"}
    assert said["act-2"] == "a second box may be marked"


@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed])
def test_an_arrow_to_another_box(sheet: Sheet, machine: Machine) -> None:
    """Where an arrow runs from the marked box to another, a person says which is meant."""
    rng = random.Random(26)
    page, marks = filled(sheet, rng)
    for item in ("act-2", "act-9", "rating"):
        row = sheet.row(item)
        place = next(n for n, box in enumerate(row) if box.mark == marks[item])
        mishaps.arrow(page, row[place], row[place - 1 if place else 1], rng)
    said = why(sheet, machine(page, rng))
    assert {item: reason for item, reason in said.items() if reason} == dict.fromkeys(
        ("act-2", "act-9", "rating"), "a second box may be marked"
    )


@pytest.mark.parametrize("machine", [paper.scanned, paper.photographed])
def test_a_line_through_a_filled_box(sheet: Sheet, machine: Machine) -> None:
    """A filled box with one line drawn through it is for a person."""
    rng = random.Random(27)
    page, marks = filled(sheet, rng, styles=("disc",))
    for item in ("act-2", "act-9"):
        mishaps.line_through(page, next(b for b in sheet.row(item) if b.mark == marks[item]), rng)
    said = why(sheet, machine(page, rng))
    assert {item: reason for item, reason in said.items() if reason} == dict.fromkeys(
        ("act-2", "act-9"), "a box is struck out"
    )


@pytest.mark.parametrize("style", ["disc", "cross"])
def test_a_hand_that_marks_beyond_the_edges(sheet: Sheet, style: str) -> None:
    """Where most marks of a page reach beyond their boxes they are read; what is struck out even there is not."""
    rng = random.Random(28)
    page, marks = filled(sheet, rng, leave=[box.item for box in sheet.layout.boxes])
    for item in {box.item: None for box in sheet.layout.boxes}:
        box = rng.choice(sheet.row(item))
        mishaps.large(page, box, rng, style)
        marks[item] = box.mark
    for item in ("act-3", "act-8"):
        paper.strike(page, next(b for b in sheet.row(item) if b.mark == marks[item]), rng)
    assert read(sheet, paper.photographed(page, rng)) == marks | {"act-3": None, "act-8": None}


def test_a_crossed_out_row(sheet: Sheet) -> None:
    """A line through all boxes of a row leaves it to a person."""
    rng = random.Random(17)
    page, marks = filled(sheet, rng)
    paper.strike_row(page, sheet.row("act-2"), rng)
    paper.strike_row(page, sheet.row("act-8"), rng)
    assert read(sheet, paper.scanned(page, rng)) == marks | {"act-2": None, "act-8": None}


@pytest.mark.parametrize(
    ("spoil", "bin", "says"),
    [
        (lambda i: i[: len(i) // 2], Bin.UNREADABLE, "2 of its four corner markers"),
        (lambda i: np.hstack([i, i]), Bin.UNREADABLE, "two sheets"),
        (lambda i: (i * 0.1).astype(np.uint8), Bin.UNREADABLE, "too dark"),
        (lambda i: cv2.GaussianBlur(i, (0, 0), 15), Bin.UNREADABLE, "blurred"),
        (lambda i: np.full((900, 700), 240, np.uint8), Bin.NOT_OURS, "no code"),
    ],
)
def test_what_cannot_be_read_says_why(sheet: Sheet, spoil: Callable, bin: Bin, says: str) -> None:
    """Half a sheet, two sheets, darkness, blur and an empty page are each told for what they are."""
    rng = random.Random(8)
    refused = refusal(sheet, np.ascontiguousarray(spoil(paper.photographed(filled(sheet, rng)[0], rng))))
    assert refused.bin is bin
    assert says in refused.why
    assert "scanner app" not in refused.why


@pytest.mark.parametrize("lost", [(0, 3), (1, 2), (0, 2), (1, 3)])
def test_two_corners_and_the_code(sheet: Sheet, lost: tuple[int, int]) -> None:
    """Where two corner markers are covered, the code stands in for a third."""
    rng = random.Random(18)
    page, marks = filled(sheet, rng)
    for number in lost:
        x, y = (round(at * paper.PER_MM) for at in sheet.layout.markers[number])
        cv2.circle(page, (x, y), 80, 130, -1)
    assert read(sheet, paper.photographed(page, rng)) == marks


@pytest.mark.parametrize("machine", [paper.photographed, paper.scanned])
def test_a_fold_through_a_reference_box(sheet: Sheet, machine: Machine) -> None:
    """A dark fold or streak through the box that shows what empty looks like does not cost the page."""
    rng = random.Random(25)
    page, marks = filled(sheet, rng, ink=paper.PENCIL)
    empty = sheet.layout.reference_empty
    x, y = round(empty.x_mm * paper.PER_MM) + 8, round(empty.y_mm * paper.PER_MM)
    paper.fold(page, (x, y - 60), (x, y + 60), 0.6)
    assert read(sheet, machine(page, rng)) == marks


def test_the_ring_of_a_cup_through_a_reference_box(sheet: Sheet) -> None:
    """The brown ring of a cup through the box that shows what empty looks like does not cost the page."""
    rng = random.Random(26)
    page, marks = filled(sheet, rng, ink=paper.PENCIL)
    empty = sheet.layout.reference_empty
    page = mishaps.cup(page, empty.x_mm + 12, empty.y_mm - 12)
    assert read(sheet, paper.photographed(page, rng)) == marks


@pytest.mark.parametrize("number", [0, 3])
@pytest.mark.parametrize("machine", [paper.photographed, paper.scanned])
def test_the_ring_of_a_cup_is_no_mark(sheet: Sheet, machine: Machine, number: int) -> None:
    """Where the ring of a cup runs through a box of a row that nobody marked, a person is asked."""
    rng = random.Random(27)
    page, marks = filled(sheet, rng, leave=["act-6"])
    box = sheet.box("act-6", number)
    page = mishaps.cup(page, box.x_mm + 3.8, box.y_mm + 3.8, 4.7, dark=0.35)
    assert read(sheet, machine(page, rng)) == marks | {"act-6": None}


@pytest.mark.parametrize("machine", [paper.photographed, paper.scanned])
def test_a_picture_taken_too_close(sheet: Sheet, machine: Machine) -> None:
    """Where the left edge with two corners is outside the picture, all boxes and the code are still in it, and read."""
    rng = random.Random(23)
    page, marks = filled(sheet, rng)
    image = machine(page, rng)
    assert read(sheet, np.ascontiguousarray(image[:, image.shape[1] // 4 :])) == marks


def test_boxes_outside_the_picture(sheet: Sheet) -> None:
    """A row of which a box is cut off by the edge of the picture is for a person, whatever is marked in the others."""
    rng = random.Random(24)
    page, marks = filled(sheet, rng)
    edge = sheet.box("act-2").x_mm
    cut = {box.item for box in sheet.layout.boxes if box.x_mm <= edge}
    image = paper.scanned(page[:, round(edge * paper.PER_MM) :], rng, askew=0)
    assert read(sheet, np.ascontiguousarray(image)) == marks | dict.fromkeys(cut)


def test_half_a_sheet_is_still_named(sheet: Sheet) -> None:
    """A sheet with two corners cut off is refused, and the refusal knows which sheet it is."""
    rng = random.Random(9)
    image = paper.photographed(sheet.blank, rng)
    assert refusal(sheet, np.ascontiguousarray(image[: len(image) // 2])).code is not None


@pytest.mark.parametrize("covered", [(), (2,)])
def test_the_half_of_a_second_sheet(sheet: Sheet, tmp_path: Path, covered: tuple[int, ...]) -> None:
    """Where another sheet shows half behind the first, with its code, neither is taken for the whole picture."""
    rng = random.Random(20)
    page, other = filled(sheet, rng)[0], Sheet(tmp_path, number=2).blank
    for number in covered:
        x, y = (round(at * paper.PER_MM) for at in sheet.layout.markers[number])
        cv2.circle(page, (x, y), 80, 130, -1)
    image = paper.scanned(np.hstack([page, other[:, other.shape[1] // 2 :]]), rng)
    assert refusal(sheet, image).why == "two sheets are in the picture: photograph each by itself"


def test_two_halves_of_two_sheets(sheet: Sheet, tmp_path: Path) -> None:
    """Two sheets of which each shows too few corners are told as two sheets."""
    rng = random.Random(21)
    page, other = sheet.blank, Sheet(tmp_path, number=2).blank
    half = page.shape[0] // 2
    image = paper.scanned(np.vstack([page[:half], other[:half]]), rng)
    assert refusal(sheet, image).why == "two sheets are in the picture: photograph each by itself"


def test_a_mirrored_picture(sheet: Sheet) -> None:
    """A picture that shows the sheet as a mirror does is told as that, with the sheet that it is of."""
    refused = refusal(sheet, np.ascontiguousarray(paper.photographed(sheet.blank, random.Random(28))[:, ::-1]))
    assert refused.why.startswith("the picture is mirrored")
    assert refused.code is not None


def test_corners_that_do_not_fit_together(sheet: Sheet) -> None:
    """Where all corners are seen, but not where flat paper has them, that is said, and not that they are missing."""
    rng = random.Random(22)
    page = sheet.blank.copy()
    for number in (0, 3):  # a corner torn off and put down turned
        x, y = (round(at * paper.PER_MM) for at in sheet.layout.markers[number])
        corner = page[y - 70 : y + 70, x - 70 : x + 70]
        corner[:] = np.rot90(corner).copy()
    refused = refusal(sheet, paper.scanned(page, rng))
    assert refused.why.startswith("its corner markers are not where they should be")
    assert refused.code is not None


def test_a_page_that_fails_its_own_check_is_refused(sheet: Sheet) -> None:
    """Somebody marked the reference box that stays empty: nothing of that page is taken."""
    rng = random.Random(10)
    page, _ = filled(sheet, rng)
    paper.mark(page, sheet.layout.reference_empty, rng, "disc")
    assert "reference boxes" in refusal(sheet, paper.photographed(page, rng)).why


@pytest.mark.parametrize("scales", [(samples.QUALITY,), (samples.DONE,), (samples.QUALITY, samples.DONE)])
def test_another_sheets_layout_is_refused(sheet: Sheet, scales: tuple) -> None:
    """A sheet whose boxes are not where the record says they are is refused, whichever way they differ."""
    rng = random.Random(11)
    page, _ = filled(sheet, rng)
    other = lay_out(samples.make_items(14, scales=scales))[0]
    for image in (paper.scanned(page, rng), paper.photographed(page, rng)):
        with pytest.raises(Refused):
            read_picture(Picture("jpeg", paper.jpeg(image), *image.shape[::-1]), lambda code: ("a4", other))


def test_what_is_kept_of_a_sheet(sheet: Sheet) -> None:
    """The straightened page and the crops of its rows stay under 300 kB together and show what was marked."""
    rng = random.Random(13)
    page, marks = filled(sheet, rng)
    got = seen(sheet, paper.photographed(page, rng))
    straight = straighten(got)
    assert len(straight.page) + sum(map(len, straight.rows.values())) <= 300_000
    assert set(straight.rows) == set(marks)
    assert b"Exif" not in straight.page
    flat = cv2.imdecode(np.frombuffer(straight.page, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert read(sheet, flat) == marks
