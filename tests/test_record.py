"""The record: what is saved stays saved, in order, in one TinyDB database."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tinydb

from fieldkit.errors import BadInput, FieldkitError, RecordBusy, RecordDamaged
from fieldkit.model.entry import as_dict
from fieldkit.record import Record
from fieldkit.record.device import device_name
from fieldkit.record.examine import examine
from fieldkit.record.frames import frame, header, payload_of
from fieldkit.record.head import head_of, read_head
from fieldkit.record.ledger import Ledger
from fieldkit.record.lock import Lock
from fieldkit.record.names import JOURNAL, LOCK, SNAPSHOT
from fieldkit.record.repair import repair


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty course folder, named as folders are named there."""
    path = tmp_path / "Торугарт 2026 گمرک"
    path.mkdir()
    return path


def fill(folder: Path, amount: int, device: str = "ONE") -> None:
    """Append some marks."""
    with Record.open(folder, write=True, device=device) as record:
        for number in range(amount):
            record.append("marks", {"number": number, "remarks": "Пломба цела"}, "asanov")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_appended_is_there_when_the_course_is_opened_again(folder: Path) -> None:
    """A saved mark is there tomorrow."""
    with Record.open(folder, write=True) as record:
        first = record.append("marks", {"item": "done"}, "asanov")
        more = record.append_many([("note", {"n": 1}), ("note", {"n": 2})], "bekova")
    with Record.open(folder) as record:
        assert list(record.entries) == [first, *more]
        assert [entry.seq for entry in record.entries] == [1, 2, 3]
        assert [entry.prev for entry in record.entries] == ["", first.hash, more[0].hash]
        assert not record.warnings
        assert not record.verify()


def test_a_saved_mark_does_not_wait_for_the_end_of_the_session(folder: Path) -> None:
    """A mark is on the disk before the next is asked for, not when the program ends."""
    record = Record.open(folder, write=True)
    for number in range(3):
        record.append("marks", {"n": number}, "asanov")
        with Record.open(folder) as other:
            assert len(other.entries) == number + 1
    record.close()


def test_a_mark_is_confirmed_only_after_the_disk_has_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One write, then one wait for the disk, then the answer."""
    fill(folder, 1)
    done = []
    for name in ("write", "fsync"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, real=real: (done.append(name), real(*a))[1])
    with Record.open(folder, write=True, device="ONE") as record:
        for _ in range(3):
            record.append("note", {}, "asanov")
            assert done == ["write", "fsync"]
            done.clear()


def test_a_batch_is_one_line_of_the_journal(folder: Path) -> None:
    """What belongs together cannot be torn apart."""
    with Record.open(folder, write=True) as record:
        record.append_many([("note", {"n": n}) for n in range(5)], "asanov")
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    assert len(lines) == 2
    assert len(json.loads(payload_of(lines[1]) or b"")) == 5


def test_reading_a_folder_without_a_record_writes_nothing(folder: Path) -> None:
    """Looking never makes files."""
    with Record.open(folder) as record:
        assert record.entries == ()
        assert record.head()
    assert contents(folder) == {}
    with pytest.raises(BadInput, match="no such folder"):
        Record.open(folder / "nowhere")


def test_content_that_cannot_be_kept_is_refused_and_nothing_is_written(folder: Path) -> None:
    """A batch with one bad entry is refused whole."""
    fill(folder, 1)
    before = contents(folder)
    with Record.open(folder, write=True) as record, pytest.raises(BadInput, match="float"):
        record.append_many([("marks", {"points": "2.5"}), ("marks", {"points": 2.5})], "asanov")
    assert contents(folder) == before


def test_stock_tinydb_opens_scores_json_after_every_session(folder: Path) -> None:
    """The data stay readable without fieldkit."""
    fill(folder, 3)
    stock = tinydb.TinyDB(folder / SNAPSHOT, access_mode="r")
    assert len(stock.table("entries")) <= 3
    stock.close()
    with Record.open(folder, write=True) as record:
        record.snapshot()
        entries = record.entries
    stock = tinydb.TinyDB(folder / SNAPSHOT, access_mode="r", encoding="utf-8")
    assert [dict(document) for document in stock.table("entries")] == [as_dict(entry) for entry in entries]
    found = stock.table("entries").search(tinydb.where("body")["number"] == 1)
    assert [document["seq"] for document in found] == [2]
    stock.close()


def test_the_record_is_a_tinydb_database_that_only_grows(folder: Path) -> None:
    """Queries work as in any TinyDB; changing and removing do not."""
    fill(folder, 3)
    with Record.open(folder, write=True, device="ONE") as record:
        assert len(record.db) == 3
        assert record.db.tables() == {"entries"}
        found = record.db.search(tinydb.where("body")["number"] == 2)
        assert found[0].doc_id == 3
        record.append("marks", {"number": 2}, "asanov")
        assert len(record.db.search(tinydb.where("body")["number"] == 2)) == 2
        before = contents(folder)
        table = record.db.table("entries")
        for change in (
            lambda: table.update({"by": "x"}),
            lambda: table.remove(doc_ids=[1]),
            lambda: table.truncate(),
            lambda: record.db.drop_tables(),
            lambda: record.db.drop_table("entries"),
            lambda: record.db.table("other"),
        ):
            with pytest.raises(FieldkitError):
                change()
        assert contents(folder) == before


def test_inserting_by_tinydb_takes_only_whole_new_entries(folder: Path, tmp_path: Path) -> None:
    """No way in leads around the checks."""
    other = tmp_path / "other"
    other.mkdir()
    fill(other, 2, "TWO")
    with Record.open(other) as record:
        first, second = map(as_dict, record.entries)
    with Record.open(folder, write=True) as record:
        assert record.db.insert(first) == 1
        with pytest.raises(BadInput, match="already"):
            record.db.insert(first)
        with pytest.raises(BadInput, match="altered"):
            record.db.insert({**second, "by": "somebody"})
        with pytest.raises(BadInput, match="exactly the fields"):
            record.db.insert({"a": 1})
        assert len(record.entries) == 1


def test_a_clock_set_back_changes_no_order(folder: Path) -> None:
    """The order of entries is their number, whatever the clock says."""
    now = datetime(2026, 5, 4, 8, tzinfo=UTC)
    times = [now, now - timedelta(days=300), now + timedelta(days=9)]
    for moment in times:
        with Record.open(folder, write=True, device="ONE", clock=lambda moment=moment: moment) as record:
            record.append("note", {}, "asanov")
    with Record.open(folder) as record:
        assert [entry.at for entry in record.entries] == [f"{t:%Y-%m-%dT%H:%M:%S}.000Z" for t in times]
        assert not record.verify()


def test_a_copied_course_writes_under_another_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying the folder does not copy the laptop's identity."""
    monkeypatch.delenv("FIELDKIT_DEVICE", raising=False)
    with Record.open(folder, write=True) as record:
        name = record.append("note", {}, "asanov").device
    with Record.open(folder, write=True) as record:
        assert record.append("note", {}, "asanov").device == name
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    with Record.open(copy, write=True) as record:
        assert record.append("note", {}, "asanov").device != name
    shutil.rmtree(folder)
    (folder.parent / "holds the inode").mkdir()
    shutil.copytree(copy, folder)
    assert device_name(folder) != device_name(copy)


def test_the_device_can_be_named_by_hand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FIELDKIT_DEVICE names the laptop; a name that does not fit is refused."""
    monkeypatch.setenv("FIELDKIT_DEVICE", "laptop-2")
    with Record.open(folder, write=True) as record:
        assert record.append("note", {}, "asanov").device == "LAPTOP-2"
    monkeypatch.setenv("FIELDKIT_DEVICE", "../../x")
    with pytest.raises(BadInput, match="device"):
        Record.open(folder, write=True)
    Record.open(folder)


def test_the_head_code_stands_for_all_entries(folder: Path) -> None:
    """The code on paper changes with any entry, and can be typed back as people type."""
    fill(folder, 2)
    with Record.open(folder, write=True) as record:
        head = record.head()
        assert head_of(reversed(record.entries)) == head
        record.append("note", {}, "asanov")
        assert record.head() != head
    assert len(head) == 11
    assert read_head(head.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == head
    assert read_head("not a code") is None


def test_a_long_session_renews_scores_json_when_it_ends(folder: Path) -> None:
    """scores.json is renewed when the journal has outgrown it, and only then."""
    fill(folder, 3)
    assert len(tinydb.TinyDB(folder / SNAPSHOT, access_mode="r").table("entries")) == 0
    with Record.open(folder, write=True) as record:
        record.append_many([("marks", {"n": n, "remarks": "x" * 200}) for n in range(200)], "asanov")
    assert len(tinydb.TinyDB(folder / SNAPSHOT, access_mode="r").table("entries")) == 203
    assert (folder / JOURNAL).stat().st_size < 200
    with Record.open(folder) as record:
        assert len(record.entries) == 203
        before = contents(folder)
    assert contents(folder) == before


def test_one_session_sees_what_another_saved(folder: Path) -> None:
    """Two programs on one course agree on what there is."""
    one = Record.open(folder, write=True, device="ONE")
    two = Record.open(folder, write=True, device="ONE")
    reader = Record.open(folder)
    first = one.append("note", {"n": 1}, "asanov")
    second = two.append("note", {"n": 2}, "asanov")
    assert (first.seq, second.seq, second.prev) == (1, 2, first.hash)
    two.snapshot()
    third = one.append("note", {"n": 3}, "asanov")
    assert third.prev == second.hash
    for record in (reader, two, one):
        record.refresh()
        assert record.entries == (first, second, third)
        record.close()
    fourth = reader.entries
    with Record.open(folder, write=True, device="ONE") as record:
        record.append("note", {"n": 4}, "asanov")
    reader.refresh()
    assert len(reader.entries) == len(fourth) + 1


def test_a_course_that_another_process_holds_is_said_to_be_busy(folder: Path) -> None:
    """Waiting ends, with a reason and exit code 6."""
    fill(folder, 1)
    holder = Lock(folder / LOCK)
    holder.take()
    ledger = Ledger(folder, patience=0.05)
    with pytest.raises(RecordBusy) as caught, ledger:
        pass
    assert caught.value.exit_code == 6
    holder.leave()
    holder.close()
    with ledger:
        pass
    ledger.close(tidy=False)


def test_files_that_do_not_belong_together_are_named(folder: Path, tmp_path: Path) -> None:
    """A scores.json put back alone, or taken away, cannot quietly lose the marks that came after it."""
    fill(folder, 2)
    old = (folder / SNAPSHOT).read_bytes()
    with Record.open(folder, write=True, device="ONE") as record:
        record.snapshot()
        record.append("note", {}, "asanov")
    whole = contents(folder)

    (folder / SNAPSHOT).write_bytes(old)
    with pytest.raises(RecordDamaged, match=r"does not belong to the scores\.json"):
        Record.open(folder)
    (folder / SNAPSHOT).unlink()
    with pytest.raises(RecordDamaged, match=r"scores\.json is missing"):
        Record.open(folder)
    (folder / SNAPSHOT).write_bytes(whole[SNAPSHOT])
    (folder / JOURNAL).unlink()
    with pytest.raises(RecordDamaged, match=r"scores\.journal: is missing"):
        Record.open(folder)
    assert repair(folder, do=True).done
    with Record.open(folder) as record:
        assert len(record.entries) == 2


def test_an_empty_scores_json_that_stock_tinydb_made_does_no_harm(folder: Path) -> None:
    """Opening an empty course with TinyDB's own storage leaves an empty file, which is not damage."""
    tinydb.TinyDB(folder / SNAPSHOT).close()
    assert Record.open(folder).entries == ()
    fill(folder, 2)
    with Record.open(folder) as record:
        assert len(record.entries) == 2
        assert not record.verify()


def test_a_scores_json_that_another_program_wrote_is_noticed_and_its_entries_are_got_back(folder: Path) -> None:
    """Saving with stock TinyDB is a change like any other; what is whole in it stays."""
    fill(folder, 4)
    with Record.open(folder, write=True) as record:
        record.snapshot()
    stock = tinydb.TinyDB(folder / SNAPSHOT, encoding="utf-8")
    stock.table("entries").update({"by": "somebody"}, doc_ids=[2])
    stock.close()
    with pytest.raises(RecordDamaged, match="another program"):
        Record.open(folder)
    assert [entry.seq for entry in examine(folder).entries] == [1, 3, 4]


def test_a_newer_format_is_said_to_be_newer_and_not_damaged(folder: Path) -> None:
    """An old fieldkit leaves a newer record alone and says why."""
    fill(folder, 1)
    line = (folder / JOURNAL).read_bytes().splitlines(keepends=True)[0]
    (folder / JOURNAL).write_bytes(header(line.split()[2].decode(), version=2))
    with pytest.raises(BadInput, match="newer fieldkit"):
        Record.open(folder)


def test_repair_says_first_what_it_would_do_and_keeps_what_was_there(folder: Path) -> None:
    """Nothing is repaired unasked, and the damaged files stay."""
    fill(folder, 5)
    with Record.open(folder, write=True, device="ONE") as record:
        record.snapshot()
        record.append("note", {}, "asanov")
    assert not repair(folder, do=True).needed
    lines = (folder / SNAPSHOT).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"asanov", b"##@@##")
    (folder / SNAPSHOT).write_bytes(b"".join(lines))
    before = contents(folder)

    plan = repair(folder, do=False)
    assert contents(folder) == before
    assert plan.needed
    assert not plan.done
    assert [(p.file, p.line) for p in plan.lost] == [(SNAPSHOT, 3)]
    assert "entry 2 of ONE" in plan.lost[0].what

    done = repair(folder, do=True)
    assert done.done
    assert {path.name: path.read_bytes() for path in done.kept_beside}.items() <= contents(folder).items()
    assert before[SNAPSHOT] in contents(folder).values()
    with Record.open(folder) as record:
        assert [entry.seq for entry in record.entries] == [1, 3, 4, 5, 6]
        assert [problem.warning for problem in record.verify()] == [True]
    assert not repair(folder, do=True).needed


def test_an_entry_that_was_altered_with_its_checks_made_to_fit_breaks_the_chain(folder: Path) -> None:
    """Who changes a mark must change every later entry of that laptop too, and then the code on paper."""
    fill(folder, 3)
    with Record.open(folder, write=True, device="ONE") as record:
        record.snapshot()
        first, second, third = record.entries
    from fieldkit.model.entry import make_entry
    from fieldkit.record.snapshot import write_snapshot

    forged = make_entry("ONE", 2, first.hash, second.at, "asanov", "marks", {"number": 99})
    digest, _ = write_snapshot(folder / SNAPSHOT, [first, forged, third], "")
    (folder / JOURNAL).write_bytes(header(digest))
    found = [str(problem) for problem in examine(folder).damage]
    assert len(found) == 1
    assert "entry 3 of ONE follows another entry 2" in found[0]


def test_an_entry_altered_inside_a_sound_line_is_named(folder: Path) -> None:
    """A line whose length and check fit is still asked whether its entry is the one that was saved."""
    fill(folder, 3)
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    payload = payload_of(lines[2]) or b""
    lines[2] = frame(payload.replace(b"asanov", b"bekova"))
    (folder / JOURNAL).write_bytes(b"".join(lines))
    damage = examine(folder).damage
    assert [(problem.file, problem.line, problem.what) for problem in damage] == [
        (JOURNAL, 3, "entry 2 of ONE was altered")
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
def test_a_forked_process_does_not_share_its_parents_lock(folder: Path) -> None:
    """A child process that was handed an open record waits its turn like any other."""
    record = Record.open(folder, write=True, device="ONE")
    record.append("note", {"n": 0}, "asanov")
    child = os.fork()
    for number in range(20):
        record.append("note", {"child": not child, "n": number}, "asanov")
    if not child:
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    record.close()
    with Record.open(folder) as other:
        assert [entry.seq for entry in other.entries] == list(range(1, 42))
        assert not other.verify()
