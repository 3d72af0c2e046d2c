"""Where a page ends: what of it is recorded, what waits for a person, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from fieldkit.model.marks import MarkedSheet
from fieldkit.scan.bins import ANOTHER_PICTURE_HELPS, NONE, Bin, Reading
from fieldkit.steps.marking.pages_read import SCANNED, PageRead
from fieldkit.steps.scanning.readings import NO_INSTRUCTOR, contradicts, not_filled, withheld


@dataclass
class Ending:
    """What a page comes to: sure marks and what waits, what of it is recorded now, what beside, and where it ends;
    `open` says that a person has something to do."""

    marks: dict[str, str] = field(default_factory=dict)
    waits: dict[str, str] = field(default_factory=dict)
    give: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    bin: Bin = Bin.READ
    why: str = ""
    open: bool = False


def ending_of(sheet: MarkedSheet, readings: Sequence[Reading], first: PageRead | None, who: str) -> Ending:
    """Item by item; the first picture of a sheet stays, and a later one may only add what the first could not show.

    `who` marked the sheet; nobody: nothing is recorded.
    """
    ending, notes, differ = Ending(), {}, []
    blank = all(reading.why == NONE for reading in readings)
    for reading in readings:
        item, mark = reading.item, reading.mark
        standing = {value.mark for value in sheet.standing(item)}
        before = first.marks.get(item) if first else None
        if mark is None:
            shown = before is not None or standing
            if not shown or (not blank and contradicts(sheet, item, reading.why)):
                ending.waits[item] = notes[item] = reading.why
            continue
        if first and item in first.waits and not _helped(first, item):
            ending.waits[item] = notes[item] = first.waits[item]
            continue
        ending.marks[item] = mark
        if why := withheld(sheet, item, mark) or ("" if who else NO_INSTRUCTOR):
            notes[item] = why
        elif before not in (None, mark):
            ending.beside[item] = mark
        elif before is None:
            ending.give[item] = mark
        if (standing | ({before} if before else set())) - {mark}:
            differ.append(item)
    _tell(ending, notes, differ, first, whole=len(notes) == len(readings))
    return ending


def _helped(first: PageRead, item: str) -> bool:
    """Whether a later picture may say what a first one did not: by a better view, or because the sheet was not filled
    in yet."""
    return not_filled(first) or first.waits[item] in ANOTHER_PICTURE_HELPS


def _tell(ending: Ending, notes: dict[str, str], differ: list[str], first: PageRead | None, *, whole: bool) -> None:
    """The bin of a page, and why; items are named where they are not the `whole` page."""
    whys = list(dict.fromkeys(notes.values()))
    told = [f"{', '.join(i for i in notes if notes[i] == why)}: {_(why)}" for why in whys]
    told = [_(whys[0])] if whole and len(whys) == 1 else told
    if differ:
        told.append(_("differs from what is there already: {items}").format(items=", ".join(differ)))
    ending.open = bool(told)
    if first:
        told.insert(0, _("another picture of a sheet that was read before"))
        added = [item for item in ending.give if item in first.waits]
        told += [_("read now: {items}").format(items=", ".join(added))] if added else []
    ending.bin = Bin.DUPLICATE if first else Bin.REVIEW if told else Bin.READ
    ending.why = "; ".join(told)


def beside(sheet: str, instructor: str, marks: dict[str, str]) -> dict[str, Any]:
    """The body of an entry with marks that differ from an earlier picture's and do not replace them."""
    why = "another picture of the same sheet"
    body = {"sheet": sheet, "instructor": instructor, "channel": SCANNED, "marks": marks}
    return body | {"reasons": {}, "why": why, "replaces": {}}
