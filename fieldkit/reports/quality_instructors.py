"""The quality file's instructors: where to look, worded as that, and how strictly each rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.paper.text import Span
from fieldkit.reports.figures import NO_FIGURE
from fieldkit.reports.layout import NOTE, SMALL, Flow
from fieldkit.reports.letters import printable
from fieldkit.reports.quality_charts import ends, severity_row
from fieldkit.reports.quality_figures import compared, share, told, why_no_severity
from fieldkit.reports.quality_reasons import in_language
from fieldkit.reports.quality_stations import cell, remarks
from fieldkit.reports.quality_words import say
from fieldkit.reports.sections import Column, Table

if TYPE_CHECKING:
    from fieldkit.judging.estimate import Estimate
    from fieldkit.reports.quality_data import QualityData

CHART = (60.0, 110.0)
LEAST_REACH = 1.0  # logits on each side of the chart, at least


def add_instructors(flow: Flow, data: QualityData) -> None:
    """Where to look, the chart of strictness, and agreement on sheets marked twice."""
    lang, found = data.lang, data.analysis.instructors
    look = [one for one in found if one.look]
    first = len(flow.blocks)
    calm = "look-none" if any(compared(one) for one in found) else "look-unknown"
    flow.heading(say("look-is", lang, n=len(look)) if look else say(calm, lang))
    flow.text(say("look-means", lang), SMALL)
    flow.add(1.5, lambda y: None)
    heads = (("sheets", 14.0), ("mean", 20.0), ("fair", 28.0), ("busiest", 24.0))
    rest = flow.paper.room - 40.0 - sum(mm for _, mm in heads) - 15.0
    columns = [Column(say(key, lang), mm, "end") for key, mm in heads]
    table = Table(flow, [Column(say("instructor", lang), 40.0), *columns, Column(say("why", lang), rest)], space_mm=3.0)
    for one in found:
        busiest = NO_FIGURE if one.load.busiest_hour is None else str(one.load.busiest_hour)
        nothing = say("nothing", lang) if compared(one) else NO_FIGURE
        cells = [str(one.load.sheets), cell(one.mean, 1, lang), cell(one.fair_average, 1, lang), busiest]
        name = [Span(printable(data.instructor(one.instructor)), bold=bool(one.look))]
        table.row([name, *cells, remarks(one.look, lang) or nothing], most=8)
    table.end()
    flow.keep_whole(first)
    _strictness(flow, data)
    _agreement(flow, data)


def _strictness(flow: Flow, data: QualityData) -> None:
    lang, analysis = data.lang, data.analysis
    shown = [one for one in analysis.instructors if one.severity.value is not None]
    if shown:
        reach = max(LEAST_REACH, *(_far(one.severity) for one in shown))
        flow.add(3.0, lambda y: None)
        ends(flow, CHART, say("lenient", lang), say("strict", lang))
        for one in sorted(shown, key=lambda one: (one.group, one.severity.value or 0.0)):
            severity_row(flow, CHART, printable(data.instructor(one.instructor)), one.severity, reach)
        flow.text(say("severity-means", lang), NOTE, gap=1.0)
    for reason in why_no_severity(analysis):
        flow.text(printable(say("no-severity", lang, reason=in_language(reason, lang))), SMALL, gap=2.0)


def _far(estimate: Estimate) -> float:
    return max(abs(v) for v in (estimate.value, estimate.low, estimate.high) if v is not None)


def _agreement(flow: Flow, data: QualityData) -> None:
    lang, found = data.lang, data.analysis.agreement
    if not found.exact.n:
        reason = in_language(found.exact.reason or "", lang)
        flow.text(printable(f"{reason[:1].upper()}{reason[1:]}."), SMALL, gap=2.0)
        return
    near = say("agreement", lang, exact=share(found.exact, lang), near=share(found.within_one, lang))
    flow.text(near, SMALL, gap=2.0)
    figures = [told(e, 2, lang) for e in (found.kappa_quadratic, found.krippendorff_ordinal, found.icc_scores)]
    flow.text(say("kappa", lang, kappa=figures[0], alpha=figures[1], icc=figures[2]), SMALL)
