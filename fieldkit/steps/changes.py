"""Changing what was said: corrections, settled differences, void sheets, spares given to a trainee.

Nothing here overwrites anything. Each change is an entry of its own that names what it replaces, by whom, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import BOUND, MARKS, SETTLED, VOIDED
from fieldkit.steps.find_sheet import find_sheet
from fieldkit.steps.score import TYPED, Marking, mark_problems, unreasoned

AGREED = "agreed"


def correct(
    course: Course, typed: str, marks: Mapping[str, str], by: str, why: str, reasons: Mapping[str, str]
) -> MarkedSheet:
    """Put other marks in place of those that stand, with a reason. Refuses an item that has no mark to correct."""
    sheet = course.state.marked(find_sheet(course.state, typed))
    marking = Marking(sheet.sheet, by, marks, reasons, why)
    wrong = _wrong(course, sheet, marking)
    wrong += [f'"{item}" has no mark yet; give it with `fieldkit score`' for item in marks if not sheet.standing(item)]
    _replace(course, sheet, marking, MARKS, TYPED, wrong)
    return course.state.marked(sheet.sheet)


def settle(
    course: Course, typed: str, marks: Mapping[str, str], by: str, why: str, reasons: Mapping[str, str]
) -> MarkedSheet:
    """Settle items that were marked differently. The agreed mark names those it settles; they stay in the record."""
    sheet = course.state.marked(find_sheet(course.state, typed))
    marking = Marking(sheet.sheet, by, marks, {**_kept_reasons(sheet, marks), **reasons}, why)
    wrong = _wrong(course, sheet, marking)
    wrong += [f'"{item}" is not in dispute' for item in marks if item not in sheet.differing]
    _replace(course, sheet, marking, SETTLED, AGREED, wrong)
    return course.state.marked(sheet.sheet)


def _kept_reasons(sheet: MarkedSheet, marks: Mapping[str, str]) -> dict[str, str]:
    """The reasons that came with the marks which are chosen."""
    return {
        item: value.reason
        for item, mark in marks.items()
        for value in sheet.standing(item)
        if value.mark == mark and value.reason
    }


def _wrong(course: Course, sheet: MarkedSheet, marking: Marking) -> list[str]:
    wrong = [] if marking.instructor in course.instructors else [f'there is no instructor "{marking.instructor}"']
    if not marking.why.strip():
        wrong.append("say why, with --why")
    if not marking.marks:
        wrong.append("say which item gets which mark")
    wrong += [p for name, mark in marking.marks.items() for p in mark_problems(sheet, name, mark)]
    wrong += [
        f'"{item}" is critical and failed: say why with --reason {item}="…"' for item in unreasoned(sheet, marking)
    ]
    return wrong


def _replace(course: Course, sheet: MarkedSheet, marking: Marking, kind: str, channel: str, wrong: list[str]) -> None:
    if wrong:
        raise BadInput(f"Sheet {show_short(sheet.sheet)}:\n  " + "\n  ".join(wrong), "Nothing was written.")
    body = {
        "sheet": sheet.sheet,
        "instructor": marking.instructor,
        "channel": channel,
        "marks": dict(marking.marks),
        "reasons": {item: text for item, text in marking.reasons.items() if item in marking.marks},
        "why": marking.why,
        "replaces": {item: [value.entry for value in sheet.standing(item)] for item in marking.marks},
    }
    course.append([(kind, body)], marking.instructor)


def void(course: Course, typed: str, by: str, why: str) -> MarkedSheet:
    """Void a sheet: it counts no more, and keeps everything that was marked on it."""
    name = find_sheet(course.state, typed)
    if by not in course.instructors:
        raise BadInput(f'There is no instructor "{by}".', f"There are: {', '.join(course.instructors)}")
    if not why.strip():
        raise BadInput("A sheet is voided with a reason.", 'Add --why "…".')
    if name in course.state.voided:
        raise BadInput(f"Sheet {show_short(name)} is void already ({course.state.voided[name]}).")
    course.append([(VOIDED, {"sheet": name, "why": why.strip()})], by)
    return course.state.marked(name)


def bind(course: Course, typed: str, trainee: str, by: str, why: str = "") -> tuple[MarkedSheet, list[str]]:
    """Give a spare sheet to a trainee. Returns the sheet and what followed from it.

    The trainee's own sheet of that station, if nothing is marked on it, becomes void: the spare stands in its place.
    If it is marked, the spare is a retake, as far as the course allows one; the last attempt counts.
    """
    state = course.state
    name = find_sheet(state, typed)
    sheet = state.marked(name)
    if trainee not in course.trainees:
        raise BadInput(f'There is no trainee "{trainee}" in the roster.', "Add the trainee to the roster first.")
    if by not in course.instructors:
        raise BadInput(f'There is no instructor "{by}".', f"There are: {', '.join(course.instructors)}")
    if sheet.trainee or sheet.voided:
        whose = f"belongs to {sheet.trainee}" if sheet.trainee else "is void"
        raise BadInput(f"Sheet {show_short(name)} is no spare: it {whose}.", "Take another spare sheet.")
    others = [s for s in state.all_marked() if (s.trainee, s.station) == (trainee, sheet.station) and not s.voided]
    marked = [s for s in others if s.status != "issued"]
    attempt = 1 + max((s.attempt for s in marked), default=0)
    if attempt > 1 + course.settings.policy.retakes:
        raise BadInput(
            f"{trainee} has taken station {sheet.station} {attempt - 1} times; "
            f"the course allows {course.settings.policy.retakes} retakes.",
            "Void a sheet that should not count, or raise `retakes` in course.yaml.",
        )
    said = f"replaced by spare {name}"
    entries: list[tuple[str, dict[str, Any]]] = [
        (VOIDED, {"sheet": s.sheet, "why": said}) for s in others if s.status == "issued"
    ]
    entries.append((BOUND, {"sheet": name, "trainee": trainee, "attempt": attempt, "why": why}))
    course.append(entries, by)
    notes = [f"Sheet {show_short(s.sheet)} is void now: {said}." for s in others if s.status == "issued"]
    if attempt > 1:
        notes.append(f"This is attempt {attempt}; the last attempt counts.")
    return course.state.marked(name), notes


def waiting(course: Course) -> list[dict[str, Any]]:
    """Every item whose standing marks differ, with all of them, as plain data."""
    found = []
    for sheet in course.state.all_marked():
        texts = {item.id: item.text["en"] for item in sheet.items}
        for item in sheet.differing if not sheet.voided else ():
            values = [
                {"mark": v.mark, "instructor": v.instructor, "channel": v.channel, "at": v.at, "reason": v.reason}
                for v in sheet.standing(item)
            ]
            place = {"sheet": sheet.sheet, "trainee": sheet.trainee, "station": sheet.station}
            found.append({**place, "item": item, "text": texts.get(item, "Overall rating"), "values": values})
    return found
