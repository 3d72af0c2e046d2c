"""What was found of what was planted, and what was reported that was not there: by trainee, station, kind and point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldkit.course import Course
from fieldkit.judging.detection_counts import Chance, DetectionCount, chances, counted
from fieldkit.steps.exercises import exercise_at

BY: dict[str, Callable[[Chance], str]] = {
    "course": lambda chance: "course",
    "trainee": lambda chance: chance.trainee,
    "station": lambda chance: chance.station,
    "code": lambda chance: chance.code,
    "point": lambda chance: chance.point,
}


def finds_of(course: Course) -> dict[str, dict[str, Any]]:
    """Counts as plain data, by course, trainee, station, code of the find and inspection point.

    Rates have an exact interval, and sensitivity (d') where there are finds and clearances, once the extra
    `statistics` is installed; without it there are the counts.
    """
    plan = course.state.plan
    pairs = []
    for sheet in course.state.all_marked():
        own = plan.group_of(sheet.trainee) if plan and sheet.trainee else None
        group = own.id if own else course.state.issued[sheet.sheet].sheet.group
        if not sheet.voided and sheet.copy == 1 and (sheet.station, group) in course.state.exercises:
            pairs.append((sheet, exercise_at(course, sheet.station, group)))
    found = chances(pairs)
    return {
        what: {name: _plain(count) for name, count in counted(found, by).items() if name} for what, by in BY.items()
    }


def _plain(count: DetectionCount) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "found": count.found,
        "with_help": count.helped,
        "missed": count.missed,
        "false_alarms": count.false_alarms,
        "cleared": count.cleared,
    }
    try:
        from fieldkit.judging.detection import signal_detection
        from fieldkit.judging.estimate import as_plain
    except ImportError:
        return plain
    detection = signal_detection(count.found, count.missed, count.false_alarms, count.cleared)
    return {**plain, "detection": as_plain(detection)}
