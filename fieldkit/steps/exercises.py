"""The exercises of a course, drawn again from what the record says of them."""

from __future__ import annotations

import hashlib
import json

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.generator.draw import draw_exercise, exercise_json
from fieldkit.model.exercise import Exercise


def digest(exercise: Exercise) -> str:
    """A short digest of all that an exercise says, to notice when its scenario has changed since it was drawn."""
    text = json.dumps(exercise_json(exercise), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def exercise_at(course: Course, station: str, group: str) -> Exercise:
    """The exercise of a group at a station, drawn again from the record. Refuses one whose scenario has changed."""
    drawn = course.state.exercises[station, group]
    scenario = course.library.scenario(drawn.scenario)
    exercise = draw_exercise(scenario, course.library, drawn.seed, clean=drawn.clean, day=drawn.day)
    if scenario.version != drawn.version or digest(exercise) != drawn.digest:
        raise BadInput(
            f'The scenario "{drawn.scenario}" has changed since it was drawn for group {group} at station {station} '
            f"(then version {drawn.version}, now {scenario.version}).",
            "Put the old file back, or draw everything anew with `fieldkit draw --afresh`.",
        )
    return exercise
