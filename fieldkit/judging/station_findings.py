"""Stations to mend and items to look at, each with its reason.

The figures are those of `stations` and `items`, shown from their least n on (`estimate.enough`). An item is

    too easy     at or above 95 % of its points: it tells nobody apart (a critical item may still be right to keep)
    too hard     at or below 20 %
    against      a correlation of -0.10 or less with the rest of its sheet: who does well on the rest does worse here.
                 Where the interval holds 0 the words are "which may be chance", and the station is not named for it

and a sheet falls apart when its alpha is below 0 and even the upper end of its interval below 0.5.

Points are averaged over instructors where a sheet was marked twice. An item that did not apply to somebody leaves him
out of the correlations of that sheet, not out of the difficulty.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fieldkit.judging.checks import Array
from fieldkit.judging.cut_findings import Standards
from fieldkit.judging.estimate import Estimate, Flag, enough, undefined
from fieldkit.judging.intervals import share
from fieldkit.judging.items import ItemQuality, item_analysis
from fieldkit.judging.reliability import cronbach_alpha
from fieldkit.judging.sheets import Sheets
from fieldkit.judging.stations import StationQuality, between_groups, station_quality

TOO_EASY, TOO_HARD, AGAINST = 0.95, 0.20, -0.10
POOR_ALPHA = 0.5
MAY_BE_CHANCE = "may be chance"


@dataclass(frozen=True)
class ItemFinding:
    """One item at one station, and what to look at."""

    station: str
    item: str
    difficulty: Estimate
    discrimination: Estimate
    alpha_if_deleted: Estimate
    look: tuple[Flag, ...]


@dataclass(frozen=True)
class StationFinding:
    """One station: its figures, and what to mend and why (nothing: leave it alone)."""

    station: str
    mean: Estimate
    passed: Estimate
    sheet_alpha: Estimate
    correlation: Estimate
    alpha_if_deleted: Estimate
    alpha_change: Estimate
    r2: Estimate
    slope: Estimate
    failing: Estimate
    between_instructors: Estimate
    between_courses: Estimate
    mend: tuple[Flag, ...]


def item_findings(sheets: Sheets) -> tuple[ItemFinding, ...]:
    """Every item of every station, in order."""
    found = []
    for station, (names, points, most) in zip(sheets.stations, sheets.items, strict=True):
        for name, quality in zip(names, item_analysis(points, most.tolist()).items, strict=True):
            found.append(_item(station, name, quality))
    return tuple(found)


def _item(station: str, name: str, quality: ItemQuality) -> ItemFinding:
    difficulty = enough("difficulty", quality.difficulty)
    discrimination = enough("discrimination", quality.corrected_item_total)
    without = enough("alpha", quality.alpha_if_deleted)
    look = []
    if difficulty.value is not None and difficulty.value >= TOO_EASY:
        look.append(Flag("too easy", f"nearly everybody gets it ({difficulty.value:.0%}), so it tells nobody apart"))
    if difficulty.value is not None and difficulty.value <= TOO_HARD:
        look.append(Flag("too hard", f"hardly anybody gets it ({difficulty.value:.0%}): is it taught, is it clear?"))
    sure = discrimination.high is not None and discrimination.high < 0
    if discrimination.value is not None and (discrimination.value <= AGAINST or sure):
        chance = "" if sure else f", which {MAY_BE_CHANCE}"
        text = (
            f"who does well on the rest does worse here (r = {discrimination.value:.2f}{chance}): check wording and key"
        )
        look.append(Flag("against", text))
    return ItemFinding(station, name, difficulty, discrimination, without, tuple(look))


def station_findings(
    sheets: Sheets, items: Sequence[ItemFinding], standards: Standards, course_of: Mapping[str, str]
) -> tuple[StationFinding, ...]:
    """Every station in order; `course_of` names each trainee's course where several were pooled.

    That the borderline grade was never given is a reason to look only where the course's pass marks rest on it.
    """
    marks, grades = sheets.cube(sheets.percent), sheets.cube(sheets.grade)
    who = sheets.cube(sheets.rater.astype(np.float64))
    qualities = station_quality(marks, grades, who, sheets.stations, standards.borderline)
    courses = [course_of.get(name) for name in sheets.trainees]
    return tuple(
        _station(s, quality, sheets, items, marks[:, s], courses, _idle(standards, quality.name))
        for s, quality in enumerate(qualities)
    )


def _idle(standards: Standards, station: str) -> tuple[str, ...]:
    """Remarks that say nothing where the station's pass mark does not rest on the overall ratings."""
    return () if standards.method_of(station).startswith("borderline") else ("extrapolation",)


def _station(
    s: int,
    quality: StationQuality,
    sheets: Sheets,
    items: Sequence[ItemFinding],
    marks: Array,
    courses: Sequence[str | None],
    idle: Collection[str],
) -> StationFinding:
    passed, decided = sheets.passed[s]
    line = quality.regression
    several = len(set(courses)) > 1
    by_course = between_groups(marks.ravel(), [course for course in courses for _ in range(marks.shape[1])]).share
    alone = undefined("there is only one course in the table", by_course.n, by_course.method)
    sheet = enough("alpha", cronbach_alpha(sheets.items[s][1]))
    return StationFinding(
        quality.name,
        mean=quality.mean,
        passed=enough("difficulty", share(passed, decided, "passed, exact interval", "verdicts")),
        sheet_alpha=sheet,
        correlation=enough("discrimination", quality.correlation),
        alpha_if_deleted=enough("alpha", quality.alpha_if_deleted),
        alpha_change=enough("alpha", quality.alpha_change),
        r2=enough("station quality", line.r2),
        slope=enough("station quality", line.slope),
        failing=enough("station quality", line.failing),
        between_instructors=enough("between groups", quality.between.share),
        between_courses=enough("between groups", by_course) if several else alone,
        mend=(*(f for f in quality.flags if f.code not in idle), *_from_items(quality.name, sheet, items)),
    )


def _from_items(station: str, sheet: Estimate, items: Sequence[ItemFinding]) -> tuple[Flag, ...]:
    found = []
    against = [i.item for i in items if i.station == station and _surely_against(i)]
    if against:
        found.append(Flag("items against", f"items that go against the rest of the sheet: {', '.join(against)}"))
    if sheet.value is not None and sheet.value < 0 and (sheet.high or 0.0) < POOR_ALPHA:
        text = f"the items of the sheet contradict each other (alpha {sheet.value:.2f})"
        found.append(Flag("sheet falls apart", text))
    return tuple(found)


def _surely_against(item: ItemFinding) -> bool:
    high = item.discrimination.high
    return high is not None and high < 0 and any(flag.code == "against" for flag in item.look)
