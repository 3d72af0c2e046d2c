"""The report of a whole course: who passed on the first page, then what the course shows, then how it was reckoned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from fieldkit.judging.results import StationResult, item_tallies
from fieldkit.model.local_forms import shown_day
from fieldkit.paper.cleaning import isolate
from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import Pdf, open_pdf
from fieldkit.paper.text import TEXT, Span
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, percent
from fieldkit.reports.files import make_folder
from fieldkit.reports.findings import critical_failures, hardest, hardest_stations, open_sheets
from fieldkit.reports.finds import act, act_for_all, chances_in, tally
from fieldkit.reports.finds_tables import add_finds
from fieldkit.reports.layout import (
    GAP,
    NOTE,
    SMALL,
    Flow,
    Paper,
    origin,
    signatures,
    turn,
)
from fieldkit.reports.letters import check_letters, printable
from fieldkit.reports.method import add_method
from fieldkit.reports.results_table import ResultsTable
from fieldkit.reports.sections import (
    DOTS_MM,
    LOW_DOTS_MM,
    Column,
    Table,
    add_answer,
    add_dots,
    add_hardest,
    add_legend,
    dots_of,
)
from fieldkit.reports.words import dotted, say, why_words

UPRIGHT_MOST = 8  # stations in the table of results; with more, the report lies on its side
HARDEST = 10
BLANK_ROWS, WRITING_MM = 2, 12.0


def write_course_report(data: ReportData, path: Path) -> Path:
    """Write the report of the course. Raises BadInput, and writes nothing, where a letter cannot be printed."""
    check_letters(data)
    lang = data.language()
    make_folder(path.parent)
    with open_pdf(path, title=data.settings.title, lang=lang, page_size=data.settings.paper) as pdf:
        draw_course_report(pdf, data, lang)
    return path


def draw_course_report(pdf: Pdf, data: ReportData, lang: str) -> None:
    """Draw the report of the course."""
    if len(data.stations()) > UPRIGHT_MOST:
        turn(pdf)
    flow = Flow(Paper(pdf, lang))
    everything = [station for result in data.by_name() for station in result.stations]
    _top(flow, data, everything)
    _results(flow, data)
    _stations(flow, data, everything)
    _pass_list(flow, data)
    _hardest(flow, data, everything)
    _critical(flow, data, everything)
    add_finds(flow, data, everything, by_station=True)
    _open(flow, data, everything)
    _next_time(flow, data, everything)
    add_method(flow, data)
    last = signatures(flow.paper, [say("sign-lead", lang), say("sign-director", lang)])
    flow.add(last.height, last.draw, gap=GAP)
    imprint = Imprint(say("course-report", lang), data.settings.title, data.settings.crossing_point, "", False)
    flow.draw(imprint, origin(data, lang))


def _top(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    """How many passed, and where it was hardest."""
    lang, settings = flow.paper.lang, data.settings
    verdicts = Counter(result.passed for result in data.results)
    answer = say("no-trainees", lang)
    if data.results:
        answer = say("course-passed", lang, n=verdicts[True], of=len(data.results))
    said = [say("not-passed-n", lang, n=verdicts[False])] if verdicts[False] else []
    said += [say("undecided-n", lang, n=verdicts[None])] if verdicts[None] else []
    said += [_hardest_words(data, everything, lang) + "."] if everything else []
    days = " – ".join(dict.fromkeys(shown_day(day, lang) for day in (settings.start, settings.end) if day))
    add_answer(flow, days, answer, " ".join(said))


def _hardest_words(data: ReportData, everything: Sequence[StationResult], lang: str) -> str:
    stations, passed, of = hardest_stations(everything)
    if not stations:
        decided = any(result.passed is not None for result in everything)
        return say("all-passed-all" if decided else "no-station-scored", lang)
    name = data.title(stations[0], lang)
    if len(stations) > 1:
        return say("hardest-stations", lang, station=name, more=len(stations) - 1, passed=passed, of=of)
    return say("hardest-station", lang, station=name, passed=passed, of=of)


def _results(flow: Flow, data: ReportData) -> None:
    """Every trainee by name, every station as a column."""
    if data.results:
        grid = ResultsTable(flow, data)
        flow.blocks.append(replace(grid.head, keep=True, gap=2.0))
        for result in data.by_name():
            grid.row(result)
        flow.text(say("cells-mean", flow.paper.lang), NOTE, gap=1.5)


def _stations(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    """Stations side by side, a dot for each trainee."""
    lang = flow.paper.lang
    if not any(dots_of(data.at_station(station)) for station in data.stations()):
        return
    first = len(flow.blocks)
    dots_mm = DOTS_MM if len(data.stations()) <= UPRIGHT_MOST else LOW_DOTS_MM
    flow.heading(_hardest_words(data, everything, lang))
    for station in data.stations():
        dots, mark = dots_of(data.at_station(station)), data.settings.pass_mark(station)
        name = data.title(station, lang)
        if len({data.settings.pass_mark(s) for s in data.stations()}) > 1:
            name += "\n" + say("pass-mark", lang, percent=percent(mark, lang))
        words = say("passed-of", lang, n=sum(p for _, p in dots), of=len(dots)) if dots else say("none-scored", lang)
        add_dots(flow, name, dots, Fraction(mark), words, dots_mm=dots_mm)
    add_legend(flow)
    flow.keep_whole(first, 1.0)


def _pass_list(flow: Flow, data: ReportData) -> None:
    """Who passed, by name; who did not, and who is still open, in a sentence each."""
    lang = flow.paper.lang
    if not data.results:
        return
    results = data.by_name()
    passed = [data.trainee(r.trainee) for r in results if r.passed]
    first = len(flow.blocks)
    flow.heading(say("pass-list", lang, n=len(passed)))
    if passed:
        columns = [Column("", 7.0, "end"), Column(say("name", lang), 72.0), Column(say("rank-unit", lang), 66.0)]
        table = Table(flow, [*columns, Column(say("number-head", lang), 22.0, "end")])
        for number, person in enumerate(passed, 1):
            name = person.name + (f" ({person.fathers_name})" if person.fathers_name else "")
            table.row([str(number), name, dotted((person.rank, person.unit)), person.number])
    else:
        flow.text(say("nobody", lang), NOTE)
    flow.keep_whole(first)
    for key, verdict in (("fail-list", False), ("open-list", None)):
        names = [data.trainee(r.trainee).name for r in results if r.passed is verdict]
        if names:
            spans = [Span(say(key, lang, n=len(names)) + ". ", bold=True), Span(", ".join(names) + ".")]
            flow.text(spans, SMALL, gap=2.5)


def _hardest(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    hard = hardest(item_tallies(everything), HARDEST)
    if hard:
        first = len(flow.blocks)
        flow.heading(say("hardest-is", flow.paper.lang, n=hard[0].full, of=hard[0].counted))
        add_hardest(flow, data, hard, with_station=True)
        flow.keep_whole(first)


def _critical(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    """Every critical failure with its reason."""
    lang = flow.paper.lang
    failures = critical_failures(everything)
    if not failures:
        if data.results:
            flow.text(say("no-critical", lang), TEXT, gap=GAP)
        return
    flow.heading(say("critical-list", lang, n=len(failures)))
    columns = [Column(say("trainee", lang), 44.0), Column(say("station", lang), 38.0)]
    table = Table(flow, [*columns, Column(say("reason-head", lang), flow.paper.room - 90.0)])
    for failure in failures:
        reason = isolate(printable(failure.reason)) if failure.reason else say("no-reason", lang)
        spans = [Span(act(data, failure.trainee, failure.station, failure.item, lang) + ". ", bold=True), Span(reason)]
        table.row([data.trainee(failure.trainee).name, data.title(failure.station, lang), spans], most=12)
    table.end()


def _open(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    """Sheets that are missing, or wait for a person."""
    lang, waiting = flow.paper.lang, open_sheets(everything)
    if not waiting:
        if everything:
            flow.text(say("no-open-sheets", lang), TEXT, gap=GAP)
        return
    flow.heading(say("open-sheets", lang, n=len(waiting)))
    heads = (("trainee", 50.0), ("station", 48.0), ("instructor-head", 36.0), ("what-open", 34.0))
    table = Table(flow, [Column(say(key, lang), mm) for key, mm in heads])
    for one in waiting:
        instructor = data.instructor(one.sheet.instructor) if one.sheet else NO_FIGURE
        cells = [data.trainee(one.trainee).name, data.title(one.station, lang), instructor, why_words(one.why, lang)]
        table.row(cells)
    table.end()


def _next_time(flow: Flow, data: ReportData, everything: Sequence[StationResult]) -> None:
    """What the results suggest, with room to write what will be done."""
    lang, paper = flow.paper.lang, flow.paper
    if not any(result.passed is not None for result in everything):
        return
    first = len(flow.blocks)
    flow.heading(say("next-time", lang))
    third = (paper.room - 8.0) / 20
    heads = (("finding", third * 9), ("action", third * 7), ("who-when", third * 4))
    table = Table(flow, [Column(say(key, lang), mm) for key, mm in heads])
    for finding in [*_suggestions(data, everything, lang), *[""] * BLANK_ROWS]:
        table.row([finding, "", ""], least=WRITING_MM)
    table.end(rule=True)
    flow.keep_whole(first)


def _suggestions(data: ReportData, everything: Sequence[StationResult], lang: str) -> list[str]:
    """The hardest station, the hardest item, the critical item failed most often, and finds that were missed."""
    found = [_hardest_words(data, everything, lang)] if hardest_stations(everything)[0] else []
    for one in hardest(item_tallies(everything), 1):
        station = data.title(one.station, lang)
        found.append(
            say("find-item", lang, item=act_for_all(one.item, lang), station=station, n=one.full, of=one.counted)
        )
    failures = critical_failures(everything)
    if failures:
        (item, count), *_ = Counter(act_for_all(failure.item, lang) for failure in failures).most_common(1)
        found.append(say("critical-most", lang, item=item, n=count, of=len(failures)))
    made = tally(chances_in(data, everything))
    if made.missed:
        found.append(say("finds-were", lang, n=made.found, of=made.planted))
    return found
