"""How often the pass/fail decision would be the same again, and how often it is right.

Normal model (Peng & Subkoviak 1980; Subkoviak 1988), z = (cut - mean) / sd, r the reliability, Phi2 the bivariate
normal distribution:

    agreement  P = Phi2(z, z; r) + Phi2(-z, -z; r)       chance  c = Phi(z)^2 + (1 - Phi(z))^2
    kappa      (P - c) / (1 - c)                          accuracy = P with sqrt(r) in place of r

Equal limits need Owen's T only: Phi2(z, z; r) = Phi(z) - 2 T(z, sqrt((1-r)/(1+r))). The published look-up tables are
rounded and hold at least two misprints, so the formula is computed.

Livingston & Lewis (1995), two-parameter beta: the score counts as `length` coin tosses, a length chosen to give the
observed reliability; a beta distribution of true scores is fitted by its first two moments (Hanson 1991), and the
decision is taken on a binomial around each true score, the cut rounded to the nearest toss.

Undefined: reliability outside 0..1, no spread of the scores, kappa where everybody passes or fails by chance alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from fieldkit.judging.checks import Array, flat, numbers, results, scalars
from fieldkit.judging.estimate import Estimate, Undefined, undefined

GRID = 4000
NORMAL = "decision consistency, normal model"
BETA = "decision consistency, Livingston and Lewis, two-parameter beta"


@dataclass(frozen=True)
class DecisionConsistency:
    """Shares of trainees: same decision twice, by chance, agreement beyond chance, decision as the true score says.

    `z` is the cut in standard deviations from the mean (normal model); `length` the effective number of tosses
    (Livingston and Lewis).
    """

    agreement: Estimate
    chance: Estimate
    kappa: Estimate
    accuracy: Estimate
    z: Estimate | None = None
    length: Estimate | None = None


@results(NORMAL, lambda nothing: DecisionConsistency(*[nothing] * 4))
def decision_consistency(
    cut: float, mean: float, sd: float, reliability: float, n: int = 0, continuity: float = 0.0
) -> DecisionConsistency:
    """The normal model. `continuity` is taken off the cut (0.5 where scores are whole points)."""
    c, m, s, r = scalars("cut, mean, spread and reliability", cut, mean, sd, reliability)
    _check(s, r, n)
    z = (c - continuity - m) / s
    shares = _twice(z, r), _twice(z, 0.0), _twice(z, math.sqrt(r))
    return _result(*shares, n, NORMAL, z=Estimate(z, n=n, method=NORMAL))


def _check(sd: float, reliability: float, n: int) -> None:
    if not sd > 0:
        raise Undefined("everybody has the same score", n)
    if not 0 <= reliability <= 1:
        raise Undefined("needs a reliability between 0 and 1", n)


def _twice(z: float, r: float) -> float:
    """The chance that two normal scores correlated by r fall on the same side of z."""
    if r == 0:
        return float(special.ndtr(z) ** 2 + special.ndtr(-z) ** 2)
    return 1.0 - 4.0 * float(special.owens_t(z, math.sqrt((1 - r) / (1 + r))))


def _result(
    agreement: float, chance: float, accuracy: float, n: int, method: str,
    z: Estimate | None = None, length: Estimate | None = None,
) -> DecisionConsistency:  # fmt: skip
    kappa = (
        Estimate((agreement - chance) / (1 - chance), n=n, method=method)
        if chance < 1 - 1e-12
        else undefined("the cut lies so far from the scores that everybody gets the same decision", n, method)
    )
    shares = (Estimate(value, n=n, method=method) for value in (agreement, chance, accuracy))
    same, by_chance, right = shares
    return DecisionConsistency(same, by_chance, kappa, right, z, length)


@results(BETA, lambda nothing: DecisionConsistency(*[nothing] * 4))
def livingston_lewis(
    totals: Any, cut: float, reliability: float, least: float = 0.0, most: float = 100.0
) -> DecisionConsistency:
    """Livingston and Lewis with a two-parameter beta; `totals` one a person, between `least` and `most`."""
    scores = numbers(totals, "totals").ravel()
    cut, reliability, least, most = scalars("cut, reliability and range", cut, reliability, least, most)
    if not least < most:
        raise Undefined("needs a range of scores: the least below the most")
    x = (scores[~np.isnan(scores)] - least) / (most - least)
    n, limit = len(x), (cut - least) / (most - least)
    if n < 2 or flat(x):
        raise Undefined("needs at least 2 different scores", n)
    _check(1.0, reliability, n)
    if x.min() < 0 or x.max() > 1 or not 0 <= limit <= 1 or reliability == 1:
        raise Undefined(f"scores and cut must lie between {least:g} and {most:g} and the reliability below 1", n)
    mean, variance = float(x.mean()), float(x.var(ddof=1))
    length = (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))
    if length < 1.5:
        raise Undefined("the scores are spread too widely for this method", n)
    weights, truth = _true_scores(x, mean, length, limit, n)
    tosses = round(length)
    failing = special.bdtr(max(round(limit * tosses) - 1, -1), tosses, truth) if round(limit * tosses) else 0.0 * truth
    fails = float(weights @ failing)
    return _result(
        float(weights @ (failing**2 + (1 - failing) ** 2)), fails**2 + (1 - fails) ** 2,
        float(weights @ np.where(truth < limit, failing, 1 - failing)), n, BETA,
        length=Estimate(length, n=n, method=BETA),
    )  # fmt: skip


def _true_scores(x: Array, mean: float, length: float, limit: float, n: int) -> tuple[Array, Array]:
    """The fitted beta as a fine grid of true scores and their shares; the cut is one of the grid's edges."""
    tosses = x * length
    variance = float((tosses * (tosses - 1)).mean()) / (length * (length - 1)) - mean**2
    if not 0 < variance < mean * (1 - mean):
        raise Undefined("the true scores do not fit a beta distribution", n)
    size = mean * (1 - mean) / variance - 1
    edges = np.unique(np.append(np.linspace(0, 1, GRID + 1), limit))
    shares = np.diff(special.betainc(mean * size, (1 - mean) * size, edges))
    return shares, (edges[1:] + edges[:-1]) / 2
