"""Files that are no part of the record: whole or not at all, with two writers, Ctrl-C or a full disk at every step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from test_at_once import at_step

from fieldkit.course import Course
from fieldkit.errors import BadInput, FieldkitError
from fieldkit.files import write_whole
from fieldkit.library.signing import public_of
from fieldkit.model.marks import REMARKS
from fieldkit.model.state import ISSUED
from fieldkit.record import Record, ledger
from fieldkit.record.examine import examine
from fieldkit.steps.keeping.bundles import bundle_course, merge_bundles
from fieldkit.steps.keeping.protect import open_names, protect, readable
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.exchange import write_key
from fieldkit.steps.preparing.new import new_course
from fieldkit.steps.preparing.pack import print_course


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_two_programs_that_write_one_file_leave_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever a second program writes the same report, it is one's or the other's, and neither fails."""
    path = tmp_path / "course.pdf"
    for step in count(1):
        with monkeypatch.context() as patch:
            steps = at_step(step, lambda: write_whole(path, [b"second" * 1000]) and None, patch)
            write_whole(path, [b"first" * 500, b"first" * 500])
            taken = next(steps)
        assert path.read_bytes() in (b"first" * 1000, b"second" * 1000)
        assert names(tmp_path) == {"course.pdf"}
        if taken <= step:
            break
    assert step > 3

    def half() -> Iterator[bytes]:
        yield b"first" * 500
        write_whole(path, [b"second" * 1000])
        yield b"first" * 500

    write_whole(path, half())
    assert path.read_bytes() == b"first" * 1000


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_put_on_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """What must not be written over stays, though it came a moment ago; on a memory stick, too, which has no links."""
    path = tmp_path / "day.bundle"
    if not links:

        def refuse(*args: Any, **named: Any) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)

    def late() -> Iterator[bytes]:
        yield b"mine"
        path.write_bytes(b"another's")

    with pytest.raises(FileExistsError):
        write_whole(path, late(), fresh=True)
    assert (path.read_bytes(), names(tmp_path)) == (b"another's", {"day.bundle"})
    write_whole(tmp_path / "other", [b"mine"], fresh=True)
    assert ((tmp_path / "other").read_bytes(), names(tmp_path)) == (b"mine", {"day.bundle", "other"})


def test_what_a_killed_program_left_is_taken_away_a_day_later(tmp_path: Path) -> None:
    """Halves of files do not gather; one that another program may still be writing stays."""
    for name, age in (("a.pdf.12-3.new", 2 * 86400), ("a.pdf.13-0.new", 60), ("own.new", 2 * 86400)):
        (tmp_path / name).write_bytes(b"half")
        seconds = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (seconds, seconds))
    write_whole(tmp_path / "b.pdf", [b"whole"])
    assert names(tmp_path) == {"a.pdf.13-0.new", "own.new", "b.pdf"}


def test_a_bundle_is_written_over_no_other_that_comes_meanwhile(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two bundles of one name at once: one is written, the other refused, and nothing is lost."""
    path = course.parent / "day.bundle"
    with Course(course) as opened, monkeypatch.context() as patch:
        at_step(1, lambda: path.write_bytes(b"the other bundle") and None, patch)
        with pytest.raises(BadInput, match="is there already"):
            bundle_course(opened, path)
    assert path.read_bytes() == b"the other bundle"


def test_two_merges_at_once_lose_no_file(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that two bundles bring at the same moment in two forms is there in both."""
    bundles = []
    for text in ("one", "two"):
        other = tmp_path / text
        shutil.copytree(course, other)
        (other / "standards").mkdir(exist_ok=True)
        (other / "standards" / "note.txt").write_text(text, encoding="utf-8")
        with Course(other) as opened:
            bundle_course(opened, tmp_path / f"{text}.bundle")
        bundles.append(tmp_path / f"{text}.bundle")

    def meanwhile() -> None:
        with Course(course) as opened:
            merge_bundles(opened, bundles[1:])

    with Course(course) as opened, monkeypatch.context() as patch:
        at_step(1, meanwhile, patch)
        merge_bundles(opened, bundles[:1])
    assert {path.read_text(encoding="utf-8") for path in course.rglob("note.txt")} == {"one", "two"}


@pytest.mark.parametrize("how", [KeyboardInterrupt, errno.ENOSPC])
def test_names_are_protected_though_it_was_cut_off(
    printed_course: Path, tmp_path: Path, how: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at any step, names are in the roster or behind the passphrase; given again it ends as if nothing had
    been, and a remark that is sealed can be opened."""
    monkeypatch.setattr("fieldkit.steps.keeping.protect.seal_with_passphrase", lambda data, passphrase: data)
    monkeypatch.setattr("fieldkit.steps.keeping.protect.open_with_passphrase", lambda data, passphrase: data)
    for step in count(1):
        folder = tmp_path / str(step)
        folder.mkdir()
        for name in ("course.yaml", "trainees.csv", "instructors.csv"):
            shutil.copy(printed_course / name, folder)
        with Course(folder) as course:
            real = {person.name for person in course.trainees.values()}

        def stop() -> None:
            raise OSError(how, os.strerror(how)) if isinstance(how, int) else how

        with suppress(FieldkitError, KeyboardInterrupt), monkeypatch.context() as patch, Course(folder) as course:
            steps = at_step(step, stop, patch)
            protect(course, "сөз")
        taken = next(steps)
        with Course(folder) as course:
            assert protect(course, "сөз") == len(real)
        with Course(folder) as course:
            open_names(course, "сөз")
            assert {person.name for person in course.trainees.values()} == real
            draw_course(course, 1)
        with Course(folder) as course:
            open_names(course, "сөз")
            print_course(course, only=["scoresheets"]) if step == 1 else None
            for sheet in course.state.all_marked()[:1]:
                given = give_marks(course, Marking(sheet.sheet, "I01", {REMARKS: "kind"}), whole=False).sheet
                assert readable(course, given).mark(REMARKS) == "kind"
        if taken <= step:
            break
    assert step > 6


def test_two_that_protect_at_once_share_one_key(
    printed_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However two meet, the key that seals remarks is the one that the passphrase opens, and every name is there."""
    monkeypatch.setattr("fieldkit.steps.keeping.protect.seal_with_passphrase", lambda data, passphrase: data)
    monkeypatch.setattr("fieldkit.steps.keeping.protect.open_with_passphrase", lambda data, passphrase: data)
    monkeypatch.setattr("fieldkit.record.lock.PATIENCE", 0)
    for step in count(1):
        folder = tmp_path / str(step)
        folder.mkdir()
        for name in ("course.yaml", "trainees.csv", "instructors.csv"):
            shutil.copy(printed_course / name, folder)

        def meanwhile(folder: Path = folder) -> None:
            with suppress(FieldkitError), Course(folder) as course:
                course.record._ledger._lock._patience = 0
                protect(course, "сөз")

        with Course(folder) as course, monkeypatch.context() as patch:
            real = {person.name for person in course.trainees.values()}
            steps = at_step(step, meanwhile, patch)
            protect(course, "сөз")
            taken = next(steps)
        with Course(folder) as course:
            open_names(course, "сөз")
            assert {person.name for person in course.trainees.values()} == real
            public = (folder / "names.pub").read_text(encoding="ascii").strip()
            from fieldkit.record.sealed import seal, unseal

            assert unseal(seal("kind", public), course.names_secret) == "kind"
        if taken <= step:
            break


def test_a_new_course_that_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at any step of `fieldkit new`: the same command works afterwards."""
    for step in count(1):
        folder = tmp_path / str(step)

        def stop() -> None:
            raise KeyboardInterrupt

        with suppress(KeyboardInterrupt), monkeypatch.context() as patch:
            steps = at_step(step, stop, patch)
            new_course(folder)
        if next(steps) <= step:
            break
        assert not [path for path in folder.rglob("*") if path.is_file()]
        new_course(folder)
    assert step > 6


def test_callsigns_that_come_while_it_is_drawn(
    printed_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protected by another after the roster was read and before it is drawn: the draw has the callsigns of all."""
    monkeypatch.setattr("fieldkit.steps.keeping.protect.seal_with_passphrase", lambda data, passphrase: data)
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("course.yaml", "trainees.csv", "instructors.csv"):
        shutil.copy(printed_course / name, folder)

    def meanwhile() -> None:
        with Course(folder) as course:
            protect(course, "сөз")

    with Course(folder) as course, monkeypatch.context() as patch:
        assert course.trainees
        at_step(1, meanwhile, patch)
        drawn = draw_course(course, 1)
    with Course(folder) as course:
        assert {number for group in drawn.plan.groups for number in group.members} == set(course.trainees)


@pytest.mark.parametrize("how", [KeyboardInterrupt, errno.ENOSPC])
def test_a_key_is_made_whole_or_not_at_all(tmp_path: Path, how: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped at any step, no half of a pair of keys stands in the way of the same command."""
    pytest.importorskip("cryptography")
    for step in count(1):
        folder = tmp_path / str(step)
        folder.mkdir()

        def stop() -> None:
            raise OSError(how, os.strerror(how)) if isinstance(how, int) else how

        with suppress(FieldkitError, KeyboardInterrupt), monkeypatch.context() as patch:
            steps = at_step(step, stop, patch)
            write_key(folder / "centre.key")
        if next(steps) <= step:
            break
        if names(folder) != {"centre.key", "centre.key.pub"}:
            assert names(folder) == set()
            write_key(folder / "centre.key")
    assert step > 5


def test_two_that_make_a_key_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that another has just made stays, with its public part."""
    pytest.importorskip("cryptography")
    path = tmp_path / "centre.key"
    with monkeypatch.context() as patch:
        at_step(1, lambda: write_key(path) and None, patch)
        with pytest.raises(BadInput, match="there already"):
            write_key(path)
    assert names(tmp_path) == {"centre.key", "centre.key.pub"}
    assert public_of(path.read_bytes(), str(path)) == (tmp_path / "centre.key.pub").read_bytes()


def test_sheets_of_an_older_draw_are_not_issued(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn anew by another while it prints: the print is told to be of no use, and none of its sheets is issued."""
    shutil.rmtree(course / "pack")

    def meanwhile() -> None:
        with Course(course) as other:
            draw_course(other, 99, afresh=True)

    roster = course / "trainees.csv"
    with Course(course) as opened:
        issued = len(opened.state.issued)
        lines = roster.read_text(encoding="utf-8").splitlines(keepends=True)
        roster.write_text("".join([*lines, lines[-1].replace("T06", "T07")]), encoding="utf-8")
        draw_course(opened)
        with monkeypatch.context() as patch:
            at_step(5, meanwhile, patch)
            with pytest.raises(FieldkitError, match="drawn anew") as caught:
                print_course(opened, only=["scoresheets"])
        assert caught.value.exit_code == 1
        assert sum(entry.kind == ISSUED for entry in opened.record.entries) == issued
        assert not [s for s in opened.state.all_marked() if s.trainee and not s.voided]


def test_ctrl_c_between_the_disk_and_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that reached the disk as Ctrl-C came is not left out when scores.json is written anew on the way out."""
    monkeypatch.setattr(ledger, "_SMALL_JOURNAL", 0)
    stopped = []

    def stop(chains: object, entry: object) -> bool:
        stopped.append(entry)
        raise KeyboardInterrupt

    with Record.open(tmp_path, write=True, device="A") as record:
        record.append("note", {}, "asanov")
        with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
            patch.setattr(ledger.Chains, "add", stop)
            record.append("note", {}, "bekova")
        assert record.append("note", {}, "asanov").seq == 3
    with Record.open(tmp_path) as record:
        assert [entry.seq for entry in record.entries] == [1, 2, 3]
        assert stopped[0] in record.entries
    assert not examine(tmp_path).problems


def test_a_command_that_is_refused_begins_no_record(fieldkit_command: Command, tmp_path: Path) -> None:
    """Marks for a course that was never drawn are refused, and its folder is as it was."""
    folder = tmp_path / "course"
    assert fieldkit_command("new", folder).code == 0
    before = names(folder)
    given = ("--marks", "x=y", "--by", "I01")
    assert fieldkit_command("score", "ABCD1234", *given, course=folder).code == 3
    assert fieldkit_command("draw", course=folder).code in (0, 3)
    assert fieldkit_command("bind", "ABCD1234", "T01", "--by", "I01", course=folder).code == 3
    assert before <= names(folder)
