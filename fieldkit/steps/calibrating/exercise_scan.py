"""Pictures of the sheets of the exercise before the day, read into what was marked in it, never into results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import Course
from fieldkit.model.codes import Code
from fieldkit.model.sheet import LAYOUT, Page, lay_out
from fieldkit.scan.bins import Bin, Reading, Refused
from fieldkit.scan.files import CannotRead
from fieldkit.steps.calibrating.exercise import (
    CalibrationMarks,
    Drawn,
    exercise_at,
    exercises_of,
    items_to_play,
    sheet_id,
    take_marks,
)
from fieldkit.steps.scanning.pictures import files_in, needs_scan_extra, sources_in


@dataclass(frozen=True)
class ExercisePage:
    """One picture: its file, whose sheet it is, how many marks were read, the items to be typed, or why it was not."""

    file: str
    instructor: str = ""
    performance: str = ""
    read: int = 0
    unsure: tuple[str, ...] = ()
    why: str = ""


def scan_exercise(course: Course, paths: Sequence[Path], station: str = "") -> list[ExercisePage]:
    """Read pictures of the sheets (files, or folders of them) and keep the marks that are sure."""
    files = files_in(paths)
    needs_scan_extra()
    from fieldkit.scan.pictures import open_picture
    from fieldkit.scan.reading import read_picture

    drawn = exercise_at(course, station)
    sheets = _sheets(course, drawn)
    pages, given = [], []
    for file in files:
        for source, known in sources_in(file):
            try:
                if known:
                    raise CannotRead(known)
                found = read_picture(open_picture(source), lambda code: _page(course, code, drawn, sheets))
            except (CannotRead, Refused) as why:
                pages.append(ExercisePage(file.name, why=str(why)))
                continue
            page, marks = _taken(file.name, sheets[found.code.id], drawn, found.readings)
            pages.append(page)
            given.append(marks)
    take_marks(course, given, drawn.seed)
    return pages


def _taken(
    file: str, whose: tuple[str, str], drawn: Drawn, readings: Sequence[Reading]
) -> tuple[ExercisePage, CalibrationMarks]:
    performance, instructor = whose
    sure = {reading.item: reading.mark for reading in readings if reading.mark is not None}
    unsure = tuple(reading.item for reading in readings if reading.mark is None)
    marks = CalibrationMarks(drawn.station, instructor, performance, sure)
    return ExercisePage(file, instructor, performance, len(sure), unsure), marks


def _sheets(course: Course, drawn: Drawn) -> dict[str, tuple[str, str]]:
    """Performance and instructor of each sheet of the exercise, by the id in its code."""
    return {
        sheet_id(course, drawn.station, drawn.seed, name, number): (name, number)
        for name in drawn.key for number in course.instructors
    }  # fmt: skip


def exercise_sheets(course: Course) -> frozenset[str]:
    """The ids in the codes of all sheets that were printed for exercises before the day."""
    return frozenset(ident for drawn in exercises_of(course) for ident in _sheets(course, drawn))


def _page(course: Course, code: Code, drawn: Drawn, sheets: dict[str, tuple[str, str]]) -> tuple[str, Page]:
    if code.id not in sheets:
        raise Refused(Bin.NOT_OURS, _("it is not a sheet of this exercise"), code)
    paper = course.settings.paper
    return paper, lay_out(items_to_play(course, drawn.station), paper, LAYOUT)[code.page - 1]
