"""What more stations or a second instructor would buy, in a rotation like the one that was marked.

A component of `generalizability` counts in a trainee's mean with its divisor D, the chance that two marks of his, drawn
blindly, share the same level: the same station (D_s), the same mark (D_e = 1 / marks), the same instructor (D_r). The
numbers of the course give each D; other numbers scale it:

    holds the station                        D_s by stations / stations'
    a mark of its own (also r within s)      D_e by marks / marks',  marks = stations x instructors a station
    the instructor, met at several stations  D_r = D_e + (1 - D_s) q,  q the chance that marks from two stations come
                                             from one instructor: 1 where one follows the trainee, 1 / pool where they
                                             take turns, 0 where each station has its own. q stays; D_e and D_s change.
    everybody marks everywhere (crossed)     D_r by instructors / instructors'

At the course's own numbers every D is the course's own, so the curve passes through the course's coefficients.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.judging.designs import RESIDUAL, Effect
from fieldkit.judging.estimate import Estimate, enough
from fieldkit.judging.generalizability import Coefficients, GStudy, coefficients_with

STATION, INSTRUCTOR = "station", "instructor"
STATIONS, INSTRUCTORS, MANY = (4, 6, 8, 10, 12, 16), (1.0, 2.0), 1.5
Numbers = tuple[float, float]  # stations, and instructors who mark a trainee at each


@dataclass(frozen=True)
class CurvePoint:
    """What a course of so many stations would be worth; `instructors` mark each trainee at each station, on average."""

    stations: int
    instructors: float
    g: Estimate
    phi: Estimate
    sem_absolute: Estimate


def own_numbers(study: GStudy, stations: int) -> Numbers:
    """The stations of the course, and how many instructors marked a trainee at one on average."""
    each = study.divisors[STATION] / min(study.divisors.values()) if study.divisors else 1.0
    return float(stations), round(each, 9)


def other_numbers(study: GStudy, own: Numbers, other: Numbers, crossed: bool = False) -> Coefficients:
    """The coefficients with other numbers of stations and instructors; see the module. `own` are the course's."""
    divisors = study.divisors
    by_station, by_mark = own[0] / other[0], own[0] * own[1] / (other[0] * other[1])
    same_station, same_mark = divisors[STATION], min(divisors.values())

    def scaled(effect: Effect) -> float:
        now = divisors[effect.label]
        if effect.label == RESIDUAL or {STATION, INSTRUCTOR} <= effect.facets:
            return now * by_mark
        if STATION in effect.facets:
            return now * by_station
        if INSTRUCTOR not in effect.facets:
            return now
        if crossed:
            return now * own[1] / other[1]
        again = (now - same_mark) / (1 - same_station) if same_station < 1 else 1.0
        return same_mark * by_mark + max(1 - same_station * by_station, 0.0) * again

    made = {effect.label: scaled(effect) for effect in study.components.effects}
    return coefficients_with(study.components, {STATION: other[0], INSTRUCTOR: other[1]}, made)


def curve(study: GStudy, stations: int, crossed: bool) -> tuple[CurvePoint | None, tuple[CurvePoint, ...]]:
    """The course as it was, and the points of the curve: a line for each number of instructors that can be told apart.

    Without components there is neither.
    """
    found = study.components
    if found.reason or not study.divisors:
        return None, ()
    own = own_numbers(study, stations)
    separate = INSTRUCTOR in found.levels and f"trainee×{STATION}" in found.estimates
    lines = {*INSTRUCTORS, own[1], *((3.0,) if own[1] >= MANY else ())} if separate else {own[1]}

    def point(places: int, each: float) -> CurvePoint:
        return _shown(places, each, other_numbers(study, own, (float(places), each), crossed))

    points = tuple(point(places, each) for each in sorted(lines) for places in sorted({*STATIONS, stations}))
    return point(stations, own[1]), points


def _shown(places: int, each: float, made: Coefficients) -> CurvePoint:
    shown = enough("generalizability", made.g), enough("generalizability", made.phi)
    return CurvePoint(places, each, *shown, enough("standard error", made.sem_absolute))
