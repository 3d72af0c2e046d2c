"""What was read from pictures, as the record keeps it, and what of it waits for a person.

A page that was read is an entry `page-read`: {file, digest, page, sheet, sheet_page, picture, marks, waits}. `marks`
are the items that were read surely, whether they could be recorded or not; `waits` are the others, each with what a
person should look at. `reading-settled` {sheet, item, reads} ends the waiting of an item for the pages whose entries
have these hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.course import Course
from fieldkit.model.marks import MarkedSheet
from fieldkit.steps.score import TYPED, Marking, give_all, give_marks

PAGE_READ, READING_SETTLED = "page-read", "reading-settled"
SCANNED = "scanned"
SCANS = "scans"
NEEDS_REASON = "critical and failed: type in the reason that is written on the sheet"
NO_TRAINEE = "a spare sheet: say whose it is with `fieldkit bind`"
NO_INSTRUCTOR = "no instructor of the roster is named who marked it: say who with --by"
VOID = "the sheet was voided"


@dataclass(frozen=True)
class PageRead:
    """One page of a sheet as one picture shows it; `picture` is the straightened page in the course's folder, `entry`
    the hash of its entry ("" before it has one)."""

    file: str
    digest: str
    page: int
    sheet: str
    sheet_page: int
    picture: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    waits: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    entry: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """The body of its entry."""
        names = ("file", "digest", "page", "sheet", "sheet_page", "picture")
        return {name: getattr(self, name) for name in names} | {"marks": dict(self.marks), "waits": dict(self.waits)}


def pages_read(course: Course) -> list[PageRead]:
    """Every page that was read, in the order in which they were."""
    entries = sorted((e for e in course.record.entries if e.kind == PAGE_READ), key=lambda e: (e.at, e.device, e.seq))
    return [PageRead(**e.body, at=e.at, entry=e.hash) for e in entries]


def instructor_of(course: Course, sheet: MarkedSheet, by: str = "") -> str:
    """Who marked a sheet: the one printed on it; on a spare, the one planned for its trainee; else `by`."""
    if sheet.instructor or not sheet.trainee:
        return sheet.instructor or by
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


def waiting_readings(course: Course) -> list[dict[str, Any]]:
    """Every item that was seen in a picture and is not recorded yet, with why, and where its crop lies.

    An item no longer waits when it has a mark, unless the mark is another than the one that was read.
    """
    settled = {
        (e.body["item"], read) for e in course.record.entries if e.kind == READING_SETTLED for read in e.body["reads"]
    }
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for page in pages_read(course):
        if page.sheet not in course.state.issued:
            continue
        sheet = course.state.marked(page.sheet)
        for item, why, mark in _waiting(sheet, page) if not sheet.voided else ():
            if (item, page.entry) in settled:
                continue
            one = found.setdefault((page.sheet, item), _shown(sheet, page, item, why, mark))
            one["reads"].append(page.entry)
    return list(found.values())


def _waiting(sheet: MarkedSheet, page: PageRead) -> Iterable[tuple[str, str, str | None]]:
    """Items of a page that wait: (item, why, the mark that was read surely)."""
    for item, why in page.waits.items():
        if not sheet.standing(item):
            yield item, why, None
    for item, mark in page.marks.items():
        standing = {value.mark for value in sheet.standing(item)}
        if not standing and (why := withheld(sheet, item, mark)):
            yield item, why, mark
        elif standing and mark not in standing and not _given_as_read(sheet, item, mark):
            yield item, f"the sheet says {mark}, the record {', '.join(sorted(standing))}", mark


def _given_as_read(sheet: MarkedSheet, item: str, mark: str) -> bool:
    """Whether the reading is in the record, standing or corrected: then the record itself shows a difference."""
    return any(value.channel == SCANNED and value.mark == mark for value in sheet.given.get(item, ()))


def _shown(sheet: MarkedSheet, page: PageRead, item: str, why: str, mark: str | None) -> dict[str, Any]:
    act = next((act for act in sheet.items if act.id == item), None)
    return {
        "sheet": sheet.sheet,
        "trainee": sheet.trainee,
        "station": sheet.station,
        "item": item,
        "text": act.text["en"] if act else "Overall rating",
        "why": why,
        "mark": mark,
        "crop": crop_path(page.picture, item) if page.picture else "",
        "picture": page.picture,
        "reads": [],
    }


def crop_path(picture: str, item: str) -> str:
    """Where the crop of an item's row lies, beside the straightened page `picture`."""
    return f"{picture.removesuffix('.jpg')}/{item}.png"


def settle_reading(course: Course, sheet: str, item: str, mark: str, by: str, reason: str = "") -> None:
    """Record what a person saw in the crop of an item that waited. Refuses as `give_marks` does."""
    waiting = [one for one in waiting_readings(course) if (one["sheet"], one["item"]) == (sheet, item)]
    marking = Marking(sheet, by, {item: mark}, {item: reason} if reason else {}, "settled from the picture")
    give_marks(course, marking, whole=False, channel=TYPED)
    reads = [read for one in waiting for read in one["reads"]]
    if reads:
        course.append([(READING_SETTLED, {"sheet": sheet, "item": item, "reads": reads})], by)


def record_held_back(course: Course, by: str = "") -> int:
    """Record what could not be before: sure marks of sheets that have been given to a trainee since. Returns how many
    sheets that were."""
    markings = []
    for page in pages_read(course):
        if page.sheet not in course.state.issued:
            continue
        sheet = course.state.marked(page.sheet)
        who = instructor_of(course, sheet, by)
        ready = {i: m for i, m in page.marks.items() if not sheet.standing(i) and not withheld(sheet, i, m)}
        if ready and who in course.instructors:
            markings.append(Marking(page.sheet, who, ready))
    if markings:
        give_all(course, markings, whole=False, channel=SCANNED)
    return len({marking.sheet for marking in markings})
