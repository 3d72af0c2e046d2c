"""Finds, misses, false alarms and correct clearances, counted from marks."""

from __future__ import annotations

from fieldkit.judging.detection_counts import DetectionCount, chances, counted
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
