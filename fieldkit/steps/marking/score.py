"""Taking marks down. What is refused writes nothing; what is taken is on the disk before anything else happens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from fieldkit.course import NAMES_KEY, Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.local_forms import EASTERN_DIGITS as EASTERN_DIGITS
from fieldkit.model.marks import ENDED, NOTES, REMARKS, STARTED, Given, MarkedSheet
from fieldkit.model.scoresheet import RATING, RATINGS
from fieldkit.model.state import MARKS, State
from fieldkit.steps.marking.find_sheet import sheet_meant
from fieldkit.steps.marking.pages_read import SCANNED

TYPED = "typed"
MAX_TEXT = 2000
CLOCK = re.compile("([01]?[0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Marking:
    """Marks for one sheet, by one instructor. `marks` is by item id, `rating` and the notes included."""

    sheet: str
    instructor: str
    marks: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Taken:
    """What a marking came to: how many marks are new, how many correct an earlier one; the sheet as it now stands."""

    sheet: MarkedSheet
    new: int
    corrected: int


def give_marks(course: Course, marking: Marking, *, whole: bool = True, channel: str = TYPED) -> Taken:
    """Record the marks of one sheet. Refuses with every reason at once: unknown sheet, instructor, item or mark, a
    failed critical item without a reason, and (where `whole`) items left blank.

    Marks that stand already and are the same record nothing. A mark that this instructor typed before is corrected;
    one that somebody else gave, that was read from a picture, or that came in since `course` was last looked at stays,
    and the sheet waits for a person if the two differ.
    """
    return give_all(course, [marking], whole=whole, channel=channel)[0]


def give_all(course: Course, markings: list[Marking], *, whole: bool = True, channel: str = TYPED) -> list[Taken]:
    """Record several sheets in one piece, or none of them."""
    seen = course.state
    ready, counts = _ready(course, seen, markings, whole, channel)
    with course.alone():
        if course.state is not seen:  # somebody has written meanwhile: perhaps a sheet is void now
            ready, counts = _ready(course, seen, markings, whole, channel)
        if entries := [(MARKS, _sealed(course, body)) for body in ready if body["marks"]]:
            course.append(entries, markings[0].instructor)
    return [Taken(course.state.marked(name), new, corrected) for name, new, corrected in counts]


def _ready(
    course: Course, seen: State, markings: list[Marking], whole: bool, channel: str
) -> tuple[list[dict[str, Any]], list[tuple[str, int, int]]]:
    """The bodies of the entries, and for each sheet how many marks are new and how many correct one. Refuses all where
    anything is wrong with one."""
    wrong: list[str] = []
    ready: list[dict[str, Any]] = []
    counts, met = [], set[tuple[str, str]]()
    for marking in markings:
        try:
            name = sheet_meant(course, marking.sheet)
            sheet = course.state.marked(name)
        except BadInput as refusal:
            wrong.append(str(refusal))
            continue
        problems = list(_problems(course, sheet, marking, whole))
        if whole and (name, marking.instructor) in met:  # a part may follow another: a sheet has pages
            problems.append(_("{name} marks it twice here, and only one can be meant").format(name=marking.instructor))
        met.add((name, marking.instructor))
        if problems:
            wrong.append(_("Sheet {sheet}:").format(sheet=show_short(name)) + "\n  " + "\n  ".join(problems))
            continue
        body, new = _body(sheet, seen.given.get(name, {}), marking, channel)
        counts.append((name, new, sum(bool(v) for v in body["replaces"].values())))
        ready.append(body)
    if wrong:
        raise BadInput("\n".join(wrong), _("Nothing was written."))
    return ready, counts


def _problems(course: Course, sheet: MarkedSheet, marking: Marking, whole: bool) -> Iterator[str]:
    if sheet.voided:
        yield _("it was voided ({why}); marks go on the sheet that replaced it").format(why=sheet.voided)
    if not sheet.trainee:
        yield _("it is a spare sheet without a name; it must be given to a trainee first")
    if marking.instructor not in course.instructors:
        told = _('there is no instructor "{name}"; there are {known}')
        yield told.format(name=marking.instructor, known=", ".join(course.instructors))
    for name, mark in marking.marks.items():
        yield from mark_problems(sheet, name, mark)
    yield from reason_problems(sheet, marking)
    for name in unreasoned(sheet, marking):
        yield _('"{item}" is critical and failed: say why with --reason {item}="what was seen"').format(item=name)
    blank = [name for name in sheet.due if name not in marking.marks and not sheet.standing(name)]
    if whole and blank:
        told = _("not marked: {items}; a sheet is taken only when every item has its mark")
        yield told.format(items=", ".join(blank))


def mark_problems(sheet: MarkedSheet, name: str, mark: str) -> Iterator[str]:
    """What is wrong with a mark for an item (or note) of a sheet."""
    items = {item.id: item for item in sheet.items}
    if name in (STARTED, ENDED):
        if not CLOCK.fullmatch(mark):
            yield _('{item}: "{mark}" is no time of day; write it like 09:40').format(item=name, mark=mark)
    elif name in NOTES:
        yield from text_problems(name, mark)
    elif name == RATING:
        if mark not in RATINGS:
            told = _('the overall rating is {least} to {most}, not "{mark}"')
            yield told.format(least=RATINGS[0], most=RATINGS[-1], mark=mark)
    elif name not in items:
        yield _('there is no item "{item}" on this sheet; there are {known}').format(item=name, known=", ".join(items))
    elif items[name].scale.mark(mark) is None:
        scale = ", ".join(m.id for m in items[name].scale.marks)
        yield _('{item}: "{mark}" is not on its scale ({scale})').format(item=name, mark=mark, scale=scale)


def reason_problems(sheet: MarkedSheet, marking: Marking) -> Iterator[str]:
    """What is wrong with the reasons of a marking, and with what is said of why it is given."""
    items = {item.id for item in sheet.items}
    for name, reason in marking.reasons.items():
        if name not in items:
            yield _('reason for "{item}": there is no such item on this sheet').format(item=name)
        elif name not in marking.marks:
            yield _('reason for "{item}": give the mark that it is for as well').format(item=name)
        yield from text_problems(_('the reason for "{item}"').format(item=name), reason)
    yield from text_problems("--why", marking.why)


def text_problems(name: str, text: str) -> Iterator[str]:
    """What is wrong with a text that somebody wrote, which is called `name`."""
    if len(text) > MAX_TEXT:
        yield _("{item} is longer than {most} characters").format(item=name, most=MAX_TEXT)
    if bad := next((c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"), ""):
        yield _("{item} holds a character that cannot be printed ({letter})").format(
            item=name, letter=f"U+{ord(bad):04X}"
        )


def unreasoned(sheet: MarkedSheet, marking: Marking) -> list[str]:
    """Critical items that the marking fails without saying why (and no reason stands from before)."""
    missing = []
    for item in sheet.items:
        mark = item.scale.mark(marking.marks.get(item.id, ""))
        kept = sheet.mark(item.id) == (mark.id if mark else None) and sheet.reason(item.id)
        if mark and item.fails_with(mark) and not marking.reasons.get(item.id, "").strip() and not kept:
            missing.append(item.id)
    return missing


def _body(
    sheet: MarkedSheet, seen: Mapping[str, tuple[Given, ...]], marking: Marking, channel: str
) -> tuple[dict[str, Any], int]:
    """The body of the entry: only what is not said already, and which earlier values it corrects. Nobody corrects what
    he has not `seen`, and a picture corrects nothing."""
    marks, replaces, new = {}, {}, 0
    for name, mark in marking.marks.items():
        own = [g for g in sheet.standing(name) if g.instructor == marking.instructor and g.channel == channel]
        reason = marking.reasons.get(name, "")
        same = [g for g in own if g.mark == mark and reason in ("", g.reason)]
        if same and (len(own) == 1 or channel == SCANNED):
            continue
        marks[name] = mark
        known = {g.entry for g in seen.get(name, ())} if channel != SCANNED else set()
        if corrected := [g.entry for g in own if g.entry in known]:
            replaces[name] = corrected
        else:
            new += 1
    body = {
        "sheet": sheet.sheet,
        "instructor": marking.instructor,
        "channel": channel,
        "marks": marks,
        "reasons": {name: text.strip() for name, text in marking.reasons.items() if name in marks},
        "why": marking.why,
        "replaces": replaces,
    }
    return body, new


def _sealed(course: Course, body: dict[str, Any]) -> dict[str, Any]:
    """The body with its remarks sealed, where the names of the course are protected."""
    if REMARKS not in body["marks"] or not course.protected:
        return body
    from fieldkit.record.sealed import seal

    public = course.path(NAMES_KEY).read_text(encoding="ascii").strip()
    return {**body, "marks": {**body["marks"], REMARKS: seal(body["marks"][REMARKS], public)}}


def suspicious(course: Course, sheet: MarkedSheet) -> list[str]:
    """What a person should look at, though it is a legal mark: finds marked against what the exercise has planted."""
    from fieldkit.model.find_items import fits, label_of  # knows every paper: too much for taking one mark down

    group = course.state.issued[sheet.sheet].sheet.group
    if (plan := course.state.plan) and (own := plan.group_of(sheet.trainee)):
        group = own.id
    drawn = course.state.exercises.get((sheet.station, group))
    if drawn is None:
        return []
    notes = []
    for item in sheet.items:
        label, mark = label_of(item.id), sheet.mark(item.id)
        if label is None or mark is None or fits(mark, label in drawn.labels):
            continue
        if label in drawn.labels:
            notes.append(_("finding {label} is marked {mark}, but the exercise has it").format(label=label, mark=mark))
        else:
            told = _("finding {label} is marked {mark}, but the exercise of {group} has no {label}")
            notes.append(told.format(label=label, mark=mark, group=group))
    return notes


def read_mark(item: str, mark: str) -> str:
    """A mark as typed, with Persian and Arabic digits read as 0 to 9 where a number is meant."""
    return mark if item == REMARKS else mark.translate(EASTERN_DIGITS)
