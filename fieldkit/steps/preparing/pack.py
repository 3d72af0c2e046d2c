"""Printing the pack, and recording which sheet was issued on which page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import PACK, Course
from fieldkit.errors import BadInput, FieldkitError
from fieldkit.model.codes import make_id, person_id
from fieldkit.model.exercise import Planted
from fieldkit.model.local_forms import set_manner
from fieldkit.model.plan import Pack, PrintedPage, Sheet
from fieldkit.model.state import ISSUED, Issued, issued_body
from fieldkit.steps.marking.close import CLOSING
from fieldkit.steps.preparing.draw import BY, sheets_of
from fieldkit.steps.preparing.exercises import exercise_at
from fieldkit.steps.preparing.translate import note_unreviewed


@dataclass(frozen=True)
class Printed:
    """What was printed: the folder, how many sheets and pages of them, how many sheets are new in the record; and the
    files of an earlier print that are no part of the course any more."""

    folder: Path
    sheets: int
    pages: int
    issued: int
    outdated: tuple[str, ...] = ()


def print_course(
    course: Course, lang: str = "", only: Collection[str] | None = None, progress: Callable[[str], None] | None = None
) -> Printed:
    """Print the pack into the course's folder and record every sheet as issued. `lang` prints all in one language.

    `only` names parts of the pack; None prints all. Printing again gives the same files and records nothing new.
    """
    from fieldkit.printing.pack import print_pack

    pack, folder, files = pack_of(course, lang), course.path(PACK), set[str]()
    if late := [number for number in course.trainees if pack.plan.group_of(number) is None]:
        raise _not_drawn(late)

    def note(file: str) -> None:
        files.add(file)
        if progress:
            progress(file)

    drawn = _drawn(course)
    pages = print_pack(pack, folder, only=only, progress=note)
    with course.alone():
        if _drawn(course) != drawn:
            raise FieldkitError(
                _("The course was drawn anew while it was being printed; these sheets were not recorded as issued."),
                _("Print again, and use nothing of this print: {command}").format(command="fieldkit print"),
            )
        entries = list(_newly_issued(course, pack, pages))
        if entries:
            course.append([(ISSUED, issued_body(issued)) for issued in entries], BY)
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")) if only is None else ()
    outdated = tuple(file for file in there if file not in files and not file.startswith(CLOSING))
    return Printed(folder, len({p.sheet for p in pages}), len(pages), len(entries), outdated)


def pack_of(course: Course, lang: str = "") -> Pack:
    """All that printing and reporting need. Refuses a course that is not drawn, or whose files changed since; trainees
    who came after the draw are in the roster, and in no group of the plan."""
    plan = course.state.plan
    if plan is None:
        raise BadInput(
            _("The course has not been drawn yet."), _("Draw it first: {command}").format(command="fieldkit draw")
        )
    places = [(station.id, group.id) for station in course.settings.stations for group in plan.groups]
    if new := sorted({station for station, group in places if (station, group) not in course.state.exercises}):
        raise _not_drawn(new)
    exercises = {place: exercise_at(course, *place) for place in places}
    tags = {place: _tag_ids(course, place, exercises[place].planted + exercises[place].decoys) for place in places}
    scenarios = {s.scenario: course.library.scenario(s.scenario) for s in course.settings.stations}
    note_unreviewed(course, lang)
    set_manner(course.settings.digits == "eastern", course.settings.solar_dates)
    return Pack(
        course.settings,
        plan,
        course.trainees,
        course.instructors,
        scenarios,
        course.library.point_lists,
        exercises,
        sheets_of(course, plan),
        tags,
        lang,
        {number: person_id(course.state.key, number) for number in course.trainees},
    )


def _drawn(course: Course) -> tuple[object, ...]:
    """What sheets, cards and papers are printed from."""
    return course.state.draws, course.state.exercises, course.state.generation


def _not_drawn(names: list[str]) -> BadInput:
    return BadInput(
        _("Not in the draw yet: {names}.").format(names=", ".join(names)),
        _("Draw again (what was printed stays): {command}").format(command="fieldkit draw"),
    )


def _tag_ids(course: Course, place: tuple[str, str], laid: Iterable[Planted]) -> dict[str, str]:
    """The ids in the codes of an exercise's tags, by label; `unit` is the tag of the unit itself."""
    labels = ["unit", *(find.label for find in laid if find.tagged)]
    return {label: make_id(course.state.key, "tag", str(course.state.generation), *place, label) for label in labels}


def _newly_issued(course: Course, pack: Pack, pages: Iterable[PrintedPage]) -> Iterable[Issued]:
    by_sheet: dict[str, list[PrintedPage]] = {}
    for page in pages:
        by_sheet.setdefault(page.sheet, []).append(page)
    sheets: dict[str, Sheet] = {sheet.id: sheet for sheet in pack.sheets}
    for name, printed in by_sheet.items():
        sheet = sheets[name]
        form = course.state.exercises[sheet.station, sheet.group].form
        where = tuple((_inside(course, p.pdf), p.pdf_page) for p in sorted(printed, key=lambda p: p.page))
        issued = Issued(sheet, form, pack.layout, pack.settings.paper, where)
        if course.state.issued.get(name) != issued:
            yield issued


def _inside(course: Course, pdf: str) -> str:
    """The path of a printed file from the course's folder, with forward slashes on every system."""
    return Path(pdf).resolve().relative_to(course.folder).as_posix()
