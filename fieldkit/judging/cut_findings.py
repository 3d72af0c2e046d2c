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
from fieldkit.judging.policy import FIXED, NAMES, PassMark, pass_mark
from fieldkit.judging.sheets import Sheets
from fieldkit.judging.standards import (
    Angoff,
    CourseCut,
    angoff,
    borderline_group,
    course_cut,
    ebel_panel,
    hofstee,
    resampled_medians,
)

COURSE = ""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Standards:
    """How a course sets its pass mark: the method, the fixed marks (%) to fall back on, and what a panel decided.

    `fixed_at` and `method_at` have the fixed mark and the method of stations with one of their own. `box` is Hofstee's
    (kmin, kmax, fmin, fmax) in per cent for the course and every station that has none of its own in `boxes`. By
    station, `angoff` holds the ratings (judges, items) and `points` what these items carry (1 each where nothing is
    said), `ebel` the cells of each judge.
    """

    method: str = FIXED
    fixed: float = 60.0
    borderline: float = 2.0
    box: Box | None = None
    boxes: Mapping[str, Box] = field(default_factory=dict)
    angoff: Mapping[str, Any] = field(default_factory=dict)
    points: Mapping[str, Sequence[float]] = field(default_factory=dict)
    ebel: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    fixed_at: Mapping[str, float] = field(default_factory=dict)
    method_at: Mapping[str, str] = field(default_factory=dict)

    def method_of(self, station: str) -> str:
        """The method of a station: its own, else the course's."""
        return self.method_at.get(station, self.method)


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
    if (box := standards.boxes.get(name, standards.box)) is not None:
        found.append(_hofstee(name, person, y, box, samples, seed))
    return found + panel_cuts(name, standards)


def panel_cuts(name: str, standards: Standards) -> list[CutFinding]:
    """What the panel says about one station; no marks are needed for it."""
    found = []
    if name in standards.angoff:
        panel = angoff(standards.angoff[name], standards.points.get(name, 1.0))
        error = panel.error if panel.error.value is None else _percent_error(panel)
        found.append(CutFinding(name, "angoff", enough("angoff", panel.percent), error))
    if name in standards.ebel:
        judges = ebel_panel(standards.ebel[name])
        found.append(CutFinding(name, "ebel", enough("ebel", judges.percent), judges.error))
    return found


def _percent_error(panel: Angoff) -> Estimate:
    """The error of an Angoff cut in per cent, like the cut."""
    cut, percent = panel.cut.value or 0.0, panel.percent.value or 0.0
    return panel.error.times(percent / cut, "sd between judges / root of judges, %") if cut else panel.error


def _hofstee(station: str, person: Any, scores: Array, box: Box, samples: int, seed: int) -> CutFinding:
    """Hofstee's cut of the mean scores of persons, with its error from resampled ones."""
    people, which = np.unique(person, return_inverse=True)
    totals = np.bincount(which, scores, len(people)) / np.maximum(np.bincount(which, minlength=len(people)), 1)
    found = hofstee(totals, *box).cut

    def again(rows: Any) -> float | None:
        return hofstee(totals[rows], *box).cut.value

    drawn = resampled(again, np.arange(len(totals)), samples if found.value is not None else 0, seed)
    return _with_error(station, "hofstee", found, drawn)


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
        scores = sheets.station_scores
        whole = np.nonzero(~np.isnan(scores).any(axis=1))[0]
        found.append(_hofstee(COURSE, whole, scores[whole].mean(axis=1), standards.box, samples, seed))
    return found


def station_marks(cuts: Sequence[CutFinding], stations: Sequence[str], standards: Standards) -> dict[str, PassMark]:
    """Each station's pass mark by the course's policy."""
    by_place = {(finding.station, finding.method): finding for finding in cuts}
    marks = {}
    for station in stations:
        method, fixed = standards.method_of(station), standards.fixed_at.get(station, standards.fixed)
        found = by_place.get((station, method))
        cut, flags = (found.cut, found.flags) if found else (None, ())
        marks[station] = pass_mark(method, fixed, cut, flags)
    return marks


def course_mark(
    cuts: Sequence[CutFinding], standards: Standards, stations: Mapping[str, PassMark] | None = None
) -> PassMark:
    """The course's pass mark by its policy, for the mean over stations.

    The method's cut for the course, or the mean of its stations' cuts; where the method does not apply to all of its
    `stations`, the mean of the marks that count there.
    """
    of_method = [finding for finding in cuts if finding.method == standards.method]
    marks = list((stations or {}).values())
    methods = sorted({mark.method for mark in marks} - {FIXED})
    by_method = sum(mark.method in methods for mark in marks)
    if methods and (by_method < len(marks) or methods != [standards.method]):
        value = float(np.mean([mark.value for mark in marks]))
        named = ", ".join(NAMES[method] for method in methods)
        reason = f"mean of the stations' pass marks, {by_method} of {len(marks)} set by {named}"
        return PassMark(value, methods[0], standards.method, reason)
    whole = next((finding for finding in of_method if finding.station == COURSE), None)
    if whole is not None and standards.method != "hofstee":
        flags = tuple(flag for finding in of_method for flag in finding.flags)
        return pass_mark(standards.method, standards.fixed, whole.cut, flags)
    at_stations = [finding for finding in of_method if finding.station != COURSE]
    cut = _mean_cut(at_stations) if at_stations else None
    return pass_mark(standards.method, standards.fixed, cut)


def _mean_cut(findings: Sequence[CutFinding]) -> Estimate:
    without = next((f for f in findings if f.cut.value is None), None)
    if without is not None:
        return undefined(f"station {without.station}: {without.cut.reason}", without.cut.n, findings[0].method)
    values = [f.cut.value or 0.0 for f in findings]
    least = min(f.cut.n for f in findings)
    return Estimate(float(np.mean(values)), n=least, method=f"mean of the stations' cuts, {findings[0].method}")
