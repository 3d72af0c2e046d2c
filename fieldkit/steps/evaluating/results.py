"""Results of the course from what stands in the record, as values and as data for programs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fieldkit.course import Course
from fieldkit.judging.policy import PassMark
from fieldkit.judging.results import StationResult, TraineeResult, course_results
from fieldkit.model.course import CourseSettings
from fieldkit.steps.evaluating.standard import settled, standard_marks
from fieldkit.steps.keeping.protect import readable


def results_of(course: Course) -> tuple[TraineeResult, ...]:
    """The result of every trainee of the roster."""
    return results_by(course, settled(course, standard_marks(course)))


def results_by(course: Course, settings: CourseSettings) -> tuple[TraineeResult, ...]:
    """The result of every trainee of the roster by the pass marks in `settings`."""
    sheets = [readable(course, sheet) for sheet in course.state.all_marked()]
    return course_results(sheets, list(course.trainees), settings)


def results_list(results: tuple[TraineeResult, ...], marks: Mapping[str, PassMark] | None = None) -> dict[str, Any]:
    """Results as plain data: exact decimals as text, percent rounded half up to two places.

    `marks` are the pass marks that a method was to set, see `standard`.
    """
    return marks_list(marks or {}) | {
        "trainees": [
            {
                "trainee": result.trainee,
                "passed": result.passed,
                "stations": [_station(station) for station in result.stations],
            }
            for result in results
        ]
    }


def marks_list(marks: Mapping[str, PassMark]) -> dict[str, Any]:
    """The pass marks that a method was to set, as plain data; nothing where all are fixed."""
    chosen = {
        station: {"value": mark.value, "method": mark.method, "wished": mark.wished, "reason": mark.reason}
        for station, mark in marks.items()
    }
    return {"pass_marks": chosen} if chosen else {}


def _station(result: StationResult) -> dict[str, Any]:
    return {
        "station": result.station,
        "points": exact(result.score.points),
        "of": exact(result.score.of),
        "percent": None if result.score.percent is None else str(result.score.percent),
        "rating": result.rating,
        "critical_failed": list(result.critical_failed),
        "passed": result.passed,
        "open": result.why_open or None,
    }


def exact(number: Decimal) -> str:
    """A decimal as text without exponent, and without zeros at its end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
