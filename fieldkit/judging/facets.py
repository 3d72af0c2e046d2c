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
of the scale; a gap is closed up and flagged. Where the likelihood has no finite maximum because an end of the scale was
given fewer than ten times, that grade counts as its neighbour, flagged too (Linacre 2002 asks for ten of each). JML
spreads measures outward, by about L/(L-1) for L grades a trainee.

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

from fieldkit.judging.checks import EXTREME, Array, calculating, numbers
from fieldkit.judging.elements import METHOD, Element, Facet, facets_of
from fieldkit.judging.estimate import Estimate, Flag, Undefined, undefined
from fieldkit.judging.misfit import exact_agreement
from fieldkit.judging.rasch import Measures, RunsOff, fit, probabilities
from fieldkit.judging.ratings import FACETS, Ratings, comparable, long_ratings, ratings_of

__all__ = ["Element", "Facet", "ManyFacets", "long_ratings", "many_facet_rasch"]

MOST_GRADES, RARE = 20, 10
Groups = tuple[tuple[str, ...], ...]


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
    given, flags = everything, list(_unused(everything, scale))
    while True:
        kept = _without_extremes(given)
        groups = _linked(kept)
        grades, x = np.unique(kept.grades, return_inverse=True)
        try:
            measures, likelihood = fit(kept.codes, x, [len(labels) for labels in kept.labels], len(grades) - 1)
            break
        except RunsOff as why:
            given, flag = _without_rare_end(given, kept, why)
            flags.append(flag)
    measures = _centred(measures, floating)
    chances = probabilities(measures.places(kept.codes), measures.thresholds)
    trainees, stations, instructors = facets_of(everything, kept, measures, grades, x, chances)
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
        flags=tuple(flags),
        ratings=kept,
        expected=grades @ chances,
    )


def _check(ratings: Ratings, scale: Sequence[float] | None) -> None:
    n, grades = len(ratings.grades), np.unique(ratings.grades)
    if scale is not None and (numbers(scale, "scale").ndim != 1 or np.isnan(numbers(scale)).any()):
        raise Undefined("the scale is a list of grades")
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


def _without_rare_end(given: Ratings, kept: Ratings, why: RunsOff) -> tuple[Ratings, Flag]:
    """The marks with the rarer end of the scale counted as its neighbour; raises `why` when neither end is rare."""
    grades, counts = np.unique(kept.grades, return_counts=True)
    low = counts[0] < counts[-1]
    rare, next_to, count = (grades[0], grades[1], counts[0]) if low else (grades[-1], grades[-2], counts[-1])
    if len(grades) < 3 or count >= RARE:
        raise why
    moved = np.maximum(given.grades, next_to) if low else np.minimum(given.grades, next_to)
    text = f"grade {rare:g} was given too rarely ({count} times) to place it; it counts as {next_to:g} in this model"
    return Ratings(given.labels, given.codes, moved), Flag("rare grade", text)


def _unused(everything: Ratings, scale: Sequence[float] | None) -> tuple[Flag, ...]:
    possible = set(scale) if scale is not None else _whole_grades(everything.grades)
    unused = ", ".join(f"{g:g}" for g in sorted(possible - set(everything.grades.tolist())))
    return (Flag("unused grades", f"grades nobody was given are not part of the scale: {unused}"),) if unused else ()


def _whole_grades(given: Array) -> set[float]:
    """All whole grades between the lowest and the highest, where the grades are whole numbers on a usual scale."""
    low, high = float(given.min()), float(given.max())
    if high - low > MOST_GRADES or np.mod(given, 1).any():
        return set()
    return {float(g) for g in range(int(low), int(high) + 1)}
