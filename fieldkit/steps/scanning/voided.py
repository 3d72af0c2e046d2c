"""Sheets that somebody voided without knowing that they are marked: a person says whether they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.entry import Entry
from fieldkit.model.state import VOIDED
from fieldkit.steps.marking.changes import counts_again, marked_in, refuse_stranger, replaced_by_spares
from fieldkit.steps.marking.pages_read import PAGE_READ, WHOLE, settled_readings, settlement
from fieldkit.steps.scanning.spares import OWN, photographed, shown

STAYS = "void"  # what a person may say beside OWN
CHOICES = (STAYS, OWN)


def void_sheets(course: Course) -> Iterator[dict[str, Any]]:
    """The sheets that are marked, by a picture or at another laptop, though whoever voided them did not know of it;
    each with why it was voided."""
    seen, settled, marked = photographed(course), settled_readings(course), marked_in(course)
    entries = {entry.hash: entry for entry in course.record.entries}
    for name, why in course.state.voided.items():
        if name not in marked or name not in course.state.issued or not is_void_alone(course, name):
            continue
        voids = [e for e in entries.values() if e.kind == VOIDED and e.body["sheet"] == name and e.body["why"]]
        reads = [read for read in marked[name] if any(not _known(void, entries[read]) for void in voids)]
        if any((WHOLE, read) not in settled for read in reads):
            pages = [page for page in seen.pages.get(name, ()) if page.marks]
            told = _("it was voided ({why}), and is marked all the same: does it count?")
            if any(page.entry in reads for page in pages):
                told = _("it was voided ({why}), and then photographed with marks on it: does it count?")
            yield shown(course.state.marked(name), pages, reads, told.format(why=why), _("The whole sheet"))


def is_void_alone(course: Course, name: str) -> bool:
    """Whether a trainee's sheet is void, and not for a spare that took its place."""
    void = name in course.state.voided and name not in replaced_by_spares(course)
    return void and bool(course.state.marked(name).trainee)


def _known(void: Entry, marked: Entry) -> bool:
    """Whether whoever voided a sheet knew that it was marked so."""
    if "seen" in void.body:
        return marked.hash in void.body["seen"]
    return marked.kind != PAGE_READ or void.device != marked.device or marked.seq < void.seq


def settle_void(course: Course, one: Mapping[str, Any], said: str, by: str) -> None:
    """Settle a voided sheet: "void" (it stays so) or "own" (it counts again, with its marks)."""
    if said not in CHOICES:
        raise BadInput(_('"{said}" is none of {choices}.').format(said=said, choices=", ".join(CHOICES)))
    refuse_stranger(course, by)
    with course.alone():
        _settle(course, one, said, by)


def _settle(course: Course, one: Mapping[str, Any], said: str, by: str) -> None:
    entries = [settlement(one["sheet"], WHOLE, one["reads"])]
    if said == OWN:
        place = one["trainee"], one["station"]
        others = (s for s in course.state.all_marked() if (s.trainee, s.station) == place and not s.voided)
        if other := next(others, None):
            told = _("{trainee} has another sheet at this station, {sheet}.")
            raise BadInput(
                told.format(trainee=one["trainee"], sheet=show_short(other.sheet)),
                _("Void that one first, if this one is to count."),
            )
        entries.append(counts_again(course, one["sheet"]))
    course.append(entries, by)
