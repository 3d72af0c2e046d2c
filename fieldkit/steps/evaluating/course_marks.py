"""The marks of a course as columns for the analysis, from what stands in the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fieldkit.course import Course
from fieldkit.judging.results import course_results
from fieldkit.judging.table import ItemMarks, MarkTable, Outcomes, OverallRatings
from fieldkit.model.course import CourseSettings
from fieldkit.model.marks import STARTED, MarkedSheet
from fieldkit.model.scoresheet import RATING, Item
from fieldkit.model.texts import Text
from fieldkit.steps.marking.changes import AGREED

DAY = 24 * 60
_CLOCK = re.compile(r"\s*([01]?\d|2[0-3])\s*[:.]\s*([0-5]\d)")


@dataclass(frozen=True)
class CourseMarks:
    """The table of a course, and the words for the labels in it. `left_out` counts sheets that are not marked in full
    or wait for a person; `acts` has the text of each item by (station, item)."""

    table: MarkTable
    left_out: int
    stations: Mapping[str, Text]
    instructors: Mapping[str, str]
    acts: Mapping[tuple[str, str], Text] = field(default_factory=dict)


def marks_of(course: Course, *, pooled: bool = False, settings: CourseSettings | None = None) -> CourseMarks:
    """The marks of a course's first attempts: one sheet for each instructor who marked a trainee at a station.

    Sheets that are void, not marked in full, or waiting for a person stay out. A retake is another occasion, and stays
    out too. `pooled` names stations by scenario and version and instructors by name, so that courses can be put
    together; else labels are those of the course. `settings` has the pass marks that count, else the course's fixed
    ones do.
    """
    sheets = [sheet for sheet in course.state.all_marked() if sheet.trainee and not sheet.voided]
    first = _first_attempts(sheets)
    scored = _one_each(sheet for sheet in first if sheet.status == "scored")
    places, people = _stations(course, scored, pooled), _instructors(course, pooled)
    rows = [(sheet, places[sheet.sheet], people.get(_marked_by(sheet), _marked_by(sheet))) for sheet in scored]
    table = MarkTable(_item_marks(course, rows), _overall(rows), _outcomes(settings or course.settings, first, places))
    acts = {(place, item.id): item.text for sheet, place, _ in rows for item in sheet.items}
    names = {number: person.name for number, person in course.instructors.items()}
    titles = {places[sheet.sheet]: _title(course, sheet.station) for sheet in scored}
    left_out = sum(sheet.status != "scored" for sheet in first)
    return CourseMarks(table, left_out, titles, {} if pooled else names, acts)


def _first_attempts(sheets: Iterable[MarkedSheet]) -> list[MarkedSheet]:
    sheets = list(sheets)
    first: dict[tuple[str, str], int] = {}
    for sheet in sheets:
        place = sheet.trainee, sheet.station
        first[place] = min(first.get(place, sheet.attempt), sheet.attempt)
    return [sheet for sheet in sheets if sheet.attempt == first[sheet.trainee, sheet.station]]


def _marked_by(sheet: MarkedSheet) -> str:
    """Who marked a sheet: whoever gave most of its marks, else the instructor whose name is printed on it. Who settled
    a doubtful row or a difference marked nothing."""
    values = (value for item in (RATING, *sheet.due) for value in sheet.standing(item) if value.channel != AGREED)
    most = Counter(value.instructor for value in values).most_common(1)
    return most[0][0] if most else sheet.instructor


def _one_each(sheets: Iterable[MarkedSheet]) -> list[MarkedSheet]:
    """One sheet for each instructor, trainee and station; of two (a lost one that was found again) the first copy."""
    kept: dict[tuple[str, str, str], MarkedSheet] = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet.copy):
        kept.setdefault((sheet.trainee, sheet.station, _marked_by(sheet)), sheet)
    return sorted(kept.values(), key=lambda sheet: (sheet.station, sheet.trainee, sheet.copy))


def _stations(course: Course, sheets: Iterable[MarkedSheet], pooled: bool) -> dict[str, str]:
    """What the station of each sheet is called: its id, or its scenario and version where courses are pooled."""
    if not pooled:
        return {sheet.sheet: sheet.station for sheet in sheets}
    found = {}
    for sheet in sheets:
        group = course.state.issued[sheet.sheet].sheet.group
        plan = course.state.plan
        if plan and (own := plan.group_of(sheet.trainee)):
            group = own.id
        drawn = course.state.exercises.get((sheet.station, group))
        found[sheet.sheet] = (sheet.station, f"{drawn.scenario} v{drawn.version}" if drawn else sheet.station)
    stations_of: dict[str, set[str]] = {}
    for station, name in found.values():
        stations_of.setdefault(name, set()).add(station)
    return {
        sheet: name if len(stations_of[name]) == 1 else f"{name} ({station})"
        for sheet, (station, name) in found.items()
    }


def _title(course: Course, station: str) -> Text:
    """A station's own title, else its scenario's."""
    settings = course.settings.station(station)
    if settings is None:
        return Text({"en": station})
    scenario = course.library.scenarios.get(settings.scenario)
    own = settings.title if any(settings.title.by_language.values()) else None
    return own or (scenario.title if scenario else Text({"en": station}))


def _instructors(course: Course, pooled: bool) -> dict[str, str]:
    """Instructors' labels: their numbers, or their names where courses are pooled (two of one name keep the number)."""
    if not pooled:
        return {number: number for number in course.instructors}
    names = [person.name for person in course.instructors.values()]
    return {
        number: person.name if names.count(person.name) == 1 else f"{person.name} ({number})"
        for number, person in course.instructors.items()
    }


Rows = list[tuple[MarkedSheet, str, str]]  # a sheet, the label of its station and of its instructor


def _item_marks(course: Course, rows: Rows) -> ItemMarks:
    columns: dict[str, list[Any]] = {name: [] for name in ItemMarks.__dataclass_fields__}
    starts = [course.state.issued[sheet.sheet].sheet.starts for sheet, _, _ in rows]
    first_day = min((start[:10] for start in starts if start), default="")
    for (sheet, station, instructor), start in zip(rows, starts, strict=True):
        minutes = _minutes(sheet.mark(STARTED), start, first_day)
        for item in sheet.items:
            points, of = _points(item, sheet.mark(item.id))
            values = (sheet.trainee, station, instructor, item.id, points, of, minutes)
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
    return ItemMarks(**columns)


def _points(item: Item, mark_id: str | None) -> tuple[float | None, float]:
    """What a mark earns, and the most that the item could."""
    mark = item.scale.mark(mark_id or "")
    earned = item.points_for(mark) if mark else None
    most = max((p for m in item.scale.marks if (p := item.points_for(m)) is not None), default=Decimal(0))
    return (None if earned is None or not most else float(earned)), float(most)


def _minutes(started: str | None, planned: str, first_day: str) -> float | None:
    """Minutes since midnight of the first day: the clock from the sheet, the day from the plan. None: not noted."""
    clock = _CLOCK.match(started or "")
    if clock is None:
        return None
    days = (date.fromisoformat(planned[:10]) - date.fromisoformat(first_day)).days if planned else 0
    return float(days * DAY + int(clock[1]) * 60 + int(clock[2]))


def _overall(rows: Rows) -> OverallRatings:
    rated = [(sheet, station, who, float(rating)) for sheet, station, who in rows if (rating := sheet.mark(RATING))]
    return OverallRatings(
        [sheet.trainee for sheet, _, _, _ in rated],
        [station for _, station, _, _ in rated],
        [who for _, _, who, _ in rated],
        [rating for _, _, _, rating in rated],
    )


def _outcomes(settings: CourseSettings, sheets: Iterable[MarkedSheet], places: Mapping[str, str]) -> Outcomes:
    """Passed or not at each station, by the course's own rules."""
    trainees = list(dict.fromkeys(sheet.trainee for sheet in sheets))
    found = [station for result in course_results(sheets, trainees, settings) for station in result.stations]
    named = [
        (station.trainee, label, station.passed)
        for station in found
        if (label := next((places[s.marked.sheet] for s in station.sheets if s.marked.sheet in places), None))
    ]
    return Outcomes([t for t, _, _ in named], [s for _, s, _ in named], [passed for _, _, passed in named])
