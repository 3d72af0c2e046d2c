"""Pages that a scanner app has made black and white, by which only the edges are left of what is solid."""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
import pytest
import scan_mishaps as mishaps
import scan_pictures as paper
from scan_sheet import Sheet, filled, read, refusal, why

from fieldkit.scan import reading
from fieldkit.scan.bins import Bin

Machine = Callable[[np.ndarray, random.Random], np.ndarray]
STROKES = ("tick", "cross", "bar")
APP = "; a scanner app seems to have made it black and white: choose colour or grey in the app, or photograph it with"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return Sheet(tmp_path_factory.mktemp("sheet"))


def phone(image: np.ndarray, rng: random.Random) -> np.ndarray:
    """A good picture, as an app takes it before it makes the page black and white."""
    return paper.photographed(image, rng, wide=1800, high=2400, tilt=0.02)


def app(window: int, below: int = 10) -> Machine:
    """An app that looks so many pixels around."""
    return mishaps.first(phone, mishaps.hollowed(window, below))


APPS = {
    "edges of 1 mm": app(15),
    "edges of 1.5 mm": app(21, 15),
    "edges of 2 mm": app(31, 15),
    "what is larger than a box": app(45, 15),
    "shadows taken away": mishaps.first(phone, mishaps.divided),
}


def read_of(got: dict[str, str | None], marks: dict[str, str]) -> int:
    """How many marks were read, none of which may be another than was made."""
    assert all(mark in (None, marks[item]) for item, mark in got.items())
    return sum(mark is not None for mark in got.values())


@pytest.mark.parametrize("name", APPS)
def test_strokes_are_read_from_a_page_that_an_app_hollowed_out(sheet: Sheet, name: str) -> None:
    """Where an app has left only the edges of what is solid, ticks, crosses and bars are read all the same, and hardly
    one goes to a person."""
    rng = random.Random(1)
    page, marks = filled(sheet, rng, styles=STROKES)
    assert read_of(read(sheet, APPS[name](page, rng)), marks) >= len(marks) - 1


@pytest.mark.parametrize("name", APPS)
def test_a_disc_that_an_app_hollowed_out_is_no_other_mark(sheet: Sheet, name: str) -> None:
    """Of a disc only a ring may be left: it is read as the mark, or a person is asked."""
    rng = random.Random(2)
    page, marks = filled(sheet, rng, styles=("disc",))
    assert read_of(read(sheet, APPS[name](page, rng)), marks) >= len(marks) // 2


@pytest.mark.parametrize("hand", [mishaps.solid, mishaps.wide_disc])
@pytest.mark.parametrize("name", APPS)
def test_a_hollowed_box_beside_a_mark_is_for_a_person(sheet: Sheet, name: str, hand: Callable) -> None:
    """A box coloured in from edge to edge looks almost empty when it is hollowed out: with another mark in its row,
    nobody but a person says what was meant."""
    rng = random.Random(3)
    page, marks = filled(sheet, rng, styles=STROKES)
    twice = ("act-2", "act-9", "rating")
    for item in twice:
        hand(page, next(b for b in sheet.row(item) if b.mark != marks[item]), rng)
    got = read(sheet, APPS[name](page, rng))
    assert [got[item] for item in twice] == [None] * 3
    assert read_of(got, marks) >= len(marks) - 5


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("name", APPS)
def test_a_struck_out_box_stays_struck_out_when_it_is_hollowed(sheet: Sheet, name: str, beside: bool) -> None:
    """A box scribbled over is larger than any mark, and hollow before marks are: it counts neither as marked, for what
    shows inside, nor as empty, beside another mark."""
    rng = random.Random(4)
    page, marks = filled(sheet, rng, styles=("tick", "cross"))
    for item in ("act-3", "act-8"):
        struck = next(b for b in sheet.row(item) if (b.mark == marks[item]) is not beside)
        paper.mark(page, struck, rng, "disc")
        paper.strike(page, struck, rng)
    said = why(sheet, APPS[name](page, rng))
    assert {item for item, reason in said.items() if reason} == {"act-3", "act-8"}
    assert said["act-3"] in ("a box is struck out", "a box cannot be seen")  # its outline may be lost


def test_what_shows_inside_a_hollowed_scribble_is_no_mark(sheet: Sheet) -> None:
    """Of a box scribbled over, an app may leave a broad edge that reaches into the box, as a mark would: it is struck
    out all the same."""
    rng = random.Random(1)
    page, marks = filled(sheet, rng, styles=("tick", "cross"))
    for item in ("act-2", "act-6", "act-8", "act-11"):
        paper.strike(page, next(b for b in sheet.row(item) if b.mark == marks[item]), rng)
    for window in (41, 45, 49):
        got = read(sheet, app(window, 15)(page, rng))
        assert [got[item] for item in ("act-2", "act-6", "act-8", "act-11")] == [None] * 4


def test_a_page_that_an_app_spoilt_says_so(sheet: Sheet) -> None:
    """Where an app has left too little, the page is refused, and the message says it was an app, and what to do."""
    rng = random.Random(5)
    page, _ = filled(sheet, rng)
    refused = refusal(sheet, app(5, 4)(page, rng))
    assert refused.bin is Bin.UNREADABLE
    assert APP in refused.why


def test_hollow_boxes_that_do_not_differ_are_refused(sheet: Sheet) -> None:
    """Where somebody marked the reference box that stays empty, the filled one, hollowed, is no proof: nothing of that
    page is taken."""
    rng = random.Random(6)
    page, _ = filled(sheet, rng)
    mishaps.solid(page, sheet.layout.reference_empty, rng)
    refused = refusal(sheet, APPS["edges of 1.5 mm"](page, rng))
    assert "reference boxes" in refused.why
    assert APP in refused.why


@pytest.mark.parametrize("spoil", [lambda i: i[: len(i) // 2], lambda i: cv2.GaussianBlur(i, (0, 0), 15)])
def test_an_ordinary_picture_is_not_put_down_to_an_app(sheet: Sheet, spoil: Callable) -> None:
    """A picture by the camera itself that cannot be read is not said to come from an app."""
    rng = random.Random(7)
    page, _ = filled(sheet, rng)
    assert "app" not in refusal(sheet, np.ascontiguousarray(spoil(paper.photographed(page, rng)))).why


def test_two_sheets_are_not_put_down_to_an_app(sheet: Sheet) -> None:
    """Two sheets in one picture are told as that, also in black and white."""
    rng = random.Random(8)
    image = app(61, 15)(filled(sheet, rng)[0], rng)
    assert refusal(sheet, np.hstack([image, image])).why == "two sheets are in the picture: photograph each by itself"


@pytest.mark.parametrize("machine", [paper.photographed, paper.scanned, paper.faxed])
def test_other_pictures_are_not_searched_for_hollow_markers(
    sheet: Sheet, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for what an app has left of the corner markers costs nothing where they are seen."""
    rng = random.Random(9)
    page, marks = filled(sheet, rng)
    monkeypatch.setattr(reading, "hollow_markers", None)
    assert read(sheet, machine(page, rng)) == marks
