"""Whether the whole is more reliable without one of its parts: the difference of two alphas, with its error.

    alpha without the part - alpha,     error = sd of (influence without - influence) / sqrt(n)
    influence of a person on alpha      -k/(k-1) / s_T^2 (sum_i d_i^2 - (sum_i s_i^2 / s_T^2) D^2)

d_i is how far the person lies from the mean of part i, D from the mean of the total. It needs no normal scores and no
resampling (Yuan, Guarnaccia & Hayslip 2003; Maydeu-Olivares, Coffman & Hartmann 2007), and as both alphas come from the
same persons, what moves both falls out.

Shapes: `scores` (persons, parts); persons with a missing mark are left out. Undefined: fewer than three parts or three
persons; no spread in the total, or in what is left of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, answers, complete_rows, flat, matrix
from fieldkit.judging.estimate import Estimate, Undefined
from fieldkit.judging.intervals import student

METHOD = "alpha without the part minus alpha, t interval"


@answers(METHOD)
def alpha_change(scores: Any, part: int) -> Estimate:
    """How much alpha would rise without one part (column number); below 0 the part is an asset."""
    whole = complete_rows(matrix(scores, least_columns=3), least=3)
    away = whole - whole.mean(axis=0)
    rest = np.delete(away, part, axis=1)
    n = len(whole)
    if flat(away.sum(axis=1), float(np.abs(whole).max())) or flat(rest.sum(axis=1), float(np.abs(whole).max())):
        raise Undefined("everybody has the same total, so there is nothing to tell apart", n)
    (alpha, moves), (without, moves_without) = _alpha(away), _alpha(rest)
    error = float((moves_without - moves).std(ddof=1)) / n**0.5
    change = without - alpha
    low, high = student(change, error, n - 1) if error else (None, None)
    return Estimate(change, low, high, n, METHOD)


def _alpha(away: Array) -> tuple[float, Array]:
    """Alpha of deviations (persons, parts), and each person's influence on it."""
    k, squares, totals = away.shape[1], (away**2).sum(axis=1), away.sum(axis=1) ** 2
    ratio = float(squares.sum() / totals.sum())
    factor = k / (k - 1)
    return factor * (1 - ratio), -factor / float(totals.mean()) * (squares - ratio * totals)
