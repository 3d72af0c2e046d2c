"""Output that nobody reads, and input, output or errors that whoever started the program has closed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import ROOT

from fieldkit.course import Course
from fieldkit.record.examine import examine

RUN = """
import os, sys
sys.path[:0] = [{root!r}, {root!r} + "/tests"]
for closed in {closed}:
    os.close(closed)
    setattr(sys, ("stdin", "stdout", "stderr")[closed], None)
import conftest
from fieldkit.cli import main
from fieldkit.record.ledger import Ledger
append = Ledger.append
def noisy(self, *what):
    append(self, *what)
    for number in (1, 2):
        os.write(number, b"warning of a package")
Ledger.append = noisy
main.main({args!r})
"""


def started(args: Sequence[str], closed: tuple[int, ...]) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose streams with these numbers are closed, and in which a package writes to them by number."""
    code = RUN.format(root=str(ROOT), closed=closed, args=list(args))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the numbers of its files to itself")
@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)])
def test_nothing_that_is_written_to_a_closed_stream_gets_into_the_record(course: Path, closed: tuple[int, ...]) -> None:
    """Started with output or errors closed, a command does what it does, and no warning of a package damages a mark."""
    with Course(course) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
    marks = ",".join(f"{item.id}={item.scale.marks[0].id}" for item in sheet.items)
    given = ["score", sheet.sheet, "--marks", marks, "--rating", "3", "--by", sheet.instructor]
    ended = started(["--course", str(course), *given], closed)
    assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False), ended
    assert not examine(course).problems
    with Course(course) as opened:
        assert opened.state.marked(sheet.sheet).status == "scored"
    assert started(["--course", str(course), "status"], closed).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="on Windows a pipe ends otherwise")
def test_a_reader_that_wants_no_more_stops_nothing(course: Path) -> None:
    """With output and messages piped into a program that has ended, a print is whole, and ends well."""
    for args in (["record"], ["print", "--only", "spares"]):
        reading, writing = os.pipe()
        os.close(reading)
        code = RUN.format(root=str(ROOT), closed=(), args=["--course", str(course), *args])
        ended = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=writing, check=False)
        os.close(writing)
        assert ended.returncode == 0
