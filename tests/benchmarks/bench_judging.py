"""How much the statistics cost: run by hand, prints CPU seconds and memory beside their limits.

    python tests/benchmarks/bench_judging.py

Large: 5,000 trainees x 12 stations x 15 items with 20 instructors, each sheet marked once, every tenth twice (no
resampling). Small: 24 trainees x 6 stations x 12 items, every sheet marked twice, 2,000 resamples. Limits are CPU
seconds of all threads. Exits with 1 when a limit is broken.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from fieldkit.judging.analysis import ItemMarks, MarkTable, Outcomes, OverallRatings, Standards, analyse
from fieldkit.judging.facets import long_ratings, many_facet_rasch

GIB, BOX = 2**30, (50.0, 65.0, 5.0, 30.0)


def made_up(people: int, places: int, items: int, raters: int, double: float, seed: int = 1) -> MarkTable:
    """A course with abilities, difficulties and severities; a share `double` of the sheets is marked twice."""
    chance = np.random.default_rng(seed)
    person, place = (axis.ravel() for axis in np.indices((people, places)))
    rater = chance.integers(0, raters, person.size)
    again = chance.random(person.size) < double
    person, place = np.r_[person, person[again]], np.r_[place, place[again]]
    rater = np.r_[rater, (rater[again] + 1 + chance.integers(0, max(raters - 1, 1), int(again.sum()))) % raters]
    able, hard, strict = chance.normal(0, 1, people), chance.normal(0, 0.4, places), chance.normal(0, 0.3, raters)
    level = able[person] - hard[place] - strict[rater] + chance.normal(0, 0.6, person.size)
    right = chance.random((person.size, items)) < 1 / (1 + np.exp(-(level[:, None] + chance.normal(0, 1, items))))
    names = [[f"{kind}{i:05d}" for i in range(size)] for kind, size in (("T", people), ("S", places), ("R", raters))]

    def labels(codes: np.ndarray, which: int, times: int = 1) -> list[str]:
        return [names[which][c] for c in np.repeat(codes, times).tolist()]

    time_of = np.repeat(480.0 + 30 * (place + person % 3), items)
    marks = ItemMarks(
        labels(person, 0, items), labels(place, 1, items), labels(rater, 2, items),
        [f"i{i:02d}" for i in range(items)] * person.size, right.ravel().astype(float), np.ones(right.size), time_of,
    )  # fmt: skip
    grades = np.clip(np.round(3 + level), 1, 5)
    overall = OverallRatings(labels(person, 0), labels(place, 1), labels(rater, 2), grades)
    passed = (right.mean(axis=1) >= 0.6).tolist()
    return MarkTable(marks, overall, Outcomes(overall.trainee, overall.station, passed))


def measured(what: str, limit: float, work: Callable[[], Any]) -> bool:
    """Runs the work, prints its CPU seconds; whether it kept the limit."""
    start = time.process_time()
    work()
    spent = time.process_time() - start
    print(f"{what}: {spent:.2f} CPU s (limit {limit:g})")
    return spent <= limit


def main() -> int:
    """Both courses and the facets alone."""
    large, small = made_up(5000, 12, 15, 20, 0.1), made_up(24, 6, 12, 4, 1.0)
    overall = large.overall
    kept = [
        measured("24 trainees, 2,000 resamples", 5, lambda: analyse(small, Standards(box=BOX), samples=2000)),
        measured(
            f"facets of {len(overall.grade)} ratings", 2,
            lambda: many_facet_rasch(
                long_ratings(overall.trainee, overall.station, overall.instructor, overall.grade)
            ),
        ),
        measured(f"whole analysis of {len(large.marks.points)} marks", 5, lambda: analyse(large, samples=0)),
    ]  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory at most: {memory / GIB:.2f} GiB, made-up marks included (limit 1)")
    return 0 if all(kept) and memory <= GIB else 1


if __name__ == "__main__":
    sys.exit(main())
