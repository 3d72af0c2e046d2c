"""The exact interval of a count out of n, and how well two kinds were told apart, without any outside package.

Clopper & Pearson (1934): the interval runs from the share under which `count` or more come about with the chance that
is left out on each side, to the share under which `count` or fewer do. Where the extra `statistics` is installed,
`intervals.share` gives the same.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

LEAST_SHARE = 5  # a share of fewer is shown as found out of placed, without an interval
STEPS = 40  # halvings; the last is below what is ever printed


def exact_interval(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The 95 % interval of a share, from 0 to 1. `count` out of `n`, n at least 1."""
    tail = (1 - confidence) / 2
    low = _where(lambda p: _at_least(count, n, p) > tail) if count else 0.0
    high = _where(lambda p: 1 - _at_least(count + 1, n, p) < tail) if count < n else 1.0
    return low, high


def _at_least(count: int, n: int, p: float) -> float:
    """The chance of `count` or more out of `n`, added up from `count` away from the middle."""
    if count <= 0:
        return 1.0
    if count > n * p:
        return _tail(count, n, p)
    return 1 - _tail(n - count + 1, n, 1 - p)


def _tail(count: int, n: int, p: float) -> float:
    """The chance of `count` or more, where they get ever less likely."""
    if count > n:
        return 0.0
    ways = lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1)
    term = total = exp(ways + count * log(p) + (n - count) * log1p(-p))
    for k in range(count, n):
        term *= (n - k) / (k + 1) * p / (1 - p)
        total += term
        if term < total * 1e-16:
            break
    return total


def _where(passed: Callable[[float], bool]) -> float:
    """The share from which on a rising condition holds."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if passed(middle) else (middle, high)
    return (low + high) / 2
