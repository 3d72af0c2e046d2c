"""Whether instructors who saw the same thing gave the same mark: pairs of instructors, and the whole family.

Here: percent agreement and Cohen's kappa. Beside it, and reached from here: `multirater` (Fleiss, Conger, Light, Gwet),
`krippendorff` and `icc`.

kappa       1 - sum w o / sum w e;  o observed shares, e = products of the margins, w the disagreement
            w = 1 off the diagonal (Cohen 1960); |i-j|/(k-1) linear, its square quadratic (Cohen 1968;
            Fleiss & Cohen 1973)
its error   Fleiss, Cohen & Everitt 1969, for any weights; interval kappa +- z SE, cut at -1 and 1

Shapes: `ratings` (persons, instructors), NaN for missing; `table` (k, k) counts, first instructor in rows. The rows and
columns are all grades of the scale, given or not: weights depend on them. Undefined: no pair; kappa where both gave one
and the same grade to everybody (0/0, although the agreement is 100 %: always print the two side by side).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from fieldkit.errors import BadInput
from fieldkit.judging.checks import Array, answers, flat, matrix, numbers, scalars
from fieldkit.judging.estimate import Estimate, Undefined
from fieldkit.judging.icc import MeanSquares, icc, mean_squares
from fieldkit.judging.intervals import normal_quantile, share
from fieldkit.judging.krippendorff import krippendorff_alpha
from fieldkit.judging.multirater import FleissKappa, conger_kappa, fleiss_kappa, gwet_ac
from fieldkit.judging.weights import weights_of

__all__ = [
    "FleissKappa", "MeanSquares", "cohen_kappa", "conger_kappa", "fleiss_kappa", "gwet_ac", "icc", "kappa_error",
    "krippendorff_alpha", "light_kappa", "mean_squares", "percent_agreement", "table_of", "weights_of",
]  # fmt: skip


@answers("percent agreement")
def percent_agreement(ratings: Any, tolerance: float = 0.0) -> Estimate:
    """How many per cent of the pairs of marks for one person lie at most `tolerance` apart (0: the same mark).

    `count` of `n` pairs. The interval is exact (Clopper-Pearson) and given for at most two marks a person. More marks a
    person make pairs that hang together: then there is none, and the value is the mean of the persons' shares, so that
    a person with many marks counts no more than another (Fleiss 1971; Gwet 2014).
    """
    table = matrix(ratings, "instructor")
    (tolerance,) = scalars("the tolerance", tolerance)
    alike, pairs = np.zeros(len(table)), np.zeros(len(table))
    for i, j in itertools.combinations(range(table.shape[1]), 2):
        apart = np.abs(table[:, i] - table[:, j])
        pairs += ~np.isnan(apart)
        alike += apart <= tolerance + 1e-9
    if not pairs.any():
        raise Undefined("nobody was marked by two instructors")
    method = "pairs with the same mark, %" if not tolerance else f"pairs at most {tolerance:g} apart, %"
    same = share(int(alike.sum()), int(pairs.sum()), method)
    if pairs.max() > 1 or same.low is None or same.high is None:
        percent = 100 * float((alike[pairs > 0] / pairs[pairs > 0]).mean())
        return Estimate(percent, n=same.n, method=method + ", mean over trainees", count=same.count)
    return same.times(100, method + ", exact interval")


def table_of(pairs: Any, scale: Sequence[Any]) -> Array:
    """Pairs of grades (n, 2) counted into a square table over the whole `scale`; pairs with a gap are left out.

    Raises BadInput, naming the first grade that is not on the scale.
    """
    place = {grade: i for i, grade in enumerate(scale)}
    table = np.zeros((len(place), len(place)))
    for number, pair in enumerate(pairs, start=1):
        try:
            first, second = pair
            hash((first, second))
        except (TypeError, ValueError):
            raise BadInput(f"pair {number} does not hold two grades.") from None
        if any(grade is None or grade != grade for grade in (first, second)):  # only NaN differs from itself
            continue
        for grade in (first, second):
            if grade not in place:
                grades = ", ".join(str(g) for g in scale)
                raise BadInput(f"pair {number} holds the grade {grade}, which is not on the scale {grades}.")
        table[place[first], place[second]] += 1
    return table


@answers("Cohen's kappa")
def cohen_kappa(table: Any, weights: Any = None, confidence: float = 0.95) -> Estimate:
    """Cohen's kappa of a square table of counts; `weights` as in `weights_of`. `n` counts the pairs."""
    value, error, n, name = _cohen(table, weights)
    if value > 1 - 1e-12 or error == 0:
        return Estimate(value, n=n, method=name)
    reach = normal_quantile(confidence) * error
    return Estimate(value, max(value - reach, -1.0), min(value + reach, 1.0), n, f"{name}, interval {confidence:.0%}")


@answers("standard error of Cohen's kappa")
def kappa_error(table: Any, weights: Any = None) -> Estimate:
    """The standard error of kappa by Fleiss, Cohen and Everitt (1969)."""
    _, error, n, name = _cohen(table, weights)
    return Estimate(error, n=n, method=f"standard error, {name}")


def _cohen(table: Any, weights: Any) -> tuple[float, float, int, str]:
    counts = numbers(table, "counts")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise Undefined("kappa needs a square table: one row and one column for each grade of the scale")
    if np.isnan(counts).any() or (counts < 0).any():
        raise Undefined("the table must hold counts of 0 or more")
    n = int(counts.sum())
    if n < 1:
        raise Undefined("nobody was marked by both")
    w = weights_of(len(counts), weights)
    o = counts / counts.sum()
    e = np.outer(o.sum(axis=1), o.sum(axis=0))
    by_chance = float((w * e).sum())
    if by_chance < 1e-15:
        raise Undefined("both gave one and the same grade to everybody: they agree, but kappa is 0/0", n)
    how = weights if isinstance(weights, str) else "unweighted" if weights is None else "own weights"
    return 1 - float((w * o).sum()) / by_chance, _kappa_error(o, e, w, n), n, f"Cohen's kappa, {how}"


def _kappa_error(o: Array, e: Array, w: Array, n: int) -> float:
    v = 1 - w / w.max()
    seen, chance = float((v * o).sum()), float((v * e).sum())
    rows, columns = v @ o.sum(axis=0), v.T @ o.sum(axis=1)
    inner = v * (1 - chance) - np.add.outer(rows, columns) * (1 - seen)
    variance = float((o * inner**2).sum()) - (seen * chance - 2 * chance + seen) ** 2
    return max(variance, 0.0) ** 0.5 / ((1 - chance) ** 2 * n**0.5)


@answers("Light's kappa")
def light_kappa(ratings: Any) -> Estimate:
    """The mean of Cohen's kappas over all pairs of instructors (Light 1971), from persons who have all marks."""
    table = matrix(ratings, "instructor")
    whole = table[~np.isnan(table).any(axis=1)]
    if len(whole) < 1 or flat(whole):
        raise Undefined("all marks are the same" if len(whole) else "nobody was marked by all instructors", len(whole))
    scale = np.unique(whole).tolist()
    pairs = itertools.combinations(range(table.shape[1]), 2)
    kappas = [cohen_kappa(table_of(whole[:, [i, j]].tolist(), scale)) for i, j in pairs]
    for kappa in kappas:
        if kappa.value is None:
            raise Undefined(f"one pair of instructors has no kappa: {kappa.reason}", len(whole))
    return Estimate(float(np.mean([k.value for k in kappas])), n=len(whole), method="Light's kappa, mean over pairs")
