"""The many-facet rating scale model by joint maximum likelihood: the engine behind `facets`.

    log(P_k / P_{k-1}) = B_trainee - D_station - C_instructor - tau_k            Linacre 1989; Andrich 1978

Newton's method on all parameters at once. The likelihood is concave; trainees appear in no mark together, so their
block of the information matrix is diagonal and is eliminated first (Schur complement): 5,000 trainees cost one division
each, and the matrix to solve has a row for each station, instructor and threshold only. D, C and tau sum to 0.

Products of tall tables are written as einsum: one thread does them in milliseconds, and a library that starts a thread
on every core for them costs more than it saves.

Arrays: codes (n,) of trainee, station, instructor; steps x (n,) = 0..K, the place of the grade on the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fieldkit.judging.checks import Array
from fieldkit.judging.estimate import Undefined
from fieldkit.judging.ratings import Codes

ROUNDS, CLOSE, FARTHEST, VANISHED = 200, 1e-9, 40.0, 1e-12
NO_LIMIT = "the grades set the measures no limit: too few for each trainee, or too neatly sorted"


class RunsOff(Undefined):
    """The likelihood grows without end in some direction, so there are no finite measures."""


@dataclass(frozen=True)
class Measures:
    """The parameters in logits; `thresholds` tau_1..tau_K."""

    trainees: Array
    stations: Array
    instructors: Array
    thresholds: Array

    def moved(self, step: Measures, size: float) -> Measures:
        """These and `size` times a step."""
        return Measures(
            self.trainees + size * step.trainees, self.stations + size * step.stations,
            self.instructors + size * step.instructors, self.thresholds + size * step.thresholds,
        )  # fmt: skip

    def places(self, codes: Sequence[Codes]) -> Array:
        """B - D - C of each mark."""
        person, part, rater = codes
        return self.trainees[person] - self.stations[part] - self.instructors[rater]

    def largest(self) -> float:
        """The parameter furthest from 0."""
        return max(float(np.abs(values).max()) for values in self.__dict__.values())


def probabilities(places: Array, thresholds: Array) -> Array:
    """The chance of each step 0..K at each place, shape (K + 1, n): steps in rows, so that sums run along memory."""
    steps = np.arange(len(thresholds) + 1)
    exponents = np.multiply.outer(steps, places) - np.concatenate([[0.0], np.cumsum(thresholds)])[:, None]
    exponents -= exponents.max(axis=0)
    chances = np.exp(exponents)
    return chances / chances.sum(axis=0)


def moments(chances: Array) -> tuple[Array, Array, Array]:
    """Expected step, its variance and fourth central moment for each mark."""
    steps = np.arange(len(chances))
    expected = (steps[:, None] * chances).sum(axis=0)
    squares = (steps[:, None] - expected) ** 2
    return expected, (chances * squares).sum(axis=0), (chances * squares**2).sum(axis=0)


def fit(codes: Sequence[Codes], x: Codes, sizes: Sequence[int], top: int) -> tuple[Measures, float]:
    """The most likely measures and their log-likelihood. Raises `RunsOff` when there are none."""
    measures = _start(codes, x, sizes, top)
    chances = probabilities(measures.places(codes), measures.thresholds)
    likelihood = _likelihood(chances, x)
    idle = 0
    for _ in range(ROUNDS):
        step = _newton(codes, x, sizes, chances)
        size = min(1.0, 4.0 / max(step.largest(), 1e-12))
        while True:
            tried = measures.moved(step, size)
            chances = probabilities(tried.places(codes), tried.thresholds)
            better = _likelihood(chances, x)
            if better >= likelihood - 1e-9 * abs(likelihood) or size < 1e-6:
                break
            size /= 2
        idle = idle + 1 if better - likelihood < 1e-9 * abs(likelihood) else 0
        measures, likelihood = tried, better
        if size * step.largest() < CLOSE:
            return measures, likelihood
        if measures.largest() > FARTHEST or idle >= 5:  # long steps that gain nothing: on the way to infinity
            break
    raise RunsOff(NO_LIMIT, len(x))


def _likelihood(chances: Array, x: Codes) -> float:
    return float(np.log(np.maximum(chances[x, np.arange(len(x))], 1e-300)).sum())


def _start(codes: Sequence[Codes], x: Codes, sizes: Sequence[int], top: int) -> Measures:
    """Log odds of each element's mean step, as if it stood alone."""
    logits = []
    for code, size in zip(codes, sizes, strict=True):
        share = np.bincount(code, x, size) / (top * np.bincount(code, minlength=size))
        logits.append(np.log(share / (1 - share)))
    trainees, stations, instructors = logits
    return Measures(trainees, stations.mean() - stations, instructors.mean() - instructors, np.zeros(top))


def _newton(codes: Sequence[Codes], x: Codes, sizes: Sequence[int], chances: Array) -> Measures:
    """One Newton step: trainees eliminated, the rest solved with each block held to a sum of 0."""
    (person, part, rater), (people, parts, raters), top = codes, sizes, len(chances) - 1
    steps = np.arange(top + 1)
    expected = (steps[:, None] * chances).sum(axis=0)
    variance = (steps[:, None] ** 2 * chances).sum(axis=0) - expected**2
    over = np.cumsum(chances[::-1], axis=0)[::-1][1:]  # P(X >= j), j = 1..K
    shared = np.cumsum((chances * steps[:, None])[::-1], axis=0)[::-1][1:] - expected * over  # cov(X, X >= j)
    surplus = x - expected
    reached = np.cumsum(np.bincount(x, minlength=top + 1)[::-1])[::-1][1:]
    slope = np.concatenate([
        -np.bincount(part, surplus, parts), -np.bincount(rater, surplus, raters), over.sum(axis=1) - reached
    ])  # fmt: skip
    rest = _information(part, rater, parts, raters, variance, shared, over)
    cross = -np.concatenate([
        np.bincount(person * parts + part, variance, people * parts).reshape(people, parts),
        np.bincount(person * raters + rater, variance, people * raters).reshape(people, raters),
        np.stack([np.bincount(person, row, people) for row in shared], axis=1),
    ], axis=1)  # fmt: skip
    own, pull = np.bincount(person, variance, people), np.bincount(person, surplus, people)
    if own.min() < VANISHED:
        raise RunsOff(NO_LIMIT, len(x))
    scaled = cross / own[:, None]
    held = np.repeat([0, 1, 2], [parts, raters, top])
    system = rest - np.einsum("pi,pj->ij", cross, scaled) + (held[:, None] == held) * float(np.trace(rest)) / len(held)
    moved = np.linalg.solve(system, slope - scaled.T @ pull)
    trainees = (pull - cross @ moved) / own
    return Measures(trainees, moved[:parts], moved[parts : parts + raters], moved[parts + raters :])


def _information(
    part: Codes, rater: Codes, parts: int, raters: int, variance: Array, shared: Array, over: Array
) -> Array:
    """The information matrix of stations, instructors and thresholds (all enter with the same sign)."""
    top = len(shared)
    later = np.maximum.outer(np.arange(top), np.arange(top))
    thresholds = over.sum(axis=1)[later] - np.einsum("jn,kn->jk", over, over)
    by_part = np.stack([np.bincount(part, row, parts) for row in shared], axis=1)
    by_rater = np.stack([np.bincount(rater, row, raters) for row in shared], axis=1)
    together = np.bincount(part * raters + rater, variance, parts * raters).reshape(parts, raters)
    return np.block([
        [np.diag(np.bincount(part, variance, parts)), together, by_part],
        [together.T, np.diag(np.bincount(rater, variance, raters)), by_rater],
        [by_part.T, by_rater.T, thresholds],
    ])  # fmt: skip


def solo(rest: Array, thresholds: Array, target: float) -> tuple[float, float]:
    """The measure m at which the steps expected at m + `rest` add up to `target`, and its standard error.

    For an element with only highest or lowest grades, given everything else; bisection, as the sum rises with m.
    """
    low, high = -FARTHEST, FARTHEST
    for _ in range(80):
        middle = (low + high) / 2
        expected, variance, _ = moments(probabilities(rest + middle, thresholds))
        low, high = (middle, high) if expected.sum() < target else (low, middle)
    return middle, 1 / float(variance.sum()) ** 0.5
