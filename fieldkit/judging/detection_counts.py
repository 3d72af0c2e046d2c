"""Finds, misses, false alarms and correct clearances, counted from marked sheets: x of n, for whatever is asked.

A chance is one find on one sheet: found (alone or with help) or missed. A clearance is one sheet marked for false
reports, or one sound image of a set: cleared rightly, or something reported that was not there. Blank and not counted
rows are no chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.find_items import (
    CLEARED,
    FALSE_REPORT,
    FOUND,
    MISSED,
    NO_FALSE_REPORT,
    WITH_HELP,
    find_item_id,
    rows_without_find,
)
from fieldkit.model.marks import MarkedSheet

QUIET = ("none", CLEARED)
WHOLE_SHEET = ""  # the code and point under which clearances are counted: they belong to the unit, not to a find


@dataclass(frozen=True)
class DetectionCount:
    """`found` of `planted` (of these `helped` with help); `false_alarms` and `cleared` of `judged` sheets."""

    found: int = 0
    helped: int = 0
    missed: int = 0
    false_alarms: int = 0
    cleared: int = 0

    @property
    def planted(self) -> int:
        """Chances to find something."""
        return self.found + self.missed

    @property
    def judged(self) -> int:
        """Sheets on which false reports were marked."""
        return self.false_alarms + self.cleared

    def __add__(self, other: DetectionCount) -> DetectionCount:
        return DetectionCount(
            self.found + other.found,
            self.helped + other.helped,
            self.missed + other.missed,
            self.false_alarms + other.false_alarms,
            self.cleared + other.cleared,
        )


@dataclass(frozen=True)
class Chance:
    """One thing that was to be judged: by whom, where, what (a code, a point), and what came of it."""

    trainee: str
    station: str
    code: str
    point: str
    clean: bool
    count: DetectionCount


def chances(sheets: Iterable[tuple[MarkedSheet, Exercise]]) -> list[Chance]:
    """Every chance on these sheets, each sheet with the exercise it was marked for."""
    found: list[Chance] = []
    for sheet, exercise in sheets:
        for find in exercise.planted:
            if (count := _of_find(sheet, find)) is not None:
                found.append(Chance(sheet.trainee, sheet.station, find.code, find.point or "", False, count))
        for mark in _of_what_is_sound(sheet, exercise):
            count = DetectionCount(false_alarms=int(mark == FALSE_REPORT), cleared=int(mark in QUIET))
            found.append(Chance(sheet.trainee, sheet.station, WHOLE_SHEET, WHOLE_SHEET, exercise.clean, count))
    return found


def _of_what_is_sound(sheet: MarkedSheet, exercise: Exercise) -> Iterator[str]:
    """The marks that say whether something was reported that was not there: of the sheet, and of each sound image."""
    for item in (*rows_without_find(exercise), NO_FALSE_REPORT):
        mark = sheet.mark(item.id)
        if mark == FALSE_REPORT or mark in QUIET:
            yield mark


def _of_find(sheet: MarkedSheet, find: Planted) -> DetectionCount | None:
    mark = sheet.mark(find_item_id(find.label))
    if mark in (FOUND, WITH_HELP):
        return DetectionCount(found=1, helped=int(mark == WITH_HELP))
    return DetectionCount(missed=1) if mark == MISSED else None


def counted(found: Iterable[Chance], by: Callable[[Chance], str]) -> Mapping[str, DetectionCount]:
    """The chances added up by trainee, station, code or point: `counted(found, lambda c: c.code)`; sorted by name.

    What has no name of that kind (a clearance has neither code nor point) is under the empty one.
    """
    totals: dict[str, DetectionCount] = {}
    for chance in found:
        totals[by(chance)] = totals.get(by(chance), DetectionCount()) + chance.count
    return dict(sorted(totals.items()))
