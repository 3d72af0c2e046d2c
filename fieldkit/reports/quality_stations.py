"""The quality file's stations and items: what to look at and why, then the figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldkit.paper.text import Span
from fieldkit.reports.figures import NO_FIGURE
from fieldkit.reports.layout import NOTE, SMALL_BOLD, Flow
from fieldkit.reports.letters import printable
from fieldkit.reports.quality_figures import judged, number
from fieldkit.reports.quality_reasons import in_language
from fieldkit.reports.quality_words import say
from fieldkit.reports.sections import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.judging.estimate import Estimate, Flag
    from fieldkit.judging.station_findings import StationFinding
    from fieldkit.reports.quality_data import QualityData

MOST_ITEMS = 40


def remarks(flags: Iterable[Flag], lang: str) -> str:
    """What to look at, as one sentence after another."""
    return printable("; ".join(in_language(flag.text, lang) for flag in flags))


def cell(estimate: Estimate, digits: int, lang: str) -> str:
    """A figure in a table, a dash where there is none."""
    return NO_FIGURE if estimate.value is None else number(estimate.value, digits, lang)


def dashes(estimates: Iterable[Estimate], lang: str) -> str:
    """What the dashes of a table mean: the different reasons, most frequent first."""
    counted: dict[str, int] = {}
    for one in estimates:
        if one.value is None:
            reason = in_language(one.reason or "", lang)
            counted[reason] = counted.get(reason, 0) + 1
    first = sorted(counted, key=lambda reason: -counted[reason])[:3]
    return say("dash-means", lang, reasons="; ".join(first)) if first else ""


def named(data: QualityData, station: str) -> str:
    """A station's label with its title."""
    title = data.station(station, data.lang)
    return printable(station if title == station else f"{station} {title}")


def add_stations(flow: Flow, data: QualityData) -> None:
    """Stations to look at with their reasons, then all of them with their figures."""
    lang, stations = data.lang, data.analysis.stations
    mend = [one for one in stations if one.mend]
    first = len(flow.blocks)
    title = say("mend-none" if any(judged(one) for one in stations) else "mend-unknown", lang)
    if mend:
        title = say("mend-is", lang, n=len(mend), first=named(data, mend[0].station))
    flow.heading(title)
    if mend:
        table = Table(flow, [Column(say("station", lang), 62.0), Column(say("why", lang), flow.paper.room - 66.0)])
        for one in mend:
            table.row([[Span(named(data, one.station), bold=True)], remarks(one.mend, lang)], most=8)
        table.end()
    flow.keep_whole(first)
    _figures(flow, data, stations)


def _figures(flow: Flow, data: QualityData, stations: tuple[StationFinding, ...]) -> None:
    lang, first = data.lang, len(flow.blocks)
    flow.add(2.0, lambda y: None)
    heads = (
        ("sheets", 13.0),
        ("mean", 20.0),
        ("passed", 20.0),
        ("with-rest", 21.0),
        ("explained", 23.0),
        ("between", 23.0),
    )
    columns = [Column(say(key, lang), mm, "end") for key, mm in heads]
    wide = flow.paper.room - sum(mm for _, mm in heads) - 3.0 * len(heads)
    table = Table(flow, [Column(say("station", lang), wide), *columns], space_mm=3.0)
    for one in stations:
        passed = say("of", lang, n=one.passed.count, of=one.passed.n) if one.passed.count is not None else NO_FIGURE
        share_of = one.between_instructors
        between = NO_FIGURE if share_of.value is None else f"{number(100 * share_of.value, 0, lang)} %"
        cells = [named(data, one.station), str(one.mean.n), cell(one.mean, 1, lang), passed]
        table.row([*cells, cell(one.correlation, 2, lang), cell(one.r2, 2, lang), between], most=3)
    table.end()
    flow.text(say("stations-mean", lang), NOTE, gap=1.0)
    missing = [e for one in stations for e in (one.correlation, one.r2, one.between_instructors)]
    if why := dashes(missing, lang):
        flow.text(printable(why), NOTE)
    flow.keep_whole(first)


def add_items(flow: Flow, data: QualityData) -> None:
    """Items that go against the rest one by one; those too hard or too easy together, a row for each station."""
    lang, items = data.lang, data.analysis.items
    found = [item for item in items if item.look]
    first = len(flow.blocks)
    calm = "items-none" if any(item.difficulty.value is not None for item in items) else "items-unknown"
    flow.heading(say("items-are", lang, n=len(found), of=len(items)) if found else say(calm, lang))
    if not found and (why := dashes((item.difficulty for item in items), lang)):
        flow.text(why, NOTE)
    against, room = _against(data), flow.paper.room
    if against:
        heads = [Column(say("station", lang), 48.0), Column(say("item", lang), room - 48.0 - 58.0 - 8.0)]
        table = Table(flow, [*heads, Column(say("why", lang), 58.0)])
        for row in against[:MOST_ITEMS]:
            table.row(row, most=20)
        table.end()
    if len(against) > MOST_ITEMS:
        flow.text(say("more-items", lang, n=len(against) - MOST_ITEMS), NOTE, gap=1.0)
    flow.keep_whole(first)
    for code in ("too hard", "too easy"):
        _alike(flow, data, code)


def _against(data: QualityData) -> list[list[str]]:
    """A row for each item that goes against the rest of its sheet."""
    return [
        [named(data, item.station), printable(data.act(item.station, item.item, data.lang)), remarks([flag], data.lang)]
        for item in data.analysis.items
        for flag in item.look
        if flag.code == "against"
    ]


def _alike(flow: Flow, data: QualityData, code: str) -> None:
    """What these items have in common, and a row for each station with them and the share of the points earned."""
    lang = data.lang
    by_station: dict[str, list[str]] = {}
    for item in data.analysis.items:
        if item.difficulty.value is not None and any(flag.code == code for flag in item.look):
            earned = number(100 * item.difficulty.value, 0, lang)
            act = f"{data.act(item.station, item.item, lang)} ({earned}\u00a0%)"
            by_station.setdefault(item.station, []).append(act)
    if not by_station:
        return
    first = len(flow.blocks)
    flow.text(say(code.replace(" ", "-"), lang), SMALL_BOLD, gap=2.5)
    flow.add(1.2, lambda y: None, keep=True)
    table = Table(flow, [Column("", 44.0), Column("", flow.paper.room - 48.0)])
    for station, acts in by_station.items():
        table.row([named(data, station), printable("; ".join(acts))], most=20)
    table.end()
    flow.blocks[first] = replace(flow.blocks[first], keep=True)
