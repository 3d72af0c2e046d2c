"""Before the day: how far instructors agree who marked the same performances, from a file or from the exercise."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.course import EXERCISE, Course
from fieldkit.errors import BadInput, NotInstalled
from fieldkit.steps.calibrating.exercise import COLUMNS, exercise_at, items_to_play, marks_given, title_of
from fieldkit.steps.marking.csv_rows import read_rows
from fieldkit.steps.marking.score import read_mark
from fieldkit.steps.preparing.translate import note_unreviewed

if TYPE_CHECKING:
    from fieldkit.judging.calibration import Calibration, Marks, Place, Worth

KEY, AGREEMENT = "key", "agreement.pdf"


def calibrate(path: Path) -> Calibration:
    """Agreement on the performances in a CSV file with the columns performance, instructor, item, mark.

    A mark may be a number or a word of a scale; an empty one was not given. The right marks, where they are known, are
    those of the instructor `key`. Raises BadInput with every problem and its line, NotInstalled without the extra.
    """
    rows = read_rows(path, COLUMNS)
    marks: dict[tuple[str, str], dict[str, str]] = {}
    key: dict[tuple[str, str], str] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows.rows:
        performance, who, item = (row[name] for name in COLUMNS[:3])
        if absent := [name for name in COLUMNS[:3] if not row[name]]:
            rows.problem(line, _("{columns} is empty").format(columns=", ".join(absent)))
        elif (performance, who, item) in seen:
            told = _('{who} marks "{item}" of {performance} twice (first on line {line})')
            first = seen[performance, who, item]
            rows.problem(line, told.format(who=who, item=item, performance=performance, line=first))
        elif row["mark"] and who.casefold() == KEY:
            key[performance, item] = read_mark(item, row["mark"])
        elif row["mark"]:
            marks.setdefault((performance, item), {})[who] = read_mark(item, row["mark"])
        seen.setdefault((performance, who, item), line)
    if rows.rows and not rows.problems and not marks:
        rows.problem(0, _("no row has a mark"))
    rows.refuse()
    return _compared(marks, key, None)


def exercise_agreement(course: Course, station: str = "") -> Calibration:
    """Agreement in the latest exercise of a station (else of all), and how often the right mark was given.

    Marks count with the share of the points that they earn. Refuses where nothing was printed or marked yet.
    """
    drawn = exercise_at(course, station)
    marks = marks_given(course, drawn)
    if not marks:
        told = _("Nobody has marked the exercise at station {station} yet.").format(station=drawn.station)
        raise BadInput(told, _("Take the marks down: fieldkit calibrate score"))
    order = list(items_to_play(course, drawn.station))
    scales = {item.id: item.scale for item in order}

    def worth(item: str, mark: str) -> float | None:
        found = scales[item].mark(mark) if item in scales else None
        return None if found is None or found.share is None else float(found.share)

    place = {item.id: number for number, item in enumerate(order)}
    ordered = dict(sorted(marks.items(), key=lambda one: (one[0][0], place.get(one[0][1], len(place)))))
    key = {(name, item): mark for name, right in drawn.key.items() for item, mark in right.items()}
    return _compared(ordered, key, worth)


def print_agreement(course: Course, found: Calibration, station: str = "") -> Path:
    """Print what the instructors should talk about beside the sheets of the exercise; returns where it lies."""
    from fieldkit.reports.calibration_pages import write_agreement

    note_unreviewed(course)
    drawn = exercise_at(course, station)
    place = course.path(EXERCISE, drawn.station, AGREEMENT)
    names = {number: person.name for number, person in course.instructors.items()}
    items = {item.id: item for item in items_to_play(course, drawn.station)}
    write_agreement(place, course.settings, title_of(course, drawn.station), found, names, items)
    return place


def _compared(marks: Marks, key: dict[Place, str], worth: Worth | None) -> Calibration:
    try:
        from fieldkit.judging.calibration import calibration
    except ImportError as error:
        raise NotInstalled(_("The comparison of instructors"), "statistics") from error
    return calibration(marks, key, worth)
