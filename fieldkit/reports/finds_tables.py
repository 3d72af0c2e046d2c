"""Tables of finds: how many of what was planted were found, each with its interval, and what was falsely reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fieldkit.judging.detection_counts import DetectionCount, counted
from fieldkit.judging.exact import LEAST_SHARE, exact_interval
from fieldkit.judging.results import StationResult
from fieldkit.model.finds import FIND_CODES
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, column_figure, whole_percents
from fieldkit.reports.finds import chances_in, tally
from fieldkit.reports.layout import SMALL, Flow
from fieldkit.reports.sections import Cell, Column, Table, count_of
from fieldkit.reports.words import say

ABOVE_MM = 3.0  # above each table


def add_finds(flow: Flow, data: ReportData, results: Iterable[StationResult], *, by_station: bool) -> None:
    """What was planted and found, and what was reported that was not there: in all, by station, kind and point."""
    lang, found = flow.paper.lang, chances_in(data, results)
    total = tally(found)
    if not total.planted and not total.judged:
        return
    first = len(flow.blocks)
    flow.heading(say("finds-were", lang, n=total.found, of=total.planted))
    flow.text(_in_words(total, tally(chance for chance in found if chance.clean), lang), SMALL)
    if by_station:
        names = {station: data.title(station, lang) for station in data.stations()}
        _table(flow, "station", counted(found, lambda c: c.station), names, alarms=True)
    kinds = {code: kind.title[lang] for code, kind in FIND_CODES.items()}
    _table(flow, "find-kind", counted(found, lambda c: c.code), kinds)
    flow.keep_whole(first)
    points = {p.id: p.name[lang] for known in data.point_lists.values() for p in known.points}
    _table(flow, "point-head", counted(found, lambda c: c.point), points)


def _in_words(total: DetectionCount, clean: DetectionCount, lang: str) -> str:
    """The interval of the finds, false reports with theirs, those on clean units, and d'."""
    said = [_within(total.found, total.planted, lang)]
    said += [say("finds-false", lang, n=total.false_alarms, of=total.judged)] if total.judged else []
    said.append(_within(total.false_alarms, total.judged, lang))
    said += [say("finds-clean", lang, n=clean.false_alarms, of=clean.judged)] if clean.judged else []
    if apart := _sensitivity(total, lang):
        said.append(say("finds-apart", lang, value=apart))
    return " ".join(part for part in said if part)


def _within(count: int, n: int, lang: str) -> str:
    return say("finds-interval", lang, interval=interval(count, n, lang)) if n >= LEAST_SHARE else ""


def interval(count: int, n: int, lang: str) -> str:
    """The 95 % interval of a share; a dash where there are too few to say."""
    return whole_percents(exact_interval(count, n), lang) if n >= LEAST_SHARE else NO_FIGURE


def _sensitivity(count: DetectionCount, lang: str) -> str:
    """d' with its interval; empty where there are too few, or the extra `statistics` is not installed."""
    try:
        from fieldkit.judging.detection import signal_detection
        from fieldkit.judging.estimate import enough
    except ImportError:
        return ""
    measured = signal_detection(count.found, count.missed, count.false_alarms, count.cleared)
    apart = enough("sensitivity", measured.sensitivity)
    if apart.value is None or apart.low is None or apart.high is None:
        return ""
    value, low, high = (column_figure(number, lang) for number in (apart.value, apart.low, apart.high))
    return f"{value} ({low}–{high})"


def _table(
    flow: Flow, head: str, counts: Mapping[str, DetectionCount], names: Mapping[str, str], *, alarms: bool = False
) -> None:
    """One row for each station, kind or point that has a name, in the order of the names."""
    lang = flow.paper.lang
    rows = [(names[key], counts[key]) for key in names if key in counts]
    if not rows:
        return
    flow.add(ABOVE_MM, lambda y: None, keep=True)
    wide = 45.0 if alarms else 82.0
    heads = [(head, wide), ("found", 18.0), ("interval-head", 26.0), ("found-helped", 20.0)]
    heads += [("false-report", 27.0), ("sensitivity-head", 22.0)] if alarms else []
    table = Table(flow, [Column(say(key, lang), mm, "end" if n else "start") for n, (key, mm) in enumerate(heads)])
    for name, one in rows:
        cells: list[Cell] = [name, count_of(one.found, one.planted, lang), interval(one.found, one.planted, lang)]
        cells.append(count_of(one.helped, one.planted, lang))
        if alarms:
            cells += [count_of(one.false_alarms, one.judged, lang), _sensitivity(one, lang) or NO_FIGURE]
        table.row(cells)
    table.end()
