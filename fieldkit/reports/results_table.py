"""The table on the first page of a course's report: every trainee by name, every station as a column."""

from __future__ import annotations

from dataclasses import replace

from fieldkit.judging.results import StationResult, TraineeResult
from fieldkit.paper.text import ALERT, INK
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import column_figure, shown_percent
from fieldkit.reports.layout import (
    NOTE,
    RULE,
    SMALL,
    SMALL_BOLD,
    SMALL_END,
    STEP,
    Block,
    Flow,
    verdict_sign,
)
from fieldkit.reports.words import say, verdict_words

NAME_MM, VERDICT_MM = 44.0, 24.0  # the least that names have, and what verdicts have
COLUMN_MOST = 15.0
HEAD_MM = 30.0
FIGURE_MIDDLE = 6.5  # from the end of a column to the middle of its figures


class ResultsTable:
    """The table of results: its columns share what names and verdicts leave."""

    def __init__(self, flow: Flow, data: ReportData) -> None:
        self.flow, self.paper, self.data = flow, flow.paper, data
        self.stations = data.stations()
        room = flow.paper.room - NAME_MM - VERDICT_MM - 4
        self.column = min(COLUMN_MOST, room / max(1, len(self.stations)))
        self.name_mm = flow.paper.room - VERDICT_MM - 4 - self.column * len(self.stations)
        self.head_lines = int(self.column / STEP)
        titles = [data.title(station, flow.paper.lang) for station in self.stations]
        self.titles = titles
        longest = max((flow.paper.width(title, NOTE) for title in titles), default=0.0)
        self.head_mm = min(HEAD_MM, max(STEP, longest + 0.1))
        self.head = Block(self.head_mm + 1.2, self._draw_head)

    def _at(self, place: int) -> float:
        return self.name_mm + place * self.column

    def _draw_head(self, y: float) -> None:
        lang, bottom = self.paper.lang, y + self.head_mm
        self.paper.line(0, bottom - STEP, self.name_mm, say("trainee", lang), NOTE)
        for place, title in enumerate(self.titles):
            lines = round(self.paper.height(self.head_mm, title, NOTE, self.head_lines) / STEP)
            start = self._at(place) + self.column - FIGURE_MIDDLE - lines * STEP / 2
            self.paper.upright(start, bottom, self.head_mm, title, NOTE, lines)
        self.paper.line(self.paper.room - VERDICT_MM + 4, bottom - STEP, VERDICT_MM - 4, say("verdict", lang), NOTE)

    def row(self, result: TraineeResult) -> None:
        """One trainee."""
        paper, person = self.paper, self.data.trainee(result.trainee)
        by_station = {station.station: station for station in result.stations}
        name_mm = paper.height(self.name_mm - 3, person.name, SMALL, 2)

        def draw(y: float) -> None:
            paper.rule(0, y, paper.room)
            paper.block(0, y + 0.5, self.name_mm - 3, person.name, SMALL, 2)
            for place, name in enumerate(self.stations):
                if name in by_station:
                    self._cell(self._at(place), y + 0.5, by_station[name])
            self._verdict(result, y + 0.5)

        self.flow.add(name_mm + 1.0, draw, again=self.head)

    def _cell(self, offset: float, y: float, station: StationResult) -> None:
        """A percentage and its sign, which leans on the end of the column."""
        failed, open_ = station.passed is False, station.passed is None
        if not open_:
            value = column_figure(shown_percent(station.score, station.pass_mark), self.paper.lang)
            style = replace(SMALL_END, bold=failed, color=ALERT if failed else INK)
            self.paper.line(offset, y, self.column - 3.6, value, style)
        colour = RULE if station.passed else None
        self.paper.sign(offset + self.column - 2.8, y + STEP / 2, verdict_sign(station.passed), 2.0, colour)

    def _verdict(self, result: TraineeResult, y: float) -> None:
        paper, failed = self.paper, result.passed is False
        paper.sign(paper.room - VERDICT_MM, y + STEP / 2, verdict_sign(result.passed), 2.6)
        words = say("open", paper.lang) if result.passed is None else verdict_words(result.passed, paper.lang)
        style = replace(SMALL_BOLD, color=ALERT if failed else INK)
        paper.line(paper.room - VERDICT_MM + 4, y, VERDICT_MM - 4, words, style)
