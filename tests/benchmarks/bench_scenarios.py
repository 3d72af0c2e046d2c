"""What drawing, proving and printing of exercises cost: `python tests/benchmarks/bench_scenarios.py`.

Times are of the processor, so that other work on the machine counts little; the ratio holds them against hashing
100 MB with SHA-256 on the same machine a moment before.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fieldkit.course import Course
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.proving import prove
from fieldkit.generator.radiograph import render
from fieldkit.library.load import load_library
from fieldkit.printing.pack import print_pack
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.preparing.pack import pack_of

EXERCISES = 1000


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def yardstick() -> None:
    digest, block = hashlib.sha256(), bytes(1_000_000)
    for _ in range(100):
        digest.update(block)


def prove_all() -> None:
    """About EXERCISES exercises over the whole library, drawn and verified."""
    library = load_library()
    names = list(library.scenarios)
    for name in names:
        wrong = prove(library.scenarios[name], library, range(-(-EXERCISES // len(names))))
        assert not wrong, wrong


def render_one(count: int = 10) -> None:
    library = load_library()
    scenario = library.scenarios["scanner-container-images"]
    scenes = [row["scene"] for row in draw_exercise(scenario, library, 1).documents["image-set"]["lines"]]
    for n in range(count):
        render(scenes[n % len(scenes)])


def main() -> None:
    unit = min(seconds(yardstick) for _ in range(3))
    print(f"yardstick: 100 MB hashed in {unit:.2f} s")
    proved = seconds(prove_all)
    print(
        f"{EXERCISES} exercises drawn and verified: {proved:.2f} s, {proved / unit:.0f} yardsticks (to be 5 s at most)"
    )
    render_one(1)
    image = seconds(render_one) / 10
    print(f"a radiograph of 1200 x 400: {image:.3f} s, {image / unit:.2f} yardsticks (0.3 s at most)")
    with tempfile.TemporaryDirectory() as folder:
        run_demo(Path(folder) / "demo", DemoSize(24, 6, 5), seed=1, until="draw")
        with Course(Path(folder) / "demo") as course:
            pack = pack_of(course)
            printed = seconds(lambda: print_pack(pack, Path(folder) / "pack"))
    print(f"the full pack for 24 in 6 stations: {printed:.2f} s, {printed / unit:.0f} yardsticks (20 s at most)")


if __name__ == "__main__":
    main()
