"""The elements of the many-facet model: each trainee, station and instructor with measure, error, averages and fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.judging.checks import Array
from fieldkit.judging.estimate import Estimate, undefined
from fieldkit.judging.intervals import normal_quantile
from fieldkit.judging.misfit import Fit, Spread, fit_by, spread_of
from fieldkit.judging.rasch import Measures, moments, probabilities, solo
from fieldkit.judging.ratings import FACETS, Ratings

INWARD = 0.3
METHOD = "many-facet Rasch, JML"


@dataclass(frozen=True)
class Element:
    """One trainee, station or instructor; `extreme` is "highest" or "lowest" where all grades were (no fit then)."""

    name: str
    measure: Estimate
    error: float | None
    observed: float
    fair_m: float | None = None
    fair_z: float | None = None
    fit: Fit | None = None
    extreme: str | None = None


@dataclass(frozen=True)
class Facet:
    """All elements of one kind and how far they are told apart (extreme ones not counted)."""

    name: str
    elements: tuple[Element, ...]
    population: Spread | None = None
    sample: Spread | None = None
    chi_square: float | None = None
    freedom: int = 0
    p: float | None = None

    def __getitem__(self, name: str) -> Element:
        for element in self.elements:
            if element.name == name:
                return element
        raise KeyError(name)


def facets_of(
    everything: Ratings, kept: Ratings, measures: Measures, grades: Array, x: npt.NDArray[Any], chances: Array
) -> list[Facet]:
    expected, variance, fourth = moments(chances)
    values = (measures.trainees, -measures.stations, -measures.instructors)  # all as they enter the sum
    centre = [float(v.mean()) for v in values]
    found = []
    for place, name in enumerate(FACETS):
        count = np.bincount(everything.codes[place])
        observed = np.bincount(everything.codes[place], everything.grades) / count
        others = sum(c for i, c in enumerate(centre) if i != place)
        fits = fit_by(kept.codes[place], x - expected, variance, fourth, len(values[place]))
        errors = 1 / np.sqrt(np.bincount(kept.codes[place], variance, len(values[place])))
        averages = [grades @ probabilities(values[place] + shift, measures.thresholds) for shift in (others, 0.0)]
        sign = 1.0 if place == 0 else -1.0
        ordinary = dict(
            zip(kept.labels[place], zip(sign * values[place], errors, *averages, fits, strict=True), strict=True)
        )
        elements = tuple(
            _element(label, place, float(observed[i]), int(count[i]), ordinary)
            if label in ordinary
            else _extreme(i, place, everything, kept, values, measures.thresholds, grades)
            for i, label in enumerate(everything.labels[place])
        )
        found.append(_facet(name, elements, sign * values[place], errors))
    return found


def _element(name: str, place: int, observed: float, n: int, ordinary: Mapping[str, Any]) -> Element:
    measure, error, fair_m, fair_z, fitted = ordinary[name]
    if len(ordinary) == 1:
        alone = undefined(f"there is only one {FACETS[place]}, so nobody to compare with", n, METHOD)
        return Element(name, alone, None, observed, fit=fitted)
    return Element(name, _with_error(measure, error, n), float(error), observed, float(fair_m), float(fair_z), fitted)


def _with_error(measure: float, error: float, n: int, method: str = METHOD) -> Estimate:
    reach = normal_quantile() * error
    return Estimate(measure, measure - reach, measure + reach, n, method)


def _extreme(
    i: int, place: int, everything: Ratings, kept: Ratings, values: Sequence[Array], thresholds: Array, grades: Array
) -> Element:
    """An element with only highest or lowest grades, placed by its score moved inward, all others as estimated."""
    name, mine = everything.labels[place][i], everything.codes[place] == i
    observed, n = float(everything.grades[mine].mean()), int(mine.sum())
    which = "highest" if observed > (grades[0] + grades[-1]) / 2 else "lowest"
    rest, known = np.zeros(n), np.ones(n, dtype=bool)
    for other in range(3):
        if other != place:
            numbers = {label: k for k, label in enumerate(kept.labels[other])}
            at = np.array([numbers.get(everything.labels[other][c], -1) for c in everything.codes[other][mine]])
            known &= at >= 0
            rest += values[other][at]
    if not known.any():
        reason = f"only {which} grades, all of them from others with only extreme grades"
        return Element(name, undefined(reason, n, METHOD), None, observed, extreme=which)
    top = (len(grades) - 1) * int(known.sum())
    measure, error = solo(rest[known], thresholds, top - INWARD if which == "highest" else INWARD)
    sign = 1.0 if place == 0 else -1.0
    estimate = _with_error(sign * measure, error, n, METHOD + ", only extreme grades, score moved 0.3 inward")
    return Element(name, estimate, error, observed, extreme=which)


def _facet(name: str, elements: tuple[Element, ...], measures: Array, errors: Array) -> Facet:
    if len(measures) < 2:
        return Facet(name, elements)
    population, sample, chi, p = spread_of(measures, errors)
    return Facet(name, elements, population, sample, chi, len(measures) - 1, p)
