"""Two commands at once: whatever one does at any moment of the other, no mark is lost and nothing is given twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from faults import breaking

from fieldkit.course import Course
from fieldkit.errors import FieldkitError, RecordBusy
from fieldkit.model.entry import Entry
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import EXERCISE, MARKS, OPENED
from fieldkit.record import lock
from fieldkit.record.examine import examine
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.keeping.bundles import back_up, merge_bundles
from fieldkit.steps.marking.changes import bind, correct, settle, void
from fieldkit.steps.marking.close import close_day
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.pack import print_course
from fieldkit.steps.scanning.review import to_review

BY = "I01"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose second sheet has two marks that differ, with a bundle of another laptop beside it."""
    return make_printed(tmp_path_factory.mktemp("at once"))


def make_printed(place: Path) -> Path:
    """That course, without its pack."""
    folder = place / "Торугарт"
    run_demo(folder, DemoSize(3, 1, 2), 5, until="print")
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    with Course(other) as course:
        give_marks(course, Marking(own(course).sheet, "I02", {"rating": "5"}), whole=False)
        back_up(course, folder.with_name("other.bundle"))
    shutil.rmtree(other)
    shutil.rmtree(folder / "pack")
    with Course(folder) as course:
        give_marks(course, Marking(own(course, 1).sheet, BY, {"rating": "1"}), whole=False)
        give_marks(course, Marking(own(course, 1).sheet, "I02", {"rating": "2"}), whole=False)
    return folder


def own(course: Course, number: int = 0) -> MarkedSheet:
    """A sheet that was printed for a trainee."""
    return [s for s in course.state.all_marked() if not course.state.issued[s.sheet].sheet.spare][number]


def spare(course: Course, number: int = 0) -> str:
    """A sheet without a name."""
    return [name for name, issued in course.state.issued.items() if issued.sheet.spare][number]


def score(rating: str, by: str = BY, number: int = 0) -> Callable[[Course], object]:
    return lambda c: give_marks(c, Marking(own(c, number).sheet, by, {"rating": rating}), whole=False)


Command = Callable[[Course], object]
COMMANDS: dict[str, Command] = {
    "score 3": score("3"),
    "score 4": score("4"),
    "score by another": score("3", "I02"),
    "correct": lambda c: correct(c, own(c, 1).sheet, {"rating": "4"}, BY, "seen on film", {}),
    "settle": lambda c: settle(c, own(c, 1).sheet, {"rating": "2"}, BY, "talked it over", {}),
    "void": lambda c: void(c, own(c).sheet, BY, "torn"),
    "void spare": lambda c: void(c, spare(c), BY, "wet"),
    "bind": lambda c: bind(c, spare(c), own(c).trainee, BY),
    "bind another": lambda c: bind(c, spare(c, 1), own(c).trainee, BY),
    "bind to another": lambda c: bind(c, spare(c), own(c, 2).trainee, BY),
    "draw": lambda c: draw_course(c),
    "draw afresh": lambda c: draw_course(c, 6, afresh=True),
    "print": lambda c: print_course(c, only=["spares"]),
    "close": lambda c: close_day(c),
    "merge": lambda c: merge_bundles(c, [c.folder.with_name("other.bundle")]),
    "backup": lambda c: back_up(c, c.folder.with_name("own.bundle")),
}


@dataclass
class Done:
    """What commands confirmed: the entries that were appended, and how each command ended."""

    confirmed: dict[str, str] = field(default_factory=dict)
    ended: dict[str, FieldkitError | None] = field(default_factory=dict)

    def do(self, course: Course, name: str) -> None:
        """Do a command as one process does it."""
        append = course.append

        def noting(entries: Any, by: str) -> list[Entry]:
            made = append(entries, by)
            self.confirmed |= dict.fromkeys((entry.hash for entry in made), name)
            return made

        course.append = noting  # type: ignore[method-assign]
        try:
            COMMANDS[name](course)
            self.ended[name] = None
        except RecordBusy:
            raise
        except FieldkitError as refusal:
            self.ended[name] = refusal


def at_step(step: int, action: Callable[[], None], patch: pytest.MonkeyPatch) -> Iterator[int]:
    """Do `action` once, just before the lock, write, fsync, replace or link with this number; returns the counter."""
    return breaking.doing_at(step, action, patch, (*breaking.STEPS, (os, "link"), (lock, "_take")))


def refuse_at_once(held: object) -> None:
    """The lock is held by somebody who does not go on before we do."""
    raise RecordBusy("busy")


def both(printed: Path, place: Path, first: str, second: str, step: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Do `second` at a step of `first`, 0 being when that has opened the course, and look; returns the steps taken."""
    shutil.copytree(printed.parent, place)
    folder, done = place / printed.name, Done()

    def meanwhile() -> None:
        with suppress(RecordBusy), Course(folder) as course:
            done.do(course, second)

    with Course(folder) as course:
        assert course.state.issued  # looked at before the other begins
        if not step:
            meanwhile()
        with monkeypatch.context() as patch:
            patch.setattr(lock.Lock, "_wait", refuse_at_once)
            steps = at_step(step, meanwhile, patch)
            done.do(course, first)
            taken = next(steps)
    if second not in done.ended:
        meanwhile()  # it was told to wait, and is given again
    look(folder, done)
    shutil.rmtree(place)
    return taken


DECIDE = ("score 3", "correct", "settle", "void", "bind", "bind another", "draw", "print", "close")


@pytest.mark.parametrize("second", [name for name in COMMANDS if name not in ("backup", "print", "score by another")])
@pytest.mark.parametrize("first", DECIDE)
def test_a_command_that_began_before_another_and_writes_after_it(
    printed: Path, tmp_path: Path, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every mark that was confirmed stands, or somebody who saw it changed it, or it waits for a person; no exercise,
    sheet or spare is given twice, and no file is half written."""
    both(printed, tmp_path / "both", first, second, 0, monkeypatch)


ALL_STEPS = [("score 3", "void"), ("bind", "bind to another"), ("draw afresh", "score by another"), ("close", "merge")]


@pytest.mark.parametrize(("first", "second"), ALL_STEPS)
def test_a_command_at_any_moment_of_another(
    printed: Path, tmp_path: Path, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, where the other command falls between any two steps of the first: `tests/faults/at_once.py` does all
    pairs."""
    for step in count(1):
        if both(printed, tmp_path / str(step), first, second, step, monkeypatch) <= step:
            break
    assert step > 2


def look(folder: Path, done: Done) -> None:
    """What must hold afterwards."""
    assert not examine(folder).problems
    assert not list(folder.parent.rglob("*.new"))
    for pdf in folder.rglob("*.pdf"):
        assert pdf.read_bytes().rstrip().endswith(b"%%EOF")
    with Course(folder) as course:
        state, entries = course.state, {entry.hash: entry for entry in course.record.entries}
        assert set(done.confirmed) <= set(entries)
        assert len(state.draws) == 1
        assert sum(entry.kind == OPENED for entry in entries.values()) == 1
        replaced = {old for e in entries.values() if e.kind == EXERCISE for old in e.body["replaces"]}
        places = [(e.body["station"], e.body["group"]) for e in entries.values()
                  if e.kind == EXERCISE and e.hash not in replaced]  # fmt: skip
        assert len(places) == len(set(places))
        assert not state.bound_apart
        sheets = [s for s in state.all_marked() if s.trainee and not s.voided]
        counted = [(s.trainee, s.station, s.copy if s.attempt == 1 else 0, s.attempt) for s in sheets
                   if not (state.issued[s.sheet].sheet.spare and s.attempt == 1)]  # fmt: skip
        assert len(counted) == len(set(counted))
        for name, issued in state.issued.items():
            if name in state.bound:
                others = [s for s in sheets if s.sheet != name and (s.trainee, s.attempt) ==
                          (state.bound[name][0], state.bound[name][1])]  # fmt: skip
                assert name in state.voided or not others
            assert name in state.voided or issued.sheet.spare or issued.sheet.trainee in state.plan.groups[0].members
        waits = {(one["sheet"], one["item"]) for one in to_review(course)}
        for digest, command in done.confirmed.items():
            if entries[digest].kind == MARKS:
                looked_after(course, entries[digest], command, waits)


def looked_after(course: Course, entry: Entry, command: str, waits: set[tuple[str, str]]) -> None:
    """No confirmed mark goes unseen: it stands alone, or waits, or was changed or voided by somebody who knew of it."""
    sheet = course.state.marked(entry.body["sheet"])
    if sheet.voided:
        voids = [e for e in course.record.entries if e.kind == "sheet-voided" and e.body["sheet"] == sheet.sheet]
        knew = any(entry.hash in e.body.get("seen", ()) for e in voids)
        assert knew or (sheet.sheet, "sheet") in waits, f"{command}: its marks are on a void sheet, and nobody knows"
        return
    for item, mark in entry.body["marks"].items():
        standing = [value.mark for value in sheet.standing(item)]
        if (sheet.sheet, item) not in waits:
            assert mark in standing or any(entry.hash in v.replaces for v in sheet.given[item]), command
            assert set(standing) == {sheet.mark(item)}
