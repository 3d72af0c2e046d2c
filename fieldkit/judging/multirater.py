"""Agreement of several instructors on named or ordered grades, from counts: who gave which grade does not matter.

With n_uc the number of marks c for person u, m marks a person, p_c the shares of the grades over all marks:

Fleiss (1971)         P = mean of sum_c n_uc (n_uc - 1) / (m (m-1)),  e = sum p_c^2,  kappa = (P - e) / (1 - e)
  for one grade       1 - sum_u n_uc (m - n_uc) / (N m (m-1) p_c (1-p_c))
  z against chance    variance of Fleiss, Nee & Landis (1979)
Conger (1980)         as Fleiss, but e keeps each instructor's own shares: sum_c (p_c^2 - var_raters(p_c) / m)
Gwet AC1 (2008), AC2  e = sum_kl v_kl / (q (q-1)) * sum_c p_c (1 - p_c), p_c averaged over persons; gaps allowed

Shapes: `counts` (persons, grades); `ratings` (persons, instructors). Intervals are jackknife over persons. Undefined:
fewer than two marks a person; unequal numbers of marks (Fleiss: use Krippendorff's alpha); only one grade ever given.
For two instructors Fleiss' kappa is Scott's pi.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, answers, complete_rows, flat, matrix, numbers
from fieldkit.judging.estimate import Estimate, Undefined
from fieldkit.judging.intervals import student
from fieldkit.judging.weights import weights_of


@dataclass(frozen=True)
class FleissKappa(Estimate):
    """Fleiss' kappa with its z against chance and one kappa for each grade (column of the counts)."""

    z: float | None = None
    grades: tuple[Estimate, ...] = ()


def fleiss_kappa(counts: Any) -> FleissKappa:
    """Fleiss' kappa of a table of counts (persons, grades), the same number of marks for each person."""
    whole = _fleiss(counts)
    if whole.value is None:
        return FleissKappa(None, n=whole.n, method=whole.method, reason=whole.reason)
    table = numbers(counts, "counts")
    grades = tuple(_one_grade(table, c) for c in range(table.shape[1]))
    return FleissKappa(
        whole.value, whole.low, whole.high, whole.n, whole.method, z=_z(table, whole.value), grades=grades
    )


@answers("Fleiss' kappa")
def _fleiss(counts: Any) -> Estimate:
    table = _even_counts(counts)
    return _with_jackknife(table, _fleiss_of, "Fleiss' kappa")


def _even_counts(counts: Any) -> Array:
    table = numbers(counts, "counts")
    if table.ndim != 2 or not len(table):
        raise Undefined("a table is needed: one row for each trainee, one column for each grade")
    if np.isnan(table).any() or (table < 0).any():
        raise Undefined("the table must hold counts of 0 or more", len(table))
    marks = table.sum(axis=1)
    if not flat(marks):
        raise Undefined("the trainees have different numbers of marks; Krippendorff's alpha allows that", len(table))
    if marks[0] < 2:
        raise Undefined("needs at least two marks for each trainee", len(table))
    if (table.sum(axis=0) > 0).sum() < 2:
        raise Undefined("only one grade was ever given, so agreement beyond chance is 0/0", len(table))
    return table


def _fleiss_of(table: Array) -> float:
    m, shares = table[0].sum(), table.sum(axis=0) / table.sum()
    seen = float((table * (table - 1)).sum() / (len(table) * m * (m - 1)))
    chance = float((shares**2).sum())
    return (seen - chance) / (1 - chance)


@answers("Fleiss' kappa of one grade")
def _one_grade(table: Array, c: int) -> Estimate:
    n, m, given = len(table), table[0].sum(), table[:, c]
    p = float(given.sum() / table.sum())
    if not 0 < p < 1:
        raise Undefined("this grade was never given" if p == 0 else "only this grade was given", n)
    return Estimate(1 - float((given * (m - given)).sum()) / (n * m * (m - 1) * p * (1 - p)), n=n, method="one grade")


def _z(table: Array, kappa: float) -> float:
    m, p = table[0].sum(), table.sum(axis=0) / table.sum()
    spread = float((p * (1 - p)).sum())
    variance = 2 / (spread**2 * len(table) * m * (m - 1)) * (spread**2 - float((p * (1 - p) * (1 - 2 * p)).sum()))
    return kappa / variance**0.5


def _with_jackknife(rows: Array, statistic: Callable[[Array], float], method: str) -> Estimate:
    """The statistic with a t interval from leaving out one person at a time; none where that cannot be done."""
    value, n = statistic(rows), len(rows)
    if value > 1 - 1e-12 or not 3 <= n <= 500:
        return Estimate(value, n=n, method=method)
    try:
        without = np.array([statistic(np.delete(rows, u, axis=0)) for u in range(n)])
    except (FloatingPointError, Undefined):
        return Estimate(value, n=n, method=method)
    error = float(((n - 1) / n * ((without - without.mean()) ** 2).sum()) ** 0.5)
    low, high = student(value, error, n - 1)
    return Estimate(value, max(low, -1.0), min(high, 1.0), n, method + ", jackknife interval")


@answers("Conger's kappa")
def conger_kappa(ratings: Any) -> Estimate:
    """Conger's kappa of ratings (persons, instructors); persons without all marks are left out."""
    whole = complete_rows(matrix(ratings, "instructor"), least=1)
    if flat(whole):
        raise Undefined("only one grade was ever given, so agreement beyond chance is 0/0", len(whole))
    return _with_jackknife(whole, _conger_of, "Conger's kappa")


def _conger_of(whole: Array) -> float:
    m, grades = whole.shape[1], np.unique(whole)
    given = whole[:, :, None] == grades  # persons, instructors, grades
    table, own = given.sum(axis=1), given.mean(axis=0)
    seen = float((table * (table - 1)).sum() / (len(whole) * m * (m - 1)))
    chance = float((own.mean(axis=0) ** 2 - own.var(axis=0, ddof=1) / m).sum())
    return (seen - chance) / (1 - chance)


@answers("Gwet's AC")
def gwet_ac(counts: Any, weights: Any = None) -> Estimate:
    """Gwet's AC1, or AC2 with `weights` ("linear", "quadratic"), from counts (persons, grades); marks may be missing.

    The columns must be all grades of the scale. Persons with one mark count for the shares of the grades only.
    """

    table = numbers(counts, "counts")
    if table.ndim != 2 or table.shape[1] < 2 or np.isnan(table).any() or (table < 0).any():
        raise Undefined("a table of counts is needed: one row for each trainee, one column for each grade of the scale")
    table = table[table.sum(axis=1) > 0]
    if not (table.sum(axis=1) >= 2).any():
        raise Undefined("nobody was marked by two instructors", len(table))
    v = 1 - weights_of(table.shape[1], weights)
    name = "Gwet's AC1" if weights is None else f"Gwet's AC2, {weights}"
    return _with_jackknife(table, lambda rows: _gwet_of(rows, v), name)


def _gwet_of(table: Array, v: Array) -> float:
    marks, q = table.sum(axis=1), table.shape[1]
    double = table[marks >= 2]
    if not len(double):
        raise Undefined("nobody was marked by two instructors")
    m = double.sum(axis=1)
    seen = float(((double * (double @ v - 1)).sum(axis=1) / (m * (m - 1))).mean())
    p = (table / marks[:, None]).mean(axis=0)
    chance = float(v.sum() / (q * (q - 1)) * (p * (1 - p)).sum())
    return (seen - chance) / (1 - chance)
