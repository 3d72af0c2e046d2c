"""Every command at every step of every other: python tests/faults/at_once.py

It takes a quarter of an hour; the short version runs with the tests (test_at_once.py).
"""

from __future__ import annotations

import sys
import tempfile
from itertools import count, product
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from test_at_once import COMMANDS, both, make_printed  # noqa: E402


def main() -> None:
    """Do them all, and say how many there were."""
    total = 0
    with tempfile.TemporaryDirectory(prefix="fieldkit-at-once-") as scratch, pytest.MonkeyPatch.context() as patch:
        printed = make_printed(Path(scratch) / "printed")
        for first, second in product(COMMANDS, COMMANDS):
            for step in count(0):
                total += 1
                if both(printed, Path(scratch) / "both", first, second, step, patch) <= step:
                    break
            print(f"{second!r} at each of {step} steps of {first!r}: nothing was lost or given twice", flush=True)
    print(f"{total} pairs of commands")


if __name__ == "__main__":
    main()
