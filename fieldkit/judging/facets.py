"""Trainees, stations and instructors on one scale: the many-facet Rasch model (Linacre 1989), estimated in `rasch`.

    log(P_k / P_{k-1}) = ability - difficulty - severity - tau_k

Severity is advice to look, never a reason to re-score: the model knows nothing of a trainee who is good at one station
and poor at another, so its reliability is far above G of `generalizability`, its errors too small for pass bands.

measure, error      logits; error 1 / sqrt(sum of variances) ("model S.E."), interval +- 1.96 errors
infit, outfit       sum (x-E)^2 / sum V and mean (x-E)^2 / V; 0.5 to 1.5 is usual; z by Wilson-Hilferty with fourth
                    moments (Wright & Masters 1982, p. 100)
fair average        expected grade at the element's measure, the others at their mean (fair_m) or at 0 (fair_z)
separation          G = sqrt(SD^2 - RMSE^2) / RMSE, strata (4G + 1) / 3, reliability (SD^2 - RMSE^2) / SD^2, for SD
                    with n (population) and n-1 (sample); 0 where the errors exceed the spread
chi-square          sum w d^2 - (sum w d)^2 / sum w, w = 1 / error^2: are all elements alike?

An element with only highest (or only lowest) grades has no finite measure: it is left out of the estimation and of all
fit figures and then placed with its score moved 0.3 inward, marked `extreme`. Grades that nobody was given are not part
of the scale; a gap is closed up and flagged. JML spreads measures outward, by about L/(L-1) for L grades a trainee.

Input: an array (trainees, stations, instructors), a mapping of columns, or `ratings.long_ratings`. Undefined as a
whole: one grade only; more than 20 different ones; grades off the `scale`; measures that nothing links (`groups` names
them; compare nothing across); fewer than two trainees. A facet with one element has no measures: there is nobody to
compare with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.judging.checks import EXTREME, Array, calculating
from fieldkit.judging.estimate import Estimate, Flag, Undefined, undefined
from fieldkit.judging.intervals import normal_quantile
from fieldkit.judging.misfit import Fit, Spread, exact_agreement, fit_by, spread_of
from fieldkit.judging.rasch import Measures, fit, moments, probabilities, solo
from fieldkit.judging.ratings import FACETS, Ratings, comparable, long_ratings, ratings_of

__all__ = ["Element", "Facet", "ManyFacets", "long_ratings", "many_facet_rasch"]

MOST_GRADES = 20
INWARD = 0.3
METHOD = "many-facet Rasch, JML"
Groups = tuple[tuple[str, ...], ...]


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
        return next(element for element in self.elements if element.name == name)


@dataclass(frozen=True)
class ManyFacets:
    """The three facets on one scale of logits, or the reason why there is none.

    `scale` are the grades in use, `thresholds` the tau between them; `groups` the comparable elements of each facet, by
    facet; `agreements`, `expected_agreements` of `opportunities` pairs of marks for the same performance.
    """

    trainees: Facet
    stations: Facet
    instructors: Facet
    scale: tuple[float, ...] = ()
    thresholds: tuple[float, ...] = ()
    log_likelihood: float | None = None
    agreements: int = 0
    expected_agreements: float = 0.0
    opportunities: int = 0
    n: int = 0
    groups: Mapping[str, Groups] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    ratings: Ratings | None = field(default=None, repr=False, compare=False)
    expected: Array | None = field(default=None, repr=False, compare=False)

    def surplus(self, **names: str) -> Estimate:
        """How much more (points, summed) some marks were than expected: `surplus(instructor="R1", trainee="T3")`.

        Facets not named are summed over; `n` counts the marks.
        """
        if self.ratings is None or self.expected is None:
            return undefined(self.reason or "there are no measures", 0, METHOD)
        which = np.ones(len(self.expected), dtype=bool)
        for place, facet in enumerate(FACETS):
            if facet in names:
                labels = np.asarray(self.ratings.labels[place])
                which &= labels[self.ratings.codes[place]] == names[facet]
        if not which.any():
            return undefined("there is no such mark", 0, METHOD)
        surplus = self.ratings.grades[which] - self.expected[which]
        return Estimate(float(surplus.sum()), n=int(which.sum()), method="marks minus expected, summed")


def many_facet_rasch(ratings: Any, floating: str = "trainee", scale: Sequence[float] | None = None) -> ManyFacets:
    """The many-facet model of `ratings`; see the module. `floating` is the facet that is not centred on 0.

    `scale` are the grades that could be given; others are refused.
    """
    try:
        with calculating():
            return _measured(ratings_of(ratings), floating, scale)
    except _Apart as why:
        return _nothing(why.reason, why.n, why.groups)
    except Undefined as why:
        return _nothing(why.reason, why.n)
    except (ArithmeticError, np.linalg.LinAlgError):
        return _nothing(EXTREME)


class _Apart(Undefined):
    """The measures are not linked."""

    def __init__(self, reason: str, n: int, groups: Mapping[str, Groups]) -> None:
        super().__init__(reason, n)
        self.groups = groups


def _nothing(reason: str, n: int = 0, groups: Mapping[str, Groups] | None = None) -> ManyFacets:
    empty = [Facet(name, ()) for name in FACETS]
    return ManyFacets(empty[0], empty[1], empty[2], n=n, groups=groups or {}, reason=reason)


def _measured(everything: Ratings, floating: str, scale: Sequence[float] | None) -> ManyFacets:
    if floating not in FACETS:
        raise Undefined(f'"{floating}" is not a facet; choose one of {", ".join(FACETS)}')
    _check(everything, scale)
    _linked(everything)
    kept = _without_extremes(everything)
    groups = _linked(kept)
    grades, x = np.unique(kept.grades, return_inverse=True)
    measures, likelihood = fit(kept.codes, x, [len(labels) for labels in kept.labels], len(grades) - 1)
    measures = _centred(measures, floating)
    chances = probabilities(measures.places(kept.codes), measures.thresholds)
    trainees, stations, instructors = _facets(everything, kept, measures, grades, x, chances)
    same, expected, pairs = exact_agreement(kept, chances)
    return ManyFacets(
        trainees,
        stations,
        instructors,
        scale=tuple(float(g) for g in grades),
        thresholds=tuple(float(t) for t in measures.thresholds),
        log_likelihood=likelihood,
        agreements=same,
        expected_agreements=expected,
        opportunities=pairs,
        n=len(x),
        groups=groups,
        flags=_flags(everything, grades, scale),
        ratings=kept,
        expected=grades @ chances,
    )


def _check(ratings: Ratings, scale: Sequence[float] | None) -> None:
    n, grades = len(ratings.grades), np.unique(ratings.grades)
    if scale is not None and (off := [g for g in grades if g not in scale]):
        raise Undefined(f"a grade of {off[0]:g} is not on the scale " + ", ".join(f"{g:g}" for g in scale), n)
    if len(grades) > MOST_GRADES:
        raise Undefined(
            f"there are {len(grades)} different grades; the model is for scales of at most {MOST_GRADES}", n
        )
    if len(grades) < 2:
        raise Undefined("only one grade was ever given", n)
    if len(ratings.labels[0]) < 2:
        raise Undefined("needs at least two trainees", n)


def _without_extremes(ratings: Ratings) -> Ratings:
    """The marks of elements that got more than only the highest or only the lowest grade, until none is left over."""
    while True:
        grades = np.unique(ratings.grades)
        keep = np.ones(len(ratings.grades), dtype=bool)
        for codes in ratings.codes:
            low, high = np.full(codes.max() + 1, np.inf), np.full(codes.max() + 1, -np.inf)
            np.minimum.at(low, codes, ratings.grades)
            np.maximum.at(high, codes, ratings.grades)
            keep &= ~((high == grades[0]) | (low == grades[-1]))[codes]
        if keep.all():
            return ratings
        if len(np.unique(ratings.grades[keep])) < 2:
            raise Undefined("nearly everybody got only the highest or only the lowest grade", len(ratings.grades))
        ratings = ratings.keep(keep)


def _linked(ratings: Ratings) -> Mapping[str, Groups]:
    groups = dict(zip(FACETS, comparable(ratings), strict=True))
    if all(len(parts) == 1 for parts in groups.values()):
        return groups
    if len(groups["trainee"]) > 1:
        text = "; ".join(
            f"group {i}: {_some(people)} ({_some(_markers(ratings, people))})"
            for i, people in enumerate(groups["trainee"], 1)
        )
        count = len(groups["trainee"])
        raise _Apart(
            f"{count} groups of trainees share no instructor, so nothing compares them: {text}",
            len(ratings.grades),
            groups,
        )
    stuck = "; ".join(_some(raters) for raters in groups["instructor"])
    reason = (
        f"instructors and stations never mix: severity cannot be told from difficulty; comparable only within {stuck}"
    )
    raise _Apart(reason, len(ratings.grades), groups)


def _some(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _markers(ratings: Ratings, people: Sequence[str]) -> list[str]:
    theirs = np.isin(np.asarray(ratings.labels[0]), people)[ratings.codes[0]]
    return [ratings.labels[2][i] for i in np.unique(ratings.codes[2][theirs])]


def _centred(measures: Measures, floating: str) -> Measures:
    """Estimated with trainees floating; another facet floats by taking their mean over."""
    if floating == "trainee":
        return measures
    mean = float(measures.trainees.mean())
    moved = {"station": (mean, 0.0), "instructor": (0.0, mean)}[floating]
    return Measures(
        measures.trainees - mean, measures.stations - moved[0], measures.instructors - moved[1], measures.thresholds
    )


def _facets(
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


def _flags(everything: Ratings, grades: Array, scale: Sequence[float] | None) -> tuple[Flag, ...]:
    possible = set(scale) if scale is not None else _whole_grades(everything.grades)
    unused = ", ".join(f"{g:g}" for g in sorted(possible - set(grades.tolist())))
    return (Flag("unused grades", f"grades nobody was given are not part of the scale: {unused}"),) if unused else ()


def _whole_grades(given: Array) -> set[float]:
    """All whole grades between the lowest and the highest, where the grades are whole numbers on a usual scale."""
    low, high = float(given.min()), float(given.max())
    if high - low > MOST_GRADES or np.mod(given, 1).any():
        return set()
    return {float(g) for g in range(int(low), int(high) + 1)}
