"""Instructors: severity, agreement, drift over the day, load. Every line says "look here"; none accuses or re-scores.

severity    from the many-facet model of the overall ratings, in logits (above 0: stricter), and the fair average: the
            rating that the same average performance would get from this instructor. Only among instructors whom shared
            trainees link; in separate groups each group has its own zero.
agreement   with the colleague on sheets marked by both: same overall rating, at most one apart, and the mean difference
            of the percentages (own minus colleague's) with a t interval
drift       slope of the marks over time, points an hour, after each trainee's and each station's mean is taken out
load        most sheets within an hour, and sheets at two stations less than two minutes apart

Nobody is named for a difference that may be chance, nor for one too small to matter. A line needs the whole 95 %
interval on one side of 0 and at least: a quarter of a grade (strictness), 5 points of 100 (difference from colleagues;
less than one item of a usual sheet), 1 point an hour (drift; less does not add up to an item over a day); for the fit
an infit outside 0.5 to 1.5 (Linacre 2002) with |z| over 2; for the load over 20 sheets an hour, three minutes each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fieldkit.judging.agreement import percent_agreement
from fieldkit.judging.checks import Array, answers
from fieldkit.judging.double_marking import Doubles
from fieldkit.judging.elements import Element
from fieldkit.judging.estimate import Estimate, Flag, Undefined, enough, undefined
from fieldkit.judging.facets import ManyFacets
from fieldkit.judging.intervals import student
from fieldkit.judging.line import fit_line
from fieldkit.judging.severity import Severities
from fieldkit.judging.sheets import Sheets

QUARTER_GRADE, FAR_POINTS, FAST_DRIFT = 0.25, 5.0, 1.0
MISFIT, MISFIT_Z = (0.5, 1.5), 2.0
MOST_AN_HOUR, APART_MINUTES = 20, 2.0


@dataclass(frozen=True)
class Load:
    """Most sheets within an hour, and pairs of stations where sheets lie too close in time (with the minute)."""

    sheets: int
    busiest_hour: int | None
    clashes: tuple[str, ...]


@dataclass(frozen=True)
class InstructorFinding:
    """One instructor. `group` numbers the instructors who can be compared with each other."""

    instructor: str
    group: int
    mean: Estimate
    severity: Estimate
    fair_average: Estimate
    infit: float | None
    agreement: Estimate
    within_one: Estimate
    difference: Estimate
    drift: Estimate
    load: Load
    look: tuple[Flag, ...]


def instructor_findings(sheets: Sheets, pairs: Doubles, found: Severities) -> tuple[InstructorFinding, ...]:
    """Every instructor in order."""
    surplus = _surplus(sheets)
    group_of = {name: number for number, group in enumerate(found.groups) for name in group.instructors}
    return tuple(
        _instructor(r, name, sheets, pairs, found.models[group_of.get(name, 0)], group_of.get(name, 0) + 1, surplus)
        for r, name in enumerate(sheets.instructors)
    )


def _surplus(sheets: Sheets) -> Array:
    """Percentages without each trainee's and each station's mean: what time of day or instructor may add."""
    known = ~np.isnan(sheets.percent)
    values = np.where(known, sheets.percent, 0.0)
    result = sheets.percent - values.sum() / max(int(known.sum()), 1)
    for codes in (sheets.person, sheets.place):
        total, count = np.bincount(codes, np.where(known, result, 0.0)), np.bincount(codes, known)
        result = result - np.divide(total, count, out=np.zeros_like(total), where=count > 0)[codes]
    return result


def _instructor(
    r: int, name: str, sheets: Sheets, pairs: Doubles, model: ManyFacets, group: int, surplus: Array
) -> InstructorFinding:
    mine = sheets.rater == r
    element = next((e for e in model.instructors.elements if e.name == name), None)
    severity, fair = _severity(element, model)
    own = (sheets.rater[pairs.first] == r) | (sheets.rater[pairs.second] == r)
    sides = np.where(sheets.rater[pairs.first][own] == r, 1.0, -1.0)
    grades = np.stack([sheets.grade[pairs.first][own], sheets.grade[pairs.second][own]], axis=1)
    apart = sides * (sheets.percent[pairs.first][own] - sheets.percent[pairs.second][own])
    difference = enough("agreement", _difference(apart[~np.isnan(apart)]))
    drift = enough("drift", _drift(sheets.time[mine], surplus[mine]))
    load = _load(sheets, mine)
    infit = element.fit if element is not None else None
    return InstructorFinding(
        name,
        group,
        mean=_mean(sheets.percent[mine]),
        severity=severity,
        fair_average=fair,
        infit=infit.infit if infit else None,
        agreement=enough("agreement", percent_agreement(grades)),
        within_one=enough("agreement", percent_agreement(grades, 1.0)),
        difference=difference,
        drift=drift,
        load=load,
        look=(*_look_at_severity(severity, fair, element, model), *_look_at_marks(difference, drift), *_look_at(load)),
    )


def _severity(element: Element | None, model: ManyFacets) -> tuple[Estimate, Estimate]:
    if element is None or element.measure.value is None:
        reason = element.measure.reason if element is not None else model.reason
        nothing = undefined(reason or "no overall rating by this instructor", 0, "severity, many-facet Rasch")
        return nothing, nothing
    severity = enough("severity", element.measure)
    if element.fair_m is None or severity.value is None:
        return severity, undefined(severity.reason or "only extreme ratings", severity.n, "fair average")
    return severity, Estimate(element.fair_m, n=severity.n, method="fair average of the overall rating")


def _mean(percent: Array) -> Estimate:
    given = percent[~np.isnan(percent)]
    if not len(given):
        return undefined("no marks by this instructor", 0, "mean of the sheets, %")
    return Estimate(float(given.mean()), n=len(given), method="mean of the sheets, %")


@answers("difference from colleagues on the same performance, points")
def _difference(apart: Array) -> Estimate:
    n = len(apart)
    if n < 2:
        raise Undefined("fewer than two sheets were also marked by a colleague", n)
    mean, error = float(apart.mean()), float(apart.std(ddof=1)) / n**0.5
    return Estimate(mean, *student(mean, error, n - 1), n=n, method="own minus colleague's, points of 100, t interval")


@answers("drift, points an hour")
def _drift(minutes: Array, surplus: Array) -> Estimate:
    known = ~(np.isnan(minutes) | np.isnan(surplus))
    if known.sum() < 3:
        raise Undefined("fewer than three sheets with a time", int(known.sum()))
    line = fit_line(minutes[known] / 60, surplus[known], "all sheets have the same time")
    if not line.slope_error:
        return Estimate(line.slope, n=line.n, method="drift, points an hour")
    return Estimate(
        line.slope, *student(line.slope, line.slope_error, line.n - 2), n=line.n, method="drift, points an hour"
    )


def _load(sheets: Sheets, mine: Array) -> Load:
    timed = np.nonzero(mine & ~np.isnan(sheets.time))[0]
    if not len(timed):
        return Load(int(mine.sum()), None, ())
    timed = timed[np.argsort(sheets.time[timed], kind="stable")]
    minutes, places = sheets.time[timed], sheets.place[timed]
    hour = int((np.searchsorted(minutes, minutes + 60 - 1e-9) - np.arange(len(minutes))).max())
    close = np.nonzero((np.diff(minutes) < APART_MINUTES) & (places[1:] != places[:-1]))[0]
    names = sheets.stations
    clashes = tuple(f"{names[places[i]]} and {names[places[i + 1]]} at {_clock(minutes[i])}" for i in close)
    return Load(int(mine.sum()), hour, clashes)


def _clock(minutes: float) -> str:
    day, rest = divmod(int(minutes), 24 * 60)
    return f"{rest // 60:02d}:{rest % 60:02d}" + (f" on day {day + 1}" if day else "")


def _look_at_severity(
    severity: Estimate, fair: Estimate, element: Element | None, model: ManyFacets
) -> tuple[Flag, ...]:
    if severity.value is None or element is None or severity.low is None or severity.high is None:
        return ()
    found = []
    others = [e.fair_m for e in model.instructors.elements if e.fair_m is not None and e.name != element.name]
    if fair.value is not None and others and not severity.low <= 0 <= severity.high:
        gap = fair.value - float(np.mean(others))
        if abs(gap) >= QUARTER_GRADE:
            code, word = ("stricter", "lower") if gap < 0 else ("more lenient", "higher")
            text = f"look here: ratings about {abs(gap):.1f} {word} than colleagues' for the same performance"
            found.append(Flag(code, text))
    fit = element.fit
    if fit and fit.infit > MISFIT[1] and (fit.infit_z or 0) > MISFIT_Z:
        found.append(Flag("unsteady", f"look here: ratings vary more than colleagues' would (infit {fit.infit:.2f})"))
    if fit and fit.infit < MISFIT[0] and (fit.infit_z or 0) < -MISFIT_Z:
        found.append(Flag("uses little of the scale", f"look here: ratings are all much alike (infit {fit.infit:.2f})"))
    return tuple(found)


def _look_at_marks(difference: Estimate, drift: Estimate) -> tuple[Flag, ...]:
    found = []
    if _clear_of_zero(difference) and abs(difference.value or 0) >= FAR_POINTS:
        word = "below" if (difference.value or 0) < 0 else "above"
        text = (
            f"look here: marks {abs(difference.value or 0):.1f} points {word} the colleague's on the same performances"
        )
        found.append(Flag("apart from colleagues", text))
    if _clear_of_zero(drift) and abs(drift.value or 0) >= FAST_DRIFT:
        word = "fall" if (drift.value or 0) < 0 else "rise"
        text = (
            f"look here: marks {word} by {abs(drift.value or 0):.1f} points an hour, trainees and stations allowed for"
        )
        found.append(Flag("drift", text))
    return tuple(found)


def _clear_of_zero(estimate: Estimate) -> bool:
    known = estimate.value is not None and estimate.low is not None and estimate.high is not None
    return known and not (estimate.low or 0) <= 0 <= (estimate.high or 0)


def _look_at(load: Load) -> tuple[Flag, ...]:
    found = []
    if load.busiest_hour is not None and load.busiest_hour > MOST_AN_HOUR:
        found.append(Flag("load", f"look here: {load.busiest_hour} sheets within an hour"))
    if load.clashes:
        shown = "; ".join(load.clashes[:3]) + ("; ..." if len(load.clashes) > 3 else "")
        found.append(Flag("two places", f"look here: sheets at two stations at almost the same time ({shown})"))
    return tuple(found)
