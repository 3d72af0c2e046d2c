"""An analysis as text for the screen: what to look at first, figures with their intervals, reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

from fieldkit.reports.quality_figures import compared, judged, mark_words, number, share, told, why_no_severity
from fieldkit.reports.quality_reasons import in_language, method_words

from .language import spoken

if TYPE_CHECKING:
    from fieldkit.judging.analysis import Analysis
    from fieldkit.judging.decision_study import CurvePoint
    from fieldkit.judging.estimate import Flag
    from fieldkit.reports.quality_data import QualityData

MOST_NAMES = 12
CURVE_WIDTH = 7


def summary(data: QualityData) -> Iterator[str]:
    """The lines of the summary, in the language of the screen."""
    lang = spoken()
    yield from _top(data)
    for heading, lines in (
        (_("Stations"), _stations(data, lang)),
        (_("Items to look at"), _items(data, lang)),
        (_("Instructors (where to look; nobody is accused, and no mark is changed)"), _instructors(data, lang)),
        (_("How far the result holds"), _reliability(data.analysis, lang)),
        (_("Pass mark"), _passing(data, lang)),
        (_("Where each method would put the pass mark"), _cuts(data, lang)),
    ):
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def _top(data: QualityData) -> Iterator[str]:
    counts = data.analysis.counts
    yield data.title
    said = (
        ngettext("{n} trainee", "{n} trainees", counts.trainees).format(n=counts.trainees),
        ngettext("{n} station", "{n} stations", counts.stations).format(n=counts.stations),
        ngettext("{n} instructor", "{n} instructors", counts.instructors).format(n=counts.instructors),
        ngettext("{n} item", "{n} items", counts.items).format(n=counts.items),
        ngettext("{n} sheet", "{n} sheets", counts.sheets).format(n=counts.sheets),
        ngettext("{n} mark", "{n} marks", counts.marks).format(n=counts.marks),
    )
    yield ", ".join(said) + "."
    if data.courses:
        yield _("Put together: {courses}.").format(courses=", ".join(data.courses))
    if data.left_out:
        left_out = _("Left out, not marked in full or waiting for a person: {n} sheet(s).")
        yield left_out.format(n=data.left_out)
    if data.guessed_most:
        yield _('No "of" for every mark: the most that anybody got for an item counts as the most that could be had.')
    for n, group in enumerate(data.analysis.groups, 1):
        people, instructors = _names(group.trainees), _names(group.instructors)
        yield _("Group {n}: {people}; instructors {instructors}.").format(n=n, people=people, instructors=instructors)
    if data.analysis.groups:
        yield _("These groups share no instructor: nothing is compared across them.")


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    more = " " + _("and {n} more").format(n=len(listed) - MOST_NAMES) if len(listed) > MOST_NAMES else ""
    return ", ".join(listed[:MOST_NAMES]) + more


def _remarks(flags: Iterable[Flag], lang: str) -> str:
    return "; ".join(in_language(flag.text, lang) for flag in flags)


def _stations(data: QualityData, lang: str) -> Iterator[str]:
    stations = data.analysis.stations
    for one in stations:
        if one.mend:
            title = data.station(one.station, lang)
            yield f"{one.station}{f' ({title})' if title != one.station else ''}: {_remarks(one.mend, lang)}."
    calm = [one.station for one in stations if not one.mend and judged(one)]
    few = [one.station for one in stations if not one.mend and not judged(one)]
    if calm:
        yield _("Nothing stands out: {names}.").format(names=_names(calm))
    if few:
        yield _("Too few marks to judge: {names}.").format(names=_names(few))
    for one in stations:
        passed = _("passed {share}").format(share=share(one.passed, lang)) if one.passed.n else _("no verdicts")
        mean = _("mean {value}").format(value=told(one.mean, 1, lang, " %"))
        yield f"{one.station}: {mean}, {passed}"
        yield "    " + _("correlation with the other stations: {value}").format(value=told(one.correlation, 2, lang))
        yield "    " + _("explained by the overall rating: {value}").format(value=told(one.r2, 2, lang))


def _items(data: QualityData, lang: str) -> Iterator[str]:
    """Those that go against the rest one by one; those too easy or too hard together for each station."""
    alike: dict[tuple[str, str], list[str]] = {}
    for item in data.analysis.items:
        for flag in item.look:
            if flag.code == "against":
                yield f"{item.station} {item.item}: {in_language(flag.text, lang)}."
            else:
                alike.setdefault((item.station, flag.code), []).append(item.item)
    for (station, code), items in alike.items():
        what = _("too easy") if code == "too easy" else _("too hard")
        yield f"{station}, {what}: {_names(items)}."
    if any(code == "too easy" for _station, code in alike):
        yield _("(Too easy: 95 % of the points or more were earned, so the item tells nobody apart.)")
    if not any(item.look for item in data.analysis.items):
        reasons = [item.difficulty.reason or "" for item in data.analysis.items]
        if reasons and all(reasons):
            yield _("Nothing can be said of the items: {reason}.").format(reason=in_language(reasons[0], lang))
        else:
            yield _("None.")


def _instructors(data: QualityData, lang: str) -> Iterator[str]:
    analysis = data.analysis
    for one in analysis.instructors:
        calm = _("nothing stands out") if compared(one) else _("nothing to compare with")
        sheets = ngettext("{n} sheet", "{n} sheets", one.load.sheets).format(n=one.load.sheets)
        yield f"{data.instructor(one.instructor)}, {sheets}: {_remarks(one.look, lang) or calm}."
        if one.severity.value is not None:
            said = _("strictness {value}").format(value=told(one.severity, 2, lang))
            if one.fair_average.value:
                said += ", " + _("fair average {value}").format(value=number(one.fair_average.value, 1, lang))
            yield f"    {said}"
    for reason in why_no_severity(analysis):
        yield _("No strictness: {reason}.").format(reason=in_language(reason, lang))
    agreement = analysis.agreement
    if not agreement.exact.n:
        yield _("Agreement: {reason}.").format(reason=in_language(agreement.exact.reason or "", lang))
        return
    yield _("Sheets marked by two: the same overall rating {share}.").format(share=share(agreement.exact, lang))
    yield "    " + _("at most one apart: {share}").format(share=share(agreement.within_one, lang))
    yield "    " + _("weighted kappa: {value}").format(value=told(agreement.kappa_quadratic, 2, lang))
    yield "    " + _("Krippendorff's alpha: {value}").format(value=told(agreement.krippendorff_ordinal, 2, lang))


def _reliability(analysis: Analysis, lang: str) -> Iterator[str]:
    found = analysis.reliability
    yield _("Phi (against a pass mark): {value}").format(value=told(found.phi, 2, lang))
    yield _("G (order of the trainees): {value}").format(value=told(found.g, 2, lang))
    yield _("Cronbach's alpha: {value}").format(value=told(found.alpha, 2, lang))
    yield _("error of a mean, points of 100: {value}").format(value=told(found.sem_absolute, 1, lang))
    points = [point for point in found.curve if point.phi.value is not None]
    if points and found.now is not None:
        yield from _curve(points, found.now, lang)


def _curve(points: list[CurvePoint], now: CurvePoint, lang: str) -> Iterator[str]:
    """Phi over stations, a line for each number of instructors."""
    places = sorted({point.stations for point in points})
    yield _("What more would buy, in a rotation like this one (Phi, with so many stations):")
    rows = {}
    for each in sorted({point.instructors for point in points}):
        name = _("as now") if each == now.instructors else ""
        if each == round(each):
            counted = ngettext("{n} instructor", "{n} instructors", round(each)).format(n=round(each))
            name = f"{counted} ({name})" if name else counted
        rows[each] = name
    wide = max(map(len, rows.values())) + 2
    yield " " * (wide + 2) + "".join(f"{n:>{CURVE_WIDTH}}" for n in places)
    for each, name in rows.items():
        values = {p.stations: number(p.phi.value or 0.0, 2, lang) for p in points if p.instructors == each}
        yield f"  {name:{wide}}" + "".join(f"{values.get(n, '-'):>{CURVE_WIDTH}}" for n in places)


def _passing(data: QualityData, lang: str) -> Iterator[str]:
    passing = data.analysis.passing
    yield f"{mark_words(passing.pass_mark.value, lang)} %: {in_language(passing.pass_mark.reason, lang)}."
    near = [band for band in passing.bands if band.decision == "borderline"]
    unknown = [band.trainee for band in passing.bands if band.decision == "unknown"]
    yield _("Within the error of the pass mark: {n} of {of}.").format(n=len(near), of=len(passing.bands))
    for band in near:
        yield f"    {data.trainee(band.trainee)}: {told(band.score, 1, lang, ' %')}"
    if unknown:
        yield _("Error unknown (one station, or one mark): {names}.").format(names=_names(unknown))
    agreement = told(passing.consistency.agreement, 2, lang)
    yield _("The same decision on another day: {value}").format(value=agreement)


def _cuts(data: QualityData, lang: str) -> Iterator[str]:
    for cut in data.analysis.cuts:
        line = f"{cut.station or _('course')}, {method_words(cut.method, lang)}: {told(cut.cut, 1, lang, ' %')}"
        if cut.cut.value is not None and cut.error.value is not None:
            line += ", " + _("error {value}").format(value=number(cut.error.value, 1, lang))
        yield line + (f"; {_remarks(cut.flags, lang)}" if cut.flags else "")
    for station, mark in data.standards.items():
        value, reason = number(mark.value, 2, lang), in_language(mark.reason, lang)
        counts = _("{station}, pass mark that counts: {value} %, {reason}")
        yield counts.format(station=station, value=value, reason=reason)
