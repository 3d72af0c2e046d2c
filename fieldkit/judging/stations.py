"""Which stations to mend: the metrics of AMEE Guide 49 (Pell, Fuller, Homer & Roberts 2010), one set for each station.

R2                how much of the scores the overall rating explains (0.5 and more is usual)
slope             inter-grade discrimination: points for one grade more (about a tenth of the maximum is usual)
failing           marks under the station's own cut by borderline regression
between groups    share of the spread that lies between the groups who marked (circuits, instructors):
                  v_b = (MSB - MSW) / n0,  n0 = (N - sum n^2 / N) / (g - 1),  share = max(v_b, 0) / (max(v_b, 0) + MSW)
                  Under 30 % is wished for, over 40 % a concern. eta^2 = SSB / SST overstates it in small groups.
alpha if deleted  reliability of the course without the station; higher than with it: it goes its own way

The usual values come from large cohorts, and in a small one every figure differs from every other. So each flag has a
rule, and none is raised below the least n of "station quality", save a negative slope whose whole interval is negative:

negative slope     the 95 % interval of the slope lies below 0
no slope           the slope is not above 0, but may be by chance
weak relation      R2 under 0.25; or under 0.5 with the whole interval (Fisher's, squared)
small step         one grade is worth under 5 points of 100, and the whole interval under the usual 10
extrapolation, cut below, cut above    the borderline grade was never given; the cut lies outside the range
many fail          more than half of the marks lie under the cut
between groups     share over 40 %, and F says that it is more than chance (p < 0.05)
goes its own way   alpha rises without the station by at least 0.01 (less is lost in rounding), with the whole interval
                   above 0 (`leaving_out`); six like stations and 24 trainees raise it in 2 of 1,000 courses

Shapes: `scores` and `grades` (trainees, stations) or (trainees, stations, instructors), in per cent and grades, NaN for
missing; `groups` the same shape, labels of any kind, None for missing. With a third axis its places are the groups
unless others are given. Undefined: what `items` and `borderline` leave undefined; between groups with one group, one
mark each, or no spread at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.borderline import BORDERLINE, BorderlineRegression, borderline_regression
from fieldkit.judging.checks import Array, flat, numbers, results
from fieldkit.judging.estimate import LEAST, Estimate, Flag, Undefined, undefined
from fieldkit.judging.intervals import fisher
from fieldkit.judging.items import ItemQuality, item_analysis
from fieldkit.judging.leaving_out import alpha_change
from fieldkit.judging.ratings import numbered

SMALL_STEP, USUAL_STEP = 5.0, 10.0
USUAL_R2, LITTLE_R2 = 0.5, 0.25
BETWEEN_HIGH, CHANCE = 0.40, 0.05
MANY_FAIL = 0.50
LEAST_CHANGE = 0.01
FACTS = ("extrapolation", "cut below", "cut above")


@dataclass(frozen=True)
class BetweenGroups:
    """How much the groups differ: share of the spread between them, eta^2, variance component, F and its p."""

    share: Estimate
    eta_squared: Estimate
    component: Estimate
    f: Estimate
    p: Estimate


@dataclass(frozen=True)
class StationQuality:
    """One station: its regression, the part it plays in the whole, and what to look at."""

    name: str
    mean: Estimate
    regression: BorderlineRegression
    between: BetweenGroups
    correlation: Estimate
    alpha_if_deleted: Estimate
    alpha_change: Estimate
    flags: tuple[Flag, ...]


@results("between groups", lambda nothing: BetweenGroups(*[nothing] * 5))
def between_groups(scores: Any, groups: Sequence[Any]) -> BetweenGroups:
    """One-way random analysis of variance of `scores` by the labels in `groups`; gaps in either are left out."""
    values, labels = numbers(scores).ravel(), list(groups) if np.iterable(groups) else []
    if len(labels) != len(values):
        raise Undefined(f"{len(values)} marks but {len(labels)} group labels")
    known = ~np.isnan(values) & np.array([not _missing(label) for label in labels], dtype=bool)
    return _one_way(values[known], numbered([label for label, here in zip(labels, known, strict=True) if here])[1])


def _missing(label: Any) -> bool:
    return label is None or label != label or label == ""


def _one_way(y: Array, group: Any) -> BetweenGroups:
    n = len(y)
    sizes = np.bincount(group) if n else np.zeros(0)
    g = len(sizes)
    if g < 2:
        raise Undefined("all marks come from one group" if g else "there are no marks", n)
    if n == g:
        raise Undefined("each group gave one mark only", n)
    if flat(y):
        raise Undefined("all marks are the same", n)
    means = np.bincount(group, y) / sizes
    between, within = float((sizes * (means - y.mean()) ** 2).sum()), float(((y - means[group]) ** 2).sum())
    msb, msw = between / (g - 1), within / (n - g)
    component = (msb - msw) / ((n - float((sizes**2).sum()) / n) / (g - 1))
    kept, method = max(component, 0.0), f"one-way ANOVA of {g} groups"

    def made(value: float) -> Estimate:
        return Estimate(value, n=n, method=method)

    never = undefined("marks within the groups do not differ", n, method)
    return BetweenGroups(
        share=made(kept / (kept + msw)),
        eta_squared=made(between / (between + within)),
        component=made(component),
        f=made(msb / msw) if msw > 0 else never,
        p=made(float(special.fdtrc(g - 1, n - g, msb / msw))) if msw > 0 else never,
    )


def station_quality(
    scores: Any, grades: Any, groups: Any = None, names: Sequence[str] | None = None, borderline: float = BORDERLINE
) -> tuple[StationQuality, ...]:
    """The metrics of each station in the order of the second axis. Raises `Undefined` for tables of other shapes."""
    marks, ratings = _cube(scores), _cube(grades)
    if marks.shape != ratings.shape:
        raise Undefined(f"scores are of shape {np.shape(scores)}, overall ratings of shape {np.shape(grades)}")
    labels = np.indices(marks.shape)[2] if groups is None else np.asarray(groups, dtype=object)
    if labels.size != marks.size:
        raise Undefined(f"{marks.size} scores but {labels.size} group labels")
    labels = labels.reshape(marks.shape)
    totals = _station_scores(marks)
    whole = item_analysis(totals, 100.0)
    names = names or [str(s + 1) for s in range(marks.shape[1])]
    return tuple(
        _one(
            names[s],
            whole.items[s],
            alpha_change(totals, s),
            marks[:, s].ravel(),
            ratings[:, s].ravel(),
            labels[:, s].ravel(),
            borderline,
        )
        for s in range(marks.shape[1])
    )


def _cube(table: Any) -> Array:
    array = numbers(table)
    if array.ndim not in (2, 3):
        raise Undefined("a table of trainees by stations is needed, or by stations and instructors")
    return array if array.ndim == 3 else array[:, :, None]


def _station_scores(marks: Array) -> Array:
    """Each trainee's score at each station: the mean of the instructors who marked."""
    known = ~np.isnan(marks)
    count = known.sum(axis=2)
    total = np.where(known, marks, 0.0).sum(axis=2)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def _one(
    name: str, item: ItemQuality, change: Estimate, marks: Array, ratings: Array, labels: Any, borderline: float
) -> StationQuality:
    regression = borderline_regression(ratings, marks, borderline)
    between = between_groups(marks, labels)
    given = marks[~np.isnan(marks)]
    mean = (
        Estimate(float(given.mean()), n=len(given), method="mean score, %")
        if len(given)
        else undefined("nobody was marked at this station", 0, "mean score, %")
    )
    flags = _flags(regression, between, item.alpha_if_deleted, change)
    return StationQuality(
        name, mean, regression, between, item.corrected_item_total, item.alpha_if_deleted, change, flags
    )


def _flags(
    regression: BorderlineRegression, between: BetweenGroups, without: Estimate, change: Estimate
) -> tuple[Flag, ...]:
    slope = regression.slope
    if slope.high is not None and slope.high < 0:
        found = [Flag("negative slope", "negative slope: checklist and judgement contradict each other")]
    elif regression.n < LEAST["station quality"].n:
        return ()
    else:
        found = _of_the_line(regression)
    if regression.n >= LEAST["station quality"].n:
        found += [flag for flag in regression.flags if flag.code in FACTS]
        if (failing := regression.failing).value is not None and failing.value > MANY_FAIL:
            text = f"{failing.count} of {failing.n} marks lie under the station's own cut"
            found.append(Flag("many fail", text))
    return (*found, *_of_the_others(between, without, change))


def _of_the_line(regression: BorderlineRegression) -> list[Flag]:
    slope, found = regression.slope, []
    if slope.value is not None and slope.value <= 0:
        return [Flag("no slope", "the scores do not rise with the overall rating")]
    if regression.r.value is not None:
        r2, high = regression.r.value**2, fisher(regression.r.value, regression.n)[1]
        if r2 < LITTLE_R2 or (r2 < USUAL_R2 and high is not None and high**2 < USUAL_R2):
            text = f"the overall rating explains {r2:.1%} of the scores; half or more is usual"
            found.append(Flag("weak relation", text))
    if slope.value is not None and slope.value < SMALL_STEP and (slope.high or 0.0) < USUAL_STEP:
        text = f"one grade more is worth only {slope.value:.1f} points of 100; about 10 is usual"
        found.append(Flag("small step", text))
    return found


def _of_the_others(between: BetweenGroups, without: Estimate, change: Estimate) -> list[Flag]:
    """What the instructors and the other stations say about this one."""
    share, p, found = between.share, between.p.value, []
    unlikely = p is None or p < CHANCE  # no p: the marks within the groups do not differ at all
    if share.value is not None and share.value > BETWEEN_HIGH and share.n >= LEAST["between groups"].n and unlikely:
        text = f"{share.value:.0%} of the spread lies between who marked; under 30% is wished for"
        found.append(Flag("between groups", text))
    rises = change.value is not None and change.value >= LEAST_CHANGE and change.low is not None and change.low > 0
    if rises and without.value is not None and change.n >= LEAST["alpha"].n:
        now = without.value - (change.value or 0.0)
        text = f"the course is more reliable without it ({without.value:.2f} against {now:.2f})"
        found.append(Flag("goes its own way", text))
    return found
