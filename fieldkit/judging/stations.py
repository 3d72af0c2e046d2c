"""Which stations to mend: the metrics of AMEE Guide 49 (Pell, Fuller, Homer & Roberts 2010), one set for each station.

R2                how much of the scores the overall rating explains (0.5 and more is usual)
slope             inter-grade discrimination: points for one grade more (about a tenth of the maximum is usual)
failing           marks under the station's own cut by borderline regression
between groups    share of the spread that lies between the groups who marked (circuits, instructors):
                  v_b = (MSB - MSW) / n0,  n0 = (N - sum n^2 / N) / (g - 1),  share = max(v_b, 0) / (max(v_b, 0) + MSW)
                  Under 30 % is wished for, over 40 % a concern. eta^2 = SSB / SST overstates it in small groups.
alpha if deleted  reliability of the course without the station; higher than with it: it goes its own way

The usual values come from large cohorts. Below the least n of "station quality" only what is certain is flagged: a
negative slope, a borderline grade never given, a cut outside the range.

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
from fieldkit.judging.items import ItemAnalysis, item_analysis
from fieldkit.judging.ratings import numbered
from fieldkit.judging.reliability import cronbach_alpha

SMALL_STEP = 5.0
BETWEEN_HIGH = 0.40
MANY_FAIL = 0.50
CERTAIN = ("negative slope", "no slope", "extrapolation", "cut below", "cut above")


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
    flags: tuple[Flag, ...]


@results("between groups", lambda nothing: BetweenGroups(*[nothing] * 5))
def between_groups(scores: Any, groups: Sequence[Any]) -> BetweenGroups:
    """One-way random analysis of variance of `scores` by the labels in `groups`; gaps in either are left out."""
    values, labels = numbers(scores).ravel(), list(groups)
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
    labels = np.indices(marks.shape)[2] if groups is None else np.asarray(groups, dtype=object).reshape(marks.shape)
    totals = _station_scores(marks)
    whole, alpha = item_analysis(totals, 100.0), cronbach_alpha(totals)
    names = names or [str(s + 1) for s in range(marks.shape[1])]
    return tuple(
        _one(names[s], s, marks[:, s].ravel(), ratings[:, s].ravel(), labels[:, s].ravel(), whole, alpha, borderline)
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
    name: str,
    s: int,
    marks: Array,
    ratings: Array,
    labels: Any,
    whole: ItemAnalysis,
    alpha: Estimate,
    borderline: float,
) -> StationQuality:
    regression = borderline_regression(ratings, marks, borderline)
    between = between_groups(marks, labels)
    item = whole.items[s]
    given = marks[~np.isnan(marks)]
    mean = (
        Estimate(float(given.mean()), n=len(given), method="mean score, %")
        if len(given)
        else undefined("nobody was marked at this station", 0, "mean score, %")
    )
    flags = _flags(regression, between, item.alpha_if_deleted, alpha)
    return StationQuality(name, mean, regression, between, item.corrected_item_total, item.alpha_if_deleted, flags)


def _flags(
    regression: BorderlineRegression, between: BetweenGroups, without: Estimate, alpha: Estimate
) -> tuple[Flag, ...]:
    certain = tuple(flag for flag in regression.flags if flag.code in CERTAIN)
    if regression.n < LEAST["station quality"].n:
        return certain
    found = [flag for flag in regression.flags if flag.code not in CERTAIN]
    slope, share = regression.slope.value, between.share.value
    if slope is not None and 0 < slope < SMALL_STEP:
        found.append(Flag("small step", f"one grade more is worth only {slope:.1f} points of 100; about 10 is usual"))
    if (failing := regression.failing).value is not None and failing.value > MANY_FAIL:
        found.append(Flag("many fail", f"{failing.count} of {failing.n} marks lie under the station's own cut"))
    if share is not None and share > BETWEEN_HIGH and between.share.n >= LEAST["between groups"].n:
        found.append(
            Flag("between groups", f"{share:.0%} of the spread lies between who marked; under 30% is wished for")
        )
    if without.value is not None and alpha.value is not None and without.value > alpha.value:
        text = f"the course is more reliable without it ({without.value:.2f} against {alpha.value:.2f})"
        found.append(Flag("goes its own way", text))
    return certain + tuple(found)
