"""Many pictures at a time: in order, whatever happens to the processes that read them."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import scan_pictures as paper

from fieldkit.course import Course
from fieldkit.model.codes import Code
from fieldkit.model.sheet import lay_out
from fieldkit.scan import processes, reading
from fieldkit.scan.files import Source
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.marking.pages_read import pages_read
from fieldkit.steps.scanning import early, workers
from fieldkit.steps.scanning.early import begun_early
from fieldkit.steps.scanning.pictures import Found, PictureReader
from fieldkit.steps.scanning.sheets import CourseSheets
from fieldkit.steps.scanning.workers import Page, side_by_side

PAGES: list[Page] = [(Source(Path(f"{number}.jpg")), "") for number in range(40)]
FELLS = "17.jpg"


class NamesOnly(PictureReader):
    """Tells the name of each file and which process looked at it; one of them fells that process."""

    def read(self, source: Source, known: str = "") -> Found:
        if source.file.name == FELLS:
            os._exit(9)
        return Found(source.file.name, code=Code("S", str(os.getpid()), "x", 1))


@dataclass(frozen=True)
class Together(PictureReader):
    """Waits until two processes read, each of which leaves its number in the folder `seen`."""

    seen: Path = Path()

    def read(self, source: Source, known: str = "") -> Found:
        (self.seen / str(os.getpid())).touch()
        until = time.monotonic() + 30
        while len(list(self.seen.iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        return Found(source.file.name, code=Code("S", str(os.getpid()), "x", 1))


@pytest.fixture
def reader() -> PictureReader:
    return NamesOnly(CourseSheets("C", {}, {}, {}), frozenset(), dry_run=True)


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with two processors, whatever this one has."""
    monkeypatch.setattr(processes, "processors", lambda: 2)
    monkeypatch.setattr(early, "processors", lambda: 2)


def told(found: Iterator[tuple[Source, Found]]) -> dict[str, str]:
    """What was found by file, in the order in which it came."""
    return {source.file.name: f.digest or (f.refusal[1] if f.refusal else "") for source, f in found}


def test_pages_come_in_their_order_whatever_fells_a_process(reader: PictureReader) -> None:
    """A picture that fells the process reading it is told as unreadable; every other page is read, in order."""
    found = told(side_by_side(PAGES, reader))
    assert list(found) == [source.file.name for source, _ in PAGES]
    assert {name for name, said in found.items() if said != name} == {FELLS}
    assert "copy it again" in found[FELLS]


def test_pages_are_read_by_two_processes(tmp_path: Path) -> None:
    """Two processors read at a time, and neither of them is the command's."""
    reader = Together(CourseSheets("C", {}, {}, {}), frozenset(), dry_run=True, seen=tmp_path)
    readers = {found.code.course for _, found in side_by_side(PAGES, reader) if found.code}
    assert len(readers) == 2
    assert str(os.getpid()) not in readers


def test_few_pages_are_read_at_once(reader: PictureReader) -> None:
    """For a few pages no process is begun."""
    readers = {found.code.course for _, found in side_by_side(PAGES[:10], reader) if found.code}
    assert readers == {str(os.getpid())}


def test_where_no_process_can_begin(reader: PictureReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets no process begin, the pages are read all the same."""

    def refused(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", refused)
    rest = [page for page in PAGES if page[0].file.name != FELLS]
    assert told(side_by_side(rest, reader)) == {source.file.name: source.file.name for source, _ in rest}


@pytest.fixture
def thread() -> Iterator[None]:
    """Another thread in this process, as packages may have them."""
    done = threading.Event()
    threading.Thread(target=done.wait).start()
    yield
    done.set()


@pytest.mark.usefixtures("thread")
def test_a_process_with_threads_begins_no_copies(reader: PictureReader) -> None:
    """Where a package has threads, of which a copy would wait for ever, pages are read by processes that are no copies:
    nothing hangs."""
    assert not processes.begin_as_copies()
    with begun_early([source.file for source, _ in PAGES]) as read:
        assert read is side_by_side
        found = told(read(PAGES, reader))
    assert {name for name, said in found.items() if said != name} == {FELLS}


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes begin as copies")
def test_reading_begins_no_threads() -> None:
    """Reading a picture leaves a process with the one thread it has, so that it can begin others as its copies."""
    reads = "from fieldkit.scan import reading, processes; reading.warm_up(); assert processes.begin_as_copies()"
    done = subprocess.run([sys.executable, "-c", reads], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"), reason="no such setting")
def test_memory_is_kept_from_picture_to_picture() -> None:
    """A process that reads pictures does not ask the system for their memory anew at each."""
    asks = """
import resource, sys
import numpy as np
from fieldkit.steps.scanning.pictures import needs_scan_extra

needs_scan_extra(load="keeping" in sys.argv)
for turn in range(21):
    if turn == 1:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.full(3_000_000, turn, np.uint8), np.full(12_000_000, turn, np.uint8)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
    command = [sys.executable, "-c", asks]
    keeping, plain = (
        int(subprocess.run([*command, *how], capture_output=True, text=True, check=True).stdout)
        for how in (["keeping"], [])
    )
    assert keeping < plain / 10


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes begin as copies")
def test_an_early_process_that_is_lost(reader: PictureReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the process that was begun early is lost half-way, the rest of the pages is read without it."""
    monkeypatch.setattr(early, "begin_as_copies", lambda: True)
    monkeypatch.setattr(reading, "warm_up", lambda: None)  # other tests have left threads that a copy would wait for
    pages, others = PAGES[18:] * 20, _children()
    with begun_early([source.file for source, _ in pages]) as read:
        found = read(pages, reader)
        first = [next(found)[1].digest for _ in range(3)]
        (begun,) = _children() - others
        os.kill(begun, signal.SIGKILL)
        rest = [f.digest for _, f in found]
    assert first + rest == [source.file.name for source, _ in pages]


def _children() -> set[int]:
    return {int(n) for n in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up course, printed, and in `photos` one photo for each sheet, each of them many times."""
    folder = tmp_path_factory.mktemp("workers") / "курс"
    run_demo(folder, DemoSize(4, 2, 2), 5, until="print")
    with Course(folder) as course:
        for marked in (s for s in course.state.all_marked() if s.trainee):
            issued = course.state.issued[marked.sheet]
            pdf, number = issued.pages[0]
            page = paper.printed(course.path(*pdf.split("/")), number)
            layout, rng = lay_out(marked.items, issued.paper)[0], paper.random.Random(1)
            for box in {box.item: box for box in reversed(layout.boxes)}.values():
                paper.mark(page, box, rng)
            data = paper.jpeg(paper.scanned(page, rng, 150))
            (folder / "photos").mkdir(exist_ok=True)
            for again in range(6):
                (folder / "photos" / f"{again} {marked.sheet}.jpg").write_bytes(data + bytes(again))
    return folder


@pytest.fixture
def folder(printed: Path, tmp_path: Path) -> Path:
    """A copy of its own of that course."""
    return Path(shutil.copytree(printed, tmp_path / "курс"))


def _begin(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """`fieldkit scan` of all photos, running for a while, with processes of its own group."""
    command = [sys.executable, "-m", "fieldkit", "--course", str(folder), "scan", str(folder / "photos")]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    time.sleep(seconds)
    return running


def _gone(group: int) -> bool:
    """Whether every process of a group ends within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="groups of processes and their signals are those of Unix")
@pytest.mark.parametrize("seconds", [0.3, 1.0])
def test_a_command_that_is_killed_leaves_no_process(folder: Path, seconds: float) -> None:
    """When the command is killed, its workers end too; run again, it reads every page, and every mark once."""
    running = _begin(folder, seconds)
    running.kill()
    running.communicate()
    assert _gone(running.pid)
    again = _begin(folder, 0)
    assert again.wait() in (0, 4), again.communicate()
    with Course(folder) as course:
        assert len(pages_read(course)) == 48
        assert all(len(marked.standing(i)) <= 1 for marked in course.state.all_marked() for i in marked.due)


@pytest.mark.skipif(os.name == "nt", reason="groups of processes and their signals are those of Unix")
@pytest.mark.parametrize("seconds", [0.6, 1.2])
def test_ctrl_c_ends_it_in_words(folder: Path, seconds: float) -> None:
    """Ctrl-C ends command and workers with one sentence, and what was read until then is kept."""
    running = _begin(folder, seconds)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert "Traceback" not in said
    assert running.returncode in (0, 4) or "Interrupted" in said
    assert _gone(running.pid)
