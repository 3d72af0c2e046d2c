"""Results of the course from what stands in the record, as values and as data for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fieldkit.course import Course
from fieldkit.judging.results import StationResult, TraineeResult, course_results
from fieldkit.steps.protect import readable


def results_of(course: Course) -> tuple[TraineeResult, ...]:
    """The result of every trainee of the roster."""
    sheets = [readable(course, sheet) for sheet in course.state.all_marked()]
    return course_results(sheets, list(course.trainees), course.settings)


def results_list(results: tuple[TraineeResult, ...]) -> dict[str, Any]:
    """Results as plain data: exact decimals as text, percent rounded half up to two places."""
    return {
        "trainees": [
            {
                "trainee": result.trainee,
                "passed": result.passed,
                "stations": [_station(station) for station in result.stations],
            }
            for result in results
        ]
    }


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
    """A decimal as text without exponent."""
    return format(number, "f")
