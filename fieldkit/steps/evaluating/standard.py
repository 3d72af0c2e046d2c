"""The pass marks that count: fixed ones, or those that the course's method sets from the marks, with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from fieldkit.course import Course
from fieldkit.errors import NotInstalled
from fieldkit.judging.policy import FIXED, PassMark
from fieldkit.model.course import CourseSettings
from fieldkit.steps.evaluating.course_marks import marks_of
from fieldkit.steps.evaluating.panel_files import PANELS, WHOLE, items_at, read_panel

if TYPE_CHECKING:
    from fieldkit.judging.cut_findings import Standards

HUNDREDTH = Decimal("0.01")


def standard_marks(course: Course) -> dict[str, PassMark]:
    """Each station's pass mark by the course's method, or its fixed one with the reason; empty where all are fixed.

    The cut rests on the marks that stand now: with the last sheet it is final. What a panel decided needs no marks.
    Raises NotInstalled without the extra, BadInput for a panel's file with faults.
    """
    settings = course.settings
    methods = set(methods_of(settings).values())
    if methods <= {FIXED}:
        return {}
    try:
        from fieldkit.judging.cut_findings import cut_findings, panel_cuts, station_marks
        from fieldkit.judging.intervals import SEED
        from fieldkit.judging.sheets import coded
    except ImportError as error:
        wished = ", ".join(sorted(methods - {FIXED}))
        raise NotInstalled(_("A pass mark by {method}").format(method=wished), "statistics") from error
    standards, stations = standards_of(course, sorted(methods)), [station.id for station in settings.stations]
    cuts = [cut for station in stations for cut in panel_cuts(station, standards)]
    if methods - {FIXED, "angoff", "ebel"}:
        table = marks_of(course).table
        cuts += cut_findings(coded(table), standards, 0, SEED) if len(table.marks.points) else ()
    return station_marks(cuts, stations, standards)


def standards_of(course: Course, methods: Sequence[str] = PANELS) -> Standards:
    """The course's policy with what its panel decided, from the files of these methods that are there."""
    from fieldkit.judging.cut_findings import Standards

    settings = course.settings
    fixed_at = {station.id: float(settings.pass_mark(station.id)) for station in settings.stations}
    fixed = sum(fixed_at.values()) / len(fixed_at) if fixed_at else float(settings.policy.pass_mark)
    found = {method: panel for method in methods if method in PANELS and (panel := read_panel(course, method))}
    made: dict[str, Any] = {}
    if panel := found.get("angoff"):
        items = {station: items_at(course, station) for station in panel.ratings}
        made["angoff"] = {
            station: [[ratings.get(item) for item in items[station]] for ratings in judges.values()]
            for station, judges in panel.ratings.items()
        }
        made["points"] = {station: list(points.values()) for station, points in items.items()}
    if panel := found.get("ebel"):
        made["ebel"] = {station: _cells(course, station, judges) for station, judges in panel.ratings.items()}
    if panel := found.get("hofstee"):
        boxes = {
            station: tuple(sum(limit) / len(limit) for limit in zip(*judges.values(), strict=True))
            for station, judges in panel.boxes.items() if judges
        }  # fmt: skip
        made |= {"box": boxes.pop(WHOLE, None), "boxes": boxes}
    return Standards(method_of(settings), fixed, fixed_at=fixed_at, method_at=methods_of(settings), **made)


def _cells(course: Course, station: str, judges: Mapping[str, Mapping[str, float]]) -> list[list[dict[str, float]]]:
    """Each judge's items with the share of their cell; an item counts with its points. Judges who left any out go."""
    items = items_at(course, station)
    return [
        [{"n": points, "p": ratings[item]} for item, points in items.items()]
        for ratings in judges.values() if all(item in ratings for item in items)
    ]  # fmt: skip


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
    return _named(settings.policy.standard)


def methods_of(settings: CourseSettings) -> dict[str, str]:
    """The method of each station, likewise."""
    return {station.id: _named(settings.standard(station.id)) for station in settings.stations}


def _named(standard: str) -> str:
    return standard.replace("-", " ")


def _rounded(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(HUNDREDTH, ROUND_HALF_UP)
