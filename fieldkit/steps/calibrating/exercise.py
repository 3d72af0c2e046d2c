"""The exercise before the day: scripts and sheets for it, and what instructors marked, kept with the course's record.

Nothing of it can become a trainee's mark: its sheets are not issued by the course, so `fieldkit scan` refuses them, and
its entries are of a kind of their own, from which no state is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import EXERCISE, Course
from fieldkit.errors import BadInput
from fieldkit.files import write_whole
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.performances import MOST, Performance, draw_performances
from fieldkit.model.codes import make_id
from fieldkit.model.course import Station
from fieldkit.model.exercise import Exercise
from fieldkit.model.find_items import find_items
from fieldkit.model.order import in_time
from fieldkit.model.people import Person
from fieldkit.model.plan import Pack, Plan, Sheet
from fieldkit.model.scoresheet import RATING, RATINGS, Item
from fieldkit.model.state import CALIBRATION_DRAWN
from fieldkit.model.texts import Text
from fieldkit.reports.calibration_words import CALIBRATION, exercise_title, say
from fieldkit.steps.marking.csv_rows import Rows, read_rows
from fieldkit.steps.preparing.translate import note_unreviewed

MARKS = "calibration-marks"
SCRIPTS, SHEETS, TYPED = "scripts.pdf", "sheets.pdf", "marks-{seed}.csv"
COLUMNS = ("performance", "instructor", "item", "mark")
BY = "calibration"
GROUP = "–"


@dataclass(frozen=True)
class Drawn:
    """An exercise that was printed: where, from which seed, and the right mark of each item by performance."""

    station: str
    seed: int
    key: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class CalibrationMarks:
    """What one instructor marked in one performance: mark by item."""

    station: str
    instructor: str
    performance: str
    marks: Mapping[str, str]


def print_exercise(course: Course, station: str = "", count: int = 3, seed: int = 1) -> list[Path]:
    """Draw scripts for a station (else the first), print them, a sheet for each instructor and performance, and a table
    to type into; returns the files. Refuses a course that has not been drawn, and a station without items to play."""
    if not course.state.key:
        raise BadInput(_("The course has not been drawn yet."), _("Draw it first: fieldkit draw"))
    if not 1 <= count <= MOST:
        raise BadInput(_("There can be 1 to {most} performances.").format(most=MOST), _("Three or four are enough."))
    place = _station(course, station)
    performances = performances_at(course, place.id, count, seed)
    if not performances[0].acts:
        told = _("Station {station} has no items that can be acted.").format(station=place.id)
        raise BadInput(told, _("Name another one with --station."))
    note_unreviewed(course)
    folder = course.path(EXERCISE, place.id)
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / SCRIPTS, folder / SHEETS, folder / TYPED.format(seed=seed)]
    _print_scripts(course, place, performances, seed, made[0])
    _print_sheets(course, place, performances, seed, made[1])
    _write_table(course, performances, made[2])
    key = {performance.name: performance.key for performance in performances}
    if Drawn(place.id, seed, key) not in exercises_of(course):
        course.append([(CALIBRATION_DRAWN, {"station": place.id, "seed": seed, "key": key})], BY)
    return made


def performances_at(course: Course, station: str, count: int, seed: int) -> tuple[Performance, ...]:
    """The scripts of a station: its items save those about finds, which need a unit that is set up."""
    return draw_performances(items_to_play(course, station), seed, station, count)


def items_to_play(course: Course, station: str) -> tuple[Item, ...]:
    """The items of a station that can be acted without a unit that is set up."""
    scenario = course.library.scenario(_station(course, station).scenario)
    about_finds = {item.id for item in find_items(scenario)}
    exercise = draw_exercise(scenario, course.library, 0, clean=True)
    return tuple(item for item in exercise.items if item.id not in about_finds)


def _station(course: Course, station: str) -> Station:
    stations = course.settings.stations
    found = course.settings.station(station) if station else stations[0]
    if found is None:
        told = _('There is no station "{station}".').format(station=station)
        raise BadInput(told, _("The stations are {stations}.").format(stations=", ".join(s.id for s in stations)))
    return found


def _print_scripts(
    course: Course, station: Station, performances: Sequence[Performance], seed: int, path: Path
) -> None:
    from fieldkit.reports.calibration_pages import write_scripts

    write_scripts(path, course.settings, title_of(course, station.id), performances, seed)


def title_of(course: Course, station: str) -> Text:
    """What a station is called: its own title, else its scenario's."""
    found = _station(course, station)
    own = found.title
    return own if any(own.by_language.values()) else course.library.scenario(found.scenario).title


def _print_sheets(course: Course, station: Station, performances: Sequence[Performance], seed: int, path: Path) -> None:
    from fieldkit.paper.page import open_pdf
    from fieldkit.printing.scoresheet import SheetPrinter

    lang = course.settings.languages[0]
    people = {one.name: Person(one.name, say("performance", lang, name=one.name)) for one in performances}
    with open_pdf(path, title=CALIBRATION[lang], lang=lang, page_size=course.settings.paper) as pdf:
        printer = SheetPrinter(pdf, _pack(course, station, people))
        for number in course.instructors:
            for name in people:
                ident = sheet_id(course, station.id, seed, name, number)
                printer.draw(Sheet(ident, station.id, name, number, GROUP))


def sheet_id(course: Course, station: str, seed: int, performance: str, instructor: str) -> str:
    """The id in the code of a sheet of the exercise; the course has issued none like it."""
    return make_id(course.state.key, "calibration", station, str(seed), performance, instructor)


def _pack(course: Course, station: Station, performances: Mapping[str, Person]) -> Pack:
    """What the sheet printer needs: one station, its items without those about finds, performances as trainees."""
    scenario = course.library.scenario(station.scenario)
    title = exercise_title(title_of(course, station.id))
    settings = replace(course.settings, stations=(replace(station, title=title),), bilingual_sheets=False)
    items = items_to_play(course, station.id)
    exercise = Exercise(scenario.id, scenario.version, scenario.subject, 0, True, {}, (), (), {}, items, Text(), Text())
    of_station = {(station.id, GROUP): exercise}
    return Pack(settings, Plan(0, (), (), {}), performances, course.instructors, {}, {}, of_station, (), {})


def _write_table(course: Course, performances: Sequence[Performance], path: Path) -> None:
    """A table with every row that is to be filled in, in the form that is read back."""
    if path.exists():  # somebody may have typed into it
        return
    rows = [COLUMNS] + [
        (performance.name, number, item, "")
        for number in course.instructors
        for performance in performances
        for item in (*performance.key, RATING)
    ]
    lines = "".join(";".join(row) + "\r\n" for row in rows)
    write_whole(path, [("\ufeff" + lines).encode("utf-8")])


def exercises_of(course: Course) -> list[Drawn]:
    """The exercises that were printed, the latest of each station last."""
    entries = in_time(e for e in course.record.entries if e.kind == CALIBRATION_DRAWN)
    return [Drawn(e.body["station"], e.body["seed"], e.body["key"]) for e in entries]


def exercise_at(course: Course, station: str = "") -> Drawn:
    """The latest exercise of a station, or of all. Refuses where none was printed."""
    found = [drawn for drawn in exercises_of(course) if not station or drawn.station == station]
    if not found:
        raise BadInput(_("No exercise was printed yet."), _("Print one first: fieldkit calibrate print"))
    return found[-1]


def marks_given(course: Course, drawn: Drawn) -> dict[tuple[str, str], dict[str, str]]:
    """What was marked in an exercise: for each (performance, item) the mark of each instructor; the latest stands."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for entry in in_time(e for e in course.record.entries if e.kind == MARKS):
        body = entry.body
        if (body["station"], body["seed"]) == (drawn.station, drawn.seed):
            for item, mark in body["marks"].items():
                found.setdefault((body["performance"], item), {})[body["instructor"]] = mark
    return found


def take_marks(course: Course, given: Iterable[CalibrationMarks], seed: int) -> int:
    """Keep what instructors marked; returns how many marks. Nothing is kept unless all of it fits the exercise."""
    given = list(given)
    problems = [told for one in given for told in _faults(course, one)]
    if problems:
        raise BadInput("\n".join(problems), _("Nothing was kept."))
    entries = [
        (MARKS, {"station": one.station, "seed": seed, "performance": one.performance, "instructor": one.instructor,
                 "marks": dict(one.marks)})
        for one in given if one.marks
    ]  # fmt: skip
    if entries:
        course.append(entries, BY)
    return sum(len(one.marks) for one in given)


def _faults(course: Course, given: CalibrationMarks) -> Iterable[str]:
    drawn = exercise_at(course, given.station)
    if given.instructor not in course.instructors:
        known = ", ".join(course.instructors)
        yield _('There is no instructor "{name}"; there are {known}.').format(name=given.instructor, known=known)
    if given.performance not in drawn.key:
        known = ", ".join(drawn.key)
        yield _('There is no performance "{name}"; there are {known}.').format(name=given.performance, known=known)
    marks = marks_of_items(course, given.station)
    for item, mark in given.marks.items():
        if item not in marks:
            yield _('There is no item "{item}"; there are {known}.').format(item=item, known=", ".join(marks))
        elif mark not in marks[item]:
            known = ", ".join(marks[item])
            yield _('"{mark}" is no mark of item "{item}"; there are {known}.').format(
                mark=mark, item=item, known=known
            )


def marks_of_items(course: Course, station: str) -> dict[str, tuple[str, ...]]:
    """The marks that each item of the exercise can get."""
    items = items_to_play(course, station)
    return {item.id: tuple(mark.id for mark in item.scale.marks) for item in items} | {RATING: RATINGS}


def read_typed(course: Course, path: Path, station: str = "") -> tuple[Drawn, list[CalibrationMarks]]:
    """What was typed into a table, with every fault and its line. Rows without a mark are not yet marked."""
    drawn, rows = exercise_at(course, station), read_rows(path, COLUMNS)
    found: dict[tuple[str, str], dict[str, str]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows.rows:
        performance, who, item = key = row["performance"], row["instructor"], row["item"]
        if not row["mark"]:
            continue
        faults = list(_faults(course, CalibrationMarks(drawn.station, who, performance, {item: row["mark"]})))
        if key in seen:
            told = _('{who} marks "{item}" of {performance} twice (first on line {line})')
            faults.append(told.format(who=who, item=item, performance=performance, line=seen[key]))
        _note(rows, line, faults)
        found.setdefault((performance, who), {})[item] = row["mark"]
        seen.setdefault(key, line)
    rows.refuse()
    return drawn, [CalibrationMarks(drawn.station, who, name, marks) for (name, who), marks in found.items()]


def _note(rows: Rows, line: int, faults: Iterable[str]) -> None:
    for fault in faults:
        rows.problem(line, fault)
