"""Intervals around shares, means, correlations and resampled statistics, from scipy.special alone.

share          Clopper & Pearson (1934), exact:  beta quantiles of (x, n-x+1) and (x+1, n-x)
mean           Student's t with n-1 degrees of freedom
correlation    Fisher's z (1921): atanh(r) +- z/sqrt(n-3); none for n < 4 or |r| = 1
resampled      percentiles of the resampled values (Efron 1979); persons are drawn with replacement

A resample is a row of weights: how often each person was drawn. Statistics built from sums over persons then cost one
matrix product for all resamples. The generator is seeded by the caller's number, so the same call gives the same
interval on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.checks import Array, scalars
from fieldkit.judging.estimate import Estimate, Undefined, undefined

SEED = 20260101
Interval = tuple[float | None, float | None]


def tail_of(confidence: float) -> float:
    """The share left out on each side. Raises `Undefined` for a confidence that is no share between 0 and 1."""
    if not 0 < scalars("the confidence", confidence)[0] < 1:
        raise Undefined("the confidence of an interval lies between 0 and 1, such as 0.95")
    return (1 - confidence) / 2


def normal_quantile(confidence: float = 0.95) -> float:
    """How many standard errors either side hold `confidence` of a normal distribution (1.96 for 0.95)."""
    return float(special.ndtri(1 - tail_of(confidence)))


def share(count: int, n: int, method: str, unit: str = "marks", confidence: float = 0.95) -> Estimate:
    """`count` out of `n` as a share from 0 to 1 with its exact interval. Undefined for n = 0."""
    count, n = int(count), int(n)
    if n < 1:
        return undefined(f"there are no {unit}", 0, method)
    if not 0 <= count <= n:
        return undefined(f"{count} of {n} {unit} is no share", 0, method)
    tail = tail_of(confidence)
    low = float(special.betaincinv(count, n - count + 1, tail)) if count else 0.0
    high = float(special.betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0
    return Estimate(count / n, low, high, n, method, count=count)


def student(value: float, error: float, freedom: float, confidence: float = 0.95) -> tuple[float, float]:
    """`value` +- t times its standard error."""
    reach = float(special.stdtrit(freedom, (1 + confidence) / 2)) * error
    return value - reach, value + reach


def fisher(r: float, n: int, confidence: float = 0.95) -> Interval:
    """Interval of a correlation of `n` pairs, or (None, None)."""
    if n < 4 or abs(r) > 1 - 1e-12:
        return None, None
    reach = normal_quantile(confidence) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)


def resamples(persons: int, samples: int, seed: int = SEED) -> Array:
    """How often each person is drawn in each resample; shape (samples, persons), each row sums to `persons`."""
    chance = np.random.default_rng(seed)
    return chance.multinomial(persons, np.full(persons, 1 / persons), size=samples).astype(np.float64)


def percentiles(values: Array, confidence: float = 0.95) -> Interval:
    """The middle `confidence` of resampled values; NaN among them are resamples without a value and are left out.

    (None, None) when fewer than half of the resamples have a value, as such an interval would describe the lucky ones,
    or when all have the same, as a few like persons would be taken for certainty.
    """
    known = values[~np.isnan(values)]
    if len(known) < max(len(values) / 2, 1):
        return None, None
    low, high = (float(v) for v in np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2]))
    return (low, high) if low < high else (None, None)


def resampled(statistic: Callable[[Any], float | None], person: Any, samples: int, seed: int = SEED) -> Array:
    """The statistic of `samples` draws of persons, NaN where a draw has none.

    `person` holds the person's number of each row; `statistic` gets the row numbers of a draw, with every row of a
    person as often as he was drawn. For statistics that are no sums; the others use `resamples`.
    """
    order = np.argsort(person, kind="stable")
    rows = np.split(order, np.cumsum(np.bincount(person))[:-1])
    chance = np.random.default_rng(seed)
    values = []
    for _ in range(samples):
        value = statistic(np.concatenate([rows[p] for p in chance.integers(0, len(rows), len(rows))]))
        values.append(np.nan if value is None else value)
    return np.array(values)


def spread_over(values: Array, n: int) -> Estimate:
    """The standard deviation of resampled values as a standard error; undefined where fewer than half have a value."""
    method = f"spread over {len(values)} resamples of trainees"
    known = values[~np.isnan(values)]
    if len(known) < max(len(values) / 2, 2) or np.ptp(known) == 0:
        return undefined("too few resamples of these trainees have a value of their own", n, method)
    return Estimate(float(known.std(ddof=1)), n=n, method=method)
