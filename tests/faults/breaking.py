"""Ways to break a record, and what must hold afterwards; shared by the tests and by the full run (full.py)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from faults.victim import BATCH, body

from fieldkit.errors import RecordDamaged
from fieldkit.record import Record
from fieldkit.record.examine import examine

VICTIM = Path(__file__).with_name("victim.py")
FILES = ("scores.json", "scores.journal")
STEPS: tuple[tuple[Any, str], ...] = ((os, "write"), (os, "fsync"), (Path, "replace"))  # of saving


def victim(*args: object) -> subprocess.Popen[str]:
    """A process of victim.py."""
    command = [sys.executable, str(VICTIM), *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def acknowledged(output: str) -> set[str]:
    """The hashes of the entries that a victim had confirmed as saved."""
    lines = [line for line in output.splitlines() if line not in ("ready", "end") and not line.startswith("refused")]
    return {digest for line in lines for digest in line.split()}


def check_after(folder: Path, confirmed: set[str], *, batches: bool = False) -> None:
    """What was confirmed is there, what was not is absent or whole, and the next command works."""
    with Record.open(folder, write=True, device="VICTIM") as record:
        there = {entry.hash for entry in record.entries}
        assert confirmed <= there, f"{len(confirmed - there)} confirmed entries are gone"
        if batches:
            assert len(there) % BATCH == 0, "a batch is there by half"
        after = record.append("marks", body(0), "after the crash")
    with Record.open(folder) as record:
        assert after in record.entries
        assert not record.warnings
    problems = [str(problem) for problem in examine(folder).problems]
    assert not problems, problems


def kill(folder: Path, how: str, rng: random.Random) -> None:
    """Kill a writing process at a random moment, and look."""
    process = victim(how, folder, 0)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(rng.uniform(0, 0.05))
    process.kill()
    output, errors = process.communicate()
    assert not errors, errors
    with Record.open(folder) as record:
        there = {entry.hash for entry in record.entries}
        assert acknowledged(output) <= there, "a confirmed entry is gone"
        assert how != "import" or len(there) % BATCH == 0, "a batch is there by half"
    assert not examine(folder).damage


def filled(folder: Path, entries: int = 12) -> Path:
    """A record with `entries` in the snapshot and as many in the journal, the last of them a batch of three."""
    folder.mkdir(parents=True, exist_ok=True)
    with Record.open(folder, write=True, device="VICTIM") as record:
        record.append_many([("marks", body(n)) for n in range(entries)], "asanov")
        record.snapshot()
        for number in range(entries - 3):
            record.append("marks", body(number), "asanov")
        record.append_many([("marks", body(n)) for n in range(3)], "asanov")
    return folder


def cut_tail(folder: Path, cut: int) -> None:
    """Take `cut` bytes off the journal: the record opens, holds whole frames only, and goes on."""
    journal = folder / "scores.journal"
    before = journal.read_bytes()
    journal.write_bytes(before[: len(before) - cut])
    frames = before[: len(before) - cut].count(b"\n") - 1
    with Record.open(folder, write=True, device="VICTIM") as record:
        held = len(record.entries)
        record.append("marks", body(0), "after the cut")
    with Record.open(folder) as record:
        assert len(record.entries) == held + 1
    assert held >= max(frames, 0)
    journal.write_bytes(before)


def doing_at(
    step: int, action: Callable[[], None], patch: pytest.MonkeyPatch, places: Iterable[tuple[Any, str]] = STEPS
) -> Iterator[int]:
    """Do `action` once, just before the call of one of `places` with this number; returns the counter of calls."""
    steps = count(1)

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if next(steps) == step:
                action()
            return real(*args, **named)

        return call

    for place, name in places:
        patch.setattr(place, name, wrapped(getattr(place, name)))
    return steps


def refusal(folder: Path) -> str:
    """Why the record does not open; nothing when it does."""
    try:
        Record.open(folder)
    except RecordDamaged as error:
        return error.message
    return ""


def cut_snapshot(folder: Path, cut: int) -> None:
    """Take `cut` bytes off scores.json: opening stops and says so."""
    file = folder / "scores.json"
    before = file.read_bytes()
    file.write_bytes(before[: len(before) - cut])
    assert "scores.json" in refusal(folder), f"scores.json opens without its last {cut} bytes"
    file.write_bytes(before)


def flip_places(folder: Path, rng: random.Random, amount: int) -> Iterator[tuple[str, int]]:
    """A place in every line of both files, the last byte of each, then `amount` random places."""
    for name in FILES:
        data = (folder / name).read_bytes()
        at = 0
        for line in data.splitlines(keepends=True):
            yield name, at + rng.randrange(len(line))
            at += len(line)
        yield name, len(data) - 1
        yield from ((name, rng.randrange(len(data))) for _ in range(amount))


def flip(folder: Path, name: str, at: int, bit: int) -> None:
    """Turn one bit: opening stops with the place named, and the examination gets every entry back."""
    file = folder / name
    before = file.read_bytes()
    whole = len(examine(folder).entries)
    file.write_bytes(before[:at] + bytes([before[at] ^ 1 << bit]) + before[at + 1 :])
    assert name in refusal(folder), f"bit {bit} at {at} of {name} was turned, and nobody noticed"
    found = examine(folder)
    assert found.damage
    assert len(found.entries) == whole, f"one bit at {at} of {name} cost an entry"
    file.write_bytes(before)


def together(folder: Path, processes: int, each: int) -> None:
    """Several processes append at the same time: one chain, nothing lost, nothing twice."""
    writers = [victim("type", folder, each) for _ in range(processes)]
    confirmed: set[str] = set()
    for writer in writers:
        output, errors = writer.communicate()
        assert writer.returncode == 0, errors
        confirmed |= acknowledged(output)
    with Record.open(folder) as record:
        assert [entry.seq for entry in record.entries] == list(range(1, processes * each + 1))
        assert {entry.hash for entry in record.entries} == confirmed
    assert not examine(folder).problems
