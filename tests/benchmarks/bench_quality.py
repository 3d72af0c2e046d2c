"""How long `fieldkit analyse --pdf` takes: run by hand, prints seconds beside their limit.

    python tests/benchmarks/bench_quality.py

A made-up course of 24 trainees, 6 stations and 5 instructors from its record, with 2,000 resamples, screen and PDF, in
a process of its own as a user starts it. Exits with 1 when the limit is broken.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldkit.steps.demo import DemoSize, run_demo

LIMIT = 5.0


def main() -> int:
    """Three runs; the best counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "course"
        run_demo(folder, DemoSize(), seed=1, until="score")
        command = [sys.executable, "-m", "fieldkit", "--course", str(folder), "analyse", "--pdf", "--samples", "2000"]
        clocks, cpus = [], []
        for _ in range(3):
            start, before = time.perf_counter(), _children()
            subprocess.run(command, check=True, capture_output=True)
            clocks.append(time.perf_counter() - start)
            cpus.append(_children() - before)
    print(f"24 trainees, 2,000 resamples, screen and PDF: {min(clocks):.2f} s, {min(cpus):.2f} CPU s (limit {LIMIT:g})")
    return int(min(clocks) > LIMIT)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
