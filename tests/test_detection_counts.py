"""Finds, misses, false alarms and correct clearances, counted from marks."""

from __future__ import annotations

import pytest

from fieldkit.generator.draw import draw_exercise
from fieldkit.judging.detection_counts import DetectionCount, chances, counted
from fieldkit.judging.exact import exact_interval
from fieldkit.library.load import load_library
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.marks import Given, MarkedSheet
from fieldkit.model.texts import NO_TEXT


def sheet(trainee: str, **marks: str) -> MarkedSheet:
    given = {
        name.replace("_", "-"): (Given(name.replace("_", "-"), mark, "I01", "I01", "", "typed", name),)
        for name, mark in marks.items()
    }
    return MarkedSheet("S", trainee, "seal", "I01", 1, (), given)


def exercise(*finds: tuple[str, str, str | None]) -> Exercise:
    planted = tuple(Planted(label, code, point, ("unit",), NO_TEXT, NO_TEXT) for label, code, point in finds)
    return Exercise("s", 1, "containers", 1, not planted, {}, planted, (), {}, (), NO_TEXT, NO_TEXT)


WITH_TWO = exercise(("A", "D02", "seal"), ("B", "A01", "doors"))
CLEAN = exercise()
FOUND = chances(
    [
        (sheet("T1", find_a="found", find_b="not-found", no_false_report="none"), WITH_TWO),
        (sheet("T2", find_a="found-with-help", find_b="found", no_false_report="false-report"), WITH_TWO),
        (sheet("T1", find_a="none-here", find_b="none-here", no_false_report="none"), CLEAN),
        (sheet("T3"), WITH_TWO),
    ]
)


def test_chances_are_counted_by_what_is_asked() -> None:
    """By trainee, code, point and station the same chances add up; a blank sheet is no chance."""
    assert counted(FOUND, lambda c: c.trainee) == {
        "T1": DetectionCount(found=1, missed=1, cleared=2),
        "T2": DetectionCount(found=2, helped=1, false_alarms=1),
    }
    assert counted(FOUND, lambda c: c.code) == {
        "": DetectionCount(false_alarms=1, cleared=2),
        "A01": DetectionCount(found=1, missed=1),
        "D02": DetectionCount(found=2, helped=1),
    }
    by_point = counted(FOUND, lambda c: c.point)
    assert (by_point["doors"].found, by_point["doors"].planted) == (1, 2)
    assert counted(FOUND, lambda c: c.station)["seal"].judged == 3


def test_a_find_marked_as_not_there_is_no_miss() -> None:
    """A row marked "none here" is never counted, even where something was planted."""
    assert chances([(sheet("T1", find_a="none-here"), WITH_TWO)]) == []


def test_clearances_of_clean_units_can_be_told_apart() -> None:
    """Each chance knows whether its unit was clean."""
    assert [c.count.cleared for c in FOUND if c.clean] == [1]


def test_images_count_one_by_one() -> None:
    """On a set of images each sound image that is cleared or reported is a chance of its own."""
    scenario = load_library().scenarios["scanner-container-images"]
    drawn = draw_exercise(scenario, load_library(), 3, clean=False)
    marks = {f"find_{n}": "cleared" for n in range(1, 7)}
    planted = [find.label for find in drawn.planted]
    marks |= {f"find_{label}": "found" for label in planted[:1]} | {
        f"find_{label}": "not-found" for label in planted[1:]
    }
    sound = next(n for n in range(1, 7) if str(n) not in planted)
    marks[f"find_{sound}"] = "false-report"
    total = counted(chances([(sheet("T1", **marks), drawn)]), lambda c: c.trainee)["T1"]

    assert (total.found, total.missed) == (1, len(planted) - 1)
    assert (total.false_alarms, total.cleared) == (1, 5 - len(planted))


@pytest.mark.parametrize("n", [1, 5, 37, 400])
def test_the_interval_needs_no_extra(n: int) -> None:
    """The exact interval is the same as the one of the extra `statistics`, for every count."""
    intervals = pytest.importorskip("fieldkit.judging.intervals")
    for count in {0, 1, n // 3, n // 2, n - 1, n}:
        known = intervals.share(count, n, "exact")
        assert exact_interval(count, n) == pytest.approx((known.low, known.high), abs=1e-9)
