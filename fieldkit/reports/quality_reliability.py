"""The quality file's reliability: how far the result holds, and what more stations or instructors would buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.reports.layout import NOTE, Flow
from fieldkit.reports.letters import printable
from fieldkit.reports.quality_charts import curve
from fieldkit.reports.quality_figures import number, told
from fieldkit.reports.quality_words import design_words, say
from fieldkit.reports.sections import Column, Table

if TYPE_CHECKING:
    from fieldkit.judging.passing_findings import CurvePoint
    from fieldkit.reports.quality_data import QualityData


def add_reliability(flow: Flow, data: QualityData) -> None:
    """The figures with what they say, and the curve where there is enough for one."""
    lang, found = data.lang, data.analysis.reliability
    known = found.phi.value
    first = len(flow.blocks)
    flow.heading(say("hold-unknown", lang) if known is None else say("hold-is", lang, phi=number(known, 2, lang)))
    room = flow.paper.room
    table = Table(
        flow,
        [Column(say("figure", lang), 46.0), Column(say("value", lang), 62.0), Column(say("says", lang), room - 116.0)],
    )
    for key, estimate, digits in (
        ("phi", found.phi, 2),
        ("g", found.g, 2),
        ("alpha", found.alpha, 2),
        ("sem", found.sem_absolute, 1),
    ):
        table.row([say(key, lang), printable(told(estimate, digits, lang)), say(f"{key}-says", lang)])
    table.end()
    flow.keep_whole(first)
    points = [point for point in found.curve if point.phi.value is not None]
    if found.now is not None and len({point.stations for point in points}) > 1:
        _curve(flow, data, points, found.now)


def _curve(flow: Flow, data: QualityData, points: list[CurvePoint], now: CurvePoint) -> None:
    lang = data.lang
    flow.heading(_buys(points, now, lang))
    curve(flow, points, now)
    key = "curve-means" if len({point.instructors for point in points}) > 1 else "curve-means-stations"
    design = design_words(data.analysis.reliability.design, lang)
    flow.text(say(key, lang, design=design), NOTE, gap=1.0)


def _buys(points: list[CurvePoint], now: CurvePoint, lang: str) -> str:
    """What the next larger number of stations would buy."""
    more = [point for point in points if point.instructors == now.instructors and point.stations > now.stations]
    if not more or now.phi.value is None:
        return say("curve-plain", lang)
    values = {"value": number(more[0].phi.value or 0.0, 2, lang), "was": number(now.phi.value, 2, lang)}
    return say("curve-is", lang, stations=more[0].stations, now=now.stations, **values)
