"""The chart on a trainee's first page: a bar for each station against its pass mark, and what failed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from fieldkit.judging.results import SheetResult, StationResult, TraineeResult
from fieldkit.paper.charts import bar_against_mark
from fieldkit.paper.text import ALERT, INK, Style
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, column_figure, exact_percent, percent, shown_percent
from fieldkit.reports.finds import act
from fieldkit.reports.layout import (
    NOTE,
    NOTE_END,
    SMALL,
    SMALL_BOLD,
    SMALL_END,
    STEP,
    WARNING,
    Flow,
    Paper,
    verdict_sign,
)
from fieldkit.reports.sections import above_mark
from fieldkit.reports.words import rating_words, say, verdict_words, why_words

MANY = 8  # stations, from which on the rows stand closer
MOST_CRITICAL = 2  # lines on failed critical items below a station; what has no room is counted
AIR, LITTLE_AIR = 2.6, 1.4  # below a row
# Columns of the chart, as (offset, width)
NAME, BARS, PERCENT, SIGN, VERDICT = (0.0, 50.0), (53.0, 58.0), (112.0, 13.0), (129.0, 2.6), (133.0, 22.0)
RATING_AT = 156.0


def add_station_bars(flow: Flow, data: ReportData, result: TraineeResult) -> None:
    """A bar for each station against its pass mark, in the order of the rotation."""
    if not result.stations:
        return
    paper, lang = flow.paper, flow.paper.lang
    flow.heading(_lowest(data, result, lang))
    marks = {s.pass_mark for s in result.stations}
    shared = marks.pop() if len(marks) == 1 else None

    def head(y: float) -> None:
        if shared is not None:
            above_mark(paper, y, BARS, shared)
        paper.line(PERCENT[0] - 10, y, PERCENT[1] + 10, "%", NOTE_END)
        paper.line(RATING_AT, y, paper.room - RATING_AT, say("rating-head", lang), NOTE)

    flow.add(STEP + 1, head, keep=True)
    for station in data.in_rotation(result):
        _station(flow, data, station, shared is None, LITTLE_AIR if len(result.stations) > MANY else AIR)


def _lowest(data: ReportData, result: TraineeResult, lang: str) -> str:
    """What the chart shows, in words: where the fewest points were earned."""
    decided = [s for s in result.stations if s.passed is not None and s.score.of]
    if not decided:
        return say("no-station-scored", lang)
    station = min(decided, key=lambda s: exact_percent(s.score) or 0)
    shown = percent(shown_percent(station.score, station.pass_mark), lang)
    return say("lowest", lang, station=data.title(station.station, lang), percent=shown)


def _station(flow: Flow, data: ReportData, station: StationResult, own_mark: bool, air: float) -> None:
    paper, lang = flow.paper, flow.paper.lang
    name = data.title(station.station, lang)
    if own_mark:
        name += "\n" + say("pass-mark", lang, percent=percent(station.pass_mark, lang))
    notes_mm = paper.room - BARS[0]
    notes = [(words, style, paper.height(notes_mm, words, style, 2)) for words, style in _notes(data, station, lang)]
    names = paper.height(NAME[1], name, SMALL, 3)

    def draw(y: float) -> None:
        paper.block(NAME[0], y, NAME[1], name, SMALL, 3)
        _bar(paper, y, station)
        below = y + STEP + 0.6
        for words, style, height in notes:
            paper.block(BARS[0], below, notes_mm, words, style, 2)
            below += height

    flow.add(max(names, STEP + 0.6 + sum(height for _, _, height in notes)) + air, draw)


def _bar(paper: Paper, y: float, station: StationResult) -> None:
    lang, middle = paper.lang, y + STEP / 2
    decided = station.passed is not None
    bar_against_mark(
        paper.pdf,
        paper.left(*BARS),
        middle,
        BARS[1],
        exact_percent(station.score) if decided else None,
        Fraction(station.pass_mark),
        lang=lang,
        failed=station.passed is False,
    )
    shown = shown_percent(station.score, station.pass_mark) if decided else None
    paper.line(*_at(PERCENT, y), column_figure(shown, lang), replace(SMALL_END, bold=True))
    paper.sign(SIGN[0], middle, verdict_sign(station.passed), SIGN[1])
    words = verdict_words(station.passed, lang) if decided else why_words(station.why_open, lang)
    width = VERDICT[1] if decided else paper.room - VERDICT[0]
    paper.line(VERDICT[0], y, width, words, replace(SMALL_BOLD, color=ALERT if station.passed is False else INK))
    if decided:
        paper.line(RATING_AT, y, paper.room - RATING_AT, rating_words(station.rating, lang) or NO_FIGURE, SMALL)


def _at(column: tuple[float, float], y: float) -> tuple[float, float, float]:
    return column[0], y, column[1]


def _notes(data: ReportData, station: StationResult, lang: str) -> list[tuple[str, Style]]:
    """What is said below a station's bar: critical items failed, and marking by two."""
    items = {item.id: item for sheet in station.sheets for item in sheet.marked.items}
    failed = [act(data, station.trainee, station.station, items[name], lang) for name in station.critical_failed]
    shown = failed if len(failed) <= MOST_CRITICAL else failed[: MOST_CRITICAL - 1]
    notes = [(say("critical-failed", lang, item=item), WARNING) for item in shown]
    if more := len(failed) - len(shown):
        notes.append((say("more-critical", lang, n=more), WARNING))
    if len(station.sheets) > 1:
        scores = ", ".join(_one_score(data, sheet, station.pass_mark, lang) for sheet in station.sheets)
        rule = say("double-" + data.settings.policy.double_counts, lang)
        notes.append((say("marked-twice", lang, scores=scores, rule=rule), NOTE))
    return notes


def _one_score(data: ReportData, sheet: SheetResult, mark: Decimal, lang: str) -> str:
    """What one of two sheets says, and whose it is."""
    score = (
        percent(shown_percent(sheet.score, mark), lang) if sheet.status == "scored" else why_words(sheet.status, lang)
    )
    return say("one-score", lang, percent=score, name=data.instructor(sheet.marked.instructor))
