"""Sheets: a course's marks with one row for each trainee, station and instructor, in numbers.

`coded` makes them from a `table.MarkTable`. A table with impossible entries is refused, and everything wrong in it is
named by column and row: text among the points, points outside 0 to the most that could be had, ratings off the scale,
the same item twice on one sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldkit.errors import BadInput, Problem
from fieldkit.judging.checks import Array
from fieldkit.judging.ratings import Codes, numbered
from fieldkit.judging.table import ItemMarks, MarkTable, Outcomes

MOST_PROBLEMS = 20
SCALE = (1.0, 2.0, 3.0, 4.0, 5.0)


@dataclass(frozen=True)
class Sheets:
    """One row a sheet: codes of trainee, station and instructor, percentage, overall rating and time (NaN: none).

    `items` holds for each station its item names, the points (trainees, items), averaged over instructors, and the most
    points of each item; `passed` for each station how many passed of how many decided.
    """

    trainees: tuple[str, ...]
    stations: tuple[str, ...]
    instructors: tuple[str, ...]
    person: Codes
    place: Codes
    rater: Codes
    percent: Array
    grade: Array
    time: Array
    items: tuple[tuple[tuple[str, ...], Array, Array], ...]
    passed: tuple[tuple[int, int], ...]
    marks: int

    @property
    def slots(self) -> Codes:
        """The place of each sheet among those of the same trainee at the same station: 0, 1, ..."""
        cell = self.person * len(self.stations) + self.place
        order = np.argsort(cell, kind="stable")
        first = np.r_[True, cell[order][1:] != cell[order][:-1]]
        started = np.maximum.accumulate(np.where(first, np.arange(len(cell)), 0))
        slot = np.empty(len(cell), dtype=np.int64)
        slot[order] = np.arange(len(cell)) - started
        return slot

    def cube(self, values: Array) -> Array:
        """Values of the sheets as (trainees, stations, marks), the third axis in no particular order, NaN for none."""
        slot = self.slots
        table = np.full((len(self.trainees), len(self.stations), int(slot.max(initial=0)) + 1), np.nan)
        table[self.person, self.place, slot] = values
        return table

    @property
    def station_scores(self) -> Array:
        """Each trainee's percentage at each station, the mean over instructors; NaN for none."""
        return _mean(self.percent, (self.person, self.place), (len(self.trainees), len(self.stations)))


def coded(table: MarkTable, scale: Sequence[float] = SCALE) -> Sheets:
    """The table as sheets. Raises BadInput with all that is wrong in it."""
    marks, overall = table.marks, table.overall
    points, of, grade, time = _checked(table, scale)
    n = len(points)
    (trainees, person), (stations, place), (instructors, rater) = (
        numbered([*getattr(marks, name), *getattr(overall, name)]) for name in ("trainee", "station", "instructor")
    )
    key = (person * len(stations) + place) * len(instructors) + rater
    keys, sheet = np.unique(key, return_inverse=True)
    _once(sheet[:n], numbered(marks.item)[1], "points", "the item is twice on one sheet")
    _once(sheet[n:], np.zeros(len(grade), dtype=np.int64), "overall rating", "the sheet has two overall ratings")
    counts = ~np.isnan(points)
    got = np.bincount(sheet[:n][counts], points[counts], len(keys))
    most = np.bincount(sheet[:n][counts], of[counts], len(keys))
    rest, who = np.divmod(keys, max(len(instructors), 1))
    return Sheets(
        trainees, stations, instructors,
        person=rest // max(len(stations), 1), place=rest % max(len(stations), 1), rater=who,
        percent=np.divide(100 * got, most, out=np.full(len(keys), np.nan), where=most > 0),
        grade=_mean(grade, (sheet[n:],), (len(keys),)),
        time=_mean(time, (sheet[:n],), (len(keys),)),
        items=_items(marks, points, of, person[:n], place[:n], len(trainees), len(stations)),
        passed=_passed(table.outcomes, stations),
        marks=int(counts.sum()),
    )  # fmt: skip


def _once(sheet: Codes, what: Codes, column: str, why: str) -> None:
    """Raises BadInput when the same thing stands twice on one sheet."""
    key = sheet * (int(what.max(initial=0)) + 1) + what
    _, first = np.unique(key, return_index=True)
    if len(first) < len(key):
        again = np.setdiff1d(np.arange(len(key)), first)[:MOST_PROBLEMS]
        raise BadInput.from_problems([Problem(column, int(row) + 1, 0, why) for row in again])


def _mean(values: Array, at: tuple[Codes, ...], shape: tuple[int, ...]) -> Array:
    """The mean of the values at each place, NaN where there are none."""
    known = ~np.isnan(values)
    place = np.ravel_multi_index(tuple(codes[known] for codes in at), shape) if known.any() else np.zeros(0, np.int64)
    size = int(np.prod(shape))
    total, count = np.bincount(place, values[known], size), np.bincount(place, minlength=size)
    return np.divide(total, count, out=np.full(size, np.nan), where=count > 0).reshape(shape)


def _items(
    marks: ItemMarks, points: Array, of: Array, person: Codes, place: Codes, people: int, stations: int
) -> tuple[tuple[tuple[str, ...], Array, Array], ...]:
    names, item = numbered(marks.item)
    found = []
    for station in range(stations):
        here = place == station
        used, column = np.unique(item[here], return_inverse=True)
        table = _mean(points[here], (person[here], column), (people, len(used)))
        most = np.zeros(len(used))
        np.maximum.at(most, column, np.where(np.isnan(of[here]), 0.0, of[here]))
        found.append((tuple(names[i] for i in used), table, most))
    return tuple(found)


def _passed(outcomes: Outcomes, stations: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    count = {station: [0, 0] for station in stations}
    for station, passed in zip(outcomes.station, outcomes.passed, strict=True):
        if passed is not None and str(station) in count:
            count[str(station)][0] += bool(passed)
            count[str(station)][1] += 1
    return tuple((passed, decided) for passed, decided in count.values())


def _checked(table: MarkTable, scale: Sequence[float]) -> tuple[Array, Array, Array, Array]:
    """The four columns of numbers, or BadInput with every problem found (the first 20 by name)."""
    if not len(table.marks.points) and not len(table.overall.grade):
        raise BadInput("There are no marks to analyse.")
    problems: list[Problem] = []
    for name, part in (("marks", table.marks), ("overall ratings", table.overall), ("outcomes", table.outcomes)):
        lengths = {column: len(values) for column, values in vars(part).items() if values is not None}
        if len(set(lengths.values())) > 1:
            text = ", ".join(f"{column} {length}" for column, length in lengths.items())
            problems.append(Problem(name, 0, 0, f"the columns are of different lengths: {text}"))
    if problems:
        raise BadInput.from_problems(problems)
    marks, grades = table.marks, table.overall.grade
    points, of = _numbers(marks.points, "points", problems), _numbers(marks.of, "of", problems)
    grade = _numbers(grades, "overall rating", problems)
    time = _numbers(marks.time, "time", problems) if marks.time is not None else np.full(len(points), np.nan)
    _name(problems, "points", (points < 0) | (points > of), points, "lies outside 0 to the most that could be had")
    _name(problems, "of", ~np.isnan(points) & ~(of > 0), of, "must be above 0 for a mark with points")
    off = ~np.isnan(grade) & ~np.isin(grade, np.asarray(scale))
    _name(problems, "overall rating", off, grade, "is not on the scale " + ", ".join(f"{g:g}" for g in scale))
    if problems:
        raise BadInput.from_problems(problems[:MOST_PROBLEMS])
    return points, of, grade, time


def _numbers(column: Sequence[Any], name: str, problems: list[Problem]) -> Array:
    try:
        found = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        found = np.array([_number(value, name, row, problems) for row, value in enumerate(column, 1)])
    for row in np.nonzero(np.isinf(found))[0]:
        problems.append(Problem(name, int(row) + 1, 0, "the number is infinite"))
    return found


def _number(value: Any, name: str, row: int, problems: list[Problem]) -> float:
    try:
        return float("nan") if value is None else float(value)
    except (TypeError, ValueError):
        problems.append(Problem(name, row, 0, f'"{value}" is not a number'))
        return float("nan")


def _name(problems: list[Problem], column: str, wrong: Any, values: Array, why: str) -> None:
    for row in np.nonzero(wrong)[0][:MOST_PROBLEMS]:
        problems.append(Problem(column, int(row) + 1, 0, f"{values[row]:g} {why}"))
