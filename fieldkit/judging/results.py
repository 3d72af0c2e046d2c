"""Results: points, percentages and verdicts from marks, exact to the last digit.

A station is passed when the points reach the pass mark and no critical item failed. A mark may take its item out of
the denominator; a blank item, and a sheet on which nothing counts, leave the station without a verdict. The overall
rating stays out of the arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from fieldkit.model.course import CourseSettings
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.scoresheet import RATING, Item

CENT = Decimal("0.01")
NOTHING_COUNTS = "nothing counts"  # every mark took its item out of the denominator


@dataclass(frozen=True)
class Score:
    """Points out of the points that could be had, over items that count."""

    points: Decimal
    of: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Percent, rounded half up to two places; None where nothing counts."""
        return _percent(self.points, self.of)

    def reaches(self, pass_mark: Decimal) -> bool:
        """Whether the exact share, not the rounded one, reaches `pass_mark` percent."""
        return self.points * 100 >= pass_mark * self.of


@dataclass(frozen=True)
class SheetResult:
    """What one sheet comes to. `score` covers the items marked so far; it is final when `status` is "scored"."""

    marked: MarkedSheet
    score: Score
    rating: int | None
    critical_failed: tuple[str, ...]

    @property
    def status(self) -> str:
        """The status of the sheet."""
        return self.marked.status


@dataclass(frozen=True)
class StationResult:
    """One trainee at one station. `passed` is None while something is missing or waits for a person (`why_open`)."""

    trainee: str
    station: str
    sheets: tuple[SheetResult, ...]
    score: Score
    rating: int | None
    critical_failed: tuple[str, ...]
    pass_mark: Decimal
    passed: bool | None
    why_open: str = ""


@dataclass(frozen=True)
class TraineeResult:
    """One trainee over all stations. `passed` is None while the open stations could still decide."""

    trainee: str
    stations: tuple[StationResult, ...]
    passed: bool | None

    @property
    def competencies(self) -> dict[str, Score]:
        """Points by competency, over the scored stations."""
        scored = [s for station in self.stations if station.passed is not None for s in station.sheets[:1]]
        return competency_scores(scored)


def _percent(points: Decimal, of: Decimal) -> Decimal | None:
    if not of:
        return None
    with localcontext() as context:
        context.prec = 50
        # half up on the exact quotient: a whole number of hundredths, and whether the rest is half or more
        hundredths, rest = divmod(points * 10000, of)
        return ((hundredths + (1 if rest * 2 >= of else 0)) * CENT).quantize(CENT, ROUND_HALF_UP)


def score_of(items: Iterable[Item], marks: Mapping[str, str | None]) -> Score:
    """Points over the `items` that have a mark in `marks` (item id to mark id). Raises KeyError for a strange mark."""
    points = of = Decimal(0)
    for item in items:
        if (mark_id := marks.get(item.id)) is None:
            continue
        mark = item.scale.mark(mark_id)
        if mark is None:
            raise KeyError(f"{item.id}: no mark {mark_id!r} on the scale {item.scale.id}")
        if (earned := item.points_for(mark)) is not None:
            points += earned
            of += max(p for m in item.scale.marks if (p := item.points_for(m)) is not None)
    return Score(points, of)


def sheet_result(marked: MarkedSheet) -> SheetResult:
    """The result of one sheet, whether it is complete or not."""
    marks = {item.id: marked.mark(item.id) for item in marked.items}
    failed = tuple(
        item.id
        for item in marked.items
        if (m := marks[item.id]) is not None and (mark := item.scale.mark(m)) is not None and item.fails_with(mark)
    )
    rating = marked.mark(RATING)
    return SheetResult(marked, score_of(marked.items, marks), int(rating) if rating else None, failed)


def station_result(
    trainee: str, station: str, sheets: Sequence[MarkedSheet], pass_mark: Decimal, double_counts: str = "first"
) -> StationResult:
    """One trainee at one station, from one sheet or more: void ones are left out, and of several attempts the last
    one counts.

    `double_counts`: "first", the first instructor's sheet counts; "mean", the mean of both; "agreed", both must
    say the same. With "mean" and "agreed" a critical item failed on one sheet only waits for a person.
    """
    valid = [s for s in sheets if not s.voided]
    last = max((s.attempt for s in valid), default=1)
    valid.sort(key=lambda s: (-s.attempt, s.copy, s.status == "issued"))
    results = tuple(sheet_result(s) for s in valid)
    counted = tuple(r for r in results if r.marked.attempt == last)
    counted = counted[:1] if double_counts == "first" else counted
    failed = tuple(dict.fromkeys(item for r in counted for item in r.critical_failed))
    score = _mean([r.score for r in counted])
    ratings = {r.rating for r in counted}
    rating = ratings.pop() if len(ratings) == 1 else None
    why = _why_open(counted, double_counts) or ("" if failed or score.of else NOTHING_COUNTS)
    passed = None if why else not failed and score.reaches(pass_mark)
    return StationResult(trainee, station, results, score, rating, failed, pass_mark, passed, why)


def _mean(scores: Sequence[Score]) -> Score:
    if not scores:
        return Score(Decimal(0), Decimal(0))
    if len({s.of for s in scores}) == 1:  # the mean of the points is exact where the denominators agree
        return Score(sum((s.points for s in scores), Decimal(0)) / len(scores), scores[0].of)
    return Score(sum((s.points for s in scores), Decimal(0)), sum((s.of for s in scores), Decimal(0)))


def _why_open(counted: Sequence[SheetResult], double_counts: str) -> str:
    if not counted:
        return "no sheet"
    for status in ("review", "issued", "partly"):
        if any(r.status == status for r in counted):
            return status
    if len({r.critical_failed for r in counted}) > 1:
        return "review"
    if double_counts == "agreed" and len({tuple(r.marked.mark(i) for i in r.marked.due) for r in counted}) > 1:
        return "review"
    return ""


def trainee_result(trainee: str, stations: Sequence[StationResult], settings: CourseSettings) -> TraineeResult:
    """One trainee over the stations, by the course's policy."""
    needed = settings.policy.stations_to_pass
    needed = len(stations) if needed is None else min(needed, len(stations))
    passed = sum(s.passed is True for s in stations)
    open_ = sum(s.passed is None for s in stations)
    verdict = None
    if not stations:
        verdict = None
    elif passed >= needed:
        verdict = True
    elif passed + open_ < needed:
        verdict = False
    return TraineeResult(trainee, tuple(stations), verdict)


def course_results(
    sheets: Iterable[MarkedSheet], trainees: Sequence[str], settings: CourseSettings
) -> tuple[TraineeResult, ...]:
    """Results of all `trainees` (numbers, in this order), stations in the order of the course.

    A station of the course at which a trainee has no sheet is open: nobody passes by having been at half of them.
    """
    by_place: dict[tuple[str, str], list[MarkedSheet]] = {}
    for sheet in sheets:
        if sheet.trainee:
            by_place.setdefault((sheet.trainee, sheet.station), []).append(sheet)
    of_course = [station.id for station in settings.stations]
    order = of_course + sorted({station for _, station in by_place} - set(of_course))
    results = []
    for trainee in trainees:
        stations = [
            station_result(
                trainee, s, by_place.get((trainee, s), ()), settings.pass_mark(s), settings.policy.double_counts
            )
            for s in order
            if s in of_course or (trainee, s) in by_place
        ]
        results.append(trainee_result(trainee, stations, settings))
    return tuple(results)


def competency_scores(results: Iterable[SheetResult]) -> dict[str, Score]:
    """Points by competency over some sheets, in the order in which competencies first appear."""
    totals: dict[str, Score] = {}
    for result in results:
        for item in result.marked.items:
            one = score_of((item,), {item.id: result.marked.mark(item.id)})
            old = totals.get(item.competency, Score(Decimal(0), Decimal(0)))
            totals[item.competency] = Score(old.points + one.points, old.of + one.of)
    return {name: score for name, score in totals.items() if score.of}


@dataclass(frozen=True)
class ItemTally:
    """How often one item of a station was marked how: `full` earned all its points, `counted` counted at all."""

    station: str
    item: Item
    counts: Mapping[str, int]
    full: int
    counted: int


def item_tallies(results: Iterable[StationResult]) -> tuple[ItemTally, ...]:
    """Tallies of every item of the scored stations (first sheets), in the order of stations and items."""
    items: dict[tuple[str, str], Item] = {}
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for result in results:
        for sheet in result.sheets[:1] if result.passed is not None else ():
            for item in sheet.marked.items:
                key = (result.station, item.id)
                items.setdefault(key, item)
                mark = sheet.marked.mark(item.id)
                if mark is not None:
                    tally = counts.setdefault(key, {})
                    tally[mark] = tally.get(mark, 0) + 1
    return tuple(_tally(key[0], items[key], counts.get(key, {})) for key in items)


def _tally(station: str, item: Item, counts: Mapping[str, int]) -> ItemTally:
    earned = {m.id: item.points_for(m) for m in item.scale.marks}
    best = max((p for p in earned.values() if p is not None), default=Decimal(0))
    counted = sum(n for mark, n in counts.items() if earned[mark] is not None)
    full = sum(n for mark, n in counts.items() if earned[mark] is not None and earned[mark] == best)
    return ItemTally(station, item, dict(counts), full, counted)
