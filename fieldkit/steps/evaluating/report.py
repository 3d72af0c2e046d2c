"""Writing the evaluation reports into the course's folder."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.course import REPORTS, Course
from fieldkit.errors import BadInput
from fieldkit.steps.evaluating.results import results_by
from fieldkit.steps.evaluating.standard import settled, standard_marks
from fieldkit.steps.keeping.protect import readable
from fieldkit.steps.marking.find_sheet import find_sheet
from fieldkit.steps.marking.pages_read import crop_path, pictures_of_items
from fieldkit.steps.preparing.pack import pack_of

if TYPE_CHECKING:
    from fieldkit.reports.data import ReportData


def write_reports(
    course: Course,
    kind: str,
    only: Collection[str] | None = None,
    *,
    collected: bool = False,
    lang: str = "",
    today: str = "",
    crops: bool = False,
) -> list[Path]:
    """Write the reports of one kind (trainee, station, course) and return their files.

    `only` names trainees or stations; `collected` puts all of a kind in one file; `today` is the date on them, ISO;
    `crops` shows the rows of the sheets as they were photographed in the reports of trainees.
    """
    from fieldkit.reports.course_report import write_course_report
    from fieldkit.reports.station_report import write_station_reports
    from fieldkit.reports.trainee_report import write_trainee_reports

    known = course.trainees if kind == "trainee" else [station.id for station in course.settings.stations]
    if only and (strange := [name for name in only if name not in known]):
        raise BadInput(
            _("Not in this course: {names}.").format(names=", ".join(strange)),
            _("There are: {known}").format(known=", ".join(known)),
        )
    data, folder = _data(course, lang, today, crops), course.path(REPORTS)
    if kind == "trainee":
        return write_trainee_reports(data, folder, only=only, collected=collected)
    if kind == "station":
        return write_station_reports(data, folder, only=only, collected=collected)
    return [write_course_report(data, folder / "course.pdf")]


def write_appeals(course: Course, names: Collection[str], *, lang: str = "", today: str = "") -> list[Path]:
    """Write for each trainee (by number) or sheet (by id) all that was ever marked, with the pictures; returns the
    files."""
    from fieldkit.reports.appeal_report import Appeal, write_appeal_reports

    if not names:
        raise BadInput(_("Say whose appeal it is."), _("Name a trainee or a sheet: fieldkit report appeal T07"))
    marked = [readable(course, sheet) for sheet in course.state.all_marked()]
    appeals = []
    for name in names:
        wanted = name if name in course.trainees else find_sheet(course.state, name)
        sheets = tuple(s for s in marked if wanted in (s.trainee, s.sheet))
        if not sheets:
            raise BadInput(_("No sheet was issued to {name} yet.").format(name=name))
        appeals.append(Appeal(wanted, sheets[0].trainee, sheets))
    return write_appeal_reports(_data(course, lang, today, crops=True), course.path(REPORTS), appeals)


def _data(course: Course, lang: str, today: str, crops: bool) -> ReportData:
    from fieldkit.reports.data import ReportData

    pack = pack_of(course, lang)
    marks = standard_marks(course)
    settings = settled(course, marks)
    return ReportData(
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
        codes=pack.person_ids,
        point_lists=pack.point_lists,
        crops=_crops(course) if crops else {},
    )


def _crops(course: Course) -> dict[tuple[str, str], list[Path]]:
    """The pictures of rows by sheet and item, as far as they are still there."""
    pictures = pictures_of_items(course).items()
    files = {key: [course.path(*crop_path(one, key[1]).split("/")) for one in found] for key, found in pictures}
    return {key: there for key, found in files.items() if (there := [file for file in found if file.exists()])}
