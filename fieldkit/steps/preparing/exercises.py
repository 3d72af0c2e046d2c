"""The exercises of a course, drawn again from what the record says of them."""

from __future__ import annotations

import hashlib
import json
from gettext import gettext as _

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.generator.draw import draw_exercise, exercise_json
from fieldkit.model.exercise import Exercise


def digest(exercise: Exercise) -> str:
    """A short digest of all that an exercise says, to notice when its scenario has changed since it was drawn."""
    decoys = [[decoy.code, decoy.point, decoy.tagged] for decoy in exercise.decoys]
    text = json.dumps(exercise_json(exercise) | {"decoys": decoys}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def exercise_at(course: Course, station: str, group: str) -> Exercise:
    """The exercise of a group at a station, drawn again from the record. Refuses one that was never drawn, and one
    whose scenario has changed."""
    drawn = course.state.exercises.get((station, group))
    if drawn is None:
        known = sorted({f"{s} {g}" for s, g in course.state.exercises})
        raise BadInput(
            _("Nothing was drawn for group {group} at station {station}.").format(group=group, station=station),
            _("There are: {known}").format(known=", ".join(known)) if known else _("Draw first: fieldkit draw"),
        )
    scenario = course.library.scenario(drawn.scenario)
    exercise = draw_exercise(scenario, course.library, drawn.seed, clean=drawn.clean, day=drawn.day)
    if scenario.version != drawn.version or digest(exercise) != drawn.digest:
        told = _(
            'The scenario "{name}" has changed since it was drawn for group {group} at station {station} '
            "(then version {then}, now {now})."
        )
        if scenario.version == drawn.version:
            told = _(
                'The scenario "{name}" (version {now}) gives another exercise than it gave for group {group} at '
                "station {station}: its file or fieldkit itself has changed since."
            )
        raise BadInput(
            told.format(name=drawn.scenario, group=group, station=station, then=drawn.version, now=scenario.version),
            _("Put the old file back, or draw everything anew with `fieldkit draw --afresh`."),
        )
    return exercise
