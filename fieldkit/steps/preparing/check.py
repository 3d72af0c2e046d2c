"""Everything that is wrong with a course, all of it at once: files, rosters, scenarios, names on paper, record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from gettext import gettext as _
from typing import Any

from fieldkit.course import COURSE_FILE, Course
from fieldkit.errors import BadInput, FieldkitError, Problem
from fieldkit.library.load import Library
from fieldkit.model.people import Person

EXAMPLE = "EXAMPLE "  # how the names of the people begin whom `fieldkit new` makes up


def course_problems(course: Course) -> list[Problem]:
    """What stands in the way of drawing and printing: problems of course.yaml, rosters, scenarios and names."""
    from fieldkit.library.checks import check_scenarios

    problems: list[Problem] = []
    settings = _ask(lambda: course.settings, problems)
    people: list[tuple[str, Person]] = []
    for name in ("trainees", "instructors"):
        roster = _ask(partial(getattr, course, name), problems) or {}
        people += [(name, person) for person in roster.values()]
    library = _ask(lambda: course.library, problems)
    if library:
        problems += [p for p in library.problems if p not in problems]
        problems += [p for p in check_scenarios(library) if p not in problems]
        problems += _scenario_letters(library)
    if settings and library:
        problems += _stations(course)
        problems += _panel(course, problems)
    problems += _letters(course, people)
    problems += _doubtful(people)
    return sorted(problems)


def check_course(course: Course) -> list[Problem]:
    """All of `course_problems`, and what is wrong between the record and the files."""
    problems = course_problems(course)
    if not [p for p in problems if not p.warning]:
        problems += _translations(course)
    damage = _damage(course)
    problems += damage
    if not [p for p in problems if not p.warning]:
        problems += _drawn(course)
    return problems


def _ask(what: Callable[[], Any], problems: list[Problem]) -> Any:
    try:
        return what()
    except BadInput as refusal:
        problems += refusal.problems or [Problem(COURSE_FILE, 0, 0, refusal.message, refusal.hint)]
        return None


def _stations(course: Course) -> Iterator[Problem]:
    """Stations whose scenario is not there, named where course.yaml says so."""
    path = course.path(COURSE_FILE)
    for station in course.settings.stations:
        try:
            course.library.scenario(station.scenario)
        except BadInput as refusal:
            if not refusal.problems:
                line = _line_of(path.read_text(encoding="utf-8-sig"), station.id, station.scenario)
                what = _('station "{station}": {what}').format(station=station.id, what=refusal.message)
                yield Problem(str(path), line, 1, what, refusal.hint)


def _panel(course: Course, before: list[Problem]) -> list[Problem]:
    """What is wrong with the files of the panel that sets pass marks; not asked while scenarios have faults."""
    from fieldkit.steps.evaluating.panel_files import panel_problems

    found: list[Problem] = []
    if not any(not problem.warning for problem in before):
        found += _ask(lambda: list(panel_problems(course)), found) or ()
    return found


def _line_of(text: str, station: str, scenario: str) -> int:
    """The line that names `scenario`, the first one after the line that names `station`."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if station in line), 0)
    return next((n + 1 for n in range(start, len(lines)) if scenario in lines[n]), start + 1)


def _doubtful(people: list[tuple[str, Person]]) -> Iterator[Problem]:
    """People of whom one may doubt that they are meant: examples of `fieldkit new`, twins, and who marks himself."""
    for name in ("trainees", "instructors"):
        roster = [person for where, person in people if where == name]
        examples = [person.number for person in roster if person.name.startswith(EXAMPLE)]
        if examples:
            what = _("examples are still in the roster: {numbers}").format(numbers=", ".join(examples))
            yield Problem(name, 0, 0, what, _("Replace them by your own people."), warning=True)
        alike: dict[tuple[str, str], list[str]] = {}
        for person in roster:
            alike.setdefault((person.name.casefold(), person.fathers_name.casefold()), []).append(person.number)
        if twins := "; ".join(", ".join(numbers) for numbers in alike.values() if len(numbers) > 1):
            what = _("the same name stands more than once: {numbers}").format(numbers=twins)
            remedy = _("If it is one person, keep one row; else the numbers tell them apart.")
            yield Problem(name, 0, 0, what, remedy, warning=True)
    trainees, instructors = ({p.number for where, p in people if where == name} for name in ("trainees", "instructors"))
    for number in sorted(trainees & instructors):
        what = _("{number} is a trainee and an instructor").format(number=number)
        yield Problem("trainees", 0, 0, what, _("Nobody should mark himself: look at the rotation."), warning=True)


def _letters(course: Course, people: list[tuple[str, Person]]) -> Iterator[Problem]:
    """Names with letters that the fonts lack: printed, they would be empty boxes."""
    from fieldkit.paper.fonts import describe, missing

    for roster, person in people:
        for what, text in (
            (_("name"), person.name),
            (_("father's name"), person.fathers_name),
            (_("unit"), person.unit),
            (_("rank"), person.rank),
        ):
            if letters := missing(text):
                told = _('{number}, {what} "{text}": letters that cannot be printed: {letters}').format(
                    number=person.number, what=what, text=text, letters=", ".join(map(describe, letters))
                )
                yield Problem(roster, 0, 0, told, _("Write it in Latin, Cyrillic or Arabic letters."))


def _scenario_letters(library: Library) -> Iterator[Problem]:
    """Texts of scenarios with letters that the fonts lack: `fieldkit print` would refuse them."""
    from fieldkit.library.checks import leaves
    from fieldkit.paper.fonts import describe, missing

    for name, tree in library.trees.items():
        for leaf in leaves(tree):
            if letters := missing(leaf.text):
                told = _("letters that cannot be printed: {letters}").format(letters=", ".join(map(describe, letters)))
                remedy = _("Write it in Latin, Cyrillic or Arabic letters.")
                yield Problem(library.paths[name], leaf.line, leaf.column, told, remedy)


def _damage(course: Course) -> list[Problem]:
    try:
        found = course.record.verify()
    except FieldkitError as refusal:
        return [Problem("scores.journal", 0, 0, refusal.message, refusal.hint)]
    return list(found)


def _drawn(course: Course) -> Iterator[Problem]:
    """What the record says and the files no longer do."""
    from fieldkit.steps.preparing.exercises import exercise_at

    state = course.state
    if len(state.draws) > 1:
        yield Problem(
            "scores.json", 0, 0, _("two laptops drew this course apart"), _("Keep one with `fieldkit draw --afresh`.")
        )
    if state.code and state.code != course.settings.code:
        what = _('the code is "{code}", and what was printed says "{printed}"')
        what = what.format(code=course.settings.code, printed=state.code)
        yield Problem(COURSE_FILE, 0, 0, what, _("Put `code: {code}` back.").format(code=state.code))
    for station, group in state.exercises:
        if course.settings.station(station):
            try:
                exercise_at(course, station, group)
            except BadInput as refusal:
                yield Problem(COURSE_FILE, 0, 0, refusal.message, refusal.hint, warning=True)
    gone = sorted({i.sheet.trainee for i in state.issued.values()} - set(course.trainees) - {""})
    for number in gone:
        what = _("sheets were printed for {number}, who is not in the roster").format(number=number)
        remedy = _("Put the trainee back; marks given stay in the record.")
        yield Problem("trainees", 0, 0, what, remedy, warning=True)


def _translations(course: Course) -> Iterator[Problem]:
    """What is not translated, and what no speaker has reviewed; a line for each language."""
    from fieldkit.steps.preparing.translate import problems

    yield from problems(course)
