"""Changing what was said: corrections, settled differences, void sheets, spares given to a trainee.

Nothing here overwrites anything. Each change is an entry of its own that names what it replaces, by whom, and why.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import BOUND, MARKS, SETTLED, VOIDED
from fieldkit.steps.marking.find_sheet import sheet_meant
from fieldkit.steps.marking.pages_read import PAGE_READ
from fieldkit.steps.marking.score import TYPED, Marking, mark_problems, reason_problems, text_problems, unreasoned

AGREED = "agreed"


def correct(
    course: Course, typed: str, marks: Mapping[str, str], by: str, why: str, reasons: Mapping[str, str]
) -> MarkedSheet:
    """Put other marks in place of those that stand, with a reason. Refuses an item that has no mark to correct."""
    sheet = course.state.marked(sheet_meant(course, typed))
    marking = Marking(sheet.sheet, by, marks, reasons, why)
    wrong = _wrong(course, sheet, marking)
    no_mark = _('"{item}" has no mark yet; give it with `fieldkit score`')
    wrong += [no_mark.format(item=item) for item in marks if not sheet.standing(item)]
    _replace(course, sheet, marking, MARKS, TYPED, wrong)
    return course.state.marked(sheet.sheet)


def settle(
    course: Course,
    typed: str,
    marks: Mapping[str, str],
    by: str,
    why: str,
    reasons: Mapping[str, str],
    disputed: Container[str] = (),
) -> MarkedSheet:
    """Settle items that were marked differently, or that are `disputed` otherwise. The agreed mark names those it
    settles; they stay in the record."""
    sheet = course.state.marked(sheet_meant(course, typed))
    marking = Marking(sheet.sheet, by, marks, {**_kept_reasons(sheet, marks), **reasons}, why)
    wrong = _wrong(course, sheet, marking)
    settled = [item for item in marks if item not in sheet.differing and item not in disputed]
    wrong += [_('"{item}" is not in dispute').format(item=item) for item in settled]
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
    nobody = _('there is no instructor "{by}"').format(by=marking.instructor)
    wrong = [] if marking.instructor in course.instructors else [nobody]
    if not marking.why.strip():
        wrong.append(_("say why, with --why"))
    if not marking.marks:
        wrong.append(_("say which item gets which mark"))
    wrong += [p for name, mark in marking.marks.items() for p in mark_problems(sheet, name, mark)]
    wrong += reason_problems(sheet, marking)
    failed = _('"{item}" is critical and failed: say why with --reason {item}="…"')
    wrong += [failed.format(item=item) for item in unreasoned(sheet, marking)]
    return wrong


def _replace(course: Course, sheet: MarkedSheet, marking: Marking, kind: str, channel: str, wrong: list[str]) -> None:
    if wrong:
        told = _("Sheet {sheet}:").format(sheet=show_short(sheet.sheet))
        raise BadInput("\n  ".join([told, *wrong]), _("Nothing was written."))
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
    seen = marked_in(course)
    name = sheet_meant(course, typed)
    refuse_stranger(course, by)
    if not why.strip():
        raise BadInput(_("A sheet is voided with a reason."), _('Add --why "…".'))
    if wrong := list(text_problems("--why", why)):
        raise BadInput("\n".join(wrong), _("Nothing was written."))
    with course.alone():
        if name in course.state.voided:
            told = _("Sheet {sheet} is void already ({why}).")
            raise BadInput(told.format(sheet=show_short(name), why=course.state.voided[name]))
        course.append([(VOIDED, {"sheet": name, "why": why.strip(), "seen": seen.get(name, [])})], by)
    return course.state.marked(name)


def marked_in(course: Course) -> dict[str, list[str]]:
    """The entries that say how each sheet is marked: what whoever voids it knows of. Marks that he did not know of wait
    for a person, be they from another laptop or from the same moment."""
    found: dict[str, list[str]] = {}
    for entry in course.record.entries:
        if entry.kind in (MARKS, SETTLED, PAGE_READ) and entry.body["marks"]:
            found.setdefault(entry.body["sheet"], []).append(entry.hash)
    return found


def bind(course: Course, typed: str, trainee: str, by: str, why: str = "") -> tuple[MarkedSheet, list[str]]:
    """Give a spare sheet to a trainee. Returns the sheet and what followed from it.

    The trainee's own sheet of that station, if nothing is marked on it, becomes void: the spare stands in its place.
    If it is marked, the spare is a retake, as far as the course allows one; the last attempt counts.
    """
    with course.alone():
        return _bind(course, typed, trainee, by, why)


def _bind(course: Course, typed: str, trainee: str, by: str, why: str) -> tuple[MarkedSheet, list[str]]:
    name = sheet_meant(course, typed)
    sheet = course.state.marked(name)
    if trainee not in course.trainees:
        nobody = _('There is no trainee "{trainee}" in the roster.').format(trainee=trainee)
        raise BadInput(nobody, _("Add the trainee to the roster first."))
    refuse_stranger(course, by)
    if sheet.trainee or sheet.voided:
        whose = _("Sheet {sheet} is no spare: it belongs to {trainee}.")
        told = whose if sheet.trainee else _("Sheet {sheet} is no spare: it is void.")
        raise BadInput(told.format(sheet=show_short(name), trainee=sheet.trainee), _("Take another spare sheet."))
    notes = give_spare(course, sheet, trainee, by, why)
    return course.state.marked(name), notes


def refuse_stranger(course: Course, by: str) -> None:
    """Refuses whoever is no instructor of the course."""
    if by not in course.instructors:
        there = _("There are: {names}").format(names=", ".join(course.instructors))
        raise BadInput(_('There is no instructor "{by}".').format(by=by), there)


def give_spare(
    course: Course, spare: MarkedSheet, trainee: str, by: str, why: str, also: Sequence[tuple[str, dict[str, Any]]] = ()
) -> list[str]:
    """Record whose a spare sheet is, and void what it replaces, with other entries in one piece; returns what followed.

    Refuses a retake too many. To be called with the `course` alone.
    """
    place = trainee, spare.station
    others = [s for s in course.state.all_marked() if (s.trainee, s.station) == place and not s.voided]
    empty = [s for s in others if s.status == "issued"]
    attempt = 1 + max((s.attempt for s in others if s not in empty), default=0)
    check_retakes(course, trainee, spare.station, attempt)
    said = f"replaced by spare {spare.sheet}"
    entries: list[tuple[str, dict[str, Any]]] = [
        (VOIDED, {"sheet": s.sheet, "why": said, "spare": spare.sheet}) for s in empty
    ]
    entries += [
        counts_again(course, sheet)
        for sheet, by_spare in replaced_by_spares(course).items()
        if by_spare == spare.sheet and course.state.marked(sheet).trainee != trainee
    ]
    course.append([*entries, bound(course, spare.sheet, trainee, attempt, why), *also], by)
    void = _("Sheet {sheet} is void now: the spare {spare} stands in its place.")
    notes = [void.format(sheet=show_short(s.sheet), spare=show_short(spare.sheet)) for s in empty]
    if attempt > 1:
        notes.append(_("This is attempt {attempt}; the last attempt counts.").format(attempt=attempt))
    return notes


def bound(course: Course, sheet: str, trainee: str, attempt: int, why: str) -> tuple[str, dict[str, Any]]:
    """The entry that gives a spare to a trainee, in place of whatever was said of it before."""
    before = [e.hash for e in course.record.entries if e.kind == BOUND and e.body["sheet"] == sheet]
    return BOUND, {"sheet": sheet, "trainee": trainee, "attempt": attempt, "why": why, "replaces": before}


def replaced_by_spares(course: Course) -> dict[str, str]:
    """The sheets that are void because a spare took their place, each with that spare."""
    said = {e.body["sheet"]: e.body["spare"] for e in course.record.entries if "spare" in e.body}
    return {sheet: spare for sheet, spare in said.items() if sheet in course.state.voided}


def counts_again(course: Course, sheet: str) -> tuple[str, dict[str, Any]]:
    """The entry by which a void sheet counts again."""
    voids = [e.hash for e in course.record.entries if e.kind == VOIDED and e.body["sheet"] == sheet]
    return VOIDED, {"sheet": sheet, "why": "", "replaces": voids}


def check_retakes(course: Course, trainee: str, station: str, attempt: int) -> None:
    """Refuses an attempt that the course does not allow."""
    retakes = course.settings.policy.retakes
    if attempt > 1 + retakes:
        told = _("{trainee} has taken station {station} {times} times; the course allows {retakes} retakes.")
        raise BadInput(
            told.format(trainee=trainee, station=station, times=attempt - 1, retakes=retakes),
            _("Void a sheet that should not count, or raise `retakes` in course.yaml."),
        )


def waiting(course: Course, lang: str = "") -> list[dict[str, Any]]:
    """Every item whose standing marks differ, with all of them, as plain data; items are told in `lang`, else in the
    course's first language."""
    found, lang = [], lang or course.settings.languages[0]
    for sheet in course.state.all_marked():
        texts = {item.id: item.text[lang] for item in sheet.items}
        for item in sheet.differing if not sheet.voided else ():
            values = [
                {"mark": v.mark, "instructor": v.instructor, "channel": v.channel, "at": v.at, "reason": v.reason}
                for v in sheet.standing(item)
            ]
            place = {"sheet": sheet.sheet, "trainee": sheet.trainee, "station": sheet.station}
            found.append({**place, "item": item, "text": texts.get(item, _("Overall rating")), "values": values})
    return found
