"""The pass marks that count: fixed ones, or those that the course's method sets from the marks, with their reasons."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from fieldkit.course import Course
from fieldkit.errors import NotInstalled
from fieldkit.judging.policy import FIXED, PassMark, pass_mark
from fieldkit.model.course import CourseSettings
from fieldkit.steps.course_marks import marks_of

HUNDREDTH = Decimal("0.01")


def standard_marks(course: Course) -> dict[str, PassMark]:
    """Each station's pass mark by the course's method, or its fixed one with the reason; empty where all are fixed.

    The cut rests on the marks that stand now: with the last sheet it is final. Raises NotInstalled without the extra.
    """
    method, settings = method_of(course.settings), course.settings
    if method == FIXED:
        return {}
    try:
        from fieldkit.judging.cut_findings import Standards, cut_findings
        from fieldkit.judging.intervals import SEED
        from fieldkit.judging.sheets import coded
    except ImportError as error:
        raise NotInstalled(f"A pass mark by {method}", "statistics") from error
    table = marks_of(course).table
    cuts = cut_findings(coded(table), Standards(method), 0, SEED) if len(table.marks.points) else ()
    found = {cut.station: cut for cut in cuts if cut.method == method}
    marks = {}
    for station in settings.stations:
        fixed, cut = float(settings.pass_mark(station.id)), found.get(station.id)
        marks[station.id] = pass_mark(method, fixed, cut.cut if cut else None, cut.flags if cut else ())
    return marks


def settled(course: Course, marks: dict[str, PassMark]) -> CourseSettings:
    """The settings with the pass marks that count, cuts rounded half up to a hundredth of a per cent."""
    stations = tuple(
        station if (found := marks.get(station.id)) is None or found.method == FIXED
        else replace(station, pass_mark=_rounded(found.value))
        for station in course.settings.stations
    )  # fmt: skip
    return replace(course.settings, stations=stations)


def method_of(settings: CourseSettings) -> str:
    """The method of a course as `judging.policy` names it."""
    return settings.policy.standard.replace("-", " ")


def _rounded(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(HUNDREDTH, ROUND_HALF_UP)
