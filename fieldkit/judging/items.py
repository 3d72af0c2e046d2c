"""How the items of one scoresheet (or the stations of a course) behave.

Shapes: `scores` (persons, items), NaN for missing. With C the covariance matrix and S the sum of its entries:

difficulty              mean / maximum: the share of the points that trainees got
item-total              cor(X_i, T) = sum_j C_ij / sqrt(C_ii S)
corrected item-total    cor(X_i, T - X_i) = (sum_j C_ij - C_ii) / sqrt(C_ii (S - 2 sum_j C_ij + C_ii))
alpha if deleted        (k-1)/(k-2) (1 - (sum s^2 - s_i^2) / s^2_{T-i})     (Lord & Novick 1968; Cronbach 1951)

Difficulty uses every mark of the item; the others use the persons who have all marks. Undefined, and never 0: the
correlation of an item on which everybody got the same mark, or when the rest of the sheet does not vary; alpha if
deleted when fewer than two items would be left or the rest does not vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, answers, calculating, complete_rows, flat, matrix, one_each
from fieldkit.judging.estimate import Estimate, Undefined, undefined
from fieldkit.judging.intervals import fisher, share, student
from fieldkit.judging.reliability import feldt_interval


@dataclass(frozen=True)
class ItemQuality:
    """One item: how hard it is and whether it goes with the rest of the sheet."""

    difficulty: Estimate
    item_total: Estimate
    corrected_item_total: Estimate
    alpha_if_deleted: Estimate


@dataclass(frozen=True)
class ItemAnalysis:
    """All items in the order of the columns, and the mean and standard deviation (n-1) of the total."""

    items: tuple[ItemQuality, ...]
    mean: Estimate
    sd: Estimate


def item_analysis(scores: Any, maximum: float | Sequence[float] = 1.0) -> ItemAnalysis:
    """Item statistics of a table of marks (persons, items); `maximum` is the most points of each item, or of all.

    Bad data gives undefined estimates with their reason, one `ItemQuality` for each column that could be counted.
    """
    try:
        table = matrix(scores, "item", least_columns=1)
        most = one_each(maximum, "most points", table.shape[1])
    except Undefined as why:
        nothing = undefined(why.reason, why.n)
        return ItemAnalysis((ItemQuality(*[nothing] * 4),) * _columns(scores), nothing, nothing)
    difficulties = [_difficulty(table[:, i], float(most[i])) for i in range(table.shape[1])]
    try:
        whole = complete_rows(table)
    except Undefined as why:
        nothing = undefined(why.reason, why.n)
        return ItemAnalysis(tuple(ItemQuality(d, nothing, nothing, nothing) for d in difficulties), nothing, nothing)
    moments = _Moments.of(whole)
    items = tuple(
        ItemQuality(difficulty, _total(moments, i), _corrected(moments, i), _drop(moments, i))
        for i, difficulty in enumerate(difficulties)
    )
    return ItemAnalysis(items, *_total_score(whole.sum(axis=1)))


def _columns(scores: Any) -> int:
    """How many columns a table that could not be read seems to have."""
    rows = scores if isinstance(scores, (list, tuple)) else ()
    return max((len(row) for row in rows if isinstance(row, (list, tuple))), default=0)


@dataclass(frozen=True)
class _Moments:
    """What all items share: computed once, so that 5,000 persons cost one covariance matrix."""

    n: int
    variance: Array
    with_total: Array
    total: float
    constant: tuple[bool, ...]
    rest_constant: tuple[bool, ...]

    @classmethod
    def of(cls, whole: Array) -> _Moments:
        covariance = np.atleast_2d(np.cov(whole, rowvar=False))
        total = whole.sum(axis=1)
        columns = range(whole.shape[1])
        return cls(
            n=len(whole),
            variance=np.diag(covariance).copy(),
            with_total=covariance.sum(axis=1),
            total=float(covariance.sum()),
            constant=tuple(flat(whole[:, i]) for i in columns),
            rest_constant=tuple(flat(total - whole[:, i]) for i in columns),
        )

    def rest_variance(self, i: int) -> float:
        return float(self.total - 2 * self.with_total[i] + self.variance[i])


@answers("share of the points")
def _difficulty(column: Array, maximum: float) -> Estimate:
    given = column[~np.isnan(column)]
    if not len(given):
        raise Undefined("nobody was marked on this item")
    if not maximum > 0:
        raise Undefined("the item carries no points", len(given))
    if (given < 0).any() or (given > maximum).any():
        raise Undefined(f"a mark lies outside 0 to {maximum:g}", len(given))
    if np.isin(given, (0.0, maximum)).all():
        return share(int((given == maximum).sum()), len(given), "share of full marks, exact interval")
    value = float(given.mean() / maximum)
    if len(given) < 2:
        return Estimate(value, n=1, method="share of the points")
    low, high = student(value, float(given.std(ddof=1)) / maximum / len(given) ** 0.5, len(given) - 1)
    return Estimate(value, max(low, 0.0), min(high, 1.0), len(given), "share of the points, t interval")


def _correlation(covariance: float, one: float, other: float, n: int, method: str) -> Estimate:
    r = max(-1.0, min(1.0, covariance / (one * other) ** 0.5))
    return Estimate(r, *fisher(r, n), n=n, method=method)


@answers("item-total correlation")
def _total(m: _Moments, i: int) -> Estimate:
    if m.constant[i]:
        raise Undefined("everybody got the same mark on this item", m.n)
    if not m.total > 0:
        raise Undefined("everybody has the same total", m.n)
    return _correlation(m.with_total[i], m.variance[i], m.total, m.n, "item-total correlation, Fisher interval")


@answers("correlation with the rest of the sheet")
def _corrected(m: _Moments, i: int) -> Estimate:
    if len(m.variance) < 2:
        raise Undefined("there is only one item, so no rest to go with", m.n)
    if m.constant[i]:
        raise Undefined("everybody got the same mark on this item", m.n)
    if m.rest_constant[i]:
        raise Undefined("everybody has the same total on the other items", m.n)
    covariance = float(m.with_total[i] - m.variance[i])
    method = "correlation with the rest of the sheet, Fisher interval"
    return _correlation(covariance, m.variance[i], m.rest_variance(i), m.n, method)


@answers("alpha without this item")
def _drop(m: _Moments, i: int) -> Estimate:
    left = len(m.variance) - 1
    if left < 2:
        raise Undefined("fewer than two items would be left", m.n)
    if m.rest_constant[i]:
        raise Undefined("everybody has the same total on the other items", m.n)
    alpha = left / (left - 1) * (1 - float(m.variance.sum() - m.variance[i]) / m.rest_variance(i))
    return Estimate(alpha, *feldt_interval(alpha, m.n, left), n=m.n, method="alpha without this item, Feldt interval")


def _total_score(totals: Array) -> tuple[Estimate, Estimate]:
    n = len(totals)
    with calculating():
        mean, sd = float(totals.mean()), 0.0 if flat(totals) else float(totals.std(ddof=1))
    return (
        Estimate(mean, *student(mean, sd / n**0.5, n - 1), n=n, method="mean total, t interval"),
        Estimate(sd, n=n, method="standard deviation of the total (n-1)"),
    )
