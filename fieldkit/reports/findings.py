"""What the results say: items to name, failures to list, sheets still open. Each by a rule that is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from fieldkit.judging.results import ItemTally, StationResult, TraineeResult
from fieldkit.model.marks import REMARKS, Given, MarkedSheet
from fieldkit.model.scoresheet import Item, Mark

NAMED = 3  # items named on a trainee's first page, each way


@dataclass(frozen=True)
class MarkedItem:
    """One item of one sheet, with the mark that stands on it (None: none, or two that differ)."""

    station: str
    sheet: MarkedSheet
    item: Item
    mark: Mark | None

    @cached_property
    def best(self) -> Decimal:
        """The points that the item can earn."""
        return best_points(self.item)

    @cached_property
    def earned(self) -> Decimal | None:
        """The points earned; None where the mark does not count, or there is none."""
        return self.item.points_for(self.mark) if self.mark else None

    @property
    def lost(self) -> Decimal:
        """The points not earned, of those that count."""
        return Decimal(0) if self.earned is None else self.best - self.earned

    @property
    def failed(self) -> bool:
        """Whether this mark fails a critical item."""
        return self.mark is not None and self.item.fails_with(self.mark)

    @property
    def missed(self) -> bool:
        """Whether a critical item failed, or nothing of what could be earned was."""
        return self.failed or bool(self.lost and not self.earned)

    @property
    def full(self) -> bool:
        """Whether the item earned all that it can, and there was something to earn."""
        return self.earned is not None and not self.lost and not self.failed


def best_points(item: Item) -> Decimal:
    """The most points that any mark of an item earns."""
    return max((p for mark in item.scale.marks if (p := item.points_for(mark)) is not None), default=Decimal(0))


def marked_items(station: StationResult, sheet: MarkedSheet) -> list[MarkedItem]:
    """Every item of a sheet with its mark."""
    found = ((item, sheet.mark(item.id)) for item in sheet.items)
    return [MarkedItem(station.station, sheet, item, item.scale.mark(mark) if mark else None) for item, mark in found]


def counted_items(result: TraineeResult) -> list[MarkedItem]:
    """The items of the first sheet at each scored station, as they count by competency."""
    scored = (s for s in result.stations if s.passed is not None)
    return [item for station in scored for sheet in station.sheets[:1] for item in marked_items(station, sheet.marked)]


def done_well(items: Sequence[MarkedItem], tallies: Mapping[tuple[str, str], ItemTally]) -> list[MarkedItem]:
    """Items with all their points: critical ones first, then those that the fewest managed, then those worth most."""

    def rarity(entry: MarkedItem) -> Fraction:
        tally = tallies.get((entry.station, entry.item.id))
        return Fraction(tally.full, tally.counted) if tally and tally.counted else Fraction(1)

    full = [entry for entry in items if entry.full and (entry.best or entry.item.critical)]
    return _first_of_each(sorted(full, key=lambda e: (not e.item.critical, rarity(e), -e.best)))


def to_work_on(items: Sequence[MarkedItem]) -> list[MarkedItem]:
    """Failed critical items first, then items that lost points, most first."""
    missed = [entry for entry in items if entry.failed or entry.lost]
    return _first_of_each(sorted(missed, key=lambda e: (not e.failed, -e.lost)))


def _first_of_each(entries: Iterable[MarkedItem]) -> list[MarkedItem]:
    """The first few, an act that several stations ask for named once."""
    acts: dict[str, MarkedItem] = {}
    for entry in entries:
        acts.setdefault(entry.item.text["en"], entry)
    return list(acts.values())[:NAMED]


def hardest(tallies: Iterable[ItemTally], most: int) -> list[ItemTally]:
    """Items that the smallest share of those marked earned all points on; none that everybody did."""
    missed = [tally for tally in tallies if tally.full < tally.counted]
    return sorted(missed, key=lambda t: (Fraction(t.full, t.counted), -t.counted))[:most]


def passed_of(results: Iterable[StationResult]) -> tuple[int, int]:
    """How many passed, of those whose station is decided."""
    decided = [result.passed for result in results if result.passed is not None]
    return sum(decided), len(decided)


def hardest_stations(results: Iterable[StationResult]) -> tuple[list[str], int, int]:
    """The stations that the smallest share passed, and how many passed of how many at the first of them.

    None where no station is decided, or all were passed by everybody.
    """
    by_station: dict[str, list[StationResult]] = {}
    for result in results:
        by_station.setdefault(result.station, []).append(result)
    counts = {station: passed_of(mine) for station, mine in by_station.items()}
    shares = {station: Fraction(n, of) for station, (n, of) in counts.items() if n < of}
    if not shares:
        return [], 0, 0
    least = [station for station, share in shares.items() if share == min(shares.values())]
    return least, *counts[least[0]]


@dataclass(frozen=True)
class OpenSheet:
    """Something that keeps a result open: a sheet without all its marks, sheets that differ, or no sheet at all."""

    trainee: str
    station: str
    why: str
    sheet: MarkedSheet | None = None


def open_sheets(results: Iterable[StationResult]) -> list[OpenSheet]:
    """What is still missing or waits for a person, second sheets among it."""
    found = []
    for result in results:
        unfinished = [s for s in result.sheets if s.status != "scored"]
        found += [OpenSheet(result.trainee, result.station, s.status, s.marked) for s in unfinished]
        if result.passed is None and not unfinished:
            found.append(OpenSheet(result.trainee, result.station, result.why_open))
    return found


def ratings(results: Iterable[StationResult]) -> Counter[int]:
    """How often each overall rating was given, on every sheet."""
    return Counter(sheet.rating for result in results for sheet in result.sheets if sheet.rating)


@dataclass(frozen=True)
class CriticalFailure:
    """One critical item failed by one trainee, with the reason, on one sheet."""

    trainee: str
    station: str
    sheet: MarkedSheet
    item: Item

    @property
    def reason(self) -> str:
        """The written reason."""
        return self.sheet.reason(self.item.id)


def critical_failures(results: Iterable[StationResult]) -> list[CriticalFailure]:
    """Every critical item that failed and counts, in the order of the results; said on two sheets, it comes once."""
    found = []
    for result in results:
        for item_id in result.critical_failed:
            sheet = next(sheet.marked for sheet in result.sheets if item_id in sheet.critical_failed)
            item = next(item for item in sheet.items if item.id == item_id)
            found.append(CriticalFailure(result.trainee, result.station, sheet, item))
    return found


def corrections(sheet: MarkedSheet, item: str) -> list[tuple[Given, list[str]]]:
    """Each correction of an item: the new value, and the different marks that it replaced."""
    given = sheet.given.get(item, ())
    marks = {value.entry: value.mark for value in given}
    found = []
    for value in given:
        replaced = dict.fromkeys(marks[old] for old in value.replaces if old in marks)
        if before := [mark for mark in replaced if mark != value.mark]:
            found.append((value, before))
    return found


def remarks_on(sheet: MarkedSheet) -> list[str]:
    """The remarks that stand on a sheet, each once."""
    return list(dict.fromkeys(value.mark.strip() for value in sheet.standing(REMARKS) if value.mark.strip()))
