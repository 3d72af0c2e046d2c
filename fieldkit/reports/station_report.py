"""The report of one station: how many passed, how everybody did, how each item was marked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from fieldkit.judging.results import ItemTally, StationResult, item_tallies
from fieldkit.model.plan import Group
from fieldkit.model.scoresheet import RATINGS, Item, Mark
from fieldkit.paper.charts import CALM, MIDDLE, PAPER, bar, quartiles, share_bar
from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import Colour, Pdf
from fieldkit.paper.text import ALERT, INK, Span
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, column_figure, percent, shown, shown_percent
from fieldkit.reports.files import Report, write_reports
from fieldkit.reports.findings import best_points, hardest, passed_of, ratings
from fieldkit.reports.finds import act_for_all, chances_in, planted_words, tally
from fieldkit.reports.finds_tables import add_finds
from fieldkit.reports.layout import NOTE, SMALL, SMALL_BOLD, SMALL_END, STEP, WARNING, Flow, Paper, origin, verdict_sign
from fieldkit.reports.sections import (
    Cell,
    Column,
    Dot,
    Styled,
    Table,
    add_answer,
    add_dots,
    add_hardest,
    add_legend,
    add_mark,
    count_of,
    dot_of,
    dots_of,
)
from fieldkit.reports.words import dotted, rating_words, say, verdict_words, why_words

HARDEST = 5  # items named
BAR_MM = 42.0
RATING_BAR_MM = 90.0


def write_station_reports(
    data: ReportData, folder: Path, *, only: Collection[str] | None = None, collected: bool = False
) -> list[Path]:
    """Write stations/<id>.pdf for every station, or all of them as stations.pdf; returns the files.

    `only` names stations. Raises BadInput, and writes nothing, for an unknown one or a letter that cannot be printed.
    """
    lang = data.language()
    reports = [
        Report(
            station,
            data.title(station, lang),
            lang,
            partial(draw_station_report, data=data, station=station, lang=lang),
        )
        for station in data.stations()
    ]
    return write_reports(data, folder / "stations", reports, what="station", only=only, collected=collected)


def draw_station_report(pdf: Pdf, data: ReportData, station: str, lang: str) -> None:
    """Draw one station's report, from a fresh page on; the next page is fresh again."""
    flow = Flow(Paper(pdf, lang))
    results = data.at_station(station)
    tallies = item_tallies(results)
    _top(flow, data, station, results)
    _results(flow, data, station, results)
    _ratings(flow, results)
    _hardest(flow, data, tallies)
    _instructors(flow, data, station, results)
    _exercises(flow, data, station, results)
    add_finds(flow, data, results, by_station=False)
    _items(flow, tallies)
    _everyone(flow, data, results)
    imprint = Imprint(say("station-report", lang), data.title(station, lang), data.settings.title, "", False)
    flow.draw(imprint, origin(data, lang))


def _top(flow: Flow, data: ReportData, station: str, results: Sequence[StationResult]) -> None:
    lang, settings = flow.paper.lang, data.settings
    found = settings.station(station)
    mark = say("pass-mark", lang, percent=percent(settings.pass_mark(station), lang))
    about = dotted((settings.crossing_point, found.place if found else "", mark))
    passed, decided = passed_of(results)
    failed = [r for r in results if r.passed is False]
    critical = sum(bool(r.critical_failed) for r in failed)
    open_ = len(results) - decided
    reasons = [
        say("not-passed-critical" if critical else "not-passed-n", lang, n=len(failed), critical=critical)
        if failed
        else "",
        say("results-open", lang, n=open_) if open_ else "",
    ]
    answer = say("passed-of", lang, n=passed, of=decided) if decided else say("none-scored", lang)
    add_answer(flow, about, answer, " ".join(filter(None, reasons)))


def _results(flow: Flow, data: ReportData, station: str, results: Sequence[StationResult]) -> None:
    """Everybody's percentage as a dot."""
    dots = dots_of(results)
    if not dots:
        return
    lang, mark = flow.paper.lang, data.settings.pass_mark(station)
    flow.heading(_spread_words(dots, lang))
    add_mark(flow, mark)
    add_dots(flow, say("everybody", lang), dots, Fraction(mark), _passed_words(dots, lang))
    add_legend(flow)


def _spread_words(dots: Sequence[Dot], lang: str) -> str:
    values = [value for value, _ in dots]
    low, high = (percent(shown(value), lang) for value in (min(values), max(values)))
    if low == high:
        return say("results-one", lang, percent=low)
    if len(values) < 5:
        return say("results-between", lang, low=low, high=high)
    return say("results-spread", lang, low=low, high=high, median=percent(shown(quartiles(values)[1]), lang))


def _passed_words(dots: Sequence[Dot], lang: str) -> str:
    return say("passed-of", lang, n=sum(passed for _, passed in dots), of=len(dots))


def _ratings(flow: Flow, results: Sequence[StationResult]) -> None:
    """How often each overall rating was given."""
    paper, lang = flow.paper, flow.paper.lang
    counts = ratings(results)
    if not counts:
        return
    most = counts.most_common()
    said = say("ratings", lang)
    if len(most) == 1 or most[0][1] > most[1][1]:
        said = say("ratings-most", lang, rating=rating_words(most[0][0], lang), n=most[0][1], of=counts.total())
    flow.heading(said)

    def row(rating: int) -> Callable[[float], None]:
        def draw(y: float) -> None:
            paper.line(0, y, 50, rating_words(rating, lang), SMALL_END)
            share = Fraction(counts[rating] * 100, counts.total())
            bar(paper.pdf, paper.left(54, RATING_BAR_MM), y + STEP / 2, RATING_BAR_MM, share, lang=lang)
            paper.line(56 + RATING_BAR_MM * float(share) / 100, y, 20, str(counts[rating]), SMALL)

        return draw

    for rating in reversed(RATINGS):
        flow.add(STEP + 0.6, row(int(rating)), keep=rating != RATINGS[0])


def _hardest(flow: Flow, data: ReportData, tallies: Sequence[ItemTally]) -> None:
    lang = flow.paper.lang
    hard = hardest(tallies, HARDEST)
    if hard:
        flow.heading(say("hardest-is", lang, n=hard[0].full, of=hard[0].counted))
        add_hardest(flow, data, hard, with_station=False)
    elif tallies:
        flow.heading(say("nothing-hard", lang))


def _instructors(flow: Flow, data: ReportData, station: str, results: Sequence[StationResult]) -> None:
    """A row of dots for each instructor: every sheet that he or she marked, second sheets among them."""
    lang, mark = flow.paper.lang, data.settings.pass_mark(station)
    by_instructor: dict[str, list[Dot]] = {}
    for result in results:
        for sheet in result.sheets:
            passed = not sheet.critical_failed and sheet.score.reaches(mark)
            if sheet.status == "scored" and (dot := dot_of(sheet.score, passed)):
                by_instructor.setdefault(sheet.marked.instructor, []).append(dot)
    if by_instructor:
        flow.heading(say("by-instructor", lang))
    for number in sorted(by_instructor, key=lambda number: data.instructor(number).casefold()):
        dots = by_instructor[number]
        add_dots(flow, data.instructor(number), dots, Fraction(mark), _passed_words(dots, lang))


def _exercises(flow: Flow, data: ReportData, station: str, results: Sequence[StationResult]) -> None:
    """One row for each group's exercise: what was planted, what was found, what was reported for nothing."""
    lang = flow.paper.lang
    rows = [(group, mine) for group in data.plan.groups if (mine := [r for r in results if r.trainee in group.members])]
    if not rows or not any((station, group.id) in data.exercises for group, _ in rows):
        return
    first = len(flow.blocks)
    flow.heading(say("by-exercise", lang))
    columns = (("group-head", 20.0), ("planted-head", 76.0), ("found", 20.0), ("false-report", 28.0), ("passed", 20.0))
    table = Table(
        flow, [Column(say(key, lang), width, "end" if n > 1 else "start") for n, (key, width) in enumerate(columns)]
    )
    for group, mine in rows:
        table.row(_exercise_cells(data, station, group, mine, lang))
    flow.keep_whole(first)


def _exercise_cells(
    data: ReportData, station: str, group: Group, mine: Sequence[StationResult], lang: str
) -> list[Cell]:
    exercise = data.exercises.get((station, group.id))
    what: Cell = NO_FIGURE
    if exercise and exercise.planted:
        what = "; ".join(planted_words(find, lang) for find in exercise.planted)
    elif exercise and exercise.clean:
        what = Styled(say("clean-unit", lang), SMALL_BOLD)
    made, (passed, decided) = tally(chances_in(data, mine)), passed_of(mine)
    return [
        group.id,
        what,
        count_of(made.found, made.planted, lang),
        count_of(made.false_alarms, made.judged, lang),
        count_of(passed, decided, lang),
    ]


def _items(flow: Flow, tallies: Sequence[ItemTally]) -> None:
    """Every item with the marks that it was given."""
    paper, lang = flow.paper, flow.paper.lang
    if not tallies:
        return
    flow.heading(say("how-marked", lang))
    table = Table(flow, [Column("", 7.0, "end"), Column("", 70.0), Column("", BAR_MM), Column("", 49.0)])
    for number, one in enumerate(tallies, 1):
        critical = [Span(say("critical-mark", lang) + " ", bold=True)] if one.item.critical else []
        words = ", ".join(f"{mark.label[lang]}\u00a0{one.counts[mark.id]}" for mark in _used(one))
        table.row(
            [str(number), [*critical, Span(act_for_all(one.item, lang))], "", words], extra=_stack(paper, table, one)
        )
    table.end()


def _used(one: ItemTally) -> list[Mark]:
    return [mark for mark in one.item.scale.marks if one.counts.get(mark.id)]


def _stack(paper: Paper, table: Table, one: ItemTally) -> Callable[[float], None]:
    parts = [(one.counts[mark.id], _shade(one.item, mark)) for mark in _used(one)]

    def draw(y: float) -> None:
        share_bar(paper.pdf, paper.left(table.offsets[2], BAR_MM), y + STEP / 2, BAR_MM, parts, lang=paper.lang)

    return draw


def _shade(item: Item, mark: Mark) -> Colour:
    """The darker, the more was lost; white does not count."""
    earned = item.points_for(mark)
    if earned is None:
        return PAPER
    if item.fails_with(mark) or not earned:
        return ALERT
    return CALM if earned == best_points(item) else MIDDLE


def _everyone(flow: Flow, data: ReportData, results: Sequence[StationResult]) -> None:
    """Everybody's result, by name."""
    lang = flow.paper.lang
    if not results:
        return
    flow.heading(say("everyone", lang))
    heads = (
        ("trainee", 56.0),
        ("percent", 14.0),
        ("", 2.4),
        ("verdict", 24.0),
        ("rating-head", 25.0),
        ("failed-critical", 43.0),
    )
    columns = [Column(key and say(key, lang), width, "end" if key == "percent" else "start") for key, width in heads]
    table = Table(flow, columns, space_mm=3.1)
    for result in sorted(results, key=lambda r: (data.trainee(r.trainee).name.casefold(), r.trainee)):
        table.row(_cells(data, result, lang), extra=_verdict_sign(flow.paper, table.offsets[2], result.passed))
    table.end()


def _cells(data: ReportData, result: StationResult, lang: str) -> list[Cell]:
    items = {item.id: item.text[lang] for sheet in result.sheets for item in sheet.marked.items}
    decided = result.passed is not None
    figure = shown_percent(result.score, result.pass_mark) if decided else None
    verdict = verdict_words(result.passed, lang) if decided else why_words(result.why_open, lang)
    return [
        data.trainee(result.trainee).name,
        column_figure(figure, lang),
        "",
        Styled(verdict, replace(SMALL_BOLD, color=ALERT if result.passed is False else INK)),
        Styled(
            rating_words(result.rating, lang) or NO_FIGURE, NOTE if result.rating is None else replace(NOTE, color=INK)
        ),
        Styled("; ".join(items[name] for name in result.critical_failed), WARNING),
    ]


def _verdict_sign(paper: Paper, offset: float, passed: bool | None) -> Callable[[float], None]:
    return lambda y: paper.sign(offset, y + STEP / 2, verdict_sign(passed), 2.4)
