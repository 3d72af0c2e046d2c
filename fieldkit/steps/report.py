"""Writing the evaluation reports into the course's folder."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from fieldkit.course import REPORTS, Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import make_id
from fieldkit.steps.pack import pack_of
from fieldkit.steps.results import results_by
from fieldkit.steps.standard import settled, standard_marks


def write_reports(
    course: Course,
    kind: str,
    only: Collection[str] | None = None,
    *,
    collected: bool = False,
    lang: str = "",
    today: str = "",
) -> list[Path]:
    """Write the reports of one kind (trainee, station, course) and return their files.

    `only` names trainees or stations; `collected` puts all of a kind in one file; `today` is the date on them, ISO.
    """
    from fieldkit.reports.course_report import write_course_report
    from fieldkit.reports.data import ReportData
    from fieldkit.reports.station_report import write_station_reports
    from fieldkit.reports.trainee_report import write_trainee_reports

    pack = pack_of(course, lang)
    known = course.trainees if kind == "trainee" else [station.id for station in course.settings.stations]
    if only and (strange := [name for name in only if name not in known]):
        raise BadInput(f"There is no {kind} {', '.join(strange)} in this course.", f"There are: {', '.join(known)}")
    marks = standard_marks(course)
    settings = settled(course, marks)
    data = ReportData(
        settings=settings,
        trainees=course.trainees,
        instructors=course.instructors,
        scenarios=pack.scenarios,
        exercises=pack.exercises,
        plan=pack.plan,
        results=results_by(course, settings),
        lang=lang,
        made_on=today or date.today().isoformat(),
        head=course.record.head(),
        standards=marks,
        codes={number: make_id(course.state.key, "person", number) for number in course.trainees},
    )
    folder = course.path(REPORTS)
    if kind == "trainee":
        return write_trainee_reports(data, folder, only=only, collected=collected)
    if kind == "station":
        return write_station_reports(data, folder, only=only, collected=collected)
    return [write_course_report(data, folder / "course.pdf")]
