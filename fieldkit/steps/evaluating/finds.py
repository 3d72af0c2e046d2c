"""What was found of what was planted, and what was reported that was not there: by trainee, station, kind and point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldkit.course import Course
from fieldkit.judging.detection_counts import Chance, DetectionCount, chances, counted
from fieldkit.judging.exact import LEAST_SHARE, exact_interval
from fieldkit.model.exercise import Exercise
from fieldkit.model.finds import FIND_CODES
from fieldkit.steps.preparing.exercises import exercise_at

BY: dict[str, Callable[[Chance], str]] = {
    "course": lambda chance: "course",
    "trainee": lambda chance: chance.trainee,
    "station": lambda chance: chance.station,
    "code": lambda chance: chance.code,
    "point": lambda chance: chance.point,
}


def name_of(course: Course, what: str, key: str, lang: str) -> str:
    """How a trainee, station, kind or point is called; its key where nothing better is known."""
    if what == "trainee" and key in course.trainees:
        return f"{key}  {course.trainees[key].name}"
    if what == "code" and key in FIND_CODES:
        return f"{key}  {FIND_CODES[key].title[lang]}"
    if what == "point":
        lists = course.library.point_lists.values()
        return next((point.name[lang] for known in lists if (point := known.point(key))), key)
    return "" if what == "course" else key


def finds_of(course: Course) -> dict[str, dict[str, Any]]:
    """Counts as plain data, by course, trainee, station, code of the find and inspection point.

    From 5 chances on a share has its exact 95 % interval. Sensitivity (d') comes with the extra `statistics`, from 10
    planted and 10 sound objects on; without it, or below, its place says why it is not there.
    """
    found = chances_of(course)
    return {
        what: {name: _plain(count) for name, count in counted(found, by).items() if name} for what, by in BY.items()
    }


def chances_of(course: Course) -> list[Chance]:
    """Every chance to find something, or to leave something sound alone, on the first sheets of the course."""
    plan, pairs, drawn = course.state.plan, [], dict[tuple[str, str], Exercise]()
    for sheet in course.state.all_marked():
        own = plan.group_of(sheet.trainee) if plan and sheet.trainee else None
        place = sheet.station, own.id if own else course.state.issued[sheet.sheet].sheet.group
        if sheet.given and not sheet.voided and sheet.copy == 1 and place in course.state.exercises:
            if place not in drawn:
                drawn[place] = exercise_at(course, *place)
            pairs.append((sheet, drawn[place]))
    return chances(pairs)


def _plain(count: DetectionCount) -> dict[str, Any]:
    return {
        "found": count.found,
        "with_help": count.helped,
        "missed": count.missed,
        "false_alarms": count.false_alarms,
        "cleared": count.cleared,
        "found_interval": _interval(count.found, count.planted),
        "false_alarm_interval": _interval(count.false_alarms, count.judged),
        **_sensitivity(count),
    }


def _interval(count: int, n: int) -> list[float] | None:
    """The 95 % interval of a share; None where there are too few to say."""
    return [round(end, 4) for end in exact_interval(count, n)] if n >= LEAST_SHARE else None


def _sensitivity(count: DetectionCount) -> dict[str, Any]:
    """d' with its interval where there are enough objects of both sorts."""
    try:
        from fieldkit.judging.detection import signal_detection
        from fieldkit.judging.estimate import as_plain, enough
    except ImportError:
        return {"sensitivity": None}
    measured = signal_detection(count.found, count.missed, count.false_alarms, count.cleared)
    return {"sensitivity": as_plain(enough("sensitivity", measured.sensitivity))}
