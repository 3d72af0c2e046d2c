"""What was read from pictures and waits for a person, and recording it once it need not wait any longer."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.model.marks import MarkedSheet
from fieldkit.scan.bins import ANOTHER_PICTURE_HELPS, N_, NONE
from fieldkit.steps.marking.changes import settle
from fieldkit.steps.marking.pages_read import SCANNED, PageRead, crop_path, pages_read, settled_readings, settlement
from fieldkit.steps.marking.score import TYPED, Marking, give_all, give_marks
from fieldkit.steps.scanning.spares import whole_sheets
from fieldkit.steps.scanning.voided import void_sheets

NEEDS_REASON = N_("critical and failed: type in the reason that is written on the sheet")
NO_TRAINEE = N_("a spare sheet that is nobody's yet")
NO_INSTRUCTOR = N_("no instructor of the roster is named who marked it: say who with --by")
VOID = N_("the sheet was voided")
HELD_BACK = N_("read from its picture before it was known whose the sheet is, and not recorded yet")
SETTLED_FROM = "settled from the picture"


def instructor_of(course: Course, sheet: MarkedSheet, by: str = "") -> str:
    """Who marked a sheet: the one printed on it, where the roster has him; else `by`; else, on a spare, the one planned
    for its trainee."""
    if sheet.instructor in course.instructors:
        return sheet.instructor
    plan = course.state.plan
    group = plan.group_of(sheet.trainee) if plan else None
    visits = plan.visits if plan and group else ()
    return by or next((v.instructor for v in visits if group and (v.station, v.group) == (sheet.station, group.id)), "")


def withheld(sheet: MarkedSheet, item: str, mark: str) -> str:
    """Why a mark that was read surely cannot be recorded yet; empty where it can."""
    if sheet.voided:
        return VOID
    if not sheet.trainee:
        return NO_TRAINEE
    acts = {act.id: act for act in sheet.items}
    chosen = acts[item].scale.mark(mark) if item in acts else None
    failed = chosen is not None and acts[item].fails_with(chosen)
    return NEEDS_REASON if failed and not (sheet.mark(item) == mark and sheet.reason(item)) else ""


def contradicts(sheet: MarkedSheet, item: str, why: str) -> bool:
    """Whether a row without a sure mark speaks against the marks that stand: the paper itself shows none or several,
    and nothing but pictures has said otherwise."""
    return why not in ANOTHER_PICTURE_HELPS and all(value.channel == SCANNED for value in sheet.standing(item))


def not_filled(page: PageRead) -> bool:
    """Whether a picture shows a sheet with nothing on it yet."""
    return not page.marks and set(page.waits.values()) == {NONE}


def waiting_readings(course: Course, lang: str = "") -> list[dict[str, Any]]:
    """Every item that was seen in a picture and is not recorded yet, with why, and where its crop lies; of a sheet that
    waits as a whole only that. Items and marks are told in `lang`, else in the course's first language.

    An item no longer waits when it has a mark, unless the mark is another than the one that was read.
    """
    settled, state, lang = settled_readings(course), course.state, lang or course.settings.languages[0]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for page in pages_read(course):
        if page.sheet not in state.issued:
            continue
        sheet = state.marked(page.sheet)
        if sheet.voided or not sheet.trainee:
            continue
        who = instructor_of(course, sheet)
        waiting = _waiting(sheet, page, lang, "" if who in course.instructors else NO_INSTRUCTOR)
        for item, why, mark in sorted(waiting, key=lambda one: sheet.due.index(one[0])):
            if (item, page.entry) not in settled:
                one = found.setdefault((page.sheet, item), _shown(sheet, page, lang, item, why, mark))
                one["reads"].append(page.entry)
    return [*whole_sheets(course), *void_sheets(course), *found.values()]


def _waiting(sheet: MarkedSheet, page: PageRead, lang: str, nobody: str) -> Iterable[tuple[str, str, str | None]]:
    """Items of a page that wait: (item, why, the mark that was read surely). `nobody` is why none can be recorded."""
    for item, why in page.waits.items():
        if not sheet.standing(item):
            yield item, why, None
        elif not not_filled(page) and contradicts(sheet, item, why):
            others = ", ".join(sorted({_words(sheet, item, value.mark, lang) for value in sheet.standing(item)}))
            yield item, _("{why}, and another picture shows {mark}").format(why=_(why), mark=others), None
    for item, mark in page.marks.items():
        standing = {value.mark for value in sheet.standing(item)}
        if not standing:
            yield item, withheld(sheet, item, mark) or nobody or HELD_BACK, mark
        elif standing and mark not in standing and not _given_as_read(sheet, item, mark):
            says = _("the sheet says {mark}, the record {others}")
            others = ", ".join(_words(sheet, item, other, lang) for other in sorted(standing))
            yield item, says.format(mark=_words(sheet, item, mark, lang), others=others), mark


def _words(sheet: MarkedSheet, item: str, mark: str, lang: str) -> str:
    """A mark as it is printed above its box."""
    act = sheet.act(item)
    chosen = act.scale.mark(mark) if act else None
    return (chosen.label[lang] if chosen else "") or mark


def _given_as_read(sheet: MarkedSheet, item: str, mark: str) -> bool:
    """Whether the reading is in the record, standing or corrected: then the record itself shows a difference."""
    return any(value.channel == SCANNED and value.mark == mark for value in sheet.given.get(item, ()))


def _shown(sheet: MarkedSheet, page: PageRead, lang: str, item: str, why: str, mark: str | None) -> dict[str, Any]:
    act = sheet.act(item)
    return {
        "sheet": sheet.sheet,
        "trainee": sheet.trainee,
        "station": sheet.station,
        "item": item,
        "text": act.text[lang] if act else _("Overall rating"),
        "why": _(why),
        "mark": mark,
        "crop": crop_path(page.picture, item) if page.picture else "",
        "picture": page.picture,
        "reads": [],
    }


def settle_reading(course: Course, sheet: str, item: str, mark: str, by: str, reason: str = "", why: str = "") -> None:
    """Record what a person saw in the crop of an item that waited; where marks stand that the picture contradicts, it
    is the agreed mark. Refuses as `give_marks` does."""
    waiting = [one for one in waiting_readings(course) if (one["sheet"], one["item"]) == (sheet, item)]
    marks, reasons = {item: mark}, {item: reason} if reason else {}
    if course.state.marked(sheet).standing(item):
        settle(course, sheet, marks, by, why or SETTLED_FROM, reasons, disputed=marks)
    else:
        give_marks(course, Marking(sheet, by, marks, reasons, why or SETTLED_FROM), whole=False, channel=TYPED)
    reads = [read for one in waiting for read in one["reads"]]
    if reads:
        course.append([settlement(sheet, item, reads)], by)


def record_held_back(course: Course, by: str = "") -> int:
    """Record what could not be before: sure marks of sheets that have been given to a trainee since. Returns how many
    sheets that were."""
    if not _held_back(course, by):  # seldom is there anything: then nobody need wait
        return 0
    with course.alone():
        if markings := _held_back(course, by):
            give_all(course, markings, whole=False, channel=SCANNED)
    return len({marking.sheet for marking in markings})


def _held_back(course: Course, by: str) -> list[Marking]:
    markings = []
    for page in pages_read(course):
        if page.sheet not in course.state.issued:
            continue
        sheet = course.state.marked(page.sheet)
        who = instructor_of(course, sheet, by)
        ready = {i: m for i, m in page.marks.items() if not sheet.standing(i) and not withheld(sheet, i, m)}
        if ready and who in course.instructors:
            markings.append(Marking(page.sheet, who, ready))
    return markings
