"""How far a trainee's mean mark would hold with other stations, instructors or items, and what more of them would buy.

A mark is taken as a sum of effects (trainee, station, instructor, their interactions), each with a variance component.
For the object of measurement p and the other facets in the numbers n in which they are used:

    relative error   sum of the components that hold p and another facet, each over its n      (comparing trainees)
    absolute error   the same and the components without p                                     (against a pass mark)
    G = p / (p + relative error)      Phi = p / (p + absolute error)      SEM = sqrt(error)
    Phi(cut) = (p + d^2) / (p + d^2 + absolute error),   d^2 = (mean - cut)^2 - var(mean)      Brennan & Kane 1977

Cronbach, Gleser, Nanda & Rajaratnam 1972; Shavelson & Webb 1991; Brennan 2001. Estimator: Henderson's first method
(`henderson`), which equals ANOVA on balanced data and differs from REML on incomplete data. Negative components are
given as they come out, flagged, and count as 0 in the coefficients. Intervals resample trainees.

Data: an array with one axis for each facet (NaN where there is no mark), the trainees first; or a mapping of columns,
one for each facet and "score". Facets and their nesting are written as in `designs`. Undefined: a facet with one level
(its share cannot be told apart); facets that always occur together; no spread between trainees and no error (0/0).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fieldkit.judging.checks import EXTREME, Array, answers, calculating, flat, results, scalars
from fieldkit.judging.designs import Design, Effect, build
from fieldkit.judging.estimate import Estimate, Flag, Undefined, undefined
from fieldkit.judging.henderson import MEAN, Sums, components
from fieldkit.judging.intervals import SEED, percentiles, resamples

METHOD = "variance component, Henderson 1"


@dataclass(frozen=True)
class VarianceComponents:
    """The components by label, as estimated (negative ones too); `reason` where the design gives none.

    `squares` holds T of each effect and of the mean, `levels` the number of levels of each facet, `mean` the mean mark.
    """

    object: str
    estimates: Mapping[str, Estimate]
    squares: Mapping[str, float]
    levels: Mapping[str, int]
    effects: tuple[Effect, ...]
    mean: float | None
    reason: str | None = None

    def __getitem__(self, label: str) -> Estimate:
        return self.estimates[label]

    @property
    def persons(self) -> int:
        """How many trainees (levels of the object of measurement) the components rest on."""
        return self.levels.get(self.object, 0)


@dataclass(frozen=True)
class Coefficients:
    """What a mean over so many levels of each facet is worth; `sizes` names the numbers."""

    sizes: Mapping[str, float]
    g: Estimate
    phi: Estimate
    sem_relative: Estimate
    sem_absolute: Estimate


@dataclass(frozen=True)
class GStudy:
    """The components of a design and the coefficients of the mean mark as it was really given.

    `divisors` are what each component is multiplied by in a trainee's mean, by label.
    """

    components: VarianceComponents
    coefficients: Coefficients
    divisors: Mapping[str, float] = field(default_factory=dict)


def variance_components(data: Any, facets: Sequence[str], effects: Sequence[str] | None = None) -> VarianceComponents:
    """Variance components of `data` over `facets`, the object of measurement first. See the module for shapes.

    `effects` estimates only some, by label; the rest is the residual (for designs too thin for all of them).
    """
    try:
        with calculating():
            design = build(data, facets, effects)
            return _estimated(design, Sums(design))
    except (Undefined, ArithmeticError) as why:
        reason, n = (why.reason, why.n) if isinstance(why, Undefined) else (EXTREME, 0)
        name = facets[0].partition(":")[0]
        return VarianceComponents(name, {}, {}, {name: n}, (), None, reason)


def _estimated(design: Design, sums: Sums) -> VarianceComponents:
    one = np.ones((1, sums.persons))
    values = components(sums, one)[0]
    levels, mean = design.levels(), float(design.scores.mean())
    if np.isnan(values).any():
        reason = "some facets always occur together, so their shares of the spread cannot be told apart"
        return VarianceComponents(design.object, {}, {}, levels, design.effects, mean, reason)
    labels = [effect.label for effect in design.effects]
    squares = {term.label: float(sums.squares(term, design.scores, one)[0]) for term in (MEAN, *design.effects)}
    found = {label: _component(label, float(v), sums.persons) for label, v in zip(labels, values, strict=True)}
    return VarianceComponents(design.object, found, squares, levels, design.effects, mean)


def _component(label: str, value: float, n: int) -> Estimate:
    flags = (Flag("negative component", f"{label} comes out below 0 and counts as 0"),) if value < 0 else ()
    return Estimate(value, n=n, method=METHOD, flags=flags)


def g_study(
    data: Any, facets: Sequence[str], effects: Sequence[str] | None = None, samples: int = 0, seed: int = SEED
) -> GStudy:
    """Components and the coefficients of each trainee's mean over the marks there are; intervals when `samples` > 0.

    With gaps the divisor of a component is the mean over trainees of sum (n_b / n)^2, so that every mark counts alike.
    """
    try:
        with calculating():
            design = build(data, facets, effects)
            sums = Sums(design)
            found = _estimated(design, sums)
            if found.reason:
                raise Undefined(found.reason, found.persons)
            divisors = {label: float(d[0]) for label, d in sums.divisors(np.ones((1, sums.persons))).items()}
            return GStudy(found, _own(design, sums, found, samples, seed), divisors)
    except (Undefined, ArithmeticError):
        found = variance_components(data, facets, effects)
        return GStudy(found, _no_coefficients({}, found))


def _own(design: Design, sums: Sums, found: VarianceComponents, samples: int, seed: int) -> Coefficients:
    one = np.ones((1, sums.persons))
    values = np.array([[found[effect.label].value for effect in design.effects]], dtype=float)
    universe, relative, absolute = _variances(design, values, sums.divisors(one))
    sizes = design.sizes()
    bounds: tuple[tuple[float | None, float | None], ...] = ((None, None),) * 4
    if samples > 0 and sums.persons > 2:
        weights = resamples(sums.persons, samples, seed)
        drawn = components(sums, weights)
        bounds = tuple(percentiles(v) for v in _four(*_variances(design, drawn, sums.divisors(weights))))
    return _coefficients(sizes, float(universe[0]), float(relative[0]), float(absolute[0]), found, bounds)


def _variances(design: Design, values: Array, divisors: Mapping[str, Array]) -> tuple[Array, Array, Array]:
    """Universe score, relative and absolute error variance for each row of components."""
    kept = np.maximum(values, 0.0)
    universe, relative, absolute = (np.zeros(len(values)) for _ in range(3))
    for column, effect in enumerate(design.effects):
        part = kept[:, column] * divisors[effect.label]
        if effect.facets == {design.object}:
            universe += part
        else:
            absolute += part
            relative += part * (design.object in effect.facets)
    return universe, relative, absolute


def _four(universe: Array, relative: Array, absolute: Array) -> tuple[Array, Array, Array, Array]:
    def share(error: Array) -> Array:
        total = universe + error
        return np.divide(universe, total, out=np.full_like(total, np.nan), where=total > 0)

    return share(relative), share(absolute), np.sqrt(relative), np.sqrt(absolute)


def _coefficients(
    sizes: Mapping[str, float], universe: float, relative: float, absolute: float, found: VarianceComponents,
    bounds: tuple[tuple[float | None, float | None], ...] = ((None, None),) * 4,
) -> Coefficients:  # fmt: skip
    n, spread = found.persons, np.array([universe, relative, absolute])
    if flat(spread) and not spread.any():
        return _no_coefficients(sizes, found, "all marks are the same")
    names = ("generalizability coefficient G", "index of dependability Phi", "relative SEM", "absolute SEM")
    how = "" if bounds[0][0] is None else ", interval from resampled trainees"
    made = []
    for name, value, (low, high) in zip(names, _four(*spread[:, None]), bounds, strict=True):
        known = not np.isnan(value[0])
        made.append(
            Estimate(float(value[0]), low, high, n, name + how) if known else undefined("no spread (0/0)", n, name)
        )
    return Coefficients(sizes, *made)


def _no_coefficients(sizes: Mapping[str, float], found: VarianceComponents, reason: str = "") -> Coefficients:
    nothing = undefined(found.reason or reason, found.persons, "generalizability")
    return Coefficients(sizes, *[nothing] * 4)


@results("generalizability", lambda nothing: Coefficients({}, *[nothing] * 4))
def d_study(found: VarianceComponents, sizes: Mapping[str, float], fixed: Collection[str] = ()) -> Coefficients:
    """The coefficients of a design with `sizes` levels of each facet (of a nested facet: within each of its nest).

    A facet in `fixed` is always the same (these very stations, no others): what it shares with p is no error.
    """
    if found.reason:
        return _no_coefficients({}, found)
    for name in found.levels:
        if name != found.object and not (name in sizes and scalars(f'the size of "{name}"', sizes[name])[0] > 0):
            raise Undefined(f'the size of "{name}" is missing', found.persons)
    divisors = {
        effect.label: 1 / math.prod(sizes[name] for name in effect.facets - {found.object}) for effect in found.effects
    }
    return coefficients_with(found, sizes, divisors, fixed)


def coefficients_with(
    found: VarianceComponents, sizes: Mapping[str, float], divisors: Mapping[str, float], fixed: Collection[str] = ()
) -> Coefficients:
    """The coefficients of a mean in which each component counts with its divisor; `sizes` only names the design."""
    universe = relative = absolute = 0.0
    for effect in found.effects:
        part = max(found[effect.label].value or 0.0, 0.0) * divisors[effect.label]
        others = effect.facets - {found.object}
        if others <= set(fixed):
            universe += part * (found.object in effect.facets)
        else:
            absolute += part
            relative += part * (found.object in effect.facets)
    return _coefficients(dict(sizes), universe, relative, absolute, found)


@answers("Phi(cut)")
def phi_lambda(found: VarianceComponents, cut: float, sizes: Mapping[str, float], corrected: bool = True) -> Estimate:
    """Phi(cut): how dependable pass and fail are at the pass mark `cut`, the further from the mean the more.

    `corrected` takes the error of the mean off (mean - cut)^2, as it inflates the square; what is left may be below 0.
    """
    (cut,) = scalars("the pass mark", cut)
    study = d_study(found, sizes)
    if study.phi.value is None or found.mean is None:
        return undefined(study.phi.reason or "there are no marks", found.persons, "Phi(cut)")
    universe = max(found[found.object].value or 0.0, 0.0)
    relative, absolute = (study.sem_relative.value or 0.0) ** 2, (study.sem_absolute.value or 0.0) ** 2
    away = (found.mean - cut) ** 2
    if corrected:
        away -= (universe + relative) / found.persons + absolute - relative
    if not universe + away + absolute > 0:
        return undefined("the mean lies too close to the pass mark for this little spread", found.persons, "Phi(cut)")
    return Estimate((universe + away) / (universe + away + absolute), n=found.persons, method=f"Phi({cut:g})")
