"""Figures around the many-facet model: fit of each element, separation of a facet, expected agreement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from fieldkit.judging.checks import Array
from fieldkit.judging.ratings import Codes, Ratings


@dataclass(frozen=True)
class Fit:
    """Mean squares (1 as expected, above noisier, below smoother) and their z; z is None where it has no spread."""

    infit: float
    outfit: float
    infit_z: float | None
    outfit_z: float | None
    n: int


@dataclass(frozen=True)
class Spread:
    """How far the elements of a facet are told apart, beyond their errors."""

    rmse: float
    adjusted_sd: float
    separation: float
    strata: float
    reliability: float


def fit_by(codes: Codes, surplus: Array, variance: Array, fourth: Array, size: int) -> list[Fit]:
    """The fit of each element 0..size-1 from the marks' surplus over expectation, variance and fourth moment."""

    def summed(values: Array) -> Array:
        return np.bincount(codes, values, size).astype(float)

    n, total = np.bincount(codes, minlength=size), summed(variance)
    infit, outfit = summed(surplus**2) / total, summed(surplus**2 / variance) / n
    wide_in = np.sqrt(np.maximum(summed(fourth - variance**2), 0.0)) / total
    wide_out = np.sqrt(np.maximum(summed(fourth / variance**2 - 1), 0.0)) / n
    return [
        Fit(
            float(infit[i]),
            float(outfit[i]),
            _cube_root(infit[i], wide_in[i]),
            _cube_root(outfit[i], wide_out[i]),
            int(n[i]),
        )
        for i in range(size)
    ]


def _cube_root(square: float, width: float) -> float | None:
    """Wilson and Hilferty's normal approximation of a mean square with standard deviation `width`."""
    return float((square ** (1 / 3) - 1) * 3 / width + width / 3) if width > 1e-9 else None


def spread_of(measures: Array, errors: Array) -> tuple[Spread, Spread, float, float]:
    """Separation with n and with n-1, and the chi-square that all elements are alike with its p."""
    rmse = float((errors**2).mean()) ** 0.5
    both = []
    for ddof in (0, 1):
        variance = float(measures.var(ddof=ddof))
        true = max(variance - rmse**2, 0.0)
        separation = true**0.5 / rmse
        reliability = true / variance if variance > 0 else 0.0
        both.append(Spread(rmse, true**0.5, separation, (4 * separation + 1) / 3, reliability))
    weight = 1 / errors**2
    chi = float((weight * measures**2).sum() - (weight * measures).sum() ** 2 / weight.sum())
    return both[0], both[1], chi, float(special.chdtrc(len(measures) - 1, max(chi, 0.0)))


def exact_agreement(ratings: Ratings, chances: Array) -> tuple[int, float, int]:
    """Pairs of instructors who gave the same performance the same grade; how many were to be expected; of how many."""
    person, part, _ = ratings.codes
    cell = person * (part.max() + 1) + part
    order = np.argsort(cell, kind="stable")
    cell, grades, chances = cell[order], ratings.grades[order], chances[:, order]
    same, expected, pairs = 0, 0.0, 0
    for apart in range(1, int(np.bincount(np.unique(cell, return_inverse=True)[1]).max())):
        together = cell[apart:] == cell[:-apart]
        pairs += int(together.sum())
        same += int((grades[apart:] == grades[:-apart])[together].sum())
        expected += float((chances[:, apart:] * chances[:, :-apart]).sum(axis=0)[together].sum())
    return same, expected, pairs
