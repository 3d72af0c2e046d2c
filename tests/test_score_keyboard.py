"""Marks typed at the keyboard of a real (pseudo) terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fieldkit.course import Course
from fieldkit.model.marks import MarkedSheet
from fieldkit.steps.marking.score import Marking, give_marks

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")


class Keyboard:
    """fieldkit in a terminal: waits for what it shows, then types."""

    def __init__(self, *args: object) -> None:
        import fcntl
        import pty
        import termios

        self.ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "fieldkit", *map(str, args)]
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C reaches it
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Read until `text` is shown (what came before it is dropped); fails after ten seconds without it."""
        until = time.monotonic() + 10
        while text not in self.seen:
            ready, _, _ = select.select([self.ours], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"waited for {text!r}, saw {self.seen[-600:]!r}"
            self.seen += os.read(self.ours, 65536).decode("utf-8", "replace")
        self.seen = self.seen.partition(text)[2]

    def type(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def end(self) -> int:
        code = self.process.wait(timeout=10)
        os.close(self.ours)
        return code


def some_sheet(course: Path) -> MarkedSheet:
    with Course(course) as opened:
        return next(s for s in opened.state.all_marked() if s.trainee)


def standing(course: Path, sheet: MarkedSheet) -> MarkedSheet:
    with Course(course) as opened:
        return opened.state.marked(sheet.sheet)


def test_a_sheet_is_typed_with_one_key_an_item(course: Path) -> None:
    """One key an item, the arrow goes back and corrects, and the overview shows all before the end."""
    sheet = some_sheet(course)
    keyboard = Keyboard("--course", course, "score", sheet.sheet, "--by", sheet.instructor)
    total = len(sheet.due)
    keyboard.wait_for(f"[1/{total}]")
    keyboard.type("1")
    keyboard.wait_for(f"[2/{total}]")
    assert standing(course, sheet).mark(sheet.items[0].id) == sheet.items[0].scale.marks[0].id  # on the disk already
    keyboard.type("\x1b[A")
    keyboard.wait_for(f"[1/{total}]")
    keyboard.type("4")  # the last mark of the scale, which fails nothing
    for place in range(2, total):
        keyboard.wait_for(f"[{place}/{total}]")
        keyboard.type("1")
    keyboard.wait_for(f"[{total}/{total}]")
    keyboard.type("۵")
    keyboard.wait_for("Started")
    keyboard.type("09:10\n")
    keyboard.wait_for("Ended")
    keyboard.type("09:25\n")
    keyboard.wait_for("Remarks")
    keyboard.type("Тынч иштеди\n")
    keyboard.wait_for("All right?")
    keyboard.type("\n")
    assert keyboard.end() == 0
    marked = standing(course, sheet)
    first = sheet.items[0]
    assert (marked.status, marked.mark("rating"), marked.mark("started")) == ("scored", "5", "09:10")
    assert [g.mark for g in marked.given[first.id]] == [first.scale.marks[0].id, first.scale.marks[3].id]
    assert marked.mark("remarks") == "Тынч иштеди"


def test_interrupted_at_item_three_two_are_there(course: Path) -> None:
    """Ctrl-C at a question ends with 130, and everything answered before is in the record."""
    sheet = some_sheet(course)
    keyboard = Keyboard("--course", course, "score", sheet.sheet, "--by", sheet.instructor)
    total = len(sheet.due)
    for place in (1, 2):
        keyboard.wait_for(f"[{place}/{total}]")
        keyboard.type("1")
    keyboard.wait_for(f"[3/{total}]")
    keyboard.type("\x03")
    assert keyboard.end() == 130
    assert len(sheet.due) - len(standing(course, sheet).blank) == 2


def test_a_failed_critical_item_asks_why(course: Path) -> None:
    """Failing a critical item asks for the reason; without one the mark is not taken."""
    sheet = some_sheet(course)
    place = next(n for n, item in enumerate(sheet.items) if item.critical)
    item = sheet.items[place]
    key = str(1 + next(n for n, mark in enumerate(item.scale.marks) if item.fails_with(mark)))
    keyboard = Keyboard("--course", course, "score", sheet.sheet, "--by", sheet.instructor)
    total = len(sheet.due)
    for before in range(1, place + 1):
        keyboard.wait_for(f"[{before}/{total}]")
        keyboard.type("1")
    keyboard.wait_for(f"[{place + 1}/{total}]")
    keyboard.type(key)
    keyboard.wait_for("What was seen")
    keyboard.type("\n")
    keyboard.wait_for(f"[{place + 1}/{total}]")
    keyboard.type(key)
    keyboard.wait_for("What was seen")
    keyboard.type("stood before the door\n")
    keyboard.wait_for(f"[{place + 2}/{total}]")
    keyboard.type("q")
    assert keyboard.end() == 0
    marked = standing(course, sheet)
    assert (marked.reason(item.id), item.fails_with(item.scale.mark(marked.mark(item.id)))) == (
        "stood before the door",
        True,
    )


def test_a_sheet_is_chosen_by_name(course: Path) -> None:
    """Typing part of a name lists that trainee's sheets to choose from."""
    sheet = some_sheet(course)
    with Course(course) as opened:
        name = opened.trainees[sheet.trainee].name
    keyboard = Keyboard("--course", course, "score")
    keyboard.wait_for("Enter ends")
    keyboard.type(name[:5].lower() + "\n")
    keyboard.wait_for("Which one")
    keyboard.type("1\n")
    keyboard.wait_for("Marked by")
    keyboard.type("\n")
    keyboard.wait_for("[1/")
    keyboard.type("q")
    keyboard.wait_for("Enter ends")
    keyboard.type("\n")
    assert keyboard.end() == 0


def test_a_time_that_is_none_is_asked_for_again(course: Path) -> None:
    """A slip in a time is told and asked for again; the sheet goes on, and nothing of it is lost."""
    sheet = some_sheet(course)
    mark = {item.id: item.scale.marks[0].id for item in sheet.items} | {"rating": "3"}
    with Course(course) as opened:
        give_marks(opened, Marking(sheet.sheet, sheet.instructor, mark))
    keyboard = Keyboard("--course", course, "score", sheet.sheet, "--by", sheet.instructor)
    keyboard.wait_for("Started")
    keyboard.type("25:99\n")
    keyboard.wait_for("no time of day")
    keyboard.wait_for("Started")
    keyboard.type("۹:۱۰\n")
    keyboard.wait_for("Ended")
    keyboard.type("\n")
    keyboard.wait_for("Remarks")
    keyboard.type("\n")
    keyboard.wait_for("All right?")
    keyboard.type("\n")
    assert keyboard.end() == 0
    assert standing(course, sheet).mark("started") == "9:10"
