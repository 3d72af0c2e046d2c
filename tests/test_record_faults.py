"""The record, broken on purpose. The full run is `python tests/faults/full.py`."""

from __future__ import annotations

import errno
import os
import random
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from faults import breaking

from fieldkit.errors import FieldkitError, RecordBusy
from fieldkit.record import Record, ledger
from fieldkit.record.examine import examine
from fieldkit.record.repair import repair

rng = random.Random(20260504)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty course folder, named as folders are named there."""
    path = tmp_path / "Торугарт 2026 گمرک"
    path.mkdir()
    return path


@pytest.mark.parametrize("how", ["type", "import"])
def test_a_killed_program_loses_nothing_that_it_had_confirmed(folder: Path, how: str) -> None:
    """Killed at any moment of typing or importing, every confirmed mark is there and no batch is torn."""
    for _ in range(5):
        breaking.kill(folder, how, rng)


@pytest.mark.parametrize("half", ["", "half"])
def test_a_program_that_stops_dead_between_any_two_steps_loses_nothing(folder: Path, half: str) -> None:
    """Before each write, each wait for the disk and each replacing of a file, and with a write half done."""
    for step in count(1, 1 if not half else 2):
        course = folder / str(step)
        course.mkdir()
        process = breaking.victim("steps", course, step, half)
        output, errors = process.communicate()
        assert process.returncode in (0, 9), errors
        breaking.check_after(course, breaking.acknowledged(output))
        if "end" in output.split():
            break
    assert step > 20


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_refuses_any_one_step_costs_nothing_confirmed(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told in plain words (exit 1) at whichever step it strikes; later marks are saved again."""
    refusals: list[FieldkitError] = []
    for step in count(1):
        course = folder / str(step)
        course.mkdir()
        confirmed: set[str] = set()
        with monkeypatch.context() as patch, Record.open(course, write=True, device="VICTIM") as record:
            steps = _failing_at(step, number, patch)
            for action in "append", "append", "snapshot", "append", "snapshot", "append":
                try:
                    made = record.append("note", {}, "asanov") if action == "append" else record.snapshot()
                    confirmed |= {made.hash} if made else set()
                except FieldkitError as error:
                    refusals.append(error)
            taken = next(steps)
        breaking.check_after(course, confirmed)
        if taken <= step:
            break
    assert len(refusals) >= 15
    assert {refusal.exit_code for refusal in refusals} == {1}
    assert {refusal.message.partition(":")[0] for refusal in refusals} == {
        "nothing was saved",
        "scores.json was not renewed (nothing is lost, scores.journal holds every mark)",
    }


def _failing_at(step: int, number: int, patch: pytest.MonkeyPatch) -> Iterator[int]:
    """Make the write, fsync or replace with this number fail once; returns the counter of steps."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return breaking.doing_at(step, fail, patch)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of file size")
@pytest.mark.parametrize("size", [90, 700, 5_000, 9_999])
def test_a_full_disk_is_told_and_costs_nothing_confirmed(folder: Path, size: int) -> None:
    """When a file can grow no more, the program says so, and everything confirmed is there."""
    output, errors = breaking.victim("limit", folder, size).communicate()
    assert "refused 1: " in output, errors
    assert ": the disk is full." in output
    breaking.check_after(folder, breaking.acknowledged(output))


def test_a_journal_cut_anywhere_opens_and_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn last line, cut at each of its bytes, is taken off, kept beside and told; the marks before it stay."""
    monkeypatch.setattr(ledger, "_PAUSE", 0)
    breaking.filled(folder, 4)
    with Record.open(folder, write=True, device="VICTIM") as record:
        record.append("note", {}, "asanov")
        whole = len(record.entries)
    journal = folder / "scores.journal"
    data = journal.read_bytes()
    last = len(data) - data.rstrip(b"\n").rfind(b"\n") - 1
    for cut in range(1, last):
        journal.write_bytes(data[: len(data) - cut])
        with Record.open(folder) as record:
            assert len(record.entries) == whole - (cut > 1)
            assert bool(record.warnings) == (cut > 1)
    for cut in [*rng.sample(range(1, last), 20), *(rng.randrange(1, len(data)) for _ in range(60))]:
        journal.write_bytes(data)
        breaking.cut_tail(folder, cut)


def test_the_bytes_of_a_torn_line_are_kept_beside(folder: Path) -> None:
    """Nothing is thrown away, not even half a line."""
    breaking.filled(folder)
    journal = folder / "scores.journal"
    data = journal.read_bytes()
    journal.write_bytes(data[:-50])
    before = {path.name for path in folder.iterdir()}
    with Record.open(folder) as record:
        assert "left out" in record.warnings[0]
    assert {path.name for path in folder.iterdir()} == before
    with Record.open(folder, write=True, device="VICTIM") as record:
        record.append("note", {}, "asanov")
        assert len(record.warnings) == 1
        (kept,) = folder.glob("scores.journal.torn-*")
        assert kept.name in record.warnings[0]
    assert data[:-50].endswith(kept.read_bytes())


def test_a_line_left_as_zeros_by_a_power_cut_is_a_torn_line(folder: Path) -> None:
    """Some file systems give a file its length before its bytes."""
    breaking.filled(folder)
    journal = folder / "scores.journal"
    data = journal.read_bytes()
    journal.write_bytes(data + b"612 0a1b2c3d [{" + bytes(600))
    with Record.open(folder, write=True, device="VICTIM") as record:
        assert len(record.entries) == 24
        record.append("note", {}, "asanov")
    assert not examine(folder).problems


def test_a_snapshot_cut_anywhere_is_found(folder: Path) -> None:
    """scores.json is written whole or not at all, so a part of it is damage, and named."""
    breaking.filled(folder, 6)
    size = (folder / "scores.json").stat().st_size
    for cut in [1, 2, 3, 4, *range(5, 800, 40), *rng.sample(range(1, size), 15)]:
        breaking.cut_snapshot(folder, cut)


def test_any_turned_bit_is_found_and_mended(folder: Path) -> None:
    """One bit in any entry or between them stops the program with the place, and repair gets every entry back."""
    breaking.filled(folder, 6)
    for name, at in breaking.flip_places(folder, rng, 12):
        breaking.flip(folder, name, at, rng.randrange(8))
    data = (folder / "scores.json").read_bytes()
    at = data.index(b"done")
    (folder / "scores.json").write_bytes(data[:at] + b"DONE" + data[at + 4 :])
    assert len(examine(folder).entries) == 11
    (folder / "scores.json").write_bytes(data[:at] + b"donm" + data[at + 4 :])
    assert repair(folder, do=True).lost == []
    with Record.open(folder) as record:
        assert len(record.entries) == 12


@pytest.mark.parametrize("name", breaking.FILES)
def test_a_bit_turned_while_the_other_file_is_empty_is_found(folder: Path, name: str) -> None:
    """Each file proves itself, without the other."""
    breaking.filled(folder, 4)
    other = next(file for file in breaking.FILES if file != name)
    (folder / other).write_bytes(b"")
    data = (folder / name).read_bytes()
    for at in rng.sample(range(len(data)), 20):
        (folder / name).write_bytes(data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :])
        assert examine(folder).damage


@pytest.mark.parametrize("processes", [2, 8])
def test_several_processes_append_at_once(folder: Path, processes: int) -> None:
    """Nothing is lost, nothing forks, and every number is given once."""
    breaking.together(folder, processes, 20)


def test_a_session_begun_at_any_moment_of_anothers_loses_none_of_its_marks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened between any two steps of another session, and used only after that one ended, it adds to what is there."""
    for step in count(1):
        course = folder / str(step)
        course.mkdir()
        late: list[Record] = []
        with monkeypatch.context() as patch, Record.open(course, write=True, device="VICTIM") as record:

            def begin(course: Path = course, late: list[Record] = late) -> None:
                late.append(Record.open(course, write=True, device="VICTIM"))

            taken = breaking.doing_at(step, begin, patch)
            confirmed = {record.append("note", {}, "asanov").hash}
            record.snapshot()
            confirmed.add(record.append("note", {}, "asanov").hash)
            steps = next(taken)
        for other in late:
            with other:
                confirmed.add(other.append("note", {}, "bekova").hash)
        breaking.check_after(course, confirmed)
        if steps <= step:
            break
    assert step > 10


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete an open file")
def test_a_lock_that_somebody_deletes_still_keeps_others_out(folder: Path) -> None:
    """With scores.lock deleted while a session is open, two sessions still write one after the other."""
    with Record.open(folder, write=True, device="VICTIM") as first, Record.open(folder, write=True) as second:
        first.append("note", {}, "asanov")
        (folder / "scores.lock").unlink()
        first._ledger._lock._patience = 0
        with second.alone(), pytest.raises(RecordBusy):
            first.append("note", {}, "asanov")
        first.append("note", {}, "asanov")
    breaking.check_after(folder, set())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_forked_process_has_no_share_in_the_lock(folder: Path) -> None:
    """A process that was forked while its parent writes waits like any other, and takes nothing from its parent."""
    with Record.open(folder, write=True, device="VICTIM") as record:
        record.append("note", {}, "asanov")
        with record.alone():
            child = os.fork()
            if not child:
                try:
                    record._ledger._lock.leave()
                    record._ledger._lock._patience = 0
                    record._ledger._lock.take()
                except RecordBusy:
                    os._exit(7)
                os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    breaking.check_after(folder, set())


def test_a_read_only_folder_is_read_and_not_written_to() -> None:
    """A course on a protected stick can be read; saving says why it cannot."""
    if os.name == "nt":
        pytest.skip("Windows protects folders otherwise")
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        course = breaking.filled(Path(outer) / "course")
        course.chmod(0o555)
        for file in course.iterdir():
            file.chmod(0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)  # root may write anywhere, so be nobody for a moment
        try:
            with Record.open(course, write=True, device="VICTIM") as record:
                assert len(record.entries) == 24
                with pytest.raises(FieldkitError, match="may not be written to") as caught:
                    record.append("note", {}, "asanov")
                assert caught.value.exit_code == 1
                assert not record.verify()
        finally:
            if is_root:
                os.seteuid(0)
            course.chmod(0o755)
