"""McDonald's omega: reliability of a total when one common ability drives all parts, but not all equally.

    omega = (sum l)^2 / ((sum l)^2 + sum theta)                           McDonald 1999

l are the loadings and theta the remaining variances of a one-factor model, found by the usual fixed point: given
theta, l is the leading eigenvector of the reduced covariance; given l, theta = diag(S) - l^2.

Two definitions are in use and differ visibly in small groups: maximum likelihood on the covariances (Joreskog 1967),
and least squares on the correlations (minres; Harman & Jones 1966). The second takes parts as equally wide.

Shapes: `scores` (persons, parts). Undefined: fewer than three parts (one factor is then not determined), a part
without spread, or no solution with all theta above 0 (a Heywood case: one factor does not describe these marks).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, answers, complete_rows, flat, matrix
from fieldkit.judging.estimate import Estimate, Undefined

ROUNDS, CLOSE = 1000, 1e-8


@answers("McDonald's omega")
def mcdonald_omega(scores: Any, standardised: bool = False) -> Estimate:
    """Omega total of a table (persons, parts): maximum likelihood, or minres on correlations when `standardised`."""
    whole = complete_rows(matrix(scores, least_columns=3))
    n = len(whole)
    if any(flat(column) for column in whole.T):
        raise Undefined("everybody got the same mark on one of the parts", n)
    spread = np.cov(whole, rowvar=False)
    if standardised:
        width = np.sqrt(np.diag(spread))
        spread = spread / np.outer(width, width)
    loadings, unique = _one_factor(spread, weighted=not standardised, n=n)
    common = float(loadings.sum()) ** 2
    how = "minres, correlations" if standardised else "maximum likelihood, covariances"
    return Estimate(common / (common + float(unique.sum())), n=n, method=f"McDonald's omega, one factor, {how}")


def _one_factor(spread: Array, weighted: bool, n: int) -> tuple[Array, Array]:
    """Loadings and unique variances; `weighted` scales by the unique variances (maximum likelihood)."""
    whole = np.diag(spread)
    unique = whole / 2
    for _ in range(ROUNDS):
        scale = np.sqrt(unique) if weighted else np.ones_like(unique)
        reduced = (spread - np.diag(unique)) / np.outer(scale, scale)
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, -1] * np.sqrt(max(values[-1], 0.0)) * scale
        step = whole - loadings**2
        if not (step > 1e-6 * whole).all():
            break
        if float(np.abs(step - unique).max()) <= CLOSE * float(whole.max()):
            return loadings, step
        unique = step
    raise Undefined("one common factor does not describe these marks", n)
