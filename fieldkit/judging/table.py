"""A course's marks as columns: what an analysis starts from, wherever the marks came from.

Columns of equal length, one entry a mark. A mark without points (None) was not observed or does not apply, and leaves
the denominator. Times are minutes since midnight of the course's first day. Labels may be any text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ItemMarks:
    """Points for items: who, where, by whom, for what; `points` of `of` that could be had; `time` of the sheet."""

    trainee: Sequence[Any] = ()
    station: Sequence[Any] = ()
    instructor: Sequence[Any] = ()
    item: Sequence[Any] = ()
    points: Sequence[Any] = ()
    of: Sequence[Any] = ()
    time: Sequence[Any] | None = None


@dataclass(frozen=True)
class OverallRatings:
    """The overall rating of each sheet."""

    trainee: Sequence[Any] = ()
    station: Sequence[Any] = ()
    instructor: Sequence[Any] = ()
    grade: Sequence[Any] = ()


@dataclass(frozen=True)
class Outcomes:
    """Passed or not, one for each trainee and station; None while open."""

    trainee: Sequence[Any] = ()
    station: Sequence[Any] = ()
    passed: Sequence[bool | None] = ()


@dataclass(frozen=True)
class MarkTable:
    """All marks of a course. `course_of` names each trainee's course where several were pooled."""

    marks: ItemMarks
    overall: OverallRatings = OverallRatings()
    outcomes: Outcomes = Outcomes()
    course_of: Mapping[str, str] = field(default_factory=dict)


def pool(tables: Mapping[str, MarkTable]) -> MarkTable:
    """Several courses as one table: stations and instructors keep their names, trainees get their course before theirs.

    Name the stations by scenario and version first, so that only the same scenario is put together.
    """
    course_of: dict[str, str] = {}
    people: dict[str, list[str]] = {"marks": [], "overall": [], "outcomes": []}
    for course, table in tables.items():
        for part, names in people.items():
            mine = [f"{course}/{name}" for name in getattr(table, part).trainee]
            course_of |= dict.fromkeys(mine, course)
            names.extend(mine)

    def joined(part: str, *columns: str) -> dict[str, list[Any]]:
        parts = [getattr(table, part) for table in tables.values()]
        return {name: [value for one in parts for value in getattr(one, name)] for name in columns}

    timed = all(table.marks.time is not None for table in tables.values())
    columns = ("station", "instructor", "item", "points", "of", *(("time",) if timed else ()))
    return MarkTable(
        ItemMarks(people["marks"], **joined("marks", *columns)),
        OverallRatings(people["overall"], **joined("overall", "station", "instructor", "grade")),
        Outcomes(people["outcomes"], **joined("outcomes", "station", "passed")),
        course_of,
    )
