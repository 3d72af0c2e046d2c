"""Intraclass correlations: how much of the spread of the marks lies between trainees rather than instructors.

Mean squares of a table of n trainees by k instructors: BMS between trainees, JMS between instructors, EMS the rest,
WMS within trainees. Shrout & Fleiss (1979), names of McGraw & Wong (1996) in brackets:

ICC1  (1)    (BMS-WMS) / (BMS + (k-1) WMS)                     each trainee has other instructors
ICC2  (A,1)  (BMS-EMS) / (BMS + (k-1) EMS + k (JMS-EMS)/n)     the same instructors; severity counts as error
ICC3  (C,1)  (BMS-EMS) / (BMS + (k-1) EMS)                     the same instructors; severity does not count
...k         the same for the mean of k marks:  (BMS-WMS)/BMS,  (BMS-EMS)/(BMS + (JMS-EMS)/n),  (BMS-EMS)/BMS

Intervals by F. ICC2k has two published ones: `low`, `high` are Shrout and Fleiss' (Spearman-Brown of the bounds of
ICC2), `mcgraw_wong` the other, as R's irr computes it.

Shapes: `ratings` (trainees, instructors); trainees without all marks are left out. Undefined: one instructor, fewer
than two complete trainees, no spread at all. Negative values are values and are not clipped. Where instructors never
differ (EMS or WMS is 0) there is a value and no interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.checks import complete_rows, flat, matrix, results
from fieldkit.judging.estimate import Estimate, Flag, Undefined
from fieldkit.judging.intervals import Interval, tail_of

NAMES = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@dataclass(frozen=True)
class MeanSquares:
    """The two-way table: n trainees, k instructors, and the four mean squares."""

    n: int
    k: int
    between: float
    judges: float
    error: float
    within: float


@dataclass(frozen=True)
class IntraclassCorrelation(Estimate):
    """An ICC with its F test against 0 and, for ICC2k, McGraw and Wong's interval."""

    f: float | None = None
    freedom: tuple[float, float] = (0.0, 0.0)
    p: float | None = None
    mcgraw_wong: Interval | None = None


def mean_squares(ratings: Any) -> MeanSquares:
    """The mean squares of ratings (trainees, instructors). Raises `Undefined` for tables that have none."""
    whole = complete_rows(matrix(ratings, "instructor"))
    n, k = whole.shape
    mean = whole.mean()
    rows, columns = whole.mean(axis=1), whole.mean(axis=0)
    between = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    judges = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    own, size = whole - rows[:, None], float(np.abs(whole).max())
    within = 0.0 if flat(own, size) else float((own**2).sum()) / (n * (k - 1))
    rest = own - columns + mean
    error = 0.0 if flat(rest, size) else float((rest**2).sum()) / ((n - 1) * (k - 1))
    return MeanSquares(n, k, 0.0 if flat(rows) else between, 0.0 if flat(columns) else judges, error, within)


def _undefined(nothing: Estimate) -> Mapping[str, IntraclassCorrelation]:
    return {name: IntraclassCorrelation(None, n=nothing.n, method=name, reason=nothing.reason) for name in NAMES}


@results("intraclass correlation", _undefined)
def icc(ratings: Any, confidence: float = 0.95) -> Mapping[str, IntraclassCorrelation]:
    """All six coefficients by name ("ICC1" ... "ICC3k"); see the module for shapes and what is undefined."""
    ms = mean_squares(ratings)
    if not (ms.between or ms.judges or ms.within):
        raise Undefined("all instructors gave everybody the same mark", ms.n)
    return _six(ms, tail_of(confidence))


def _six(ms: MeanSquares, tail: float) -> dict[str, IntraclassCorrelation]:
    n, k, b, j, e, w = ms.n, ms.k, ms.between, ms.judges, ms.error, ms.within
    severity = k * (j - e) / n
    one_way, two_way = (n - 1, n * (k - 1)), (n - 1, (n - 1) * (k - 1))
    first, third = _single(b, w, one_way, k, tail), _single(b, e, two_way, k, tail)
    second = _agreement(ms, tail)
    value2 = _ratio(b - e, b + (k - 1) * e + severity)
    value2k = _ratio(b - e, b + severity / k)
    firsts, seconds, thirds = (_stepped(bounds, k) for bounds in (first, second, third))
    return {
        "ICC1": _made("ICC1", ms, _ratio(b - w, b + (k - 1) * w), first, w, one_way),
        "ICC2": _made("ICC2", ms, value2, second, e, two_way),
        "ICC3": _made("ICC3", ms, _ratio(b - e, b + (k - 1) * e), third, e, two_way),
        "ICC1k": _made("ICC1k", ms, _ratio(b - w, b), firsts, w, one_way),
        "ICC2k": replace(_made("ICC2k", ms, value2k, seconds, e, two_way), mcgraw_wong=_mcgraw_wong(ms, value2k, tail)),
        "ICC3k": _made("ICC3k", ms, _ratio(b - e, b), thirds, e, two_way),
    }


def _ratio(above: float, below: float) -> float | None:
    return above / below if abs(below) > 1e-12 * max(abs(above), 1e-300) else None


def _stepped(bounds: Interval, k: int) -> Interval:
    """Spearman-Brown of both bounds."""
    low, high = (None if b is None or 1 + (k - 1) * b <= 0 else k * b / (1 + (k - 1) * b) for b in bounds)
    return low, high


def _single(b: float, error: float, freedom: tuple[int, int], k: int, tail: float) -> Interval:
    if not (b > 0 and error > 0):
        return None, None
    f, upper = b / error, float(special.fdtri(*freedom, 1 - tail))
    low, high = f / upper, f * float(special.fdtri(freedom[1], freedom[0], 1 - tail))
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _agreement(ms: MeanSquares, tail: float) -> Interval:
    """Shrout and Fleiss' interval of ICC2, with Satterthwaite's degrees of freedom."""
    n, k, b, j, e = ms.n, ms.k, ms.between, ms.judges, ms.error
    value = _ratio(b - e, b + (k - 1) * e + k * (j - e) / n)
    if value is None or not (e > 0 and b > 0):
        return None, None
    fj, rest = j / e, n * (1 + (k - 1) * value) - k * value
    below = (n - 1) * k**2 * value**2 * fj**2 + rest**2
    freedom = (n - 1) * (k - 1) * (k * value * fj + rest) ** 2 / below
    upper, lower = float(special.fdtri(n - 1, freedom, 1 - tail)), float(special.fdtri(freedom, n - 1, 1 - tail))
    noise = k * j + (k * n - k - n) * e
    low = _ratio(n * (b - upper * e), upper * noise + n * b)
    high = _ratio(n * (lower * b - e), noise + n * lower * b)
    return low, high


def _mcgraw_wong(ms: MeanSquares, value: float | None, tail: float) -> Interval | None:
    n, k, b, j, e = ms.n, ms.k, ms.between, ms.judges, ms.error
    if value is None or not (e > 0 and b > 0) or 1 - value < 1e-12:
        return None
    part = k * value / (n * (1 - value))
    whole = 1 + part * (n - 1)
    freedom = (part * j + whole * e) ** 2 / ((part * j) ** 2 / (k - 1) + (whole * e) ** 2 / ((n - 1) * (k - 1)))
    upper, lower = float(special.fdtri(n - 1, freedom, 1 - tail)), float(special.fdtri(freedom, n - 1, 1 - tail))
    return (
        _ratio(n * (b - upper * e), upper * (j - e) + n * b),
        _ratio(n * (lower * b - e), j - e + n * lower * b),
    )


def _made(
    name: str, ms: MeanSquares, value: float | None, bounds: Interval, error: float, freedom: tuple[int, int]
) -> IntraclassCorrelation:
    if value is None:
        reason = "the spread between trainees does not stand out from the rest (0/0)"
        return IntraclassCorrelation(None, n=ms.n, method=name, reason=reason)
    low, high = bounds
    if low is None or high is None or not low <= value <= high:  # far below 0 the approximate bounds miss the value
        flag = Flag("no interval", "the marks leave no error (or no spread) to build an interval from")
        return IntraclassCorrelation(value, n=ms.n, method=name, flags=(flag,), freedom=freedom)
    f = ms.between / error
    p = float(special.fdtrc(*freedom, f))
    return IntraclassCorrelation(value, low, high, ms.n, f"{name}, F interval", f=f, freedom=freedom, p=p)
