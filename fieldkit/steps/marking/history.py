"""What was said about a sheet or a trainee, when, by whom, through which channel: all of it, in order."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.entry import Entry
from fieldkit.model.marks import NOTES
from fieldkit.model.order import in_time
from fieldkit.model.state import BOUND, ISSUED, MARKS, SETTLED, VOIDED
from fieldkit.steps.marking.find_sheet import sheet_meant
from fieldkit.steps.marking.pages_read import PAGE_READ, READING_SETTLED, SCANNED


@dataclass(frozen=True)
class Event:
    """One thing that happened to a sheet. `old` is what stood before, for an item that was marked again."""

    at: str
    device: str
    by: str
    sheet: str
    what: str
    item: str = ""
    old: str = ""
    new: str = ""
    channel: str = ""
    why: str = ""


def history(course: Course, name: str) -> list[Event]:
    """The events of a sheet (by id or code) or of all sheets of a trainee (by number), as the record has them."""
    if name in course.trainees:
        wanted = {s.sheet for s in course.state.all_marked() if s.trainee == name}
        if not wanted:
            raise BadInput(_("No sheet was issued to {name} yet.").format(name=name))
    else:
        wanted = {sheet_meant(course, name)}
    entries = in_time(e for e in course.record.entries if e.body.get("sheet") in wanted)
    values = {
        (value.entry, item): value.mark
        for sheet in wanted
        for item, given in course.state.given.get(sheet, {}).items()
        for value in given
    }
    order = {s.sheet: [*s.due, *NOTES] for s in map(course.state.marked, wanted)}
    return [event for entry in entries for event in _events(entry, values, order)]


def _events(entry: Entry, values: dict[tuple[str, str], str], order: dict[str, list[str]]) -> list[Event]:
    body = entry.body
    about = {"at": entry.at, "device": entry.device, "by": entry.by, "sheet": body["sheet"]}
    if entry.kind == ISSUED:
        return [Event(**about, what="printed", new=f"{body['station']} {body['trainee'] or 'spare'}")]
    if entry.kind == VOIDED:
        return [Event(**about, what="voided" if body["why"] else "counts again", why=body["why"])]
    if entry.kind == BOUND:
        return [Event(**about, what="given to", new=body["trainee"], why=body["why"])]
    if entry.kind == PAGE_READ:
        return [Event(**about, what="photographed", new=f"{body['file']} {body['page']}", channel=SCANNED)]
    if entry.kind == READING_SETTLED:
        return [Event(**about, what="looked at", item=body["item"], channel=SCANNED)]
    if entry.kind not in (MARKS, SETTLED):
        return [Event(**about, what=entry.kind)]
    about["by"] = body["instructor"]  # one entry after the other may hold the marks of several, written by one of them
    events, places = [], order[body["sheet"]]
    for item, mark in sorted(body["marks"].items(), key=lambda one: places.index(one[0]) if one[0] in places else 99):
        old = [values.get((replaced, item), "?") for replaced in body["replaces"].get(item, ())]
        what = "settled" if entry.kind == SETTLED else "corrected" if old else "marked"
        why = body["reasons"].get(item, "") or body["why"]
        events.append(
            Event(**about, what=what, item=item, old=", ".join(old), new=mark, channel=body["channel"], why=why)
        )
    return events
