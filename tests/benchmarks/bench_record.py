"""What saving and reading marks costs, beside a bare append, SQLite, stock TinyDB and json.loads.

    python tests/benchmarks/bench_record.py [--large 100000]

Saving: the four take turns, mark by mark, on the same disk, so that a busy moment strikes all of them. Reading is
done in fresh processes, whose memory counts. Takes about two minutes; ends with 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tinydb

from fieldkit.model.entry import Entry, make_entry
from fieldkit.record import Record
from fieldkit.record.merge import merge_entries

MARKS = 500  # saved at each size
OPENINGS = 5
LAPTOPS, EACH = 20, 2_000
LIMITS = {
    "saving, to a bare append and fsync": 1.5,
    "saving, to SQLite (WAL, synchronous=FULL)": 1.0,
    "saving with many entries, to saving the first": 1.15,
    "opening, to json.loads of the same bytes": 3.0,
    "memory, to the size of the files": 6.0,
    f"merging {LAPTOPS} laptops of {EACH} entries, seconds": 10.0,
    "merging them again, seconds": 3.0,
}
ITEMS = [f"item-{name}" for name in ("seal-viewed", "seal-verified", "seal-tugged", "doors", "floor", "roof", "left")]
chance = random.Random(1)
broken: list[str] = []


def body() -> dict[str, Any]:
    """A marked sheet, so that an entry has about 650 bytes."""
    marks = {item: chance.choice(["done", "partly", "not-done", "not-observed"]) for item in ITEMS}
    sheet = f"{chance.getrandbits(80):020X}"[:16]
    return {"sheet": sheet, "channel": "typed", "marks": marks, "rating": "4", "remarks": "Пломба № 7 осмотрена"}


def judge(what: str, value: float) -> None:
    """Print a figure beside its limit, and remember a broken promise."""
    holds = value <= LIMITS[what]
    print(f"    {what}: {value:.2f} (at most {LIMITS[what]:.2f}){'' if holds else '  BROKEN'}", flush=True)
    if not holds:
        broken.append(what)


def timed(action: Callable[[], object]) -> float:
    """Seconds that the action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def fill(record: Record, amount: int) -> None:
    """Entries in batches, then a snapshot."""
    for start in range(0, amount, 1000):
        record.append_many([("marks", body()) for _ in range(min(1000, amount - start))], "asanov")
    record.snapshot()


def saving(folder: Path, amount: int) -> dict[str, float]:
    """Seconds to save one mark when `amount` entries are there, by way of saving it.

    The lower quartile: three quarters of the marks took longer, the more so the busier the machine is otherwise.
    """
    folder.mkdir()
    times: dict[str, list[float]] = {"fieldkit": [], "bare": [], "sqlite": []}
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    lite = sqlite3.connect(folder / "lite.db", isolation_level=None)
    lite.execute("PRAGMA journal_mode=WAL")
    lite.execute("PRAGMA synchronous=FULL")
    lite.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, body BLOB)")
    insert = "INSERT INTO entries (body) VALUES (?)"
    with Record.open(folder, write=True) as record:
        fill(record, amount)
        line = (folder / "scores.journal").stat().st_size
        record.append("marks", body(), "asanov")
        data = b"x" * ((folder / "scores.journal").stat().st_size - line)
        for _ in range(MARKS):
            mark = body()
            times["fieldkit"].append(timed(lambda mark=mark: record.append("marks", mark, "asanov")))
            times["bare"].append(timed(lambda: (os.write(bare, data), os.fsync(bare))))
            times["sqlite"].append(timed(lambda: lite.execute(insert, (data,))))
    os.close(bare)
    lite.close()
    return {name: statistics.quantiles(taken, n=4)[0] for name, taken in times.items()}


def stock_tinydb(folder: Path, amount: int) -> float:
    """Median seconds of one insert into TinyDB as it comes."""
    folder.mkdir()
    with tinydb.TinyDB(folder / "stock.json") as stock:
        stock.insert_multiple(body() for _ in range(amount))
        return statistics.median(timed(lambda: stock.insert(body())) for _ in range(9))


def measure_saving(scratch: Path, large: int) -> None:
    """Saving one mark at no, some and many entries."""
    first = 0.0
    for amount in (0, 1_000, large):
        taken = saving(scratch / f"saving-{amount}", amount)
        print(f"saving a mark at {amount} entries: " + ", ".join(f"{n} {s * 1e3:.3f} ms" for n, s in taken.items()))
        judge("saving, to a bare append and fsync", taken["fieldkit"] / taken["bare"])
        judge("saving, to SQLite (WAL, synchronous=FULL)", taken["fieldkit"] / taken["sqlite"])
        first = first or taken["fieldkit"] / taken["bare"]
        judge("saving with many entries, to saving the first", taken["fieldkit"] / taken["bare"] / first)
    for amount in (0, 1_000):
        print(f"stock TinyDB at {amount} documents: {stock_tinydb(scratch / f'stock-{amount}', amount) * 1e3:.1f} ms")


def measure_opening(folder: Path) -> None:
    """Opening a large course, and parsing the same bytes, in fresh processes by turns."""
    taken = [(child("open", folder), child("loads", folder)) for _ in range(OPENINGS)]
    (opened, memory), (parsed, plain) = (map(min, zip(*part, strict=True)) for part in zip(*taken, strict=True))
    size = (folder / "scores.json").stat().st_size + (folder / "scores.journal").stat().st_size
    print(f"opening {size >> 20} MiB: {opened:.2f} s, json.loads {parsed:.2f} s and {plain / size:.1f} times the size")
    judge("opening, to json.loads of the same bytes", opened / parsed)
    judge("memory, to the size of the files", memory / size)


def child(what: str, folder: Path) -> tuple[float, float]:
    """(seconds, bytes of memory) of a fresh process that opens or parses."""
    done = subprocess.run([sys.executable, __file__, "--child", what, str(folder)], capture_output=True, check=True)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def be_child(what: str, folder: Path) -> None:
    """Open or parse once, and print what it took."""
    before = peak_memory()
    if what == "open":
        seconds = timed(lambda: kept.append(Record.open(folder)))
    else:
        data = (folder / "scores.json").read_bytes()
        seconds = timed(lambda: kept.append(json.loads(data)))
    print(json.dumps([seconds, peak_memory() - before]))


def peak_memory() -> int:
    """The most bytes that this process has held; getrusage would count what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


kept: list[object] = []


def chain(device: str) -> list[Entry]:
    """The entries of one laptop."""
    made: list[Entry] = []
    for seq in range(1, EACH + 1):
        prev = made[-1].hash if made else ""
        made.append(make_entry(device, seq, prev, "2026-05-04T08:15:30.123Z", "asanov", "marks", body()))
    return made


def measure_merging(folder: Path) -> None:
    """Merging many laptops, and the same again; without the second that each passphrase takes on purpose."""
    folder.mkdir()
    laptops = [chain(f"LAPTOP-{number}") for number in range(LAPTOPS)]
    with Record.open(folder, write=True) as record:
        print(f"merging into an empty course, {LAPTOPS * EACH} entries in all")
        for what in (f"merging {LAPTOPS} laptops of {EACH} entries, seconds", "merging them again, seconds"):
            judge(what, timed(lambda: [merge_entries(record, laptop) for laptop in laptops]))


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        be_child(asked.child[0], Path(asked.child[1]))
        return 0
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        measure_saving(Path(name), asked.large)
        measure_opening(Path(name) / f"saving-{asked.large}")
        measure_merging(Path(name) / "merging")
    print(f"broken: {', '.join(dict.fromkeys(broken))}" if broken else "all promises kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
