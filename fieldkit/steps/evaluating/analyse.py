"""The analysis of a course, of several courses together, or of a table from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.course import REPORTS, Course
from fieldkit.errors import BadInput, NotInstalled
from fieldkit.judging.table import MarkTable, pool
from fieldkit.model.course import CourseSettings, Policy
from fieldkit.reports.quality_data import QualityData
from fieldkit.steps.evaluating.course_marks import CourseMarks, marks_of
from fieldkit.steps.evaluating.standard import settled, standard_marks, standards_of
from fieldkit.steps.evaluating.table_file import table_from
from fieldkit.steps.preparing.translate import note_unreviewed

if TYPE_CHECKING:
    from fieldkit.judging.analysis import Analysis
    from fieldkit.judging.cut_findings import Standards

QUALITY_FILE = "quality.pdf"


def analyse_course(course: Course, samples: int | None = None, lang: str = "", today: str = "") -> QualityData:
    """The analysis of one course. Raises BadInput where nothing is marked yet, NotInstalled without the extra."""
    note_unreviewed(course, lang)
    marks_that_count = standard_marks(course)
    settings = settled(course, marks_that_count)
    marks = marks_of(course, settings=settings)
    return QualityData(
        settings.title,
        _analysed(marks.table, lambda: standards_of(course), samples, course.folder),
        settings.crossing_point,
        " – ".join(dict.fromkeys(day for day in (settings.start, settings.end) if day)),
        {number: person.name for number, person in course.trainees.items()},
        marks.stations,
        marks.instructors,
        marks.acts,
        marks_that_count,
        left_out=marks.left_out,
        code=settings.code,
        made_on=today or date.today().isoformat(),
        head=course.record.head(),
        lang=lang or settings.languages[0],
        paper=settings.paper,
    )


def analyse_courses(
    courses: Sequence[Course], samples: int | None = None, lang: str = "", today: str = ""
) -> QualityData:
    """The analysis of several courses as one: stations are put together by scenario and version.

    Raises BadInput for the same course given twice, or where nothing is marked in any of them.
    """
    if len(courses) == 1:
        return analyse_course(courses[0], samples, lang, today)
    note_unreviewed(courses[0], lang)
    names = _names(courses)
    each: dict[str, CourseMarks] = {
        name: marks_of(course, pooled=True) for name, course in zip(names, courses, strict=True)
    }
    table = pool({name: marks.table for name, marks in each.items()})
    settings = [course.settings for course in courses]
    where = courses[0].folder.parent
    return QualityData(
        " + ".join(dict.fromkeys(one.title for one in settings)),
        _analysed(table, lambda: _fixed(_mean_mark(settings)), samples, where),
        trainees={
            f"{name}/{number}": person.name
            for name, course in zip(names, courses, strict=True)
            for number, person in course.trainees.items()
        },
        acts={place: text for marks in each.values() for place, text in marks.acts.items()},
        courses=names,
        left_out=sum(marks.left_out for marks in each.values()),
        code=" + ".join(dict.fromkeys(one.code for one in settings)),
        made_on=today or date.today().isoformat(),
        lang=lang or settings[0].languages[0],
        paper=settings[0].paper,
    )


def analyse_table(
    path: Path, pass_mark: Decimal | None = None, samples: int | None = None, lang: str = "", today: str = ""
) -> QualityData:
    """The analysis of a table from elsewhere, see `table_file`. Raises BadInput with every problem and its line."""
    table = table_from(path)
    mark = Policy().pass_mark if pass_mark is None else pass_mark
    return QualityData(
        path.stem,
        _analysed(table.marks, lambda: _fixed(mark), samples, path),
        guessed_most=table.guessed_most,
        made_on=today or date.today().isoformat(),
        lang=lang or "en",
    )


def write_quality(data: QualityData, path: Path) -> Path:
    """Write the quality file of an analysis."""
    from fieldkit.reports.quality_report import write_quality_report

    return write_quality_report(data, path)


def quality_path(course: Course) -> Path:
    """Where the quality file of a course lies."""
    return course.path(REPORTS, QUALITY_FILE)


def _analysed(table: MarkTable, standards: Callable[[], Standards], samples: int | None, where: Path) -> Analysis:
    if not len(table.marks.points) and not len(table.overall.grade):
        told = _("{where}: there are no marks to analyse yet.").format(where=where)
        raise BadInput(told, _("Take marks down first: fieldkit score"))
    try:
        from fieldkit.judging.analysis import analyse
    except ImportError as error:
        raise NotInstalled(_("The analysis"), "statistics") from error
    return analyse(table, standards(), samples)


def _fixed(mark: Decimal) -> Standards:
    from fieldkit.judging.cut_findings import Standards

    return Standards(fixed=float(mark))


def _mean_mark(settings: Sequence[CourseSettings]) -> Decimal:
    """The pass mark of a mean over the stations: the mean of their pass marks."""
    marks = [one.pass_mark(station.id) for one in settings for station in one.stations]
    return sum(marks, Decimal(0)) / len(marks) if marks else settings[0].policy.pass_mark


def _names(courses: Sequence[Course]) -> tuple[str, ...]:
    """A name for each course: its folder's, with its parent's where two are alike."""
    folders = [course.folder for course in courses]
    if len(set(folders)) < len(folders):
        raise BadInput(_("One course is given twice."), _("Name each course once."))
    short = [folder.name for folder in folders]
    return tuple(str(Path(f.parent.name, f.name)) if short.count(f.name) > 1 else f.name for f in folders)
