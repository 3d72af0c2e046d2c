"""Sheets that somebody voided and that were photographed with marks all the same: a person says whether they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.entry import Entry
from fieldkit.model.state import VOIDED
from fieldkit.steps.marking.changes import counts_again, refuse_stranger, replaced_by_spares
from fieldkit.steps.marking.pages_read import WHOLE, settled_readings, settlement
from fieldkit.steps.scanning.spares import OWN, photographed, shown

STAYS = "void"  # what a person may say beside OWN
CHOICES = (STAYS, OWN)


def void_sheets(course: Course) -> Iterator[dict[str, Any]]:
    """The sheets that were voided before a picture showed marks on them, each with why it was."""
    seen, settled = photographed(course), settled_readings(course)
    entries = {entry.hash: entry for entry in course.record.entries}
    for name, why in course.state.voided.items():
        if name not in seen.pages or name not in course.state.issued or not is_void_alone(course, name):
            continue
        voids = [e for e in entries.values() if e.kind == VOIDED and e.body["sheet"] == name and e.body["why"]]
        marked = [page for page in seen.pages[name] if page.marks]
        reads = [page.entry for page in marked if any(_before(void, entries[page.entry]) for void in voids)]
        if any((WHOLE, read) not in settled for read in reads):
            told = _("it was voided ({why}), and then photographed with marks on it: does it count?").format(why=why)
            yield shown(course.state.marked(name), marked, reads, told, _("The whole sheet"))


def is_void_alone(course: Course, name: str) -> bool:
    """Whether a trainee's sheet is void, and not for a spare that took its place."""
    void = name in course.state.voided and name not in replaced_by_spares(course)
    return void and bool(course.state.marked(name).trainee)


def _before(void: Entry, read: Entry) -> bool:
    """Whether a sheet was void when it was read; on one laptop its clock does not matter."""
    return void.seq < read.seq if void.device == read.device else void.at < read.at


def settle_void(course: Course, one: Mapping[str, Any], said: str, by: str) -> None:
    """Settle a voided sheet: "void" (it stays so) or "own" (it counts again, with its marks)."""
    if said not in CHOICES:
        raise BadInput(_('"{said}" is none of {choices}.').format(said=said, choices=", ".join(CHOICES)))
    refuse_stranger(course, by)
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
