"""Krippendorff's alpha: agreement with any number of instructors, any scale and gaps anywhere.

    alpha = 1 - D_o / D_e                                                Krippendorff 2011; 2019
    D_o  mean disagreement of the pairs of marks within a person, D_e of all pairs of pairable marks

Metrics: nominal 1 where different; interval (c-k)^2; ratio ((c-k)/(c+k))^2; ordinal (marks between c and k, counting
half of each)^2, which is the interval metric on the mid-ranks of the pairable marks. (Gwet's ordinal weights are
another thing and give another number.)

Shapes: `ratings` (persons, instructors), NaN for missing; persons with fewer than two marks are left out, `n` counts
the others. Undefined: no person with two marks; no variation among the pairable marks (D_e = 0); a ratio metric with
marks below 0. The interval, when asked for, resamples persons.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, answers, flat, matrix
from fieldkit.judging.estimate import Estimate, Undefined
from fieldkit.judging.intervals import SEED, percentiles, resamples

METRICS = ("nominal", "ordinal", "interval", "ratio")


@answers("Krippendorff's alpha")
def krippendorff_alpha(ratings: Any, metric: str = "ordinal", samples: int = 0, seed: int = SEED) -> Estimate:
    """Krippendorff's alpha of ratings (persons, instructors), with a bootstrap interval when `samples` > 0."""
    if metric not in METRICS:
        raise Undefined(f'the metric is one of {", ".join(METRICS)}, not "{metric}"')
    table = matrix(ratings, "instructor")
    table = table[(~np.isnan(table)).sum(axis=1) >= 2]
    n = len(table)
    if not n:
        raise Undefined("nobody was marked by two instructors")
    pairable = table[~np.isnan(table)]
    if flat(pairable):
        raise Undefined("all instructors gave everybody the same mark, so there is no disagreement to expect", n)
    if metric == "ratio" and (pairable < 0).any():
        raise Undefined("the ratio metric needs marks of 0 or more", n)
    count = _counts(table)
    value = _alpha(table, count, metric, np.ones((1, n)))[0]
    if samples <= 0 or n < 3:
        return Estimate(value, n=n, method=f"Krippendorff's alpha, {metric}")
    low, high = percentiles(_alpha(table, count, metric, resamples(n, samples, seed)))
    return Estimate(value, low, high, n, f"Krippendorff's alpha, {metric}, {samples} resamples of trainees")


def _counts(table: Array) -> Array:
    """How often each person got each of the different marks, shape (persons, marks)."""
    marks, place = np.unique(table, return_inverse=True)  # NaN sorts last and is one mark of its own
    known = int((~np.isnan(marks)).sum())
    rows = np.repeat(np.arange(len(table)), table.shape[1])
    flat_place = place.ravel()
    seen = flat_place < known
    return (
        np.bincount(rows[seen] * known + flat_place[seen], minlength=len(table) * known)
        .reshape(-1, known)
        .astype(float)
    )


def _alpha(table: Array, count: Array, metric: str, weights: Array) -> Array:
    """Alpha for each row of person weights (samples, persons); NaN where a resample has no variation."""
    marks = np.unique(table[~np.isnan(table)])
    margin = weights @ count
    total = margin.sum(axis=1)
    result = np.full(len(weights), np.nan)
    if metric == "ordinal":
        ranks = np.cumsum(margin, axis=1) - margin / 2
        pair = _rank_disagreement(count, weights, ranks)
        expected = _spread(margin, ranks)
    else:
        apart = _distance(marks, metric)
        within = np.einsum("uc,ck,uk->u", count, apart, count, optimize=True) / (count.sum(axis=1) - 1)
        pair = weights @ within
        expected = np.einsum("bc,ck,bk->b", margin, apart, margin, optimize=True)
    varies = expected > 0
    result[varies] = 1 - (total[varies] - 1) * pair[varies] / expected[varies]
    return result


def _distance(marks: Array, metric: str) -> Array:
    difference = np.subtract.outer(marks, marks)
    if metric == "nominal":
        return (difference != 0).astype(float)
    if metric == "interval":
        return difference**2
    total = np.add.outer(marks, marks)
    return np.divide(difference, total, out=np.zeros_like(total), where=total > 0) ** 2


def _spread(margin: Array, values: Array) -> Array:
    """Sum over all pairs of marks of the squared difference of their values, for each sample."""
    return 2 * (margin.sum(axis=1) * (margin * values**2).sum(axis=1) - (margin * values).sum(axis=1) ** 2)


def _rank_disagreement(count: Array, weights: Array, ranks: Array) -> Array:
    """Sum over persons of the squared rank differences of their pairs, each over (marks - 1), for each sample.

    For one person sum_ck n_c n_k (r_c - r_k)^2 = 2 (m sum n_c r_c^2 - (sum n_c r_c)^2).
    """
    m = count.sum(axis=1)
    squares = weights * (m / (m - 1)) @ count  # samples, marks
    first = 2 * (squares * ranks**2).sum(axis=1)
    second = np.zeros(len(weights))
    for c, k in itertools.combinations_with_replacement(range(count.shape[1]), 2):
        both = weights @ (count[:, c] * count[:, k] / (m - 1))
        second += (1 if c == k else 2) * both * ranks[:, c] * ranks[:, k]
    return first - 2 * second
