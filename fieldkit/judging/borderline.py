"""Pass marks from the overall ratings: borderline regression and the borderline group.

Regression of the score on the grade at one station (Kramer et al. 2003; Wood, Humphrey-Murto & Norman 2006):

    score = a + b grade,   cut = a + b g,   SE(cut) = s sqrt(1/n + (g - mean grade)^2 / Sxx),   s^2 = SSE / (n-2)

g is the borderline grade. The course's cut is the mean of the stations' cuts (Hejri et al. 2013). Its standard error
must come from resampling trainees: the same persons sit every station, so the errors of the stations go together, and
the formula for independent ones promises too much.

Shapes: `grades` and `scores` of equal length, one entry a mark; gaps are left out. Undefined: no spread of the grades
(the slope is 0/0); nobody graded borderline, for the group method. Values that exist but should not be used come with
flags: "negative slope", "extrapolation" (the borderline grade was never given), "cut below", "cut above" (the range of
the scores), "weak relation" (R2 under 0.5). What to do about a flag is the course's policy (`policy`), never silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, flat, numbers, paired, results, scalars
from fieldkit.judging.estimate import Estimate, Flag, Undefined, undefined
from fieldkit.judging.intervals import SEED, Interval, percentiles, resamples, spread_over, student
from fieldkit.judging.line import fit_line
from fieldkit.judging.ratings import numbered

BORDERLINE = 2.0
WEAK_R2 = 0.5
REGRESSION, GROUP = "borderline regression", "borderline group"


@dataclass(frozen=True)
class BorderlineRegression:
    """The line, the cut where it meets the borderline grade, and how far either is to be trusted.

    `slope` is the points that one grade is worth (inter-grade discrimination), `error` the standard error of the cut,
    `rmse` the residual spread with n-2, `rmse_n` with n, `failing` the marks under the cut, as a share.
    """

    cut: Estimate
    error: Estimate
    slope: Estimate
    intercept: Estimate
    r2: Estimate
    r: Estimate
    rmse: Estimate
    rmse_n: Estimate
    failing: Estimate
    n_borderline: int = 0
    flags: tuple[Flag, ...] = ()

    @property
    def n(self) -> int:
        """How many marks the line rests on."""
        return self.cut.n


@results(REGRESSION, lambda none: BorderlineRegression(none, none, none, none, none, none, none, none, none))
def borderline_regression(
    grades: Any, scores: Any, borderline: float = BORDERLINE, least: float = 0.0, most: float = 100.0
) -> BorderlineRegression:
    """Borderline regression of one station; `least` and `most` bound the possible scores. See the module."""
    x, y = paired(grades, scores, ("grades", "scores"))
    return _regression(x, y, *scalars("the borderline grade and the range", borderline, least, most))


def _regression(x: Array, y: Array, borderline: float, least: float, most: float) -> BorderlineRegression:
    line = fit_line(x, y, "everybody got the same overall rating, so there is no line to draw")
    n, cut, error = line.n, line.at(borderline), line.error_at(borderline)
    constant = undefined("everybody has the same score", n, REGRESSION)
    given = int((np.abs(x - borderline) < 1e-9).sum())

    def made(value: float | None, error: float | None = None) -> Estimate:
        if value is None:
            return undefined("two marks give a line without error", n, REGRESSION)
        bounds: Interval = student(value, error, n - 2) if error else (None, None)
        return Estimate(value, *bounds, n=n, method=REGRESSION)

    return BorderlineRegression(
        cut=made(cut, error),
        error=made(error),
        slope=made(line.slope, line.slope_error),
        intercept=made(line.at(0.0)),
        r2=constant if line.r is None else made(line.r**2),
        r=constant if line.r is None else made(line.r),
        rmse=made(line.spread),
        rmse_n=made((line.sse / n) ** 0.5),
        failing=Estimate(float((y < cut).mean()), n=n, method="marks under the cut", count=int((y < cut).sum())),
        n_borderline=given,
        flags=_flags(line.slope, cut, line.r, given, least, most),
    )


def _flags(slope: float, cut: float, r: float | None, given: int, least: float, most: float) -> tuple[Flag, ...]:
    found = []
    if slope < 0:
        found.append(Flag("negative slope", "negative slope: checklist and judgement contradict each other"))
    elif slope == 0:
        found.append(Flag("no slope", "the scores do not rise with the overall rating"))
    if r is not None and r**2 < WEAK_R2:
        text = f"the overall rating explains {r**2:.1%} of the scores; half or more is usual"
        found.append(Flag("weak relation", text))
    if not given:
        found.append(Flag("extrapolation", "borderline grade never given: extrapolation"))
    if cut < least:
        found.append(Flag("cut below", f"cut below {least:g}"))
    if cut > most:
        found.append(Flag("cut above", f"cut above {most:g}"))
    return tuple(found)


@dataclass(frozen=True)
class BorderlineGroup:
    """Mean and median score of those graded borderline; either serves as the cut."""

    mean: Estimate
    median: Estimate


@results(GROUP, lambda nothing: BorderlineGroup(nothing, nothing))
def borderline_group(grades: Any, scores: Any, borderline: float = BORDERLINE) -> BorderlineGroup:
    """The scores of the marks with the borderline grade (Livingston & Zieky 1982). Undefined when there are none."""
    x, y = paired(grades, scores, ("grades", "scores"), least=1)
    (borderline,) = scalars("the borderline grade", borderline)
    group = y[np.abs(x - borderline) < 1e-9]
    n = len(group)
    if not n:
        raise Undefined(f"nobody was given the borderline grade {borderline:g}", 0)
    mean = float(group.mean())
    bounds: Interval = (None, None)
    if not flat(group):
        bounds = student(mean, float(group.std(ddof=1)) / n**0.5, n - 1)
    median = Estimate(float(np.median(group)), n=n, method=f"{GROUP}, median")
    return BorderlineGroup(Estimate(mean, *bounds, n=n, method=f"{GROUP}, mean, t interval"), median)


@dataclass(frozen=True)
class Cut:
    """A cut and its standard error by resampling trainees."""

    cut: Estimate
    error: Estimate
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class CourseCut:
    """The mean of the stations' cuts, its standard error by resampling trainees, and the naive one for comparison.

    `stations` holds the cut of each station by name; the n of `cut` is that of the station with the fewest ratings.
    """

    cut: Estimate
    error: Estimate
    error_if_independent: Estimate
    stations: Mapping[str, Cut]


@results("mean of the stations' cuts", lambda nothing: CourseCut(nothing, nothing, nothing, {}))
def course_cut(
    trainees: Sequence[Any], stations: Sequence[Any], grades: Any, scores: Any, borderline: float = BORDERLINE,
    samples: int = 2000, seed: int = SEED,
) -> CourseCut:  # fmt: skip
    """The cut of a whole course by borderline regression at each station, one entry a mark in the four columns.

    Trainees are resampled whole, with all their marks at all stations. `samples` 0 leaves the errors out.
    """
    x, y = numbers(grades, "grades").ravel(), numbers(scores, "scores").ravel()
    (people, person), (places, place) = numbered(trainees), numbered(stations)
    if not len(x) == len(y) == len(person) == len(place):
        raise Undefined("the columns are of different lengths")
    weights = resamples(len(people), max(samples, 0), seed) if len(people) > 2 else np.ones((0, len(people)))
    lines, drawn = [], []
    for station in range(len(places)):
        here = (place == station) & ~np.isnan(x) & ~np.isnan(y)
        lines.append(borderline_regression(x[here], y[here], borderline))
        drawn.append(resampled_cuts(person[here], x[here], y[here], borderline, weights))
    cuts = {str(name): _station_cut(line, cut) for name, line, cut in zip(places, lines, drawn, strict=True)}
    return _course_cut(cuts, lines, np.array(drawn), len(people))


def _station_cut(line: BorderlineRegression, drawn: Array) -> Cut:
    if not len(drawn) or line.cut.value is None:
        return Cut(line.cut, line.error, line.flags)
    low, high = percentiles(drawn)
    method = f"{REGRESSION}, {len(drawn)} resamples of trainees"
    return Cut(Estimate(line.cut.value, low, high, line.n, method), spread_over(drawn, line.n), line.flags)


def _course_cut(cuts: Mapping[str, Cut], lines: Sequence[BorderlineRegression], drawn: Array, n: int) -> CourseCut:
    method = "mean of the stations' cuts"
    without = next((name for name, cut in cuts.items() if cut.cut.value is None), None)
    if without is not None or not cuts:
        why = (
            f"station {without} has no cut: {cuts[without].cut.reason}"
            if without is not None
            else "there are no stations"
        )
        nothing = undefined(why, n, method)
        return CourseCut(nothing, nothing, nothing, cuts)
    value = float(np.mean([cut.cut.value for cut in cuts.values()]))
    naive = sum((line.error.value or 0.0) ** 2 for line in lines) ** 0.5 / len(lines)
    means = drawn.mean(axis=0)
    low, high = percentiles(means) if len(means) else (None, None)
    return CourseCut(
        Estimate(value, low, high, min(line.n for line in lines), method),
        spread_over(means, n),
        Estimate(naive, n=n, method="stations alone"),
        cuts,
    )


def resampled_cuts(person: Any, x: Array, y: Array, borderline: float, weights: Array) -> Array:
    """The cut of one station for each row of trainee weights; NaN where a resample has no spread of grades.

    The line needs five sums only, so all resamples are one matrix product.
    """
    parts = np.stack([np.ones_like(x), x, y, x * x, x * y])
    sums = np.stack([np.bincount(person, part, weights.shape[1]) for part in parts], axis=1)
    n, sx, sy, sxx, sxy = (weights @ sums).T
    spread = n * sxx - sx**2
    sound = spread > 1e-9 * np.maximum(n, 1) ** 2
    slope = np.divide(n * sxy - sx * sy, spread, out=np.full_like(n, np.nan), where=sound)
    mean_y, mean_x = (np.divide(v, n, out=np.full_like(n, np.nan), where=n > 0) for v in (sy, sx))
    return mean_y + slope * (borderline - mean_x)


def resampled_medians(person: Any, scores: Array, weights: Array) -> Array:
    """The median score for each row of trainee weights, each score as often as its trainee; NaN where none is drawn."""
    order = np.argsort(scores, kind="stable")
    reached = np.cumsum(weights[:, np.asarray(person)[order]], axis=1)
    middle = reached[:, -1:] / 2
    low, high = (reached >= middle).argmax(axis=1), (reached > middle).argmax(axis=1)
    ranked = scores[order]
    return np.where(middle[:, 0] > 0, (ranked[low] + ranked[high]) / 2, np.nan)
