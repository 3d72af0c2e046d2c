"""Laptops with a wrong clock, with one name, or with copies of one folder: merged in any way, nothing goes unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_at_once import looked_after

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.entry import Entry
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import MARKS
from fieldkit.record import record as recording
from fieldkit.record.chains import in_runs, runs
from fieldkit.record.merge import merge_entries
from fieldkit.steps.calibrating.exercise import CalibrationMarks, exercise_at, marks_given, print_exercise, take_marks
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.marking.changes import bind, correct, void
from fieldkit.steps.marking.history import history
from fieldkit.steps.marking.pages_read import PAGE_READ, PageRead, pages_read
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.scanning.readings import record_held_back
from fieldkit.steps.scanning.review import choices, settle_items, to_review

Clock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock of the laptop: `clock("2026-05-18")`."""

    def set_clock(day: str) -> None:
        monkeypatch.setattr(recording, "utc_text", lambda moment: f"{day}T{moment:%H:%M:%S.%fZ}")

    return set_clock


@pytest.fixture
def laptop(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Copies of the course, each a laptop of its own."""

    def copy(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(course, folder)
        return folder

    return copy


def merged(into: Path, *others: Path) -> None:
    """Take in all that the others have."""
    with Course(into) as course:
        for other in others:
            with Course(other) as there:
                merge_entries(course.record, there.record.entries)


def own(course: Course) -> MarkedSheet:
    return next(s for s in course.state.all_marked() if s.trainee)


def spare(course: Course) -> str:
    return next(s.sheet for s in course.state.all_marked() if not s.trainee)


def test_a_sheet_voided_here_and_marked_there_waits(laptop: Callable[[str], Path]) -> None:
    """A sheet that one laptop voided while another marked it asks whether it counts; one that was voided by somebody
    who saw the marks does not."""
    here, there = laptop("here"), laptop("there")
    with Course(here) as course:
        void(course, own(course).sheet, "I01", "torn")
    with Course(there) as course:
        give_marks(course, Marking(own(course).sheet, "I01", {"rating": "4"}), whole=False)
    merged(here, there)
    merged(there, here)
    for folder in (here, there):
        with Course(folder) as course:
            (one,) = to_review(course)
            assert (one["item"], list(choices(course, one))) == ("sheet", ["void", "own"])
    with Course(here) as course:
        settle_items(course, one["sheet"], {"sheet": "own"}, "I01", "", {})
        assert (own(course).voided, own(course).mark("rating"), to_review(course)) == ("", "4", [])
        void(course, own(course).sheet, "I01", "torn after all")
        assert to_review(course) == []


def test_a_clock_decides_nothing_about_a_void_sheet(laptop: Callable[[str], Path], clock: Clock) -> None:
    """A sheet that was voided on one laptop and photographed on another waits, however wrong their clocks are."""
    here, there = laptop("here"), laptop("there")
    clock("2026-05-18")
    with Course(here) as course:
        void(course, own(course).sheet, "I01", "torn")
    clock("2025-05-18")
    with Course(there) as course:
        name = own(course).sheet
        course.append([(PAGE_READ, PageRead("a.jpg", "0" * 64, 1, name, 1, marks={"rating": "4"}).body)], "scan")
    merged(here, there)
    with Course(here) as course:
        (one,) = to_review(course)
        assert (one["sheet"], one["item"]) == (name, "sheet")


def test_a_spare_given_here_and_photographed_there_waits(
    laptop: Callable[[str], Path], fieldkit_command: Command
) -> None:
    """Marks that were read before it was known whose the spare is are asked about after a merge, until recorded."""
    here, there = laptop("here"), laptop("there")
    with Course(here) as course:
        name, trainee = spare(course), own(course).trainee
        bind(course, name, trainee, "I01")
    with Course(there) as course:
        course.append([(PAGE_READ, PageRead("a.jpg", "0" * 64, 1, name, 1, marks={"rating": "4"}).body)], "scan")
    merged(here, there)
    with Course(here) as course:
        (one,) = to_review(course)
        assert (one["sheet"], one["item"], one["mark"]) == (name, "rating", "4")
        assert record_held_back(course) == 1
        assert course.state.marked(name).mark("rating") == "4"
        assert to_review(course) == []


def test_the_code_of_a_closed_day_fits_after_a_clone_is_merged(
    laptop: Callable[[str], Path], fieldkit_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code that closed the day still fits when the day of a laptop with the same name comes in, or what was
    missing before it."""
    monkeypatch.setenv("FIELDKIT_DEVICE", "LAPTOP")
    here, there = laptop("here"), laptop("there")
    for folder, rating in ((here, "4"), (there, "5")):
        with Course(folder) as course:
            give_marks(course, Marking(own(course).sheet, "I01", {"rating": rating}), whole=False)
    assert fieldkit_command("status", "--close", course=here).code == 0
    with Course(here) as course:
        head = next(e.body["head"] for e in course.record.entries if e.kind == "day-closed")
    merged(here, there)
    ended = fieldkit_command("verify", "--head", head, course=here)
    assert (ended.code, "The code fits the close of" in ended.err) == (0, True), ended


def test_what_was_here_is_found_again_whatever_came_since() -> None:
    """The short list of what was here stands for exactly that: with gaps, forks, and after both are filled."""

    def chain(device: str, first: int, last: int, branch: str = "") -> list[Entry]:
        return [
            Entry(device, n, f"{device}{branch if n > first else ''}{n - 1}", f"{device}{branch}{n}", "", "", "", {})
            for n in range(first, last + 1)
        ]

    every = [*chain("A", 1, 9), *chain("A", 4, 6, "x"), *chain("B", 1, 5)]
    parts = (every, every[:4], [*every[:3], *every[6:]], [*every[2:5], *every[9:13]], [every[0], every[8]], [])
    for there in parts:
        assert {e.hash for e in in_runs(every, runs(there))} == {e.hash for e in there}
        assert len(in_runs(every, runs(there))) == len(there)


def test_a_clock_that_is_set_back_brings_no_old_mark_back(course: Path, clock: Clock) -> None:
    """In the exercise before the day the latest exercise and the latest mark stand, though the clock went back a
    year between them."""
    with Course(course) as opened:
        station = opened.settings.stations[0].id
        clock("2026-05-18")
        print_exercise(opened, station, seed=1)
        clock("2025-05-18")
        print_exercise(opened, station, seed=2)
        drawn = exercise_at(opened, station)
        assert drawn.seed == 2
        clock("2026-05-18")
        take_marks(opened, [CalibrationMarks(station, "I01", "A", {"rating": "3"})], 2)
        clock("2025-05-18")
        take_marks(opened, [CalibrationMarks(station, "I01", "A", {"rating": "4"})], 2)
        assert marks_given(opened, drawn)["A", "rating"]["I01"] == "4"


def test_the_history_goes_as_the_marks_went(course: Path, clock: Clock) -> None:
    """What was said of a sheet is told in its order, though the clock was set back between two marks."""
    with Course(course) as opened:
        name = own(opened).sheet
        for day, rating in (("2026-05-18", "3"), ("2025-05-18", "4")):
            clock(day)
            give_marks(opened, Marking(name, "I01", {"rating": rating}), whole=False)
            page = PageRead(f"{rating}.jpg", rating * 64, 1, name, 1, marks={"rating": rating})
            opened.append([(PAGE_READ, page.body)], "scan")
        events = [(e.old, e.new) for e in history(opened, name) if e.item == "rating" and e.channel == "typed"]
        assert events == [("", "3"), ("3", "4")]
        assert [page.file for page in pages_read(opened)] == ["3.jpg", "4.jpg"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A printed course of three trainees, without its pack."""
    folder = tmp_path_factory.mktemp("small") / "course"
    run_demo(folder, DemoSize(3, 1, 2), 5, until="print")
    shutil.rmtree(folder / "pack")
    return folder


def _settle_first(course: Course, choice: int) -> None:
    """Settle what waits first, as a person would."""
    for one in to_review(course)[:1]:
        possible = list(choices(course, one)) if one["item"] != "rating" else ["1", "5"]
        said = possible[choice % len(possible)]
        settle_items(course, one["sheet"], {one["item"]: said}, "I01", "talked it over", {})


def _read(course: Course, sheet: str, rating: str) -> None:
    page = PageRead(f"{rating}.jpg", rating * 64, 1, sheet, 1, marks={"rating": rating})
    marked = course.state.marked(sheet)
    if marked.trainee and not marked.voided:
        by = marked.instructor or "I02"
        give_marks(course, Marking(sheet, by, {"rating": rating}), whole=False, channel="scanned")
    course.append([(PAGE_READ, page.body)], "scan")


def _do(course: Course, what: str, number: int, choice: int) -> None:
    """One command at one laptop; what is refused is refused."""
    sheets = list(course.state.issued)
    sheet, rating, by = sheets[number % 5], "15"[choice % 2], f"I0{1 + choice // 2}"
    trainee = list(course.trainees)[choice % 3]
    commands: dict[str, Callable[[], object]] = {
        "score": lambda: give_marks(course, Marking(sheet, by, {"rating": rating}), whole=False),
        "read": lambda: _read(course, sheet, rating),
        "correct": lambda: correct(course, sheet, {"rating": rating}, by, "seen on film", {}),
        "void": lambda: void(course, sheet, by, "torn"),
        "bind": lambda: bind(
            course, next(s for s in sheets[number:] if course.state.issued[s].sheet.spare), trainee, by
        ),
        "settle": lambda: _settle_first(course, choice),
        "hold": lambda: record_held_back(course),
    }
    with suppress(BadInput):
        commands[what]()


KINDS = ("score", "score", "read", "correct", "void", "bind", "settle", "settle", "hold", "merge", "merge")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    same_name=st.booleans(),
    day=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 4), st.integers(0, 3)), max_size=14
    ),
    ring=st.permutations([(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)]),
)
def test_three_laptops_in_any_order(
    small: Path, same_name: bool, day: list[tuple[int, str, int, int]], ring: list[tuple[int, int]]
) -> None:
    """Whatever three laptops did, with whatever clocks and names, and whoever merges whom: they end with one course, in
    which every mark stands, or was changed by somebody who knew it, or waits for a person."""
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        folders = [Path(place) / str(n) for n in range(3)]
        for folder in folders:
            shutil.copytree(small, folder)
        for moment, (at, what, number, choice) in enumerate(day):
            patch.setenv("FIELDKIT_DEVICE", "LAPTOP" if same_name and at else f"LAPTOP-{at}")
            patch.setattr(
                recording, "utc_text", lambda now, y=2026 - choice, m=moment: f"{y}-05-18T08:00:{m:02}.000000Z"
            )
            if what == "merge":
                merged(folders[at], folders[(at + 1 + number % 2) % 3])
                continue
            with Course(folders[at]) as course:
                _do(course, what, number, choice)
        for into, other in (*ring, *ring):
            merged(folders[into], folders[other])
        with Course(folders[0]) as first, Course(folders[1]) as second, Course(folders[2]) as third:
            assert first.record.entries == second.record.entries == third.record.entries
            assert first.state == second.state == third.state
            assert to_review(first) == to_review(second) == to_review(third)
            waits = {(one["sheet"], one["item"]) for one in to_review(first)}
            for entry in first.record.entries:
                if entry.kind == MARKS:
                    looked_after(first, entry, "a laptop", waits)
