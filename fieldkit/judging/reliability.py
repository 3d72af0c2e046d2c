"""How far a total would repeat: Cronbach's alpha, the standard error of a score, and what more parts would buy.

alpha            k/(k-1) (1 - sum s_i^2 / s_T^2)                      Cronbach 1951; KR-20 where items are 0/1
its interval     1 - (1-a) F(1-g/2; n-1, (n-1)(k-1)), and with g/2     Feldt 1965; Feldt, Woodruff & Salih 1987
KR-21            k/(k-1) (1 - M (k-M) / (k s^2)), s^2 with n           Kuder & Richardson 1937
standard error   s_T sqrt(1 - a)
more parts       m a / (1 + (m-1) a)                                  Spearman 1910; Brown 1910

Shapes: `scores` (persons, parts), NaN for missing; persons with a missing mark are left out and counted. A constant
item counts in k. Undefined: fewer than two parts or two complete persons; no spread in the totals (0/0). A negative
alpha is a value, is reported as it is and flagged: the parts contradict each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.checks import answers, complete_rows, flat, matrix, scalars
from fieldkit.judging.classification import DecisionConsistency, decision_consistency, livingston_lewis
from fieldkit.judging.estimate import Estimate, Flag, Undefined, counted
from fieldkit.judging.intervals import Interval, normal_quantile, tail_of
from fieldkit.judging.omega import mcdonald_omega

__all__ = [
    "Band", "DecisionConsistency", "cronbach_alpha", "decision_consistency", "feldt_interval", "kr21",
    "livingston_lewis", "mcdonald_omega", "parts_needed", "pass_band", "spearman_brown", "standard_error",
]  # fmt: skip

NEGATIVE = Flag("negative reliability", "the reliability is below 0: the parts contradict each other")


@answers("Cronbach's alpha")
def cronbach_alpha(scores: Any, confidence: float = 0.95) -> Estimate:
    """Cronbach's alpha of a table (persons, parts) with Feldt's interval. See the module for what is undefined."""
    table = matrix(scores)
    whole = complete_rows(table)
    (n, k), totals = whole.shape, whole.sum(axis=1)
    if flat(totals):
        raise Undefined("everybody has the same total, so there is nothing to tell apart", n)
    alpha = k / (k - 1) * (1 - float(whole.var(axis=0, ddof=1).sum()) / float(totals.var(ddof=1)))
    low, high = feldt_interval(alpha, n, k, confidence)
    method = f"Cronbach's alpha of {k} parts, Feldt interval {confidence:.0%}"
    flags: tuple[Flag, ...] = (NEGATIVE,) if alpha < 0 else ()
    if n < len(table):
        left_out = counted(len(table) - n, "trainee")
        flags += (Flag("left out", f"{left_out} with a missing mark left out"),)
    return Estimate(alpha, low, high, n, method, flags=flags)


def feldt_interval(alpha: float, n: int, k: int, confidence: float = 0.95) -> Interval:
    """Feldt's interval of alpha from `n` persons and `k` parts; none for alpha = 1, where it collapses to a point."""
    if alpha > 1 - 1e-12 or n < 2 or k < 2:
        return None, None
    tail = tail_of(confidence)
    freedom = (n - 1, (n - 1) * (k - 1))
    return (
        1 - (1 - alpha) * float(special.fdtri(*freedom, 1 - tail)),
        1 - (1 - alpha) * float(special.fdtri(*freedom, tail)),
    )


@answers("KR-21")
def kr21(scores: Any) -> Estimate:
    """KR-21 of 0/1 items (persons, items): alpha if all items were equally hard. Undefined for other marks."""
    whole = complete_rows(matrix(scores, "item"))
    if not np.isin(whole, (0.0, 1.0)).all():
        raise Undefined("KR-21 is for items marked 0 or 1", len(whole))
    (n, k), totals = whole.shape, whole.sum(axis=1)
    if flat(totals):
        raise Undefined("everybody has the same total, so there is nothing to tell apart", n)
    mean = float(totals.mean())
    return Estimate(k / (k - 1) * (1 - mean * (k - mean) / (k * float(totals.var()))), n=n, method="KR-21")


@answers("standard error of a score")
def standard_error(sd: float, reliability: float, n: int = 0) -> Estimate:
    """sd sqrt(1 - reliability), in the units of `sd`. A reliability below 0 is used as it is, and flagged."""
    spread, rel = scalars("standard deviation and reliability", sd, reliability)
    if spread < 0 or rel > 1:
        raise Undefined("needs a standard deviation of at least 0 and a reliability of at most 1", n)
    flags = (NEGATIVE,) if rel < 0 else ()
    return Estimate(spread * math.sqrt(1 - rel), n=n, method="sd times the root of 1 - reliability", flags=flags)


@dataclass(frozen=True)
class Band:
    """A score with its error, and what it says about passing: `pass`, `fail`, or `borderline` when it holds the cut.

    `unknown`, without numbers, where score, cut or error are none.
    """

    score: float | None
    low: float | None
    high: float | None
    decision: str


def pass_band(score: float, cut: float, error: float, z: float | None = None) -> Band:
    """score +- z standard errors (95 % by default) beside the pass mark `cut`."""
    try:
        score, cut, error = scalars("score, cut and error", score, cut, error)
    except Undefined:
        return Band(None, None, None, "unknown")
    reach = (normal_quantile() if z is None else z) * error
    low, high = score - reach, score + reach
    inside = low <= cut <= high
    return Band(score, low, high, "borderline" if inside else "pass" if score >= cut else "fail")


@answers("Spearman-Brown")
def spearman_brown(reliability: float, factor: float) -> Estimate:
    """The reliability of a test `factor` times as long. Undefined where the formula's denominator is not positive."""
    reliability, factor = scalars("reliability and length", reliability, factor)
    if not factor > 0:
        raise Undefined("a test cannot be made that short")
    if reliability > 1:
        raise Undefined("needs a reliability of at most 1")
    below = 1 + (factor - 1) * reliability
    if not below > 0:
        raise Undefined("the reliability is too far below 0 for this formula")
    return Estimate(factor * reliability / below, method=f"Spearman-Brown, {factor:g} times as long")


@answers("Spearman-Brown, parts needed")
def parts_needed(reliability: float, parts: int, target: float) -> Estimate:
    """How many parts (stations, items) reach the reliability `target`, rounded up."""
    reliability, parts_now, target = scalars("reliability, parts and target", reliability, parts, target)
    if not parts_now > 0:
        raise Undefined("needs at least one part to begin with")
    if not 0 < target < 1:
        raise Undefined("the wished reliability must lie between 0 and 1")
    if not reliability > 0:
        raise Undefined("no number of parts helps when the reliability is not above 0")
    if reliability >= 1:
        return Estimate(1.0, method="Spearman-Brown, parts needed")
    exact = parts_now * target * (1 - reliability) / (reliability * (1 - target))
    return Estimate(float(math.ceil(exact - 1e-9)), method="Spearman-Brown, parts needed")
