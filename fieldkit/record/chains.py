"""Which entries of which device are here: the chains, their gaps and their forks. Pure, and blind to arrival order.

An entry is the same entry when device, number and hash are the same. Two entries of one device with one number and
different hashes are a fork: a laptop was copied, put back to an older state, or altered. Both are kept as they are,
and each branch is known by the device's name and the first digits of the hash of its first own entry:
`D-7K2QM4~3fa9c2` (12, 13…) beside `D-7K2QM4~e01b77` (12…). The name is worked out, never stored, so it is the same
on every laptop that holds the same entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from fieldkit.model.entry import Entry

BRANCH_DIGITS = 6


class Chains:
    """The entries that are here, by device and number. Grows by `add`; one lookup each, however many there are."""

    def __init__(self) -> None:
        self._first: dict[str, dict[int, str]] = {}
        self._others: dict[tuple[str, int], set[str]] = {}
        self._tips: dict[str, Entry] = {}
        self._forked: set[str] = set()

    def add(self, entry: Entry) -> bool:
        """Take in an entry; False when it was here already."""
        numbers = self._first.setdefault(entry.device, {})
        present = numbers.get(entry.seq)
        if present is None:
            numbers[entry.seq] = entry.hash
            tip = self._tips.get(entry.device)
            if tip is None or entry.seq > tip.seq:
                self._tips[entry.device] = entry
            return True
        if present == entry.hash:
            return False
        others = self._others.setdefault((entry.device, entry.seq), set())
        if entry.hash in others:
            return False
        others.add(entry.hash)
        self._forked.add(entry.device)
        return True

    def known(self, entry: Entry) -> bool:
        """Whether exactly this entry is here."""
        present = self._first.get(entry.device, {}).get(entry.seq)
        return present == entry.hash or entry.hash in self._others.get((entry.device, entry.seq), ())

    def tip(self, device: str) -> Entry | None:
        """The entry with the highest number of this device."""
        return self._tips.get(device)

    def forked(self, device: str) -> bool:
        """Whether some number of this device is here twice."""
        return device in self._forked


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The canonical order, the same whatever order the entries arrived in: by device, number, hash."""
    return tuple(sorted(entries, key=lambda e: (e.device, e.seq, e.hash)))


def gaps(entries: Iterable[Entry]) -> dict[str, list[tuple[int, int]]]:
    """By device, the (first, last) numbers of each stretch that is not here although later entries are."""
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        seen[entry.device].add(entry.seq)
    missing = {}
    for device, numbers in sorted(seen.items()):
        ends = [0, *sorted(numbers)]
        stretches = [(a + 1, b - 1) for a, b in pairwise(ends) if b > a + 1]
        if stretches:
            missing[device] = stretches
    return missing


def broken_links(entries: Iterable[Entry]) -> list[Entry]:
    """The entries whose `prev` is no entry's hash, although entries with the number before theirs are here."""
    entries = list(entries)
    before: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for entry in entries:
        before[entry.device, entry.seq + 1].add(entry.hash)
    return [e for e in in_order(entries) if e.seq > 1 and e.prev not in before.get((e.device, e.seq), {e.prev})]


def branches(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The branches of all forks by name, in canonical order; entries outside any fork are in none."""
    by_device: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_device[entry.device].append(entry)
    found: dict[str, list[Entry]] = {}
    for device, own in sorted(by_device.items()):
        if len({entry.seq for entry in own}) < len(own):
            found |= _branches_of(device, in_order(own))
    return found


def _branches_of(device: str, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The branches of one device. A branch begins at each entry that shares its number with an entry of the same
    parent, or that has no parent here."""
    by_number: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_number[entry.seq].append(entry)
    name_of: dict[str, str] = {}
    found: dict[str, list[Entry]] = {}
    for seq, here in by_number.items():
        parents = {entry.hash for entry in by_number.get(seq - 1, ())}
        for entry in here:
            rivals = sum(other.prev == entry.prev or entry.prev not in parents for other in here)
            name = f"{device}~{entry.hash[:BRANCH_DIGITS]}" if rivals > 1 else name_of.get(entry.prev)
            if name:
                name_of[entry.hash] = name
                found.setdefault(name, []).append(entry)
    return found


def runs(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """What is here, in short: the hash of each entry that no other follows, and how many lead up to it that are in no
    run before. Whatever comes later, a gap that fills or the other branch of a fork, `in_runs` finds them again."""
    ordered = in_order(entries)
    here = {entry.hash: entry for entry in ordered}
    followed = {entry.prev for entry in ordered}
    found, counted = [], set[str]()
    for entry in (entry for entry in ordered if entry.hash not in followed):
        length, now = 0, entry.hash
        while now in here and now not in counted:
            counted.add(now)
            length, now = length + 1, here[now].prev
        found.append((entry.hash, length))
    return found


def in_runs(entries: Iterable[Entry], wanted: Iterable[tuple[str, int]]) -> list[Entry]:
    """The entries that `runs` stood for, as far as they are here."""
    here = {entry.hash: entry for entry in entries}
    found = []
    for last, length in wanted:
        now = here.get(last)
        while now is not None and length:
            found.append(now)
            length, now = length - 1, here.get(now.prev)
    return found
