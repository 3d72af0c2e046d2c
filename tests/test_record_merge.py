"""Several laptops become one: the union of what they hold, in whatever order it comes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.errors import BadInput
from fieldkit.model.entry import Entry, as_dict, from_dict, make_entry
from fieldkit.record import Record
from fieldkit.record.chains import branches, in_order
from fieldkit.record.examine import examine
from fieldkit.record.merge import MergeReport, merge_entries

AT = "2026-05-04T08:15:30.123Z"


def chain(device: str, amount: int, after: Entry | None = None, mark: str = "") -> list[Entry]:
    """Entries of one device, one after the other."""
    made: list[Entry] = []
    for _ in range(amount):
        last = made[-1] if made else after
        seq, prev = (last.seq, last.hash) if last else (0, "")
        made.append(make_entry(device, seq + 1, prev, AT, "asanov", "note", {"mark": mark, "seq": seq + 1}))
    return made


ONE, TWO = chain("ONE", 5), chain("TWO", 3)
COPIED = chain("ONE", 3, after=ONE[1], mark="a copy of laptop one, from its entry 3 on")
COPIED_TWICE = chain("ONE", 2, after=COPIED[0], mark="and a copy of the copy")
ALL = [*ONE, *TWO, *COPIED, *COPIED_TWICE]


def merged(folder: Path, entries: Iterable[Entry], device: str = "HERE") -> MergeReport:
    """Merge into the record in the folder."""
    folder.mkdir(exist_ok=True)
    with Record.open(folder, write=True, device=device) as record:
        return merge_entries(record, entries)


def entries_in(folder: Path) -> tuple[Entry, ...]:
    """What the folder's record holds."""
    with Record.open(folder) as record:
        return record.entries


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(st.lists(st.sampled_from(ALL), max_size=8), max_size=4), order=st.permutations(ALL))
def test_any_order_and_any_parts_give_the_same_record(parts: list[list[Entry]], order: list[Entry]) -> None:
    """Whoever comes first, and however often: the same entries, the same head code, the same names of branches."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "course"
        for part in parts:
            merged(folder, part)
        half = len(order) // 2
        merged(folder, order[:half])
        merged(folder, order[half:])
        assert entries_in(folder) == in_order(ALL)
        assert merged(folder, ALL) == MergeReport([], len(ALL))
        with Record.open(folder) as record:
            head = record.head()
            assert branches(record.entries) == branches(ALL)
            assert not examine(folder).damage
        other = Path(scratch) / "other"
        merged(other, ALL)
        with Record.open(other) as record:
            assert record.head() == head


def test_merging_says_what_is_new_and_what_was_known(tmp_path: Path) -> None:
    """The report counts what came in."""
    assert merged(tmp_path, ONE[:3]) == MergeReport(ONE[:3], 0)
    assert merged(tmp_path, [*ONE, *TWO]) == MergeReport([*ONE[3:], *TWO], 3)


def test_merging_writes_nothing_when_there_is_nothing_new(tmp_path: Path) -> None:
    """A second merge leaves every file as it is, to the byte."""
    merged(tmp_path, ONE)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    merged(tmp_path, ONE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_copied_laptop_is_told_apart_by_name_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    """Two entries with one number both stay, as they were; the branches have names that say which is which."""
    merged(tmp_path, ONE)
    report = merged(tmp_path, [*ONE[:2], *COPIED])
    ours, theirs = f"ONE~{ONE[2].hash[:6]}", f"ONE~{COPIED[0].hash[:6]}"
    assert report == MergeReport(COPIED, 2, sorted([ours, theirs]))
    assert branches(entries_in(tmp_path)) == {ours: ONE[2:], theirs: COPIED}
    assert set(ONE) | set(COPIED) == set(entries_in(tmp_path))
    problems = examine(tmp_path).problems
    assert [problem.warning for problem in problems] == [True]
    assert f"{ours} (entries 3 to 5)" in problems[0].what
    assert f"{theirs} (entries 3 to 5)" in problems[0].what


def test_a_laptop_that_was_copied_goes_on_under_a_new_name(tmp_path: Path) -> None:
    """After a fork nobody writes to either branch: the next mark begins a chain of its own."""
    merged(tmp_path, [*ONE, *COPIED])
    with Record.open(tmp_path, write=True, device="ONE") as record:
        assert record.device == "ONE-2"
        entry = record.append("note", {}, "asanov")
        assert (entry.device, entry.seq, entry.prev) == ("ONE-2", 1, "")


def test_two_copies_that_both_go_on_are_merged_without_loss(tmp_path: Path) -> None:
    """The same folder on two laptops that go by one name: both days' work is there."""
    one, two = tmp_path / "one", tmp_path / "two"
    merged(one, ONE)
    shutil.copytree(one, two)
    for folder in (one, two):
        for number in range(3):
            with Record.open(folder, write=True, device="ONE") as record:
                record.append("note", {"where": folder.name, "n": number}, "asanov")
    mine, theirs = entries_in(one), entries_in(two)
    merged(one, theirs)
    merged(two, mine)
    assert entries_in(one) == entries_in(two)
    assert len(entries_in(one)) == 5 + 3 + 3


def test_what_comes_before_is_awaited_and_not_taken_for_damage(tmp_path: Path) -> None:
    """A bundle with the end of a laptop's day may come before the one with its beginning."""
    merged(tmp_path, ONE[3:])
    (problem,) = examine(tmp_path).problems
    assert problem.warning
    assert "entries 1 to 3 of ONE are not yet here" in problem.what
    merged(tmp_path, ONE[:3])
    assert not examine(tmp_path).problems


def test_an_altered_entry_is_refused_by_name_and_nothing_of_its_bundle_is_taken(tmp_path: Path) -> None:
    """All or nothing, and the reason names the entry."""
    altered = from_dict({**as_dict(ONE[1]), "by": "somebody"})
    with pytest.raises(BadInput, match="entry 2 of ONE was altered"):
        merged(tmp_path, [*TWO, ONE[0], altered])
    assert entries_in(tmp_path) == ()
