"""What waits for a person, and settling it: marks that differ, and readings of pictures that were not sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldkit.course import Course
from fieldkit.steps.changes import settle, waiting
from fieldkit.steps.find_sheet import find_sheet
from fieldkit.steps.readings import settle_reading, waiting_readings


def to_review(course: Course) -> list[dict[str, Any]]:
    """Every item that waits, as plain data. `values` are the marks that stand; a reading has `why` it waits, the mark
    that was read surely if any, and where the picture of its row lies."""
    differing = [{**one, "why": "marked differently", "mark": None, "crop": ""} for one in waiting(course)]
    known = {(one["sheet"], one["item"]) for one in differing}
    readings = [one for one in waiting_readings(course) if (one["sheet"], one["item"]) not in known]
    return differing + [{**one, "values": _standing(course, one)} for one in readings]


def _standing(course: Course, one: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"mark": v.mark, "instructor": v.instructor, "channel": v.channel, "at": v.at, "reason": v.reason}
        for v in course.state.marked(one["sheet"]).standing(one["item"])
    ]


def marks_to_choose(course: Course, one: Mapping[str, Any]) -> list[str]:
    """The marks that an item which waits may get, in the order of its boxes."""
    from fieldkit.model.scoresheet import RATINGS

    item = next((i for i in course.state.marked(one["sheet"]).items if i.id == one["item"]), None)
    return [mark.id for mark in item.scale.marks] if item else list(RATINGS)


def settle_items(
    course: Course, typed: str, marks: Mapping[str, str], by: str, why: str, reasons: Mapping[str, str]
) -> None:
    """Settle items of a sheet: a difference by an agreed mark, a doubtful reading by the mark a person saw in it."""
    sheet = find_sheet(course.state, typed)
    read = {one["item"] for one in waiting_readings(course) if one["sheet"] == sheet}
    differing = course.state.marked(sheet).differing
    by_agreement = {item: mark for item, mark in marks.items() if item in differing or item not in read}
    if by_agreement:
        settle(course, sheet, by_agreement, by, why, reasons)
    for item, mark in marks.items():
        if item not in by_agreement:
            settle_reading(course, sheet, item, mark, by, reasons.get(item, ""))
