"""The quality file's table of pass marks: where each method would put it, with its error, or why it gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.paper.text import Span
from fieldkit.reports.figures import NO_FIGURE
from fieldkit.reports.layout import SMALL, Flow
from fieldkit.reports.letters import printable
from fieldkit.reports.quality_figures import mark_words, number
from fieldkit.reports.quality_reasons import in_language, method_words
from fieldkit.reports.quality_stations import cell, named, remarks
from fieldkit.reports.quality_words import say
from fieldkit.reports.sections import Column, Table

if TYPE_CHECKING:
    from fieldkit.judging.cut_findings import CutFinding
    from fieldkit.reports.quality_data import QualityData


def add_cuts(flow: Flow, data: QualityData) -> None:
    """One row for each method at each station, the course last."""
    lang, cuts = data.lang, data.analysis.cuts
    whole = next((cut for cut in cuts if not cut.station and cut.cut.value is not None), None)
    title = say("cuts", lang)
    if whole is not None:
        mark, value = mark_words(data.analysis.passing.pass_mark.value, lang), number(whole.cut.value or 0.0, 1, lang)
        title = say("cuts-are", lang, mark=mark, method=method_words(whole.method, lang), cut=value)
    flow.heading(title)
    heads = (("cut", 26.0), ("cut-interval", 24.0))
    rest = flow.paper.room - 38.0 - 34.0 - sum(mm for _, mm in heads) - 3.0 * 4
    columns = [Column(say(key, lang), mm, "end") for key, mm in heads]
    first = [Column(say("station", lang), 38.0), Column(say("method", lang), 34.0)]
    table = Table(flow, [*first, *columns, Column(say("remark", lang), rest)], space_mm=3.0)
    above = None
    for cut in cuts:
        table.row(_row(data, cut, again=cut.station == above), most=6)
        above = cut.station
    table.end()
    for station, chosen in data.standards.items():
        reason = in_language(chosen.reason, lang)
        where = named(data, station)
        counts = say("mark-at", lang, station=where, mark=number(chosen.value, 2, lang), reason=reason)
        flow.text(printable(counts), SMALL, gap=1.0)


def _row(data: QualityData, cut: CutFinding, *, again: bool) -> list[str | list[Span]]:
    lang, found = data.lang, cut.cut
    where = named(data, cut.station) if cut.station else say("whole-course", lang)
    around = NO_FIGURE
    if found.low is not None and found.high is not None:
        around = f"{number(found.low, 1, lang)} – {number(found.high, 1, lang)}"
    mark = cell(found, 1, lang)
    if found.value is not None and cut.error.value is not None:
        mark += f" ± {number(cut.error.value, 1, lang)}"
    said = [in_language(found.reason, lang)] if found.reason else []
    said += [remarks(cut.flags, lang)] if cut.flags else []
    return [
        "" if again else [Span(where, bold=not cut.station)],
        method_words(cut.method, lang),
        mark,
        around,
        printable("; ".join(said)),
    ]
