"""What a trainee is told on the first page: items done well and to work on, points by competency, remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from fieldkit.judging.results import ItemTally, Score, TraineeResult
from fieldkit.paper.charts import Sign, bar
from fieldkit.paper.cleaning import isolate
from fieldkit.paper.text import HEADING, Span
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import exact_percent, figure
from fieldkit.reports.findings import MarkedItem, counted_items, done_well, remarks_on, to_work_on
from fieldkit.reports.finds import act
from fieldkit.reports.layout import (
    COLUMN_GAP,
    GAP,
    NOTE,
    SMALL,
    SMALL_BOLD,
    SMALL_END,
    STEP,
    Flow,
    Paper,
)
from fieldkit.reports.letters import printable
from fieldkit.reports.words import competency_name, dotted, plural_count, say

MOST_REMARK_LINES = 3
MOST_REMARKS_MM = 44.0  # where they stand on another page than the first
COMPETENCY_MM = 5.4


def add_items_to_name(
    flow: Flow, data: ReportData, result: TraineeResult, tallies: Mapping[tuple[str, str], ItemTally]
) -> None:
    """Three items done well beside three to work on."""
    paper, lang = flow.paper, flow.paper.lang
    items = counted_items(result)
    column = (paper.room - COLUMN_GAP) / 2
    nothing = "" if items else say("nothing-scored", lang)
    sides = [
        (say("well", lang), done_well(items, tallies), nothing or say("no-well", lang), 0.0),
        (say("to-work-on", lang), to_work_on(items), nothing or say("no-work-on", lang), column + COLUMN_GAP),
    ]

    def draw(y: float) -> None:
        for title, entries, none, offset in sides:
            paper.line(offset, y, column, title, HEADING)
            below = y + HEADING.line_mm + 1.5
            if not entries:
                paper.block(offset, below, column, none, NOTE)
            for entry in entries:
                below += _named(paper, data, entry, offset, below, column)

    heights = [
        sum(_named_height(paper, data, e, column) for e in entries) or paper.height(column, none, NOTE)
        for _, entries, none, _ in sides
    ]
    flow.add(HEADING.line_mm + 1.5 + max(heights), draw, gap=GAP - 2)


def _named_parts(data: ReportData, entry: MarkedItem, lang: str) -> tuple[str, str]:
    """An item's own words, and where it was and what it earned."""
    of = figure(entry.best, lang)
    earned = say("points-of", lang, points=figure(entry.earned or Decimal(0), lang), of=of, n=plural_count(entry.best))
    critical = say("critical", lang) if entry.item.critical else ""
    about = [data.title(entry.station, lang), critical, earned if entry.best else ""]
    return act(data, entry.sheet.trainee, entry.station, entry.item, lang), dotted(about)


def _named_height(paper: Paper, data: ReportData, entry: MarkedItem, column: float) -> float:
    text, about = _named_parts(data, entry, paper.lang)
    return paper.height(column - 6, text, SMALL_BOLD, 3) + paper.height(column - 6, about, NOTE, 2) + 2.0


def _named(paper: Paper, data: ReportData, entry: MarkedItem, offset: float, y: float, column: float) -> float:
    text, about = _named_parts(data, entry, paper.lang)
    kind: Sign = "yes" if entry.full else "no" if entry.missed else "part"
    paper.sign(offset, y + STEP / 2, kind)
    top = y
    y += paper.block(offset + 6, y, column - 6, text, SMALL_BOLD, 3)
    y += paper.block(offset + 6, y, column - 6, about, NOTE, 2)
    return y - top + 2.0


def add_competencies_and_remarks(flow: Flow, data: ReportData, result: TraineeResult) -> None:
    """Points by competency beside what the instructors wrote, as much of it as the first page has room for."""
    paper, lang = flow.paper, flow.paper.lang
    column = (paper.room - COLUMN_GAP) / 2
    head = HEADING.line_mm + 1.5
    competencies = list(result.competencies.items())
    rows_mm = COMPETENCY_MM * max(1, len(competencies))
    room = flow.left_on_first_page() - GAP - head
    remarks = _Remarks(paper, _remarks(data, result, lang), column, room if room >= rows_mm else MOST_REMARKS_MM)

    def draw(y: float) -> None:
        paper.line(0, y, column, say("competencies", lang), HEADING)
        paper.line(column + COLUMN_GAP, y, column, say("remarks", lang), HEADING)
        remarks.draw(column + COLUMN_GAP, y + head)
        if not competencies:
            paper.line(0, y + head, column, say("nothing-scored", lang), NOTE)
        for number, (name, score) in enumerate(competencies):
            _competency(paper, y + head + number * COMPETENCY_MM, column, competency_name(name, lang), score)

    flow.add(head + max(rows_mm, remarks.height), draw, gap=GAP - 2)


class _Remarks:
    """As many remarks as fit into `room`, the long ones cut; a line at the end says so where anything is left out."""

    def __init__(self, paper: Paper, remarks: list[tuple[Span, Span]], column: float, room: float) -> None:
        self.paper, self.column = paper, column
        heights = [paper.height(column, spans, SMALL, MOST_REMARK_LINES) + 1.5 for spans in remarks]
        whole = [paper.height(column, spans, SMALL) + 1.5 for spans in remarks]
        shown = len(heights) if sum(whole) <= room else _fitting(heights, room - STEP)
        self.remarks = list(zip(remarks, heights, strict=True))[:shown]
        self.last = ""
        if not remarks:
            self.last = say("no-remarks", paper.lang)
        elif shown < len(remarks) or whole != heights:
            self.last = say("remarks-go-on", paper.lang)
        self.height = sum(heights[:shown]) + (STEP if self.last else 0.0)

    def draw(self, offset: float, y: float) -> None:
        """Draw them with their top at y."""
        for spans, height in self.remarks:
            self.paper.block(offset, y, self.column, spans, SMALL, MOST_REMARK_LINES)
            y += height
        self.paper.line(offset, y, self.column, self.last, NOTE)


def _competency(paper: Paper, y: float, column: float, name: str, score: Score) -> None:
    lang = paper.lang
    paper.line(0, y, 34, name, SMALL)
    bar(paper.pdf, paper.left(36, 26), y + STEP / 2, 26, exact_percent(score) or 0, lang=lang)
    earned = say("full-of", lang, n=figure(score.points, lang), of=figure(score.of, lang))
    paper.line(64, y, column - 64, earned, SMALL_END)


def _remarks(data: ReportData, result: TraineeResult, lang: str) -> list[tuple[Span, Span]]:
    """What was written on each sheet, with its station."""
    found = []
    for station in result.stations:
        for sheet in station.sheets:
            for text in remarks_on(sheet.marked):
                where = data.title(station.station, lang)
                if len(station.sheets) > 1:
                    where = say("by-whom", lang, what=where, name=data.instructor(sheet.marked.instructor))
                found.append((Span(where + ". ", bold=True), Span(isolate(printable(text)))))
    return found


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many of the first blocks fit into `room`."""
    total, count = 0.0, 0
    for height in heights:
        total += height
        if total > room:
            break
        count += 1
    return count
