"""An analysis as text for the screen: what to look at first, figures with their intervals, reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fieldkit.reports.quality_figures import compared, judged, number, share, told, why_no_severity

if TYPE_CHECKING:
    from fieldkit.judging.analysis import Analysis
    from fieldkit.judging.estimate import Flag
    from fieldkit.reports.quality_data import QualityData

EN = "en"
MOST_NAMES = 12
CURVE_WIDTH = 7


def summary(data: QualityData) -> Iterator[str]:
    """The lines of the summary."""
    yield from _top(data)
    for heading, lines in (
        ("Stations", _stations(data)),
        ("Items to look at", _items(data)),
        ("Instructors (where to look; nobody is accused, and no mark is changed)", _instructors(data)),
        ("How far the result holds", _reliability(data.analysis)),
        ("Pass mark", _passing(data)),
        ("Where each method would put the pass mark", _cuts(data)),
    ):
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def _top(data: QualityData) -> Iterator[str]:
    counts = data.analysis.counts
    yield data.title
    nouns = {"trainee": counts.trainees, "station": counts.stations, "instructor": counts.instructors}
    nouns |= {"item": counts.items, "sheet": counts.sheets, "mark": counts.marks}
    yield ", ".join(f"{n} {noun}{'s' if n != 1 else ''}" for noun, n in nouns.items()) + "."
    if data.courses:
        yield f"Put together: {', '.join(data.courses)}."
    if data.left_out:
        yield f"Left out: {data.left_out} sheet(s) not marked in full, or waiting for a person."
    if data.guessed_most:
        yield 'No "of" for every mark: the most that anybody got for an item counts as the most that could be had.'
    for group_number, group in enumerate(data.analysis.groups, 1):
        yield f"Group {group_number}: {_names(group.trainees)}; instructors {_names(group.instructors)}."
    if data.analysis.groups:
        yield "These groups share no instructor: nothing is compared across them."


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - MOST_NAMES} more" if len(listed) > MOST_NAMES else ""
    return ", ".join(listed[:MOST_NAMES]) + more


def _remarks(flags: Iterable[Flag]) -> str:
    return "; ".join(flag.text for flag in flags)


def _stations(data: QualityData) -> Iterator[str]:
    stations = data.analysis.stations
    for one in stations:
        if one.mend:
            title = data.station(one.station, EN)
            yield f"{one.station}{f' ({title})' if title != one.station else ''}: {_remarks(one.mend)}."
    calm = [one.station for one in stations if not one.mend and judged(one)]
    few = [one.station for one in stations if not one.mend and not judged(one)]
    if calm:
        yield f"Nothing stands out: {_names(calm)}."
    if few:
        yield f"Too few marks to judge: {_names(few)}."
    for one in stations:
        passed = f"passed {share(one.passed, EN)}" if one.passed.n else "no verdicts"
        yield f"{one.station}: mean {told(one.mean, 1, EN, ' %')}, {passed}"
        yield f"    correlation with the other stations: {told(one.correlation, 2, EN)}"
        yield f"    explained by the overall rating: {told(one.r2, 2, EN)}"


def _items(data: QualityData) -> Iterator[str]:
    """Those that go against the rest one by one; those too easy or too hard together for each station."""
    alike: dict[tuple[str, str], list[str]] = {}
    for item in data.analysis.items:
        for flag in item.look:
            if flag.code == "against":
                yield f"{item.station} {item.item}: {flag.text}."
            else:
                alike.setdefault((item.station, flag.code), []).append(item.item)
    for (station, code), items in alike.items():
        yield f"{station}, {code}: {_names(items)}."
    if any(code == "too easy" for _, code in alike):
        yield "(Too easy: 95 % of the points or more were earned, so the item tells nobody apart.)"
    if not any(item.look for item in data.analysis.items):
        few = next((item.difficulty.reason for item in data.analysis.items if item.difficulty.reason), "")
        yield f"None{': ' + few if few else ''}."


def _instructors(data: QualityData) -> Iterator[str]:
    analysis = data.analysis
    for one in analysis.instructors:
        calm = "nothing stands out" if compared(one) else "nothing to compare with"
        sheets = f"{one.load.sheets} sheet{'s' if one.load.sheets != 1 else ''}"
        yield f"{data.instructor(one.instructor)}, {sheets}: {_remarks(one.look) or calm}."
        if one.severity.value is not None:
            fair = f", fair average {number(one.fair_average.value, 1, EN)}" if one.fair_average.value else ""
            yield f"    strictness {told(one.severity, 2, EN)}{fair}"
    for reason in why_no_severity(analysis):
        yield f"No strictness: {reason}."
    agreement = analysis.agreement
    if not agreement.exact.n:
        yield f"Agreement: {agreement.exact.reason}."
    else:
        yield f"Sheets marked by two: the same overall rating {share(agreement.exact, EN)}."
        yield f"    at most one apart: {share(agreement.within_one, EN)}"
        yield f"    weighted kappa: {told(agreement.kappa_quadratic, 2, EN)}"
        yield f"    Krippendorff's alpha: {told(agreement.krippendorff_ordinal, 2, EN)}"


def _reliability(analysis: Analysis) -> Iterator[str]:
    found = analysis.reliability
    yield f"Phi (against a pass mark)   {told(found.phi, 2, EN)}"
    yield f"G (order of the trainees)   {told(found.g, 2, EN)}"
    yield f"Cronbach's alpha            {told(found.alpha, 2, EN)}"
    yield f"error of a mean             {told(found.sem_absolute, 1, EN, ' points of 100')}"
    points = [point for point in found.curve if point.phi.value is not None]
    if not points:
        return
    places = sorted({point.stations for point in points})
    yield "What more would buy (Phi, with so many stations):"
    yield " " * 18 + "".join(f"{n:>{CURVE_WIDTH}}" for n in places)
    for raters in sorted({point.instructors for point in points}):
        values = {p.stations: number(p.phi.value or 0.0, 2, EN) for p in points if p.instructors == raters}
        label = f"{raters} instructor{'s' if raters > 1 else ''}"
        yield f"  {label:16}" + "".join(f"{values.get(n, '-'):>{CURVE_WIDTH}}" for n in places)
    if any(point.instructors > 1 for point in points):
        yield "(for instructors who see a trainee at every station; with others at each station a course does better)"


def _passing(data: QualityData) -> Iterator[str]:
    passing = data.analysis.passing
    yield f"{passing.pass_mark.value:.4g} %: {passing.pass_mark.reason}."
    near = [band for band in passing.bands if band.decision == "borderline"]
    unknown = [band.trainee for band in passing.bands if band.decision == "unknown"]
    yield f"Within the error of the pass mark: {len(near)} of {len(passing.bands)}."
    for band in near:
        yield f"    {data.trainee(band.trainee)}: {told(band.score, 1, EN, ' %')}"
    if unknown:
        yield f"Error unknown (one station, or one mark): {_names(unknown)}."
    yield f"The same decision on another day: {told(passing.consistency.agreement, 2, EN)}"


def _cuts(data: QualityData) -> Iterator[str]:
    for cut in data.analysis.cuts:
        where = cut.station or "course"
        error = ""
        if cut.cut.value is not None and cut.error.value is not None:
            error = f", error {number(cut.error.value, 1, EN)}"
        remarks = f"; {_remarks(cut.flags)}" if cut.flags else ""
        yield f"{where}, {cut.method}: {told(cut.cut, 1, EN, ' %')}{error}{remarks}"
    for station, mark in data.standards.items():
        yield f"{station}, pass mark that counts: {number(mark.value, 2, EN)} %, {mark.reason}"
