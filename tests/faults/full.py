"""All the faults, in full: python tests/faults/full.py [--kills 10000] [--seed 1]

Ten thousand kills take some hours on a busy machine, less on a quiet one. The short version runs with the tests
(test_record_faults.py).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from faults import breaking  # noqa: E402


def main() -> None:
    """Break a record in every way known here, and say how often it held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--flips", type=int, default=2_000)
    parser.add_argument("--appends", type=int, default=500, help="by each of two and of eight processes")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="fieldkit-faults-") as scratch:
        folder = Path(scratch) / "Торугарт 2026 گمرک"
        run_kills(folder, asked.kills, rng)
        run_cuts(folder / "cut", asked.cuts, rng)
        run_flips(folder / "flipped", asked.flips, rng)
        for processes in (2, 8):
            (folder / str(processes)).mkdir()
            breaking.together(folder / str(processes), processes, asked.appends)
            print(f"{processes} processes appended {asked.appends} entries each: all there, one chain")


def run_kills(folder: Path, kills: int, rng: random.Random) -> None:
    """Kill typing and importing processes in turn; a record that has grown large makes room for a new one."""
    for number in range(kills):
        kind = ("type", "import")[number % 2]
        target = folder / kind
        if number // 2 % 50 == 0:
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
        breaking.kill(target, kind, rng)
        if (number + 1) % 500 == 0 or number + 1 == kills:
            print(f"{number + 1} kills: nothing confirmed was lost, no batch was torn", flush=True)


def run_cuts(folder: Path, cuts: int, rng: random.Random) -> None:
    """Cut both files at every byte of their last entry and at random places."""
    journal = breaking.filled(folder) / "scores.journal"
    data = journal.read_bytes()
    last = len(data) - data.rstrip(b"\n").rfind(b"\n") - 1
    places = [*range(1, last), *(rng.randrange(1, len(data)) for _ in range(cuts))]
    for cut in places:
        breaking.cut_tail(folder, cut)
    print(f"{len(places)} cuts of the journal: it opened each time, and went on")
    data = (folder / "scores.json").read_bytes()
    last = len(data) - data[:-1].rfind(b"\n", 0, data[:-1].rfind(b"\n"))
    places = [*range(1, last), *(rng.randrange(1, len(data)) for _ in range(cuts))]
    for cut in places:
        breaking.cut_snapshot(folder, cut)
    print(f"{len(places)} cuts of scores.json: each was found and named")


def run_flips(folder: Path, flips: int, rng: random.Random) -> None:
    """Turn single bits in every line and at random places of both files."""
    breaking.filled(folder)
    places = list(breaking.flip_places(folder, rng, flips // 2))
    for name, at in places:
        breaking.flip(folder, name, at, rng.randrange(8))
    print(f"{len(places)} turned bits: each was found and named, and every entry was got back")


if __name__ == "__main__":
    main()
