"""Where each method would put the pass mark, at each station and for the course, with its error.

Methods from the overall ratings need no more than the marks; Hofstee needs the panel's box, Angoff and Ebel its
ratings. Errors come from resampling trainees, for Angoff from the spread between judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fieldkit.judging.checks import Array
from fieldkit.judging.estimate import Estimate, Flag, enough, undefined
from fieldkit.judging.intervals import percentiles, resampled, resamples, spread_over
from fieldkit.judging.policy import FIXED, PassMark, pass_mark
from fieldkit.judging.sheets import Sheets
from fieldkit.judging.standards import CourseCut, angoff, borderline_group, course_cut, ebel, hofstee, resampled_medians

COURSE = ""


@dataclass(frozen=True)
class Standards:
    """How a course sets its pass mark: the method, the fixed mark (%) to fall back on, and what a panel decided.

    `box` is Hofstee's (kmin, kmax, fmin, fmax) in per cent; `angoff` and `ebel` hold the panel's ratings and cells by
    station.
    """

    method: str = FIXED
    fixed: float = 60.0
    borderline: float = 2.0
    box: tuple[float, float, float, float] | None = None
    angoff: Mapping[str, Any] = field(default_factory=dict)
    ebel: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CutFinding:
    """The cut (%) of one method at one station, or for the course where `station` is empty."""

    station: str
    method: str
    cut: Estimate
    error: Estimate
    flags: tuple[Flag, ...] = ()


def cut_findings(sheets: Sheets, standards: Standards, samples: int, seed: int) -> tuple[CutFinding, ...]:
    """All cuts that the marks and the panel give, stations first."""
    rated = ~(np.isnan(sheets.grade) | np.isnan(sheets.percent))
    names = np.asarray(sheets.stations)[sheets.place]
    lines = course_cut(
        sheets.person[rated].tolist(),
        names[rated].tolist(),
        sheets.grade[rated],
        sheets.percent[rated],
        standards.borderline,
        samples,
        seed,
    )
    found: list[CutFinding] = []
    for station, name in enumerate(sheets.stations):
        here = rated & (sheets.place == station)
        found += _at_station(name, sheets, here, lines, standards, samples, seed)
    return (*found, *_for_course(sheets, lines, standards, samples, seed))


def _at_station(
    name: str, sheets: Sheets, here: Any, lines: CourseCut, standards: Standards, samples: int, seed: int
) -> list[CutFinding]:
    person, x, y = sheets.person[here], sheets.grade[here], sheets.percent[here]
    none = undefined("there are no overall ratings", 0, "borderline regression")
    line = lines.stations.get(name)
    found = [
        CutFinding(
            name,
            "borderline regression",
            enough("borderline regression", line.cut if line else none),
            line.error if line else none,
            line.flags if line else (),
        )
    ]
    median = borderline_group(x, y, standards.borderline).median
    group = np.abs(x - standards.borderline) < 1e-9
    weights = resamples(len(sheets.trainees), samples, seed)
    drawn = resampled_medians(person[group], y[group], weights) if group.any() else np.zeros(0)
    found.append(_with_error(name, "borderline group", median, drawn))
    if name in standards.angoff:
        panel = angoff(standards.angoff[name])
        found.append(CutFinding(name, "angoff", enough("angoff", panel.percent), panel.error))
    if name in standards.ebel:
        unknown = undefined("Ebel's method gives no error", 0, "ebel")
        found.append(CutFinding(name, "ebel", ebel(standards.ebel[name]).percent, unknown))
    return found


def _with_error(station: str, method: str, cut: Estimate, drawn: Array) -> CutFinding:
    """A cut with its interval and error from resampled trainees."""
    if cut.value is None or not len(drawn):
        return CutFinding(station, method, enough(method, cut), undefined(cut.reason or "not resampled", cut.n, method))
    low, high = percentiles(drawn)
    with_interval = Estimate(cut.value, low, high, cut.n, f"{cut.method}, {len(drawn)} resamples of trainees")
    return CutFinding(station, method, enough(method, with_interval), spread_over(drawn, cut.n))


def _for_course(
    sheets: Sheets, lines: CourseCut, standards: Standards, samples: int, seed: int
) -> Sequence[CutFinding]:
    found = [CutFinding(COURSE, "borderline regression", enough("borderline regression", lines.cut), lines.error)]
    if standards.box is not None:
        scores, box = sheets.station_scores, standards.box
        totals = scores[~np.isnan(scores).any(axis=1)].mean(axis=1)

        def again(rows: Any) -> float | None:
            return hofstee(totals[rows], *box).cut.value

        cut = hofstee(totals, *box).cut
        drawn = resampled(again, np.arange(len(totals)), samples if cut.value is not None else 0, seed)
        found.append(_with_error(COURSE, "hofstee", cut, drawn))
    return found


def station_marks(cuts: Sequence[CutFinding], stations: Sequence[str], standards: Standards) -> dict[str, PassMark]:
    """Each station's pass mark by the course's policy."""
    by_station = {finding.station: finding for finding in cuts if finding.method == standards.method}
    marks = {}
    for station in stations:
        found = by_station.get(station)
        cut, flags = (found.cut, found.flags) if found else (None, ())
        marks[station] = pass_mark(standards.method, standards.fixed, cut, flags)
    return marks


def course_mark(cuts: Sequence[CutFinding], standards: Standards) -> PassMark:
    """The course's pass mark by its policy: the method's cut for the course, or the mean of its stations' cuts."""
    of_method = [finding for finding in cuts if finding.method == standards.method]
    whole = next((finding for finding in of_method if finding.station == COURSE), None)
    if whole is not None:
        flags = tuple(flag for finding in of_method for flag in finding.flags)
        return pass_mark(standards.method, standards.fixed, whole.cut, flags)
    cut = _mean_cut(of_method) if of_method else None
    return pass_mark(standards.method, standards.fixed, cut)


def _mean_cut(findings: Sequence[CutFinding]) -> Estimate:
    without = next((f for f in findings if f.cut.value is None), None)
    if without is not None:
        return undefined(f"station {without.station}: {without.cut.reason}", without.cut.n, findings[0].method)
    values = [f.cut.value or 0.0 for f in findings]
    least = min(f.cut.n for f in findings)
    return Estimate(float(np.mean(values)), n=least, method=f"mean of the stations' cuts, {findings[0].method}")
