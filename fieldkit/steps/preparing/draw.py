"""Drawing a course: one seed gives the exercises and the rotation. What was printed stays, unless told otherwise."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.generator.balancing import balanced_seeds
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.generator.rotation import clean_units, exercise_seed, extend_plan, make_plan
from fieldkit.generator.timetable import start_times
from fieldkit.model.codes import make_id, short_id
from fieldkit.model.exercise import Exercise
from fieldkit.model.forms import form_id, form_to_dict
from fieldkit.model.plan import Plan, Sheet
from fieldkit.model.state import DRAWN, EXERCISE, FORM, OPENED, VOIDED, DrawnExercise, plan_body
from fieldkit.steps.marking.changes import marked_in
from fieldkit.steps.preparing.check import course_problems
from fieldkit.steps.preparing.exercises import digest

BY = "fieldkit"


@dataclass(frozen=True)
class Drawn:
    """What a draw came to: the plan, how many exercises were drawn now, how many stayed, what could not be had."""

    plan: Plan
    new: int
    kept: int
    voided: int
    notes: tuple[str, ...] = ()


def draw_course(course: Course, seed: int | None = None, *, afresh: bool = False, key: bytes | None = None) -> Drawn:
    """Draw exercises and rotation, and record them.

    Without `seed` a course drawn before keeps its own, a new one gets one by chance. What was printed stays as it is
    and only what is new is added; `afresh` voids the printed sheets and draws everything anew. `key` is the secret
    behind the codes of a new course, by chance where it is not given.
    """
    _refuse_unready(course)
    with course.alone():  # two that draw at once would each have a plan, and what one printed the other would draw over
        course.__dict__.pop("trainees", None)  # perhaps they have callsigns since
        return _draw(course, seed, afresh, key)


def _draw(course: Course, seed: int | None, afresh: bool, key: bytes | None) -> Drawn:
    state = course.state
    entries: list[tuple[str, dict[str, Any]]] = []
    if not state.key:
        secret = key or secrets.token_bytes(16)
        settings = course.settings
        entries.append((OPENED, {"code": settings.code, "title": settings.title, "key": secret.hex()}))
    standing = {name: issued for name, issued in state.issued.items() if name not in state.voided}
    if seed is None:
        seed = state.plan.seed if state.plan and not afresh else secrets.randbelow(2**31)
    trainees, instructors = list(course.trainees), list(course.instructors)
    keep = bool(standing) and not afresh
    if keep and state.plan:
        plan = extend_plan(state.plan, course.settings, trainees, instructors, seed)
    else:
        plan = make_plan(course.settings, trainees, instructors, seed)
    if afresh:
        seen = marked_in(course)
        entries += [(VOIDED, {"sheet": name, "why": "drawn afresh", "seen": seen.get(name, [])}) for name in standing]
    if list(state.draws.values()) != [plan] or afresh:
        generation = state.generation + (1 if afresh or not state.draws else 0)
        entries.append((DRAWN, plan_body(plan, generation, state.draws)))
    drawn = list(
        _exercises(
            course, plan, keep={i.sheet.station + "/" + i.sheet.group for i in standing.values()} if keep else set()
        )
    )
    entries += [entry for _, new in drawn for entry in new]
    if entries:
        course.append(_once(course, entries), BY)
    return Drawn(
        plan,
        sum(bool(new) for _, new in drawn),
        sum(not new for _, new in drawn),
        len(standing) if afresh else 0,
        _notes(course, plan),
    )


def _refuse_unready(course: Course) -> None:
    """All that stands in the way of a draw, at once."""
    errors = [problem for problem in course_problems(course) if not problem.warning]
    if errors:
        raise BadInput.from_problems(errors)


def _notes(course: Course, plan: Plan) -> tuple[str, ...]:
    share = course.settings.policy.double_share
    members = {group.id: len(group.members) for group in plan.groups}
    wanted = share * sum(members[v.group] for v in plan.visits)
    if len(plan.doubles) + 1 <= wanted:
        return (
            _(
                "Sheets that can be marked twice: {n} of about {wanted}; in the other slots every instructor is busy. "
                "More instructors, or fewer stations at once, would make room."
            ).format(n=len(plan.doubles), wanted=f"{wanted:.0f}"),
        )
    return ()


def _exercises(
    course: Course, plan: Plan, keep: set[str]
) -> Iterator[tuple[Exercise | None, list[tuple[str, dict[str, Any]]]]]:
    """For each station and group the entries that record its exercise; none where it stands already."""
    clean = clean_units(course.settings, plan.groups, plan.seed)
    day = course.settings.start or DEFAULT_DAY
    for station in course.settings.stations:
        scenario = course.library.scenario(station.scenario)
        own = [exercise_seed(plan.seed, station.id, group.id) for group in plan.groups]
        without = [(station.id, group.id) in clean for group in plan.groups]
        seeds = balanced_seeds(scenario, course.library, own, without, day)  # equally hard for every group
        for group, seed in zip(plan.groups, seeds, strict=True):
            old = course.state.exercises.get((station.id, group.id))
            if old and f"{station.id}/{group.id}" in keep:
                yield None, []
                continue
            exercise = draw_exercise(scenario, course.library, seed, clean=(station.id, group.id) in clean, day=day)
            form = form_to_dict(exercise.items)
            body = {
                "station": station.id,
                "group": group.id,
                "scenario": scenario.id,
                "version": scenario.version,
                "seed": seed,
                "clean": exercise.clean,
                "day": day,
                "planted": [[find.label, find.code, find.point] for find in exercise.planted],
                "form": form_id(form),
                "digest": digest(exercise),
                "replaces": [old.entry] if old else [],
            }
            if old and _same(old, body):
                yield exercise, []
            else:
                yield exercise, [(FORM, {"form": form_id(form), **form}), (EXERCISE, body)]


def _same(old: DrawnExercise, body: dict[str, Any]) -> bool:
    names = ("scenario", "version", "seed", "clean", "day", "form", "digest")
    return all(getattr(old, name) == body[name] for name in names)


def _once(course: Course, entries: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The entries with every form kept only once."""
    kept, known = [], set(course.state.forms)
    for kind, body in entries:
        if kind == FORM:
            if body["form"] in known:
                continue
            known.add(body["form"])
        kept.append((kind, body))
    return kept


def sheets_of(course: Course, plan: Plan) -> tuple[Sheet, ...]:
    """The sheets that the plan takes, station by station in the order of the rotation, spares last. A sheet that was
    printed keeps its code; one that was voided, or in whose place a trainee was given a spare, is not printed again.
    For every spare that was given away there is another."""
    state, settings = course.state, course.settings
    printed = {
        (i.sheet.station, i.sheet.trainee, i.sheet.copy): i.sheet
        for name, i in state.issued.items()
        if name not in state.voided
    }
    minutes = {s.id: course.library.scenario(s.scenario).minutes for s in settings.stations}
    starts = start_times(settings, plan, minutes)
    taken = {sheet.id for sheet in printed.values()}
    marked = [state.marked(spare) for spare in state.bound if spare in state.issued]
    with_spare = {(spare.station, spare.trainee) for spare in marked if not spare.voided}
    sheets = []
    for station, trainee, instructor, group, copy in _wanted(course, plan):
        if old := printed.get((station, trainee, copy)):
            sheets.append(old)
            continue
        what = ("sheet", str(state.generation), station, trainee, str(copy))
        gone = () if trainee else state.voided  # a spare that was spoiled is printed anew, with a code of its own
        ids = (i for i in (make_id(state.key, *what, str(n)) for n in range(99)) if short_id(i) not in taken)
        code_id = next(i for i in ids if short_id(i) not in gone)
        if trainee and (short_id(code_id) in state.voided or (copy == 1 and (station, trainee) in with_spare)):
            continue
        taken.add(short_id(code_id))
        sheets.append(Sheet(code_id, station, trainee, instructor, group, copy, starts.get((trainee, station), "")))
    return tuple(sheets)


def _wanted(course: Course, plan: Plan) -> Iterator[tuple[str, str, str, str, int]]:
    members = {group.id: group.members for group in plan.groups}
    for station in course.settings.stations:
        for visit in (v for v in plan.visits if v.station == station.id):
            for trainee in members[visit.group]:
                yield station.id, trainee, visit.instructor, visit.group, 1
                if second := plan.doubles.get((trainee, station.id)):
                    yield station.id, trainee, second, visit.group, 2
    state = course.state
    given = {*state.bound, *state.bound_apart} - set(state.voided)
    gone = Counter(state.issued[spare].sheet.station for spare in given if spare in state.issued)
    for station in course.settings.stations:
        for spare in range(1, course.settings.spare_sheets + gone[station.id] + 1):
            yield station.id, "", "", plan.groups[0].id, spare
