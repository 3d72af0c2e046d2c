"""How far the course's result would hold: reliability, what more stations or a second instructor would buy, who is in
doubt at the pass mark, and where the methods put it.

The error of a score is the absolute SEM of generalizability theory (`generalizability`), for a decision against a mark.
Below its least n each trainee gets the error from his own stations instead, sd / sqrt(stations), with Student's t: no
other trainee is needed for it (conditional SEM, Brennan 1998). Never the error of the many-facet model, too small here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fieldkit.judging.checks import Array, flat
from fieldkit.judging.decision_study import INSTRUCTOR, STATION, CurvePoint, curve
from fieldkit.judging.estimate import Estimate, enough, undefined
from fieldkit.judging.generalizability import Coefficients, GStudy, g_study
from fieldkit.judging.intervals import normal_quantile, student
from fieldkit.judging.items import item_analysis
from fieldkit.judging.policy import PassMark
from fieldkit.judging.reliability import (
    DecisionConsistency,
    cronbach_alpha,
    decision_consistency,
    pass_band,
    standard_error,
)
from fieldkit.judging.sheets import Sheets

LEAST_DOUBLES = 10
TRAINEE = "trainee"
CROSSED = "trainees by stations by instructors, all crossed"


@dataclass(frozen=True)
class ReliabilityFinding:
    """Reliability of the mean over stations; `design` says which sources of error could be told apart.

    `now` is the course's own place on the `curve`: its stations, and the instructors who marked at each on average.
    """

    alpha: Estimate
    sem: Estimate
    components: Mapping[str, Estimate]
    g: Estimate
    phi: Estimate
    sem_relative: Estimate
    sem_absolute: Estimate
    design: str
    now: CurvePoint | None
    curve: tuple[CurvePoint, ...]


@dataclass(frozen=True)
class TraineeBand:
    """A trainee's mean over his stations with its 95 % band, as far as it lies between 0 and 100 %, and what that says:
    pass, fail or borderline."""

    trainee: str
    score: Estimate
    decision: str


@dataclass(frozen=True)
class PassingFinding:
    """The pass marks of the course and its stations, everybody's band, who is in doubt, how steady the decision is."""

    pass_mark: PassMark
    station_marks: Mapping[str, PassMark]
    bands: tuple[TraineeBand, ...]
    in_doubt: tuple[str, ...]
    consistency: DecisionConsistency


def reliability_finding(sheets: Sheets, samples: int, seed: int) -> tuple[ReliabilityFinding, Coefficients]:
    """Reliability of the course and, ungated, the coefficients that it came from."""
    scores = sheets.station_scores
    alpha = cronbach_alpha(scores)
    sd = item_analysis(scores, 100.0).sd
    study, design = _study(sheets, scores, samples, seed)
    own, (now, points) = study.coefficients, curve(study, scores.shape[1], design == CROSSED)
    finding = ReliabilityFinding(
        alpha=enough("alpha", alpha),
        sem=enough("standard error", _sem(sd, alpha, scores.shape[1])),
        components=study.components.estimates,
        g=enough("generalizability", own.g),
        phi=enough("generalizability", own.phi),
        sem_relative=enough("standard error", own.sem_relative),
        sem_absolute=enough("standard error", own.sem_absolute),
        design=design,
        now=now,
        curve=points,
    )
    return finding, own


def _sem(sd: Estimate, alpha: Estimate, stations: int) -> Estimate:
    if sd.value is None or alpha.value is None:
        return undefined(f"there is no reliability: {alpha.reason or sd.reason}", alpha.n, "standard error of a score")
    return standard_error(sd.value / stations, alpha.value, alpha.n)


def _study(sheets: Sheets, scores: Array, samples: int, seed: int) -> tuple[GStudy, str]:
    """The richest design that the marks can bear."""
    data = {
        TRAINEE: sheets.person, STATION: sheets.place, INSTRUCTOR: sheets.rater, "score": sheets.percent,
    }  # fmt: skip
    crossed, nested = (TRAINEE, STATION, INSTRUCTOR), (TRAINEE, STATION, f"{INSTRUCTOR}:{STATION}")
    people, places, raters = len(sheets.trainees), len(sheets.stations), len(sheets.instructors)
    marked = ~np.isnan(sheets.percent)
    double = int((np.bincount(sheets.slots[marked], minlength=2)[1:2] >= LEAST_DOUBLES).sum()) > 0
    tries: list[tuple[str, Sequence[str], Sequence[str] | None]] = []
    if raters > 1 and int(marked.sum()) == people * places * raters:
        tries.append((CROSSED, crossed, None))
    if double:
        both = (TRAINEE, STATION, INSTRUCTOR, f"{TRAINEE}×{STATION}")
        tries.append(("trainees by stations by instructors, with gaps", crossed, both))
        tries.append(("instructors within stations, trainees by stations", nested, None))
    if raters > 1:
        tries.append(("trainees, stations, instructors, each sheet marked once", crossed, crossed))
    for name, facets, effects in tries:
        study = g_study(data, facets, effects, samples, seed)
        if study.components.reason is None and study.coefficients.g.value is not None:
            return study, name
    return g_study(scores, (TRAINEE, STATION), None, samples, seed), "trainees by stations"


def passing_finding(
    sheets: Sheets,
    mark: PassMark,
    station_marks: Mapping[str, PassMark],
    reliability: ReliabilityFinding,
    own: Coefficients,
) -> PassingFinding:
    """Everybody's band around the pass mark, by the course's error or each trainee's own."""
    scores = sheets.station_scores
    bands = tuple(
        _band(name, row[~np.isnan(row)], mark.value, reliability.sem_absolute)
        for name, row in zip(sheets.trainees, scores, strict=True)
    )
    doubt = tuple(band.trainee for band in bands if band.decision in ("borderline", "unknown"))
    totals = scores[~np.isnan(scores).any(axis=1)].mean(axis=1) if len(scores) else np.zeros(0)
    return PassingFinding(mark, station_marks, bands, doubt, _consistency(totals, mark.value, own.phi))


def _band(name: str, scores: Array, cut: float, error: Estimate) -> TraineeBand:
    n = len(scores)
    if not n:
        return TraineeBand(name, undefined("no marks", 0, "mean over stations, %"), "unknown")
    mean = float(scores.mean())
    if error.value is not None:
        reach, how = normal_quantile() * error.value, "mean over stations, %, +- 1.96 absolute SEM of the course"
        low, high = mean - reach, mean + reach
    elif n > 1 and not flat(scores):
        how = "mean over stations, %, t interval from this trainee's own stations"
        low, high = student(mean, float(scores.std(ddof=1)) / n**0.5, n - 1)
    else:
        return TraineeBand(name, Estimate(mean, n=n, method="mean over stations, %"), "unknown")
    decision = pass_band(mean, cut, mean - low, z=1.0).decision
    return TraineeBand(name, Estimate(mean, max(low, 0.0), min(high, 100.0), n, how), decision)


def _consistency(totals: Array, cut: float, phi: Estimate) -> DecisionConsistency:
    """Decision consistency with Phi as the reliability: the pass mark is fixed, not a rank."""
    n = len(totals)
    if n < 2 or phi.value is None:
        nothing = undefined(phi.reason or "needs at least 2 trainees with all stations", n, "decision consistency")
        return DecisionConsistency(nothing, nothing, nothing, nothing)
    found = decision_consistency(cut, float(totals.mean()), float(totals.std(ddof=1)), phi.value, n)
    shown = [enough("decision consistency", e) for e in (found.agreement, found.chance, found.kappa, found.accuracy)]
    return DecisionConsistency(shown[0], shown[1], shown[2], shown[3], found.z)
