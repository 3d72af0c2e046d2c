"""What a course changed: marks before and after, for the same trainees.

    mean difference     with Student's t interval
    d_av                difference / mean of the two standard deviations        (Lakens 2013)
    d_z                 difference / standard deviation of the differences
    Hedges' g           d_av J(n-1),  J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), exact    (Hedges 1981)
    normalised gain     (post - pre) / (maximum - pre)                          (Hake 1998)

Intervals of the effect sizes invert the noncentral t distribution: t = d_z sqrt(n) has noncentrality delta sqrt(n)
(Algina & Keselman 2003 for d_av). Shapes: two columns of equal length; trainees with a gap are left out. Undefined:
fewer than two pairs; all differences equal (d_z); no spread before or after (d_av); Hake's gain of who began on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.checks import Array, answers, flat, paired, results, scalars
from fieldkit.judging.estimate import Estimate, Undefined, undefined
from fieldkit.judging.intervals import Interval, student

FAR = 1e4


@dataclass(frozen=True)
class Gain:
    """Means before and after, the difference, and the effect sizes."""

    before: Estimate
    after: Estimate
    difference: Estimate
    d_av: Estimate
    d_z: Estimate
    hedges_g: Estimate
    normalised: Estimate


@results("gain", lambda nothing: Gain(*[nothing] * 7))
def paired_gain(pre: Any, post: Any, maximum: float = 100.0) -> Gain:
    """Gain of the trainees who have both marks. `maximum` is the most that can be reached (for the normalised gain)."""
    a, b = paired(pre, post, ("marks before", "marks after"))
    difference = b - a
    before, after, change = _mean(a, "mean before"), _mean(b, "mean after"), _mean(difference, "mean difference")
    d_av = _d_av(a, b, difference)
    return Gain(
        before, after, change, d_av, _d_z(difference, float(np.abs(a).max())), _hedges(d_av, len(a)),
        normalised_gain(float(a.mean()), float(b.mean()), maximum, n=len(a)),
    )  # fmt: skip


def _mean(values: Array, method: str) -> Estimate:
    n, mean = len(values), float(values.mean())
    bounds: Interval = (None, None) if flat(values) else student(mean, float(values.std(ddof=1)) / n**0.5, n - 1)
    return Estimate(mean, *bounds, n=n, method=f"{method}, t interval")


@answers("effect size d_z")
def _d_z(difference: Array, size: float) -> Estimate:
    n = len(difference)
    if flat(difference, size):
        raise Undefined("everybody changed by the same amount, so there is no spread to compare with", n)
    d = float(difference.mean() / difference.std(ddof=1))
    low, high = _noncentral(d * n**0.5, n - 1)
    return Estimate(d, low / n**0.5, high / n**0.5, n, "effect size d_z, noncentral t interval")


@answers("effect size d_av")
def _d_av(a: Array, b: Array, difference: Array) -> Estimate:
    n = len(a)
    if flat(a) or flat(b):
        raise Undefined("everybody had the same mark before or after, so there is no spread to compare with", n)
    width = (float(a.std(ddof=1)) + float(b.std(ddof=1))) / 2
    d = float(difference.mean()) / width
    if flat(difference, float(np.abs(a).max())):
        return Estimate(d, n=n, method="effect size d_av")
    error = float(difference.std(ddof=1)) / n**0.5
    low, high = _noncentral(float(difference.mean()) / error, n - 1)
    return Estimate(d, low * error / width, high * error / width, n, "effect size d_av, noncentral t interval")


def _noncentral(t: float, freedom: float, confidence: float = 0.95) -> tuple[float, float]:
    """The noncentralities under which t lies at the edges of the middle `confidence`."""
    tail = (1 - confidence) / 2
    bounds = [_solve(t, freedom, p) for p in (1 - tail, tail)]
    if not np.isfinite(bounds).all():
        raise FloatingPointError
    return bounds[0], bounds[1]


def _solve(t: float, freedom: float, share: float) -> float:
    """Bisection of P(T <= t | noncentrality) = share, which falls as the noncentrality grows.

    Far out only the spread of the standard deviation counts, and the distribution function loses its digits: there the
    noncentrality is t times a quantile of it.
    """
    if abs(t) > FAR:
        return float(t * np.sqrt(special.chdtri(freedom, share if t > 0 else 1 - share) / freedom))
    reach = 10 + 2 * abs(t)
    low, high = t - reach, t + reach
    for _ in range(200):
        middle = (low + high) / 2
        if high - low < 1e-10 * max(1.0, abs(middle)):
            break
        low, high = (middle, high) if special.nctdtr(freedom, middle, t) > share else (low, middle)
    return (low + high) / 2


def _hedges(d_av: Estimate, n: int) -> Estimate:
    if d_av.value is None:
        return undefined(d_av.reason or "", n, "Hedges' g")
    if n < 3:
        return undefined("needs at least 3 trainees", n, "Hedges' g")
    m = n - 1
    j = float(np.exp(special.gammaln(m / 2) - special.gammaln((m - 1) / 2)) / (m / 2) ** 0.5)
    return d_av.times(j, "Hedges' g, d_av corrected for small n, noncentral t interval")


@answers("normalised gain")
def normalised_gain(pre: float, post: float, maximum: float = 100.0, n: int = 1) -> Estimate:
    """The share of what could still be gained that was gained (Hake). Undefined for who began at the top."""
    pre, post, maximum = scalars("marks before, after and the most", pre, post, maximum)
    if not pre < maximum:
        raise Undefined("nothing was left to gain", n)
    return Estimate((post - pre) / (maximum - pre), n=n, method="normalised gain")
